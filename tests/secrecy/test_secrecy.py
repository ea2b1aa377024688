"""Nobody outside learns a word, a topic or a participant of a private talk, from anything.

Two centres differ in nothing but what their private talks were about, with whom, and what came
of them. Everything that an outsider can see is read in both: a planted word is a leak, and so
is any difference, which catches what has no word of its own: a topic, an initiative, a count.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import pytest

from casework import service as casework
from casework.domain.consultation import ConsultationStatus, Search, Topic
from casework.domain.plain import plain_draft
from casework.formats.ics import write_feed
from core.database import Database
from core.drafts import find_draft
from core.errors import DomainError
from core.i18n import translator
from core.permissions import Role
from dashboards import service as dashboards
from dashboards.domain.quarter import HoursFilter
from dashboards.formats.journal import annex_pdf, journal_pdf, journal_xlsx
from hours.domain.figures import HoursQuery
from hours.service import PRIVATE, Activity, Quarter, TimeKind
from tests import factories
from tests.conftest import ROOT
from tests.factories import NOW
from tests.full_centre import TODAY, Rehearsal
from tests.pages import SPECS
from tests.secrecy.looking import read, told_by
from tests.secrecy.planted import HELD_ON, READERS, TOPICS, Planted, plant
from tests.service_calls import CALLS

pytestmark = pytest.mark.usefixtures("components_found_once")

Query = Mapping[str, object]
LANGUAGES: Final = ("ru", "en")
SOUGHT: Final = "zqy0v0www"
"""The note of the first version: looked for in both, it must be found in neither."""
RANDOM: Final = {
    "accounts.hand_link", "accounts.invite_person", "casework.make_feed",
    "casework.make_leader_link", "casework.offer_feedback", "casework.roll_call_link",
    "roadmaps.make_roadmap_feed", "roadmaps.make_roadmap_link",
}  # fmt: skip
"""Calls that give a new link, which is never the same."""


@pytest.fixture(scope="module")
def centres(empty_sqlite, tmp_path_factory) -> Iterator[tuple[Planted, Planted]]:
    """The two versions of one centre; what is done here only looks, or rehearses."""
    made = []
    for version in range(len(TOPICS)):
        path = tmp_path_factory.mktemp("secrecy") / "centre.db"
        shutil.copy(empty_sqlite, path)
        made.append(plant(Database(f"sqlite:///{path}", durable=False), version))
    yield made[0], made[1]
    for planted in made:
        planted.centre.database.dispose()


# ---- pages


def queries(planted: Planted) -> dict[str, list[Query]]:
    """Give every page its filters: each value that there is, and words to search for."""
    ids, lead = planted.ids, planted.centre.people["lead"]
    word = SOUGHT
    cases = [{"case": case} for case in planted.cases]
    hours = [
        {"quarter": "2026-Q4"},
        {"quarter": "2026-Q4", "person": lead},
        {"quarter": "2026-Q4", "person": PRIVATE},
        {"quarter": "2026-Q4", "week": HELD_ON},
        {"quarter": "2026-Q4", "week": HELD_ON, "person": lead},
        *({"topic": topic} for topic in [*Topic, PRIVATE]),
        *({"kind": kind} for kind in TimeKind),
        *({"activity": activity} for activity in Activity),
    ]
    talks = [{"consultation": ids[name]} for name in ("talk", "later_talk")]
    return {
        "consultations": [
            {},
            {"consultant": lead},
            {"consultations_find": word},
            {"since": HELD_ON, "until": HELD_ON},
            *({"topic": topic} for topic in Topic),
            *({"status": status} for status in ConsultationStatus),
        ],
        "consultation": [
            *talks,
            *({**talk, act: 1} for talk in talks for act in ("edit", "held", "following")),
        ],
        "consultation_new": [*cases, *({**case, "as": "last"} for case in cases)],
        "calendar": [{}, {"day": HELD_ON}, {"view": "week"}, {"view": "week", "day": HELD_ON}],
        "hours": hours,
        "hour_rows": hours,
        "journal": [{"person": lead, "period": p} for p in ("2026-10", "2026-Q4", "2026")],
        "hours_month": [{"month": "2026-10"}, {"month": "2026-10", "person": lead}],
        "my_hours": [{}, {"period": "2026-10"}],
        "cases": [{}, {"status": ""}, {"person": lead}, {"cases_find": word}],
        "initiatives": [{}, {"find": word}],
        "initiative": [{"initiative": ids["initiative"]}],
        "roll_call": [{}, {"show": ""}, {"roll_find": word}],
        "requests": [{}, {"status": ""}],
        "request": [{"request": ids["request"]}],
        "audit": [{}, {"audit_text": word}, {"audit_text": f"consultation:{ids['talk']}"}],
        "agreement": [{"agreement": ids["agreement"]}],
        "person": [{"person": lead}],
        "roadmap": [{"roadmap": ids["roadmap"]}],
        "roadmap_portfolio": [{}, {"find": word}, {"cases": "all"}],
        "roadmap_held": talks,
        "panel": [{"panel": ids["panel"]}],
        "submission": [{"submission": ids["submission"]}],
        "consultation_week": [{}, {"week": HELD_ON}],
        **dict.fromkeys(("case", "case_outside", "case_documents", "consultation_series"), cases),
        **dict.fromkeys(("roadmap_new", "roadmap_add", "assessment_new"), cases),
        "roadmap_template": [{"template": "ngo"}, {"template": "event", "branch": "notice"}],
    }


@contextmanager
def browser(planted: Planted, person: str, language: str) -> Iterator[Callable[..., str]]:
    """Let a person look at pages: a function from an address to everything it tells."""
    from streamlit.testing.v1 import AppTest

    from core.ui import desk, navigation

    url = planted.centre.database.url.render_as_string(hide_password=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        patch.setattr(desk._Door, "clock", staticmethod(lambda: NOW))
        with planted.centre.database.writing() as db:
            token = factories.make_sign_in(db, planted.centre.people[person], now=NOW)
        test = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
        test.session_state["token"] = token
        test.session_state["language"] = language
        test.run()

        def look(name: str, query: Query) -> str:
            test.query_params.clear()
            for key, value in query.items():
                test.query_params[key] = str(value)
            test.switch_page(navigation.page(name).path).run()
            assert not test.exception, (name, query, test.exception)
            return told_by(test)

        yield look


def looks(planted: Planted, person: str, language: str) -> dict[tuple[str, str], str]:
    """Look at every page with every filter; what each tells, by name and address."""
    asked = queries(planted)
    with browser(planted, person, language) as look:
        return {
            (spec.url, str(query)): look(spec.url, query)
            for spec in SPECS
            for query in asked.get(spec.url, [{}])
        }


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("person", READERS)
def test_no_page_tells_an_outsider_of_a_private_talk(
    centres: tuple[Planted, Planted], person: str, language: str
) -> None:
    first, second = (looks(planted, person, language) for planted in centres)
    assert len(first) > 100
    assert_nothing_told(centres, first, second)


@pytest.mark.parametrize("person", ["lead", "confidant"])
def test_who_may_know_finds_what_an_outsider_is_not_told(
    centres: tuple[Planted, Planted], person: str
) -> None:
    assert centres[0].secrets["note"] == SOUGHT
    for planted, topic in zip(centres, TOPICS, strict=True):
        with browser(planted, person, "ru") as look:
            page = look("consultation", {"consultation": planted.ids["talk"]})
            listed = look("consultations", {"topic": topic})
        here = planted.centre.by(person, Role.CONSULTANT)
        page += casework.open_note(here, consultation_id=planted.ids["talk"])
        view = casework.view_consultation(here, consultation_id=planted.ids["talk"])
        page += repr((view.addenda, view.feedback))
        for what in ("note", "addendum", "step", "second step", "participant", "feedback"):
            assert planted.secrets[what] in page, what
        assert translator("ru").label(topic) in page
        leader = planted.leaders[planted.version]
        assert view.people[leader] in page
        assert view.cases[planted.cases[planted.version]] in listed


# ---- services, files, feeds


def answers(planted: Planted, person: str) -> dict[str, str]:
    """Make every call of the matrix, and those on the talk itself; what each gives or refuses."""
    role = READERS[person]

    def tried(run: Callable[[Rehearsal], Any]) -> str:
        here = Rehearsal.by(planted.centre.database, planted.centre.people[person], role)
        try:
            return f"{read(run(here))} {here.lines}"
        except DomainError as error:
            return f"{type(error).__name__} {error} {error.details}"

    calls = {
        name: (lambda here, call=call: call.run(planted.centre, here))
        for name, call in CALLS.items()
        if name not in RANDOM
    }
    return {name: tried(run) for name, run in (calls | on_the_talk(planted)).items()}


def on_the_talk(planted: Planted) -> dict[str, Callable[[Any], Any]]:
    """Give the calls by which somebody might try to learn of the talk."""
    lead = planted.centre.people["lead"]
    talk = {"consultation_id": planted.ids["talk"]}
    before = plain_draft(planted.centre.draft("held"))
    held = HoursQuery(Quarter.of(HELD_ON).period)
    own = [
        casework.view_consultation, casework.open_note, casework.offer_feedback,
        casework.mark_no_show, casework.cancel_consultation, casework.remove_consultation,
        casework.reopen_consultation, casework.cancel_following,
    ]  # fmt: skip
    found: dict[str, Callable[[Any], Any]] = {
        f"talk: {act.__name__}": lambda w, act=act: act(w, **talk) for act in own
    }
    found |= {
        f"topic {topic}": lambda w, topic=topic: casework.export_consultations(
            w, Search(HELD_ON, TODAY, topic=topic)
        )
        for topic in Topic
    }
    found |= {
        f"case {number}": lambda w, case=case: casework.export_consultations(
            w, Search(HELD_ON, TODAY, case_id=case)
        )
        for number, case in enumerate(planted.cases)
    }
    for number, case in enumerate(planted.cases):
        found |= {
            f"{act.__name__} {number}": lambda w, act=act, case=case: act(w, case_id=case)
            for act in (casework.view_case, casework.timeline, casework.last_with)
        }
        found |= {
            f"summary {number} {language}": lambda w, case=case, language=language: (
                casework.summary_pdf(w, case_id=case, language=language)
            )
            for language in LANGUAGES
        }
    for file in (journal_pdf, annex_pdf, journal_xlsx):
        for language in LANGUAGES:
            for code in ("2026-10", "2026-11", "2026-Q4"):
                found[f"{file.__name__} {language} {code}"] = _journal(file, lead, code, language)
    found |= {
        "undo": lambda w: casework.put_back_consultation(w, **talk, version=2, before=before),
        "attendance": lambda w: casework.set_attendance(w, **talk, version=1, attendees=[]),
        "addendum": lambda w: casework.add_addendum(w, **talk, text="x"),
        "overlaps": lambda w: casework.list_overlaps(w, ids=[planted.ids["talk"]]),
        "draft": lambda w: find_draft(w, f"consultation:{planted.ids['later_talk']}"),
        "week": lambda w: find_draft(w, "consultation_week:2026-11-23"),
        "rows": lambda w: dashboards.export_rows(w, HoursFilter(quarter=Quarter.of(HELD_ON))),
        "figure": lambda w: repr(held) + read(dashboards.view_quarter(w, HoursFilter())),
        "feed": lambda w: _feed(planted, w),
    }
    return found


def _journal(file: Callable[..., bytes], person: int, code: str, language: str) -> Any:
    def take(here: Any) -> bytes:
        journal, printed = dashboards.export_journal(here, person_id=person, code=code)
        words = translator(language)
        if file is journal_xlsx:
            return file(journal, words)
        return file(journal, printed, words)

    return take


def _feed(planted: Planted, here: Rehearsal) -> str:
    """Read the feed that the actor's own link gives."""
    own = planted.centre.by(
        next(n for n, i in planted.centre.people.items() if i == _me(here)), *_roles(here)
    )
    token = casework.make_feed(own)
    feed = casework.read_feed(planted.centre.database, token, lambda: NOW)
    return write_feed(feed, "example.org", translator("ru")).decode()


def _me(here: Rehearsal) -> int:
    with here.reading() as tx:
        return tx.actor.person_id


def _roles(here: Rehearsal) -> frozenset[Role]:
    with here.reading() as tx:
        return tx.actor.roles


@pytest.mark.parametrize("person", READERS)
def test_no_answer_file_or_refusal_tells_an_outsider_of_a_private_talk(
    centres: tuple[Planted, Planted], person: str
) -> None:
    first, second = (answers(planted, person) for planted in centres)
    assert_nothing_told(centres, first, second)


def assert_nothing_told(
    centres: tuple[Planted, Planted], first: Mapping[Any, str], second: Mapping[Any, str]
) -> None:
    """Refuse a planted word, and a difference."""
    words = [
        (what, where)
        for planted, told in zip(centres, (first, second), strict=True)
        for what, word in planted.secrets.items()
        for where, text in told.items()
        if word in text and where not in asked_by_oneself(told, word)
    ]
    differs = [
        (one, difference(first[one], second[two]))
        for one, two in zip(first, second, strict=True)
        if first[one] != second[two]
    ]
    assert words == []
    assert differs == []


def asked_by_oneself(told: Mapping[Any, str], word: str) -> set[Any]:
    """Pages that show a word because it was typed into their search."""
    return {where for where in told if isinstance(where, tuple) and word in where[1]}


def difference(one: str, two: str) -> str:
    """Show where two texts part."""
    at = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), -1)
    return f"{one[max(at - 80, 0) : at + 80]!r} / {two[max(at - 10, 0) : at + 80]!r}"

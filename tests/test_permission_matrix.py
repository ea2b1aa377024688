"""Every service function, as everybody: allowed and refused exactly as the table says."""

import functools
import importlib
import inspect
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeAlias

import pytest

from core import audit
from core.database import Database
from core.errors import DomainError, ForbiddenError
from core.permissions import Actor, Role
from tests.full_centre import FullCentre, Rehearsal, build
from tests.service_calls import CALLS, PRIVATE, Call

FEATURES: Final = (
    "accounts", "hours", "casework", "diagnostics", "roadmaps", "panels", "dashboards",
)  # fmt: skip
Attempt: TypeAlias = Callable[[str, str, Role], tuple[str, str, Rehearsal]]
RELATIONS: Final = ("stranger", "member", "lead")
WITHOUT_A_LINE: Final = {
    "accounts.keep_alive": "notes that a sign-in is in use",
    "casework.open_note": "of a note that is not private; a private one leaves a line",
    "diagnostics.answer_item": "a single answer of a running diagnostic",
    "diagnostics.answer_items": "answers of a running diagnostic",
    "diagnostics.justify_item": "an example under a single answer",
    "panels.save_sheet": "an expert's draft",
}
OUTSIDE: Final = {
    "accounts.absolute_limit": "reads the configuration",
    "accounts.accept_invitation": "asks for a one-time link instead of an account",
    "accounts.checked_hash": "hashes a text",
    "accounts.count_sign_ins": "a number for /metrics, which has a door of its own",
    "accounts.exchange_ticket": "asks for a one-minute ticket instead of an account",
    "accounts.identify": "says who somebody is",
    "accounts.invited_person": "asks for a one-time link instead of an account",
    "accounts.offer_set_up": "called when the program starts",
    "accounts.set_up_open": "tells only whether the server is claimed",
    "accounts.sign_in": "asks for a password",
    "accounts.sign_out": "ends the session of whoever holds its token",
    "casework.answer_by_link": "asks for a one-time link instead of an account",
    "casework.builtin_catalogues": "reads files that come with the program",
    "casework.import_template": "an empty table",
    "casework.ask_question": "asks for a leader's link instead of an account",
    "casework.give_feedback": "asks for a one-time link instead of an account",
    "casework.look_feedback": "asks for a one-time link instead of an account",
    "casework.read_feed": "asks for a private link instead of an account",
    "casework.take_consent_back": "asks for a leader's link instead of an account",
    "casework.view_for_leader": "asks for a leader's link instead of an account",
    "casework.look_roll_call": "asks for a one-time link instead of an account",
    "casework.recognise": "says who somebody is",
    "casework.rows_to_mend": "gives back rows of the reader's own file",
    "hours.month_of": "a month of a date",
    "hours.rounded": "a rounded number",
    "hours.set_up_centre": "asks for the set-up token instead of an account",
    "panels.draft_key": "the name of a draft",
    "panels.list_criteria_sets": "published files",
    "panels.submission_draft": "the name of a draft",
    "roadmaps.comment_by_link": "asks for a leader's link instead of an account",
    "roadmaps.mark_by_link": "asks for a leader's link instead of an account",
    "roadmaps.read_roadmap_feed": "asks for a private link instead of an account",
    "roadmaps.unsay_by_link": "asks for a leader's link instead of an account",
    "roadmaps.view_by_link": "asks for a leader's link instead of an account",
}
"""Functions without an actor, and why they need none."""


@pytest.fixture(scope="module")
def centre(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FullCentre]:
    """A centre in which everything exists; the tests here only rehearse in it."""
    path = tmp_path_factory.mktemp("full") / "centre.db"
    shutil.copy(empty_sqlite, path)
    database = Database(f"sqlite:///{path}", durable=False)
    yield build(database)
    database.dispose()


def attempt(centre: FullCentre, call: Call, person: str, role: Role) -> tuple[str, str, Rehearsal]:
    """Make a call as somebody; tell how it went, what it gave, and what it wrote."""
    here = Rehearsal.by(centre.database, centre.people[person], role)
    try:
        answer = call.run(centre, here)
    except ForbiddenError:
        return "refused", "", here
    except call.besides:
        return "done", "", here
    except DomainError as error:
        return f"failed: {error}", "", here
    shown = answer.decode() if isinstance(answer, bytes) else repr(answer)
    return "done", shown, here


@pytest.fixture(scope="module")
def attempted(centre: FullCentre) -> Attempt:
    """Make each call once as everybody: a rehearsal changes nothing, so all may look at it."""
    return functools.cache(lambda name, *who: attempt(centre, CALLS[name], *who))


def everyone() -> Iterator[tuple[str, Role]]:
    """Give every relation to a case or council, in every role."""
    return ((person, role) for person in RELATIONS for role in Role)


@pytest.mark.parametrize("name", CALLS)
def test_a_service_lets_in_exactly_those_the_table_says(
    centre: FullCentre, attempted: Attempt, name: str
) -> None:
    call = CALLS[name]
    expected, actual = {}, {}
    for person, role in everyone():
        actor = Actor(centre.people[person], frozenset({role}))
        expected[person, role] = "done" if call.may(centre, actor) else "refused"
        actual[person, role] = attempted(name, person, role)[0]
    assert expected == actual


@pytest.mark.parametrize("name", PRIVATE)
def test_a_private_talk_is_changed_by_its_author_alone(centre: FullCentre, name: str) -> None:
    call = PRIVATE[name]
    for person, role in everyone():
        actor = Actor(centre.people[person], frozenset({role}))
        expected = "done" if call.may(centre, actor) else "refused"
        assert expected == attempt(centre, call, person, role)[0], (person, role)


@pytest.mark.parametrize("person", RELATIONS)
def test_no_answer_holds_a_word_that_its_reader_may_not_know(
    centre: FullCentre, attempted: Attempt, person: str
) -> None:
    hidden = [w for w, readers in centre.secrets.items() if centre.people[person] not in readers]
    leaks = [
        (name, role, word)
        for name in CALLS
        for role in Role
        for answer in (attempted(name, person, role)[1],)
        for word in hidden
        if word in answer
    ]
    assert leaks == []


def test_every_writing_function_leaves_a_line_without_a_word_that_was_typed(
    centre: FullCentre, attempted: Attempt
) -> None:
    silent, telling = [], []
    for name in CALLS:
        for person, role in everyone():
            outcome, _answer, here = attempted(name, person, role)
            telling += [(name, line) for line in here.lines if centre.words.found_in(line)]
            if outcome == "done" and here.has_written and not here.lines:
                silent.append(name)
    assert telling == []
    assert set(silent) <= set(WITHOUT_A_LINE)


def test_the_trail_of_a_whole_centre_is_unbroken_and_holds_no_word(centre: FullCentre) -> None:
    with centre.database.reading() as db:
        verdict = audit.verify(db)
        lines = audit.find_lines(db, limit=10_000)
    assert verdict.broken_at is None
    assert verdict.lines == len(lines) > 60
    told = " ".join(f"{line.action} {line.subject} {line.details}" for line in lines)
    assert centre.words.found_in(told) == []


def test_every_public_service_function_is_tried_or_exempt() -> None:
    untried, unknown = [], set(CALLS) | set(OUTSIDE)
    for feature in FEATURES:
        module = importlib.import_module(f"{feature}.service")
        for name in module.__all__:
            function = getattr(module, name)
            if not inspect.isfunction(function):
                continue
            first = next(iter(inspect.signature(function).parameters), "")
            full = f"{feature}.{name}"
            unknown.discard(full)
            is_handed = first == "tx"  # a later feature's open transaction, which has asked
            is_exempt = full in OUTSIDE and first != "workspace"
            if not (full in CALLS or is_handed or is_exempt):
                untried.append(full)
    assert untried == []
    assert unknown == set()

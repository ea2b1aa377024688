"""Texts nobody should write: scripts, emoji, endless notes, characters no database holds."""

import re
from dataclasses import replace
from typing import Final

import pytest

from accounts.domain.person import PersonDetails
from accounts.service import edit_profile, search_audit, view_person
from casework import service as casework
from casework.domain.attendance import Attendance, Attendee
from casework.domain.authority import Answer, AuthorityForm, AuthorityKind, AuthorityResult
from casework.domain.case import CloseReason, NewCase
from casework.domain.consultation import NOTE_LIMIT, Draft, Topic, Work
from casework.domain.harm import HarmForm, HarmKind
from casework.domain.initiative import InitiativeForm, NewInitiative, NewParticipant
from casework.domain.need import NeedKind
from casework.domain.referral import (
    Ground,
    NewReferral,
    ReferralMove,
    ReferralState,
    ReferralTarget,
)
from casework.domain.request import RequestForm
from casework.domain.substitution import Substitution
from casework.service.seams import people_of_case
from core.drafts import MAX_CHARACTERS, Piece, keep_draft
from core.errors import TooLongError
from core.i18n import translator
from core.permissions import Role
from core.workspace import Workspace
from hours import service as hours
from panels import service as panels
from panels.domain.panel import NewPanel, NewSubmission, PanelKind
from roadmaps import service as roadmaps
from roadmaps.domain.own_template import TemplateForm
from roadmaps.domain.template import TemplateTheme
from tests import factories
from tests.full_centre import TODAY, criterion_of
from tests.pages import SPECS
from tests.roadmaps.plans import plan_of

SCRIPT: Final = '<script>alert("1")</script><img src=x onerror=alert(1)> *b* [a](javascript:b) 🌳'
LIVE: Final = re.compile(r"(?<!\\)(?:<(?:script|img)|\*b|\]\(javascript)")
BROKEN: Final = "а\0б\ud83dв"
KEPT: Final = "а\ufffdб\ufffdв"
PAGES: Final = {
    "initiatives": {},
    "initiative": {"initiative": "initiative"},
    "cases": {},
    "case": {"case": "case"},
    "case_new": {"initiative": "initiative"},
    "case_outside": {"case": "case"},
    "case_documents": {"case": "case"},
    "requests": {},
    "request": {"request": "request"},
    "request_new": {},
    "harms": {},
    "hand_over": {"leaver": "me"},
    "roll_call": {},
    "substitutions": {},
    "consultations": {},
    "consultation": {"consultation": "consultation"},
    "consultation_new": {"case": "case"},
    "consultation_series": {"case": "case"},
    "consultation_week": {},
    "calendar": {},
    "assessment_new": {"case": "case"},
    "roadmaps": {},
    "roadmap_portfolio": {},
    "roadmap": {"roadmap": "roadmap"},
    "roadmap_add": {"case": "case", "need": "need"},
    "roadmap_held": {"consultation": "consultation"},
    "roadmap_new": {"case": "case", "need": "need"},
    "roadmap_template": {"template": "template"},
    "roadmap_templates": {},
    "panels": {},
    "panel": {"panel": "panel"},
    "panel_new": {"initiative": "initiative"},
    "submission": {"submission": "submission"},
    "desk": {},
    "agreement": {"agreement": "agreement"},
    "served": {"agreement": "agreement"},
    "agreement_edit": {"agreement": "agreement"},
    "agreements": {},
    "hours": {},
    "hours_month": {"person": "me", "entry": "entry"},
    "hour_rows": {"person": "me"},
    "my_hours": {},
    "journal": {},
    "people": {},
    "person": {"person": "me"},
    "profile": {},
    "audit": {},
    "settings": {},
    "private_notes": {},
    "diagnostics": {},
    "scores": {},
}


@pytest.fixture
def ids(workspaces, database) -> dict[str, int | str]:
    """A centre in which every name is a script."""
    with database.writing() as db:
        me = factories.make_person(db, name=SCRIPT, roles=tuple(Role))
        other = factories.make_person(db, name=SCRIPT, roles=[Role.CONSULTANT])
    here: Workspace = workspaces(Role.CONSULTANT, Role.MANAGER, person_id=me)
    leader = NewParticipant(SCRIPT, email=SCRIPT, phone=SCRIPT)
    form = InitiativeForm(SCRIPT, SCRIPT, (), "")
    made = casework.register_initiative(here, new=NewInitiative(form, leader=leader))
    assert made.id is not None
    case = casework.open_case(here, new=NewCase(made.id, me, SCRIPT, title=SCRIPT))
    need = casework.note_need(here, case_id=case, kind=NeedKind.STATED, title=SCRIPT)
    casework.agree_step(here, case_id=case, text=SCRIPT, due_on=TODAY, responsible_id=me)
    work = (Work(me, 60),)
    talk = Draft(TODAY, frozenset({Topic.BUDGET}), work, cases=frozenset({case}), note=SCRIPT)
    consultation = casework.record_consultation(here, draft=talk)
    request = _beyond(here, case, (me, other))
    casework.set_goal(here, need_id=need, goal=SCRIPT)
    there = [Attendee(Attendance.ATTENDED, name=SCRIPT)]
    casework.set_attendance(here, consultation_id=consultation, version=1, attendees=there)
    plan = plan_of(1, 2, links="A-B", start=TODAY)
    tasks = tuple(replace(task, title=SCRIPT, responsible=SCRIPT) for task in plan.tasks)
    roadmap = roadmaps.create_roadmap(
        here, new=roadmaps.NewPlan(case, SCRIPT, replace(plan, tasks=tasks), need_id=need)
    )
    kept = roadmaps.save_as_template(
        here, roadmap_id=roadmap, form=TemplateForm(SCRIPT, TemplateTheme.CITY, SCRIPT)
    )
    _remark(here, roadmap, case)
    panel = panels.create_panel(here, new=NewPanel(SCRIPT, PanelKind.CONSILIUM, me))
    panels.add_criterion(here, panel_id=panel, criterion=criterion_of(lambda: SCRIPT))
    project = NewSubmission(SCRIPT, SCRIPT, case_id=case)
    submission = panels.add_submission(here, panel_id=panel, new=project)
    return _hours(workspaces(*Role, person_id=me), me) | {
        "me": me, "initiative": made.id, "case": case, "need": need, "roadmap": roadmap,
        "consultation": consultation, "panel": panel, "submission": submission,
        "request": request, "template": f"own-{kept}",
    }  # fmt: skip


def _remark(here: Workspace, roadmap: int, case: int) -> None:
    """Let the leader write a script on the roadmap."""
    with here.reading() as tx:
        leader = people_of_case(tx, case)[0]
    token = roadmaps.make_roadmap_link(here, roadmap_id=roadmap, person_id=leader)
    roadmaps.comment_by_link(here.database, token, text=SCRIPT, clock=here.clock)


def _beyond(here: Workspace, case: int, people: tuple[int, int]) -> int:
    """Write a script wherever a case goes beyond the centre; give the request's id."""
    of = {"case_id": case}
    referral = NewReferral(ReferralTarget.SPECIALIST, SCRIPT, SCRIPT, Ground.CONTRACT)
    made = casework.ask_referral(here, **of, new=referral)
    move = ReferralMove(ReferralState.ACCEPTED, TODAY, SCRIPT)
    casework.move_referral(here, referral_id=made, version=1, move=move)
    for is_answered in (False, True):
        form = AuthorityForm(AuthorityKind.APPEAL, SCRIPT, SCRIPT, TODAY, TODAY, number="*b*")
        contact = casework.record_authority(here, **of, form=form)
        if is_answered:
            answer = Answer(AuthorityResult.PARTLY, TODAY, SCRIPT)
            casework.answer_authority(here, contact_id=contact, version=1, answer=answer)
    casework.report_harm(here, **of, form=HarmForm(HarmKind.HARM, TODAY, SCRIPT, SCRIPT))
    casework.add_case_document(here, **of, name=SCRIPT, content=b"%PDF-1.7")
    casework.ask_closing(here, **of, reason=CloseReason.GOAL_REACHED, outcome=SCRIPT)
    casework.begin_roll_call(here)
    casework.arrange_substitution(here, wanted=Substitution(*people, TODAY, TODAY))
    asked = RequestForm(SCRIPT, name=SCRIPT, asker=SCRIPT, contact=SCRIPT, has_consent=True)
    return casework.take_request(here, form=asked)


def _hours(here: Workspace, me: int) -> dict[str, int]:
    """Promise hours to a script, do the work of one, and open a locked day because of one."""
    plan = hours.AgreementPlan(hours.Activity.CONSULTING, hours.Measure.STAFF, 6, me)
    terms = hours.Terms(SCRIPT, TODAY, None, SCRIPT, 3, plans=(plan,))
    agreement = hours.add_agreement(here, terms=terms)
    hours.serve_agreement(here, served=hours.Served(plan.activity, TODAY, agreement))
    hours.record_work(here, draft=hours.WorkDraft(TODAY, 60, note=SCRIPT))
    hours.lock_month(here, person_ids=[me], month="2026-10")
    hours.override_day(here, person_id=me, day=TODAY.replace(month=10), reason=SCRIPT)
    hours.submit_month(here)
    (entry,) = (e for e in hours.view_own_hours(here).entries if e.kind == "follow_up")
    return {"agreement": agreement, "entry": entry.id}


@pytest.mark.parametrize("name", PAGES)
def test_a_script_in_a_name_is_text_on_every_page(open_page, ids, name: str) -> None:
    query = {key: ids[which] for key, which in PAGES[name].items()}
    page = open_page(name, person_id=ids["me"], **query)
    assert not page.exception, page.exception
    marked = [*page.markdown, *page.title, *page.caption, *page.header, *page.subheader]
    marked += [*page.info, *page.warning, *page.success, *page.error]
    labelled = [*page.checkbox, *page.button, *page.expander, *page.tabs, *page.metric]
    shown = [one.value for one in marked] + [one.label for one in labelled]
    shown += [one.proto.label for one in page.get("page_link")]
    assert [text for text in shown if LIVE.search(text)] == []


def test_a_script_in_a_title_stays_text_in_exported_files(ids, workspaces) -> None:
    here = workspaces(Role.CONSULTANT, person_id=ids["me"])
    for form in (roadmaps.ExportForm.SVG, roadmaps.ExportForm.HTML):
        file = roadmaps.export_roadmap(here, roadmap_id=ids["roadmap"], form=form, language="ru")
        written = file.data.decode()
        assert "<script>alert" not in written
        assert "<img src=x" not in written


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_note_of_200000_characters_is_refused_with_its_limit(
    workspace, me, case_id, rows, language: str
) -> None:
    before = rows()
    draft = Draft(
        TODAY, frozenset({Topic.BUDGET}), (Work(me, 60),), cases=frozenset({case_id}),
        note="я" * 200_000,
    )  # fmt: skip
    with pytest.raises(TooLongError) as refused:
        casework.record_consultation(workspace, draft=draft)
    said = translator(language).error(refused.value)
    assert re.sub(r"\D", "", said) == f"{200_000}{NOTE_LIMIT}" or "100" in said
    assert before == rows()


def test_a_draft_of_200000_characters_is_refused(workspace, me, rows) -> None:
    before = rows()
    piece = Piece("consultation:new", "я" * (2 * MAX_CHARACTERS), "w", 1, 0)
    with pytest.raises(TooLongError):
        keep_draft(workspace, piece, person_id=me)
    assert before == rows()


def test_endless_texts_about_oneself_are_refused(workspace, me) -> None:
    profile: PersonDetails = view_person(workspace, me)
    for name in ("email", "phone", "competences"):
        with pytest.raises(TooLongError):
            edit_profile(workspace, replace(profile, **{name: "x" * 200_000}))


@pytest.mark.both
def test_characters_no_database_holds_are_replaced_on_both(
    workspace, me, case_id, database
) -> None:
    step = casework.agree_step(workspace, case_id=case_id, text="Эмодзи 🌳👩‍👩‍👧")
    profile = view_person(workspace, me)
    edit_profile(workspace, replace(profile, competences=BROKEN, name=BROKEN))
    stored = view_person(workspace, me)
    assert (stored.competences, stored.name) == (KEPT, KEPT)
    shown = casework.view_case(workspace, case_id=case_id).steps
    assert [one.text for one in shown if one.id == step] == ["Эмодзи 🌳👩‍👩‍👧"]


@pytest.mark.both
def test_a_search_for_such_characters_finds_nothing_and_breaks_nothing(workspaces) -> None:
    assert search_audit(workspaces(Role.ADMINISTRATOR), text=BROKEN) == ()


def test_every_page_that_shows_names_is_looked_at() -> None:
    needs_more = {"assessment", "sheet", "instrument", "initiative_new", "initiative_import"}
    assert {spec.url for spec in SPECS} <= {*PAGES, *needs_more}

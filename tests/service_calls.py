"""One call of every public service function, and who may make it.

`Call.may` says what `core.permissions` demands; the matrix tries each call as everybody.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from accounts import service as accounts
from accounts.domain.contact import Contact
from accounts.domain.person import PersonDetails
from accounts.domain.throttle import SignInRefusedError
from accounts.service.people import view_person
from casework import service as casework
from casework.domain.case import CaseStatus as Status
from casework.domain.case import NewCase, StatusChange
from casework.domain.consultation import Draft, Search, Topic, Work
from casework.domain.initiative import (
    InitiativeFilter,
    InitiativeForm,
    NewInitiative,
    NewParticipant,
)
from casework.domain.life import LifeEvent, LifeEventType, When
from casework.domain.need import NeedKind, NeedState
from casework.domain.note import TwoPeopleError
from casework.domain.plain import plain_draft
from casework.domain.views import CaseSearch
from core.errors import DomainError
from core.i18n import translator
from core.permissions import Actor, Guard, Permission, Role, may, may_read_note
from core.settings import Centre
from core.workspace import Workspace
from dashboards import service as dashboards
from dashboards.domain.quarter import HoursFilter
from diagnostics import service as diagnostics
from diagnostics.domain.assessment import NewAssessment, RespondentKind, Response
from diagnostics.domain.views import AssessmentSearch
from hours import service as hours
from panels import service as panels
from panels.domain.errors import OwnSheetFirstError
from panels.domain.panel import NewPanel, NewSubmission, PanelKind
from roadmaps import service as roadmaps
from roadmaps.domain.edits import ChangePlan
from roadmaps.domain.plan import Dependency
from roadmaps.domain.table import rows_of
from tests.full_centre import INSTRUMENT, TODAY, FullCentre, criterion_of, opinion_of
from tests.roadmaps.plans import plan_of

P: Final = Permission
Rule = Callable[[FullCentre, Actor], bool]
Run = Callable[[FullCentre, Workspace], Any]
PERIOD: Final = hours.Quarter.of(TODAY).period


@dataclass(frozen=True)
class Call:
    """How to call a function, who may, and which refusals are not about rights."""

    may: Rule
    run: Run
    besides: tuple[type[DomainError], ...] = ()


def everybody(_centre: FullCentre, _actor: Actor) -> bool:
    """Tell that any signed-in person may: it shows or changes what is their own."""
    return True


def open_to(*permissions: Permission) -> Rule:
    """Ask for acts that have no object."""
    return lambda _centre, actor: all(may(actor, one) for one in permissions)


def on(guard: str, *permissions: Permission) -> Rule:
    """Ask for acts on an object with one of the centre's guards."""

    def rule(centre: FullCentre, actor: Actor) -> bool:
        return all(may(actor, one, getattr(centre, guard)) for one in permissions)

    return rule


def both(*rules: Rule) -> Rule:
    """Ask for everything at once."""
    return lambda centre, actor: all(rule(centre, actor) for rule in rules)


def _self_or(permission: Permission, name: str) -> Rule:
    return lambda centre, actor: actor.person_id == centre.people[name] or may(actor, permission)


def _sheet(centre: FullCentre, actor: Actor) -> bool:
    return may(actor, P.SCORE_SUBMISSION, Guard(author=centre.people["member"]))


def _private(centre: FullCentre, actor: Actor) -> bool:
    """A private talk is changed by its author alone, and only as a consultant."""
    own = actor.person_id == centre.people["lead"]
    return own and may(actor, P.RECORD_CONSULTATION, Guard(author=actor.person_id))


def _note(centre: FullCentre, actor: Actor) -> bool:
    guard = replace(centre.case, secrecy=centre.meeting("held").secrecy)
    guard = replace(guard, author=centre.people["lead"])
    return may(actor, P.VIEW_CONSULTATION) and may_read_note(actor, guard)


def _unseals(centre: FullCentre, actor: Actor) -> bool:
    return may(actor, P.BREAK_GLASS) and actor.person_id != centre.people["lead"]


def _panel_export(centre: FullCentre, actor: Actor) -> bool:
    """An expert takes nothing away: the figures would tell of the others."""
    open_ = on("panel", P.VIEW_PANEL, P.EXPORT)(centre, actor)
    is_expert = actor.person_id == centre.people["member"]
    return open_ and (not is_expert or on("chaired", P.MANAGE_PANEL)(centre, actor))


def _own_hours(_centre: FullCentre, actor: Actor) -> bool:
    return may(actor, P.VIEW_OWN_HOURS)


def _case(name: str, *permissions: Permission) -> Callable[..., Call]:
    """Make calls that take the id of one thing of the case, and nothing else."""

    def make(function: Callable[..., Any], key: str) -> Call:
        return Call(on("case", *permissions), lambda c, w: function(w, **{key: c.ids[name]}))

    return make


def _new_draft(c: FullCentre, days: int = 0, **changes: Any) -> Draft:
    usual = Draft(
        TODAY + timedelta(days=days),
        frozenset({Topic.BUDGET}),
        (Work(c.people["lead"], 30),),
        cases=frozenset({c.ids["case"]}),
        note=c.words(),
    )
    return replace(usual, **changes)


def _month() -> Search:
    return Search(TODAY - timedelta(days=30), TODAY + timedelta(days=30))


def _form(c: FullCentre) -> InitiativeForm:
    return InitiativeForm(c.words(), c.words(), (), "")


def _initiative(c: FullCentre) -> dict[str, int]:
    return {"initiative_id": c.ids["initiative"]}


def _case_id(c: FullCentre, name: str = "case") -> dict[str, int]:
    return {"case_id": c.ids[name]}


def _version(c: FullCentre) -> int:
    return casework.view_case(c.consultant, **_case_id(c)).case.version


def _edit(c: FullCentre) -> casework.CaseEdit:
    return casework.CaseEdit(c.words(), c.words(), c.people["lead"])


def _roadmap(c: FullCentre) -> dict[str, int]:
    return {"roadmap_id": c.ids["roadmap"]}


def _plan_version(c: FullCentre) -> int:
    return roadmaps.view_plan(c.consultant, **_roadmap(c)).roadmap.version


def _tasks(c: FullCentre) -> list[int]:
    plan = roadmaps.view_plan(c.consultant, **_roadmap(c)).plan
    return [task.id for task in plan.tasks]


def _table(c: FullCentre, w: Workspace) -> int:
    view = roadmaps.view_plan(c.consultant, **_roadmap(c))
    rows = [replace(row, title=c.words()) for row in rows_of(view.plan)]
    version = view.roadmap.version
    return roadmaps.edit_table(w, **_roadmap(c), version=version, rows=rows, language="ru")


def _new_plan(c: FullCentre) -> roadmaps.NewPlan:
    return roadmaps.NewPlan(c.ids["case"], c.words(), plan_of(1, start=TODAY))


def _file(c: FullCentre) -> roadmaps.File:
    return roadmaps.File("plan.csv", f"Задача;Длительность\n{c.words()};2\n".encode())


def _own_profile(c: FullCentre, w: Workspace) -> None:
    me = view_person(c.by("administrator", Role.ADMINISTRATOR), c.people["member"])
    wanted: PersonDetails = replace(me, name=c.words(), phone=c.words(), competences=c.words())
    accounts.edit_profile(w, wanted)


def _contact(c: FullCentre) -> Contact:
    view = casework.view_initiative(c.consultant, **_initiative(c))
    return view.contacts[c.people["leader"]]


def _run_version(c: FullCentre, name: str) -> int:
    run = diagnostics.view_assessment(c.consultant, assessment_id=c.ids[name])
    return run.assessment.version


def _gap(c: FullCentre) -> list[str]:
    return [diagnostics.view_assessment(c.consultant, assessment_id=c.ids["run"]).gaps[0].item]


def _item(c: FullCentre) -> str:
    view = diagnostics.view_assessment(c.consultant, assessment_id=c.ids["draft_run"])
    return next(iter(view.instrument.items)).name


def _justification(c: FullCentre) -> str:
    view = diagnostics.view_assessment(c.consultant, assessment_id=c.ids["draft_run"])
    return view.responses[_item(c)].justification


ACCOUNTS: Final[dict[str, Call]] = {
    "change_password": Call(
        everybody,
        lambda c, w: accounts.change_password(w, c.words(), "x" * 12, "x" * 12),
        (SignInRefusedError,),
    ),
    "edit_profile": Call(_self_or(P.MANAGE_PEOPLE, "member"), _own_profile),
    "hand_link": Call(
        open_to(P.MANAGE_PEOPLE), lambda c, w: accounts.hand_link(w, c.people["member"])
    ),
    "invite_person": Call(
        open_to(P.MANAGE_PEOPLE),
        lambda c, w: accounts.invite_person(
            w, name=c.words(), address=c.words("{}@example.org"), roles=[Role.EXPERT]
        ),
    ),
    "keep_alive": Call(everybody, lambda c, w: accounts.keep_alive(w, c.words())),
    "list_accounts": Call(open_to(P.MANAGE_PEOPLE), lambda _, w: accounts.list_accounts(w)),
    "list_people": Call(open_to(P.VIEW_PEOPLE), lambda _, w: accounts.list_people(w)),
    "restore_account": Call(
        open_to(P.MANAGE_PEOPLE), lambda c, w: accounts.restore_account(w, c.people["leaver"])
    ),
    "search_audit": Call(open_to(P.VIEW_AUDIT), lambda _, w: accounts.search_audit(w)),
    "set_account_active": Call(
        open_to(P.MANAGE_PEOPLE),
        lambda c, w: accounts.set_account_active(w, c.people["member"], active=False),
    ),
    "set_account_roles": Call(
        open_to(P.MANAGE_PEOPLE),
        lambda c, w: accounts.set_account_roles(w, c.people["member"], [Role.EXPERT]),
    ),
    "view_person": Call(
        _self_or(P.MANAGE_PEOPLE, "member"),
        lambda c, w: accounts.view_person(w, c.people["member"]),
    ),
    "who": Call(everybody, lambda _, w: accounts.who(w)),
}

HOURS: Final[dict[str, Call]] = {
    "add_agreement": Call(
        open_to(P.EDIT_PLANS),
        lambda c, w: hours.add_agreement(w, name=c.words(), starts_on=TODAY),
    ),
    "current_plans": Call(open_to(P.EDIT_PLANS), lambda _, w: hours.current_plans(w)),
    "edit_centre": Call(
        open_to(P.EDIT_SETTINGS),
        lambda c, w: hours.edit_centre(w, Centre(c.words()), seen_version=1),
    ),
    "export_own_hours": Call(
        both(open_to(P.EXPORT), _own_hours), lambda _, w: hours.export_own_hours(w)
    ),
    "figure": Call(
        open_to(P.VIEW_ALL_HOURS), lambda _, w: hours.figure(w, hours.HoursQuery(PERIOD))
    ),
    "list_agreements": Call(open_to(P.VIEW_ALL_HOURS), lambda _, w: hours.list_agreements(w)),
    "rows_behind": Call(
        open_to(P.VIEW_ALL_HOURS), lambda _, w: hours.rows_behind(w, hours.HoursQuery(PERIOD))
    ),
    "set_plan": Call(
        open_to(P.EDIT_PLANS),
        lambda _, w: hours.set_plan(w, hours.HourPlan(hours.Activity.TRAINING, 60, TODAY)),
    ),
    "today": Call(everybody, lambda _, w: hours.today(w)),
    "view_centre": Call(open_to(P.EDIT_PLANS), lambda _, w: hours.view_centre(w)),
    "view_own_hours": Call(_own_hours, lambda _, w: hours.view_own_hours(w)),
}

_EDIT, _ASSIGN = on("case", P.EDIT_CASE), on("case", P.ASSIGN_CASE)
_RECORD = on("case", P.RECORD_CONSULTATION)
_INITIATIVE = open_to(P.EDIT_INITIATIVE)
_step = {name: _case(name, P.EDIT_CASE) for name in ("step", "done_step", "removed_step")}
_talk = {
    name: _case(name, P.RECORD_CONSULTATION) for name in ("held", "removed", "cancelled", "planned")
}

CASEWORK: Final[dict[str, Call]] = {
    "add_life_event": Call(
        _INITIATIVE,
        lambda c, w: casework.add_life_event(
            w,
            **_initiative(c),
            event=LifeEvent(LifeEventType.RESUMED, When(TODAY), note=c.words()),
        ),
    ),
    "add_person": Call(
        _INITIATIVE,
        lambda c, w: casework.add_person(
            w, **_initiative(c), new=NewParticipant(c.words(), phone=c.words()), is_sure=True
        ),
    ),
    "agree_step": Call(_EDIT, lambda c, w: casework.agree_step(w, **_case_id(c), text=c.words())),
    "approve_unsealing": Call(
        open_to(P.BREAK_GLASS),
        lambda c, w: casework.approve_unsealing(w, unsealing_id=c.ids["asked"]),
        (TwoPeopleError,),
    ),
    "archive_initiative": Call(
        _INITIATIVE, lambda c, w: casework.archive_initiative(w, **_initiative(c))
    ),
    "ask_unsealing": Call(
        _unseals,
        lambda c, w: casework.ask_unsealing(w, consultation_id=c.ids["private"], reason=c.words()),
    ),
    "cancel_consultation": _talk["planned"](casework.cancel_consultation, "consultation_id"),
    "change_need": Call(
        _EDIT, lambda c, w: casework.change_need(w, need_id=c.ids["need"], state="met")
    ),
    "change_status": Call(
        _EDIT,
        lambda c, w: casework.change_status(
            w,
            **_case_id(c),
            version=_version(c),
            change=StatusChange(Status.ON_HOLD, comment=c.words()),
        ),
    ),
    "choice_lists": Call(open_to(P.VIEW_INITIATIVE), lambda _, w: casework.choice_lists(w)),
    "choose_initiative": Call(
        open_to(P.VIEW_INITIATIVE), lambda _, w: casework.choose_initiative(w)
    ),
    "edit_case": Call(
        _EDIT,
        lambda c, w: casework.edit_case(
            w, **_case_id(c), version=_version(c), seen=_edit(c), wanted=_edit(c)
        ),
    ),
    "edit_consultation": Call(
        _RECORD,
        lambda c, w: casework.edit_consultation(
            w, consultation_id=c.ids["held"], version=1, draft=c.draft("held")
        ),
    ),
    "edit_initiative": Call(
        _INITIATIVE,
        lambda c, w: casework.edit_initiative(
            w, **_initiative(c), version=1, seen=_form(c), wanted=_form(c)
        ),
    ),
    "edit_person": Call(
        _INITIATIVE,
        lambda c, w: casework.edit_person(
            w,
            **_initiative(c),
            seen=_contact(c),
            wanted=replace(_contact(c), name=c.words(), email=c.words(), phone=c.words()),
        ),
    ),
    "export_cases": Call(
        open_to(P.VIEW_CASE, P.EXPORT), lambda _, w: casework.export_cases(w, CaseSearch())
    ),
    "export_consultations": Call(
        open_to(P.VIEW_CONSULTATION, P.EXPORT),
        lambda _, w: casework.export_consultations(w, _month()),
    ),
    "export_initiatives": Call(
        open_to(P.VIEW_INITIATIVE, P.EXPORT),
        lambda _, w: casework.export_initiatives(w, InitiativeFilter()),
    ),
    "form_choices": Call(open_to(P.VIEW_CASE), lambda _, w: casework.form_choices(w)),
    "hand_over_notes": Call(
        open_to(P.HAND_OVER_NOTES),
        lambda c, w: casework.hand_over_notes(
            w, leaver_id=c.people["leaver"], successor_id=c.people["colleague"]
        ),
    ),
    "import_initiatives": Call(
        open_to(P.IMPORT_INITIATIVES),
        lambda c, w: casework.import_initiatives(
            w, data=f"Название;Лидер\n{c.words()};{c.words()}\n".encode(), name="a.csv"
        ),
    ),
    "list_cases": Call(open_to(P.VIEW_CASE), lambda _, w: casework.list_cases(w)),
    "list_consultations": Call(
        open_to(P.VIEW_CONSULTATION), lambda _, w: casework.list_consultations(w, _month())
    ),
    "list_imports": Call(open_to(P.IMPORT_INITIATIVES), lambda _, w: casework.list_imports(w)),
    "list_initiatives": Call(
        open_to(P.VIEW_INITIATIVE), lambda _, w: casework.list_initiatives(w, InitiativeFilter())
    ),
    "list_leavers": Call(open_to(P.HAND_OVER_NOTES), lambda _, w: casework.list_leavers(w)),
    "list_unsealings": Call(open_to(P.BREAK_GLASS), lambda _, w: casework.list_unsealings(w)),
    "mark_no_show": _talk["planned"](casework.mark_no_show, "consultation_id"),
    "may_hand_over": Call(everybody, lambda _, w: casework.may_hand_over(w)),
    "my_day": Call(everybody, lambda _, w: casework.my_day(w)),
    "note_need": Call(
        _EDIT,
        lambda c, w: casework.note_need(w, **_case_id(c), kind=NeedKind.STATED, title=c.words()),
    ),
    "open_case": Call(
        open_to(P.OPEN_CASE),
        lambda c, w: casework.open_case(
            w, new=NewCase(c.ids["initiative"], c.people["lead"], c.words(), title=c.words())
        ),
    ),
    "open_note": Call(_note, lambda c, w: casework.open_note(w, consultation_id=c.ids["held"])),
    "plan_consultation": Call(
        _RECORD, lambda c, w: casework.plan_consultation(w, draft=_new_draft(c, 1))
    ),
    "preview_import": Call(
        open_to(P.IMPORT_INITIATIVES),
        lambda c, w: casework.preview_import(
            w, data=f"Название\n{c.words()}\n".encode(), name="a.csv"
        ),
    ),
    "put_back_case": Call(
        _EDIT,
        lambda c, w: casework.put_back_case(
            w,
            **_case_id(c),
            version=_version(c),
            title=c.words(),
            request=c.words(),
            lead_id=c.people["lead"],
        ),
    ),
    "put_back_consultation": Call(
        _RECORD,
        lambda c, w: casework.put_back_consultation(
            w, consultation_id=c.ids["held"], version=1, before=plain_draft(c.draft("held"))
        ),
    ),
    "record_consultation": Call(
        _RECORD, lambda c, w: casework.record_consultation(w, draft=_new_draft(c))
    ),
    "register_initiative": Call(
        _INITIATIVE,
        lambda c, w: casework.register_initiative(
            w, new=NewInitiative(_form(c), leader=NewParticipant(c.words())), is_sure=True
        ),
    ),
    "remove_case": Call(_EDIT, lambda c, w: casework.remove_case(w, **_case_id(c, "fresh_case"))),
    "remove_consultation": _talk["held"](casework.remove_consultation, "consultation_id"),
    "remove_initiative": Call(
        _INITIATIVE,
        lambda c, w: casework.remove_initiative(w, initiative_id=c.ids["fresh_initiative"]),
    ),
    "remove_life_event": Call(
        _INITIATIVE,
        lambda c, w: casework.remove_life_event(w, **_initiative(c), event_id=c.ids["event"]),
    ),
    "remove_need": _case("need", P.EDIT_CASE)(casework.remove_need, "need_id"),
    "remove_person": Call(
        _INITIATIVE,
        lambda c, w: casework.remove_person(w, **_initiative(c), bond_id=c.ids["bond"]),
    ),
    "remove_step": _step["step"](casework.remove_step, "step_id"),
    "reopen_consultation": _talk["cancelled"](casework.reopen_consultation, "consultation_id"),
    "restore_consultation": Call(
        _RECORD,
        lambda c, w: casework.restore_consultation(
            w, consultation_id=c.ids["removed"], works=[[c.people["lead"], 60, 0, 0]]
        ),
    ),
    "restore_life_event": Call(
        _INITIATIVE,
        lambda c, w: casework.restore_life_event(
            w, **_initiative(c), event_id=c.ids["removed_event"]
        ),
    ),
    "restore_need": _case("removed_need", P.EDIT_CASE)(casework.restore_need, "need_id"),
    "restore_person": Call(
        _INITIATIVE,
        lambda c, w: casework.restore_person(w, **_initiative(c), bond_id=c.ids["removed_bond"]),
    ),
    "restore_step": _step["removed_step"](casework.restore_step, "step_id"),
    "revert_initiative": Call(
        _INITIATIVE,
        lambda c, w: casework.revert_initiative(
            w,
            **_initiative(c),
            version=1,
            form={"name": c.words(), "summary": c.words(), "themes": [], "territory": ""},
        ),
    ),
    "revert_person": Call(
        _INITIATIVE,
        lambda c, w: casework.revert_person(
            w,
            **_initiative(c),
            person_id=c.people["leader"],
            contact={"name": c.words(), "email": c.words(), "phone": c.words(), "version": 1},
        ),
    ),
    "set_members": Call(
        _ASSIGN,
        lambda c, w: casework.set_members(
            w, **_case_id(c), members=frozenset({c.people["colleague"]})
        ),
    ),
    "tick_step": _step["step"](casework.tick_step, "step_id"),
    "timeline": _case("case", P.VIEW_CASE)(casework.timeline, "case_id"),
    "unarchive_initiative": Call(
        _INITIATIVE, lambda c, w: casework.unarchive_initiative(w, **_initiative(c))
    ),
    "undo_import": Call(
        open_to(P.IMPORT_INITIATIVES),
        lambda c, w: casework.undo_import(w, import_id=c.ids["import"]),
    ),
    "undo_status": Call(
        _EDIT, lambda c, w: casework.undo_status(w, **_case_id(c), version=_version(c))
    ),
    "untick_step": _step["done_step"](casework.untick_step, "step_id"),
    "view_case": _case("case", P.VIEW_CASE)(casework.view_case, "case_id"),
    "view_consultation": _case("private", P.VIEW_CONSULTATION)(
        casework.view_consultation, "consultation_id"
    ),
    "view_initiative": Call(
        open_to(P.VIEW_INITIATIVE), lambda c, w: casework.view_initiative(w, **_initiative(c))
    ),
    "write_up_consultation": Call(
        _RECORD,
        lambda c, w: casework.write_up_consultation(
            w, consultation_id=c.ids["planned"], version=1, draft=c.draft("planned", held_on=TODAY)
        ),
    ),
}

_run = {
    name: _case(name, P.RUN_DIAGNOSTIC) for name in ("draft_run", "discarded_run", "closed_run")
}

DIAGNOSTICS: Final[dict[str, Call]] = {
    "answer_item": Call(
        on("case", P.RUN_DIAGNOSTIC),
        lambda c, w: diagnostics.answer_item(
            w, assessment_id=c.ids["draft_run"], item=_item(c), answer="level_2", seen="level_1"
        ),
    ),
    "answer_items": Call(
        on("case", P.RUN_DIAGNOSTIC),
        lambda c, w: diagnostics.answer_items(
            w,
            assessment_id=c.ids["draft_run"],
            responses={_item(c): Response("level_3", c.words())},
        ),
    ),
    "discard_assessment": _run["draft_run"](diagnostics.discard_assessment, "assessment_id"),
    "export_answers": Call(
        on("case", P.VIEW_DIAGNOSTIC, P.EXPORT),
        lambda c, w: diagnostics.export_answers(
            w, assessment_id=c.ids["run"], file="csv", words=translator("ru")
        ),
    ),
    "export_assessments": Call(
        open_to(P.VIEW_DIAGNOSTIC, P.EXPORT),
        lambda _, w: diagnostics.export_assessments(w, AssessmentSearch()),
    ),
    "justify_item": Call(
        on("case", P.RUN_DIAGNOSTIC),
        lambda c, w: diagnostics.justify_item(
            w,
            assessment_id=c.ids["draft_run"],
            item=_item(c),
            justification=c.words(),
            seen=_justification(c),
        ),
    ),
    "list_assessments": Call(
        open_to(P.VIEW_DIAGNOSTIC), lambda _, w: diagnostics.list_assessments(w)
    ),
    "list_choices": Call(open_to(P.RUN_DIAGNOSTIC), lambda _, w: diagnostics.list_choices(w)),
    "list_instruments": Call(
        open_to(P.VIEW_DIAGNOSTIC), lambda _, w: diagnostics.list_instruments(w)
    ),
    "make_needs": Call(
        _EDIT,
        lambda c, w: diagnostics.make_needs(
            w, assessment_id=c.ids["run"], items=_gap(c), language="ru"
        ),
    ),
    "restore_assessment": _run["discarded_run"](diagnostics.restore_assessment, "assessment_id"),
    "start_assessment": Call(
        on("case", P.RUN_DIAGNOSTIC),
        lambda c, w: diagnostics.start_assessment(
            w, NewAssessment(c.ids["case"], INSTRUMENT, RespondentKind.TEAM, TODAY)
        ),
    ),
    "submit_assessment": Call(
        on("case", P.RUN_DIAGNOSTIC),
        lambda c, w: diagnostics.submit_assessment(
            w, assessment_id=c.ids["draft_run"], version=_run_version(c, "draft_run")
        ),
    ),
    "unmake_needs": Call(
        _EDIT,
        lambda c, w: diagnostics.unmake_needs(
            w, assessment_id=c.ids["run_with_needs"], need_ids=[c.ids["gap_need"]]
        ),
    ),
    "view_assessment": _case("run", P.VIEW_DIAGNOSTIC)(
        diagnostics.view_assessment, "assessment_id"
    ),
    "view_instrument": Call(
        open_to(P.VIEW_DIAGNOSTIC), lambda _, w: diagnostics.view_instrument(w, name=INSTRUMENT)
    ),
    "withdraw_submission": _run["closed_run"](diagnostics.withdraw_submission, "assessment_id"),
}

_PLAN = on("case", P.EDIT_ROADMAP)

ROADMAPS: Final[dict[str, Call]] = {
    "add_task": Call(
        _PLAN,
        lambda c, w: roadmaps.add_task(
            w,
            **_roadmap(c),
            version=_plan_version(c),
            draft=roadmaps.TaskDraft(c.words(), 1, responsible=c.words()),
        ),
    ),
    "answer_need": Call(
        _PLAN, lambda c, w: roadmaps.answer_need(w, **_roadmap(c), state=NeedState.MET)
    ),
    "create_roadmap": Call(_PLAN, lambda c, w: roadmaps.create_roadmap(w, new=_new_plan(c))),
    "edit_plan": Call(
        _PLAN,
        lambda c, w: roadmaps.edit_plan(
            w,
            **_roadmap(c),
            version=_plan_version(c),
            edit=ChangePlan(TODAY + timedelta(days=7)),
        ),
    ),
    "edit_table": Call(_PLAN, _table),
    "export_roadmap": Call(
        on("case", P.VIEW_ROADMAP, P.EXPORT),
        lambda c, w: roadmaps.export_roadmap(
            w, **_roadmap(c), form=roadmaps.ExportForm.CSV, language="ru"
        ),
    ),
    "import_roadmap": Call(
        _PLAN, lambda c, w: roadmaps.import_roadmap(w, new=_new_plan(c), file=_file(c))
    ),
    "link_tasks": Call(
        _PLAN,
        lambda c, w: roadmaps.link_tasks(
            w, **_roadmap(c), link=Dependency(_tasks(c)[1], _tasks(c)[2])
        ),
    ),
    "list_history": _case("roadmap", P.VIEW_ROADMAP)(roadmaps.list_history, "roadmap_id"),
    "list_roadmaps": Call(open_to(P.VIEW_ROADMAP), lambda _, w: roadmaps.list_roadmaps(w)),
    "preview_import": Call(
        _PLAN,
        lambda c, w: roadmaps.preview_import(w, **_case_id(c), file=_file(c), starts_on=TODAY),
    ),
    "remove_roadmap": _case("roadmap", P.EDIT_ROADMAP)(roadmaps.remove_roadmap, "roadmap_id"),
    "rename_roadmap": Call(
        _PLAN, lambda c, w: roadmaps.rename_roadmap(w, **_roadmap(c), title=c.words())
    ),
    "restore_roadmap": _case("removed_roadmap", P.EDIT_ROADMAP)(
        roadmaps.restore_roadmap, "roadmap_id"
    ),
    "undo_edit": _case("roadmap", P.EDIT_ROADMAP)(roadmaps.undo_edit, "roadmap_id"),
    "view_need": Call(
        on("case", P.VIEW_CASE),
        lambda c, w: roadmaps.view_need(w, **_case_id(c), need_id=c.ids["need"]),
    ),
    "view_plan": _case("roadmap", P.VIEW_ROADMAP)(roadmaps.view_plan, "roadmap_id"),
}

_CHAIR = on("chaired", P.MANAGE_PANEL)
_VIEWS = on("panel", P.VIEW_PANEL)

PANELS: Final[dict[str, Call]] = {
    "add_criteria_set": Call(
        _CHAIR,
        lambda c, w: panels.add_criteria_set(
            w, panel_id=c.ids["young_panel"], code=panels.list_criteria_sets()[0].code
        ),
    ),
    "add_criterion": Call(
        _CHAIR,
        lambda c, w: panels.add_criterion(
            w, panel_id=c.ids["young_panel"], criterion=criterion_of(c.words)
        ),
    ),
    "add_submission": Call(
        both(_CHAIR, open_to(P.VIEW_CASE)),
        lambda c, w: panels.add_submission(
            w,
            panel_id=c.ids["panel"],
            new=NewSubmission(c.words(), c.words(), case_id=c.ids["case"]),
        ),
    ),
    "adopt_recommendation": Call(
        _CHAIR,
        lambda c, w: panels.adopt_recommendation(
            w,
            sheet_id=c.ids["sheet_of_second_expert"],
            line=c.tokens["recommendation"],
            text=c.words(),
        ),
    ),
    "assign_expert": Call(
        _CHAIR,
        lambda c, w: panels.assign_expert(
            w, panel_id=c.ids["panel"], person_id=c.people["third_expert"]
        ),
    ),
    "close_panel": Call(_CHAIR, lambda c, w: panels.close_panel(w, panel_id=c.ids["panel"])),
    "create_panel": Call(
        open_to(P.CREATE_PANEL),
        lambda c, w: panels.create_panel(
            w, new=NewPanel(c.words(), PanelKind.COMPETITION, c.people["lead"])
        ),
    ),
    "declare_conflict": Call(
        on("seated", P.SCORE_SUBMISSION),
        lambda c, w: panels.declare_conflict(
            w, submission_id=c.ids["submission"], reason=c.words()
        ),
    ),
    "lift_conflict": Call(
        _CHAIR,
        lambda c, w: panels.lift_conflict(
            w, submission_id=c.ids["submission"], expert_id=c.people["member"]
        ),
    ),
    "list_candidates": Call(
        _CHAIR, lambda c, w: panels.list_candidates(w, panel_id=c.ids["panel"])
    ),
    "list_own_sheets": Call(open_to(P.SCORE_SUBMISSION), lambda _, w: panels.list_own_sheets(w)),
    "list_panels": Call(open_to(P.VIEW_PANEL), lambda _, w: panels.list_panels(w)),
    "list_submissions_of_case": Call(
        open_to(P.VIEW_PANEL), lambda c, w: panels.list_submissions_of_case(w, c.ids["case"])
    ),
    "record_export": Call(
        _panel_export, lambda c, w: panels.record_export(w, panel_id=c.ids["panel"], rows=1)
    ),
    "remove_criterion": Call(
        _CHAIR,
        lambda c, w: panels.remove_criterion(w, criterion_id=c.ids["young_panel_criterion"]),
    ),
    "remove_expert": Call(
        _CHAIR,
        lambda c, w: panels.remove_expert(
            w, panel_id=c.ids["young_panel"], person_id=c.people["third_expert"]
        ),
    ),
    "reopen_panel": Call(_CHAIR, lambda c, w: panels.reopen_panel(w, panel_id=c.ids["panel"])),
    "restore_submission": Call(
        _CHAIR, lambda c, w: panels.restore_submission(w, submission_id=c.ids["withdrawn"])
    ),
    "return_sheet": Call(
        _CHAIR,
        lambda c, w: panels.return_sheet(
            w, sheet_id=c.ids["sheet_of_second_expert"], reason=c.words()
        ),
    ),
    "save_sheet": Call(
        _sheet,
        lambda c, w: panels.save_sheet(
            w, sheet_id=c.ids["sheet_of_member"], version=2, opinion=opinion_of(c, c.words)
        ),
    ),
    "submit_sheet": Call(
        _sheet,
        lambda c, w: panels.submit_sheet(w, sheet_id=c.ids["sheet_of_member"], version=2),
    ),
    "summarise": Call(
        _VIEWS,
        lambda c, w: panels.summarise(w, submission_id=c.ids["submission"]),
        (OwnSheetFirstError,),
    ),
    "view_panel": Call(_VIEWS, lambda c, w: panels.view_panel(w, c.ids["panel"])),
    "view_sheet": Call(_sheet, lambda c, w: panels.view_sheet(w, c.ids["sheet_of_member"])),
    "view_submission": Call(_VIEWS, lambda c, w: panels.view_submission(w, c.ids["submission"])),
    "withdraw_submission": Call(
        _CHAIR,
        lambda c, w: panels.withdraw_submission(
            w, submission_id=c.ids["submission"], reason=c.words()
        ),
    ),
}

DASHBOARDS: Final[dict[str, Call]] = {
    "export_figures": Call(
        open_to(P.EXPORT, P.VIEW_ALL_HOURS),
        lambda _, w: dashboards.export_figures(w, HoursFilter(), 3),
    ),
    "export_rows": Call(
        both(open_to(P.EXPORT), _own_hours), lambda _, w: dashboards.export_rows(w, HoursFilter())
    ),
    "view_desk": Call(everybody, lambda _, w: dashboards.view_desk(w)),
    "view_quarter": Call(
        open_to(P.VIEW_ALL_HOURS), lambda _, w: dashboards.view_quarter(w, HoursFilter())
    ),
    "view_rows": Call(_own_hours, lambda _, w: dashboards.view_rows(w, HoursFilter())),
}

CALLS: Final[dict[str, Call]] = {
    f"{feature}.{name}": call
    for feature, calls in {
        "accounts": ACCOUNTS,
        "hours": HOURS,
        "casework": CASEWORK,
        "diagnostics": DIAGNOSTICS,
        "roadmaps": ROADMAPS,
        "panels": PANELS,
        "dashboards": DASHBOARDS,
    }.items()
    for name, call in calls.items()
}

PRIVATE: Final[dict[str, Call]] = {
    name: Call(_private, run)
    for name, run in {
        "edit": lambda c, w: casework.edit_consultation(
            w, consultation_id=c.ids["private"], version=1, draft=c.draft("private")
        ),
        "remove": lambda c, w: casework.remove_consultation(w, consultation_id=c.ids["private"]),
        "reopen": lambda c, w: casework.reopen_consultation(w, consultation_id=c.ids["private"]),
    }.items()
}
"""Acts on a private talk, which a case's other people may not even change."""

"""Calls of casework."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from accounts.domain.contact import Contact
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
from casework.domain.need import NeedKind
from casework.domain.note import TwoPeopleError
from casework.domain.plain import plain_draft
from casework.domain.views import CaseSearch
from core.permissions import Actor, Guard, may, may_read_note
from tests.full_centre import TODAY, FullCentre
from tests.service_calls.rules import (
    Call,
    P,
    case_id,
    everybody,
    of_case,
    on,
    open_to,
)


def _private(centre: FullCentre, actor: Actor) -> bool:
    """A private talk is changed by its author alone, and only as a consultant."""
    own = actor.person_id == centre.people["lead"]
    return own and may(actor, P.RECORD_CONSULTATION, Guard(author=actor.person_id))


def reads_note(centre: FullCentre, actor: Actor) -> bool:
    guard = replace(centre.case, secrecy=centre.meeting("held").secrecy)
    guard = replace(guard, author=centre.people["lead"])
    return may(actor, P.VIEW_CONSULTATION) and may_read_note(actor, guard)


def _unseals(centre: FullCentre, actor: Actor) -> bool:
    return may(actor, P.BREAK_GLASS) and actor.person_id != centre.people["lead"]


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


def _consent(c: FullCentre, name: str) -> dict[str, int]:
    return {**_initiative(c), "person_id": c.people["leader"], "consent_id": c.ids[name]}


def _version(c: FullCentre) -> int:
    return casework.view_case(c.consultant, **case_id(c)).case.version


def _edit(c: FullCentre) -> casework.CaseEdit:
    return casework.CaseEdit(c.words(), c.words(), c.people["lead"])


def _contact(c: FullCentre) -> Contact:
    view = casework.view_initiative(c.consultant, **_initiative(c))
    return view.contacts[c.people["leader"]]


_EDIT, _ASSIGN = on("case", P.EDIT_CASE), on("case", P.ASSIGN_CASE)
_RECORD = on("case", P.RECORD_CONSULTATION)
_INITIATIVE = open_to(P.EDIT_INITIATIVE)
_step = {name: of_case(name, P.EDIT_CASE) for name in ("step", "done_step", "removed_step")}
_talk = {
    name: of_case(name, P.RECORD_CONSULTATION)
    for name in ("held", "removed", "cancelled", "planned")
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
    "agree_step": Call(_EDIT, lambda c, w: casework.agree_step(w, **case_id(c), text=c.words())),
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
        _EDIT,
        lambda c, w: casework.change_need(w, need_id=c.ids["need"], state="met", seen="planned"),
    ),
    "change_status": Call(
        _EDIT,
        lambda c, w: casework.change_status(
            w,
            **case_id(c),
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
            w, **case_id(c), version=_version(c), seen=_edit(c), wanted=_edit(c)
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
        lambda c, w: casework.note_need(w, **case_id(c), kind=NeedKind.STATED, title=c.words()),
    ),
    "open_case": Call(
        open_to(P.OPEN_CASE),
        lambda c, w: casework.open_case(
            w, new=NewCase(c.ids["initiative"], c.people["lead"], c.words(), title=c.words())
        ),
    ),
    "open_note": Call(
        reads_note, lambda c, w: casework.open_note(w, consultation_id=c.ids["held"])
    ),
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
            **case_id(c),
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
    "remove_case": Call(_EDIT, lambda c, w: casework.remove_case(w, **case_id(c, "fresh_case"))),
    "remove_consultation": _talk["held"](casework.remove_consultation, "consultation_id"),
    "remove_initiative": Call(
        _INITIATIVE,
        lambda c, w: casework.remove_initiative(w, initiative_id=c.ids["fresh_initiative"]),
    ),
    "remove_life_event": Call(
        _INITIATIVE,
        lambda c, w: casework.remove_life_event(w, **_initiative(c), event_id=c.ids["event"]),
    ),
    "remove_need": of_case("need", P.EDIT_CASE)(casework.remove_need, "need_id"),
    "remove_person": Call(
        _INITIATIVE,
        lambda c, w: casework.remove_person(w, **_initiative(c), bond_id=c.ids["bond"]),
    ),
    "remove_step": _step["step"](casework.remove_step, "step_id"),
    "reopen_consultation": _talk["cancelled"](casework.reopen_consultation, "consultation_id"),
    "restore_consent": Call(
        _INITIATIVE,
        lambda c, w: casework.restore_consent(w, **_consent(c, "withdrawn_consent"), on=TODAY),
    ),
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
    "restore_need": of_case("removed_need", P.EDIT_CASE)(casework.restore_need, "need_id"),
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
            w, **case_id(c), members=frozenset({c.people["colleague"]})
        ),
    ),
    "tick_step": _step["step"](casework.tick_step, "step_id"),
    "timeline": of_case("case", P.VIEW_CASE)(casework.timeline, "case_id"),
    "unarchive_initiative": Call(
        _INITIATIVE, lambda c, w: casework.unarchive_initiative(w, **_initiative(c))
    ),
    "undo_import": Call(
        open_to(P.IMPORT_INITIATIVES),
        lambda c, w: casework.undo_import(w, import_id=c.ids["import"]),
    ),
    "undo_status": Call(
        _EDIT, lambda c, w: casework.undo_status(w, **case_id(c), version=_version(c))
    ),
    "untick_step": _step["done_step"](casework.untick_step, "step_id"),
    "view_case": of_case("case", P.VIEW_CASE)(casework.view_case, "case_id"),
    "view_consultation": of_case("private", P.VIEW_CONSULTATION)(
        casework.view_consultation, "consultation_id"
    ),
    "withdraw_consent": Call(
        _INITIATIVE, lambda c, w: casework.withdraw_consent(w, **_consent(c, "consent"), on=TODAY)
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


PRIVATE: Final[dict[str, Call]] = {
    name: Call(_private, run)
    for name, run in {
        "edit": lambda c, w: casework.edit_consultation(
            w, consultation_id=c.ids["private"], version=2, draft=c.draft("private")
        ),
        "remove": lambda c, w: casework.remove_consultation(w, consultation_id=c.ids["private"]),
        "reopen": lambda c, w: casework.reopen_consultation(w, consultation_id=c.ids["private"]),
    }.items()
}
"""Acts on a private talk, which a case's other people may not even change."""

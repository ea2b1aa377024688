"""Calls of hours."""

from datetime import date
from types import MappingProxyType
from typing import Final

from core.errors import StaleError
from core.permissions import Actor, Role, may
from core.settings import Centre
from hours import service as hours
from tests.full_centre import TODAY, FullCentre
from tests.service_calls.rules import Call, P, both, everybody, open_to, own_hours

PERIOD: Final = hours.Quarter.of(TODAY).period
MONTH: Final = f"{TODAY:%Y-%m}"


def _records(_centre: FullCentre, actor: Actor) -> bool:
    return may(actor, P.RECORD_HOURS)


def _own_work(centre: FullCentre, actor: Actor) -> bool:
    return may(actor, P.RECORD_HOURS) and actor.person_id == centre.people["lead"]


def _draft(c: FullCentre) -> hours.WorkDraft:
    return hours.WorkDraft(TODAY, 25, hours.TimeKind.ADMINISTRATION, note=c.words())


def _seen(c: FullCentre, name: str) -> hours.Seen:
    manager = c.by("manager", Role.MANAGER)
    return hours.view_person_month(manager, c.people[name], MONTH).seen


def _entry(c: FullCentre) -> dict[str, int]:
    manager = c.by("manager", Role.MANAGER)
    entries = hours.view_person_month(manager, c.people["colleague"], MONTH).entries
    return {"entry_id": entries[0].id, "version": entries[0].version}


def _rule() -> hours.CountingRule:
    kinds = {hours.Activity.CONSULTING: frozenset({hours.TimeKind.CONTACT})}
    return hours.CountingRule(TODAY, MappingProxyType(kinds))


def _terms(c: FullCentre) -> hours.Terms:
    plan = hours.AgreementPlan(hours.Activity.CONSULTING, hours.Measure.STAFF, 600)
    return hours.Terms(c.words(), TODAY, None, c.words(), 3, plans=(plan,))


def _promises(c: FullCentre) -> tuple[hours.Promise, ...]:
    return hours.list_promises(c.by("manager", Role.MANAGER))[hours.Activity.CONSULTING]


HOURS: Final[dict[str, Call]] = {
    "approve_month": Call(
        open_to(P.APPROVE_HOURS),
        lambda c, w: hours.approve_month(
            w, person_id=c.people["colleague"], month=MONTH, seen=_seen(c, "colleague")
        ),
    ),
    "check_summaries": Call(open_to(P.EDIT_SETTINGS), lambda _, w: hours.check_summaries(w)),
    "rebuild_summaries": Call(open_to(P.EDIT_SETTINGS), lambda _, w: hours.rebuild_summaries(w)),
    "edit_choices": Call(open_to(P.EDIT_PLANS), lambda _, w: hours.edit_choices(w)),
    "edit_work": Call(
        _own_work,
        lambda c, w: hours.edit_work(w, work_id=c.ids["work"], version=1, draft=_draft(c)),
    ),
    "export_agreement": Call(
        open_to(P.EXPORT, P.VIEW_ALL_HOURS),
        lambda c, w: hours.export_agreement(w, agreement_id=c.ids["agreement"], lines=1),
    ),
    "lock_month": Call(
        open_to(P.APPROVE_HOURS),
        lambda c, w: hours.lock_month(w, person_ids=[c.people["colleague"]], month="2026-10"),
    ),
    "override_day": Call(
        open_to(P.OVERRIDE_LOCK),
        lambda c, w: hours.override_day(
            w, person_id=c.people["colleague"], day=date(2026, 9, 1), reason=c.words()
        ),
    ),
    "record_work": Call(_records, lambda c, w: hours.record_work(w, draft=_draft(c))),
    "remove_rule": Call(
        open_to(P.EDIT_PLANS), lambda c, w: hours.remove_rule(w, rule_id=c.ids["rule"])
    ),
    "remove_work": Call(_own_work, lambda c, w: hours.remove_work(w, work_id=c.ids["work"])),
    "restore_work": Call(
        _own_work,
        lambda c, w: hours.restore_work(w, work_id=c.ids["removed_work"], before={}),
    ),
    "return_entry": Call(
        open_to(P.APPROVE_HOURS), lambda c, w: hours.return_entry(w, **_entry(c), comment=c.words())
    ),
    "set_policy": Call(
        open_to(P.EDIT_PLANS), lambda _, w: hours.set_policy(w, policy=hours.HoursPolicy(5))
    ),
    "set_rule": Call(open_to(P.EDIT_PLANS), lambda _, w: hours.set_rule(w, rule=_rule())),
    "submit_month": Call(_records, lambda _, w: hours.submit_month(w)),
    "view_agreement": Call(
        open_to(P.VIEW_ALL_HOURS),
        lambda c, w: hours.view_agreement(w, agreement_id=c.ids["agreement"]),
    ),
    "view_agreements": Call(open_to(P.VIEW_ALL_HOURS), lambda _, w: hours.view_agreements(w)),
    "view_month": Call(open_to(P.APPROVE_HOURS), lambda _, w: hours.view_month(w)),
    "view_person_month": Call(
        open_to(P.APPROVE_HOURS), lambda c, w: hours.view_person_month(w, c.people["lead"])
    ),
    "withdraw_approval": Call(
        open_to(P.APPROVE_HOURS),
        lambda c, w: hours.withdraw_approval(
            w, person_id=c.people["colleague"], month=MONTH, entries=1, last_id=1
        ),
        besides=(StaleError,),  # each call is rehearsed, so nobody's approval stands
    ),
    "view_rules": Call(open_to(P.EDIT_PLANS), lambda _, w: hours.view_rules(w)),
    "view_work": Call(_own_work, lambda c, w: hours.view_work(w, work_id=c.ids["work"])),
    "add_agreement": Call(
        open_to(P.EDIT_PLANS),
        lambda c, w: hours.add_agreement(w, terms=_terms(c)),
    ),
    "list_promises": Call(open_to(P.EDIT_PLANS), lambda _, w: hours.list_promises(w)),
    "put_back_centre": Call(
        open_to(P.EDIT_SETTINGS),
        lambda c, w: hours.put_back_centre(w, before={"name": c.words()}, seen_version=1),
    ),
    "put_back_plans": Call(
        open_to(P.EDIT_PLANS),
        lambda c, w: hours.put_back_plans(
            w, activity="consulting", before=[(TODAY, None, 60)], seen=_promises(c)
        ),
    ),
    "edit_centre": Call(
        open_to(P.EDIT_SETTINGS),
        lambda c, w: hours.edit_centre(w, Centre(c.words()), seen=Centre(), seen_version=1),
    ),
    "export_own_hours": Call(
        both(open_to(P.EXPORT), own_hours), lambda _, w: hours.export_own_hours(w)
    ),
    "edit_agreement": Call(
        open_to(P.EDIT_PLANS),
        lambda c, w: hours.edit_agreement(
            w, agreement_id=c.ids["agreement"], version=1, terms=_terms(c)
        ),
    ),
    "figure": Call(
        open_to(P.VIEW_ALL_HOURS), lambda _, w: hours.figure(w, hours.HoursQuery(PERIOD))
    ),
    "list_agreements": Call(open_to(P.VIEW_ALL_HOURS), lambda _, w: hours.list_agreements(w)),
    "rows_behind": Call(
        open_to(P.VIEW_ALL_HOURS), lambda _, w: hours.rows_behind(w, hours.HoursQuery(PERIOD))
    ),
    "serve_agreement": Call(
        open_to(P.EDIT_PLANS),
        lambda c, w: hours.serve_agreement(
            w, served=hours.Served(hours.Activity.CONSULTING, TODAY, c.ids["agreement"])
        ),
    ),
    "set_plan": Call(
        open_to(P.EDIT_PLANS),
        lambda _, w: hours.set_plan(w, hours.HourPlan(hours.Activity.TRAINING, 60, TODAY), seen=()),
    ),
    "today": Call(everybody, lambda _, w: hours.today(w)),
    "view_centre": Call(open_to(P.EDIT_PLANS), lambda _, w: hours.view_centre(w)),
    "view_own_hours": Call(own_hours, lambda _, w: hours.view_own_hours(w)),
}

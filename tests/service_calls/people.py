"""Calls of accounts and dashboards."""

from dataclasses import replace
from typing import Final

from accounts import service as accounts
from accounts.domain.person import PersonDetails
from accounts.domain.throttle import SignInRefusedError
from accounts.service.people import view_person
from core.permissions import Guard, Permission, Role, may
from core.workspace import Workspace
from dashboards import service as dashboards
from dashboards.domain.quarter import HoursFilter
from tests.full_centre import FullCentre
from tests.service_calls.rules import (
    Call,
    P,
    Rule,
    both,
    everybody,
    open_to,
    own_hours,
)


def _self_or(permission: Permission, name: str) -> Rule:
    return lambda centre, actor: actor.person_id == centre.people[name] or may(actor, permission)


def _member(c: FullCentre) -> PersonDetails:
    return view_person(c.by("administrator", Role.ADMINISTRATOR), c.people["member"])


def _own_profile(c: FullCentre, w: Workspace) -> None:
    me = _member(c)
    wanted: PersonDetails = replace(me, name=c.words(), phone=c.words(), competences=c.words())
    accounts.edit_profile(w, wanted)


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
    "put_back_profile": Call(
        _self_or(P.MANAGE_PEOPLE, "member"),
        lambda c, w: accounts.put_back_profile(
            w,
            person_id=c.people["member"],
            version=_member(c).version,
            fields={"name": c.words(), "phone": c.words()},
        ),
    ),
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
        lambda c, w: accounts.set_account_roles(
            w, c.people["member"], [Role.EXPERT], seen=_member(c).roles
        ),
    ),
    "view_person": Call(
        _self_or(P.MANAGE_PEOPLE, "member"),
        lambda c, w: accounts.view_person(w, c.people["member"]),
    ),
    "who": Call(everybody, lambda _, w: accounts.who(w)),
}


def _leads_hours(permission: Permission) -> Rule:
    """Ask for an act on the hours of the case's lead."""
    return lambda centre, actor: may(actor, permission, Guard(author=centre.people["lead"]))


DASHBOARDS: Final[dict[str, Call]] = {
    "export_figures": Call(
        open_to(P.EXPORT, P.VIEW_ALL_HOURS),
        lambda _, w: dashboards.export_figures(w, HoursFilter(), 3),
    ),
    "export_rows": Call(
        both(open_to(P.EXPORT), own_hours), lambda _, w: dashboards.export_rows(w, HoursFilter())
    ),
    "export_journal": Call(
        both(_leads_hours(P.VIEW_OWN_HOURS), _leads_hours(P.EXPORT)),
        lambda c, w: dashboards.export_journal(w, person_id=c.people["lead"]),
    ),
    "export_served": Call(
        open_to(P.EXPORT, P.VIEW_ALL_HOURS),
        lambda c, w: dashboards.export_served(w, agreement_id=c.ids["agreement"]),
    ),
    "view_desk": Call(everybody, lambda _, w: dashboards.view_desk(w)),
    "view_journal": Call(
        _leads_hours(P.VIEW_OWN_HOURS),
        lambda c, w: dashboards.view_journal(w, person_id=c.people["lead"]),
    ),
    "view_named_month": Call(
        open_to(P.APPROVE_HOURS), lambda c, w: dashboards.view_named_month(w, c.people["lead"])
    ),
    "view_quarter": Call(
        open_to(P.VIEW_ALL_HOURS), lambda _, w: dashboards.view_quarter(w, HoursFilter())
    ),
    "view_rows": Call(own_hours, lambda _, w: dashboards.view_rows(w, HoursFilter())),
    "view_served": Call(
        open_to(P.VIEW_ALL_HOURS),
        lambda c, w: dashboards.view_served(w, agreement_id=c.ids["agreement"]),
    ),
}

"""Who may make a call, said with `core.permissions`; which refusals are not about rights."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from core.errors import DomainError
from core.permissions import Actor, Permission, may
from core.workspace import Workspace
from tests.full_centre import FullCentre

P: Final = Permission
Rule = Callable[[FullCentre, Actor], bool]
Run = Callable[[FullCentre, Workspace], Any]


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


def own_hours(_centre: FullCentre, actor: Actor) -> bool:
    return may(actor, P.VIEW_OWN_HOURS)


def of_case(name: str, *permissions: Permission) -> Callable[..., Call]:
    """Make calls that take the id of one thing of the case, and nothing else."""

    def make(function: Callable[..., Any], key: str) -> Call:
        return Call(on("case", *permissions), lambda c, w: function(w, **{key: c.ids[name]}))

    return make


def case_id(c: FullCentre, name: str = "case") -> dict[str, int]:
    return {"case_id": c.ids[name]}

"""Which pages there are, in which group, and for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from core.i18n import Coded
from core.permissions import Actor, Permission, Scope, scope


class Group(Coded):
    """The groups of the menu, in its order."""

    DESK = "desk"
    INITIATIVES = "initiatives"
    WORK = "work"
    DIAGNOSTICS = "diagnostics"
    ROADMAPS = "roadmaps"
    EVENTS = "events"
    PANELS = "panels"
    DASHBOARDS = "dashboards"
    ADMINISTRATION = "administration"


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page: its address, its file, its place in the menu, the permission it needs.

    `permission` None opens it to everybody signed in; `hidden` keeps it out of the menu.
    """

    url: str
    path: str
    title: str
    group: Group
    icon: str
    permission: Permission | None = None
    hidden: bool = False
    default: bool = False


_PAGES: Final[dict[str, PageSpec]] = {}


def install(pages: Iterable[PageSpec]) -> None:
    """Tell the frame which pages there are."""
    _PAGES.update((page.url, page) for page in pages)


def pages() -> tuple[PageSpec, ...]:
    """List every page, menu order."""
    order = list(Group)
    return tuple(sorted(_PAGES.values(), key=lambda page: order.index(page.group)))


def page(url: str) -> PageSpec:
    """Find a page by its address."""
    return _PAGES[url]


def pages_for(actor: Actor) -> tuple[PageSpec, ...]:
    """List the pages an actor may open."""
    return tuple(
        p for p in pages() if p.permission is None or scope(actor, p.permission) is not Scope.NONE
    )

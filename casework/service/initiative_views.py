"""Looking at initiatives: the list and one of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from accounts.domain.contact import Contact
from accounts.service import contacts_of, person_names
from casework import store
from casework.domain.initiative import Initiative, InitiativeFilter, InitiativeLine
from casework.domain.views import CaseLine, CaseSearch
from casework.service.case_views import case_lines
from core.catalogue import Item, list_items
from core.permissions import Permission, may
from core.workspace import Transaction, Workspace


@dataclass(frozen=True, slots=True)
class Lists:
    """The centre's lists, retired entries too: labels of old choices are still needed."""

    themes: tuple[Item, ...]
    territories: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class InitiativePage:
    """One page of a list of initiatives."""

    lines: tuple[InitiativeLine, ...]
    total: int
    leaders: Mapping[int, str]
    lists: Lists


@dataclass(frozen=True, slots=True)
class InitiativeView:
    """Everything the page of an initiative shows."""

    initiative: Initiative
    contacts: Mapping[int, Contact]
    cases: tuple[CaseLine, ...]
    lists: Lists
    may_edit: bool


def list_initiatives(workspace: Workspace, wanted: InitiativeFilter) -> InitiativePage:
    """List one page of initiatives by name; beyond the last page, the last."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_INITIATIVE)
        total = store.count_initiatives(tx.db, wanted)
        if wanted.size is not None:
            pages = max(-(-total // wanted.size), 1)
            wanted = replace(wanted, page=min(wanted.page, pages))
        return _page(tx, wanted, total)


def export_initiatives(workspace: Workspace, wanted: InitiativeFilter) -> InitiativePage:
    """Give all initiatives of a list to be taken away as a file, and note that they were."""
    with workspace.transaction() as tx:
        workspace.require(Permission.VIEW_INITIATIVE)
        workspace.require(Permission.EXPORT)
        page = _page(tx, replace(wanted, size=None), 0)
        tx.audit("initiative.exported", "initiatives", rows=len(page.lines))
    return page


def view_initiative(workspace: Workspace, *, initiative_id: int) -> InitiativeView:
    """Show one initiative: its state, people, events and cases."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_INITIATIVE)
        initiative = store.load_initiative(tx.db, initiative_id)
        people = {participant.person_id for participant in initiative.participants}
        sees_cases = may(tx.actor, Permission.VIEW_CASE)
        return InitiativeView(
            initiative=initiative,
            contacts=contacts_of(tx, people),
            cases=case_lines(tx, CaseSearch(initiative_id=initiative_id)) if sees_cases else (),
            lists=_lists(tx),
            may_edit=may(tx.actor, Permission.EDIT_INITIATIVE),
        )


def choice_lists(workspace: Workspace) -> Lists:
    """Give the themes and territories that may be chosen now."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_INITIATIVE)
        return Lists(list_items(tx.db, "theme"), list_items(tx.db, "territory"))


def choose_initiative(workspace: Workspace) -> tuple[tuple[int, str], ...]:
    """List ids and names of initiatives outside the archive, for choosing from."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_INITIATIVE)
        return store.list_initiative_names(tx.db, archived=False)


def _page(tx: Transaction, wanted: InitiativeFilter, total: int) -> InitiativePage:
    lines = store.list_initiatives(tx.db, wanted)
    leaders = {leader for line in lines for leader in line.leader_ids}
    return InitiativePage(lines, total or len(lines), person_names(tx, leaders), _lists(tx))


def _lists(tx: Transaction) -> Lists:
    return Lists(
        list_items(tx.db, "theme", active=False), list_items(tx.db, "territory", active=False)
    )

"""What the forms of meetings offer to choose from."""

from accounts.service import people_in
from casework.domain.views import CaseLine, CaseSearch, Choices
from casework.service.case_views import case_lines
from core.i18n import sort_key
from core.permissions import Permission, Role
from core.workspace import Transaction, Workspace


def form_choices(workspace: Workspace) -> Choices:
    """Give what a form offers: consultants, cases at work, the person and the day."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_CASE)
        return choices_in(tx)


def own_cases(tx: Transaction) -> CaseSearch:
    """Ask for the actor's cases at work, and those of whom they stand in for."""
    return CaseSearch(
        person_id=tx.actor.person_id, open_only=True, leads_for=tx.actor.stands_in_for
    )


def choices_in(tx: Transaction) -> Choices:
    """Do what `form_choices` does, in an open transaction that has asked for permission."""
    me = tx.actor.person_id
    lines = case_lines(tx, CaseSearch(open_only=True))
    own = {line.id for line in case_lines(tx, own_cases(tx))}
    ordered = sorted(lines, key=lambda line: (line.id not in own, sort_key(line.initiative)))
    people = {brief.id: brief.name for brief in people_in(tx, Role.CONSULTANT)}
    return Choices(
        today=tx.today,
        me=me,
        people=people,
        cases={line.id: _named(line) for line in ordered},
        own_cases=frozenset(own),
    )


def _named(line: CaseLine) -> str:
    return f"{line.initiative} · {line.title}" if line.title else line.initiative

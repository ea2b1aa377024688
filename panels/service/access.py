"""Who is what to a panel: chair, expert, or somebody who reads the summary."""

from enum import Enum

from core.permissions import Actor, Guard, Permission, Scope, scope
from core.workspace import Transaction
from panels.domain.panel import Panel
from panels.domain.visibility import Viewer
from panels.store import Stamp


class Standing(Enum):
    """What the reader is to a panel; an expert is nothing more, whatever other roles say."""

    CHAIR = "chair"
    EXPERT = "expert"
    OVERSEER = "overseer"


def chaired(guard: Guard) -> Guard:
    """Narrow a panel's guard to its chair: who leads it may change it, experts may not."""
    return Guard(lead=guard.lead)


def seated(guard: Guard) -> Guard:
    """Narrow a panel's guard to its experts: only they score."""
    return Guard(members=guard.members)


def standing_of(actor: Actor, chair_id: int, expert_ids: tuple[int, ...]) -> Standing:
    """Say what the actor, who may view the panel, is to it."""
    if actor.person_id == chair_id:
        return Standing.CHAIR
    return Standing.EXPERT if actor.person_id in expert_ids else Standing.OVERSEER


def viewer_of(actor: Actor, panel: Panel) -> Viewer:
    """Describe the actor to the rule of visibility."""
    return Viewer(
        person_id=actor.person_id,
        is_chair=actor.person_id == panel.chair_id,
        is_expert=actor.person_id in panel.expert_ids,
        reads_summaries=scope(actor, Permission.VIEW_PANEL) is Scope.ALL,
    )


def stamp(tx: Transaction) -> Stamp:
    """Say who writes in this transaction, and when."""
    return Stamp(tx.actor.person_id, tx.now)

"""Events in the life of an initiative: its state follows from them."""

from casework import store
from casework.domain.life import LifeEvent, clean_event
from casework.service.seams import stamp
from core.permissions import Permission
from core.workspace import Workspace


def add_life_event(workspace: Workspace, *, initiative_id: int, event: LifeEvent) -> int:
    """Write down what happened in the life of an initiative; give the event's id.

    Raises `OutOfRangeError` for the future and `FoundedTwiceError` for a second beginning.
    """
    with workspace.transaction() as tx:
        initiative = store.load_initiative(tx.db, initiative_id, lock=True)
        workspace.require(Permission.EDIT_INITIATIVE)
        clean = clean_event(event, initiative.events, tx.today)
        event_id = store.add_life_event(tx.db, initiative_id, clean, stamp(tx))
        store.save_touched(tx.db, initiative_id, tx.now)
        tx.audit(
            "life_event.added",
            f"life_event:{event_id}",
            initiative=initiative_id,
            type=clean.type,
            on=clean.when.on,
        )
        tx.touched("casework")
    return event_id


def remove_life_event(workspace: Workspace, *, initiative_id: int, event_id: int) -> None:
    """Take back an event that did not happen."""
    with workspace.transaction() as tx:
        store.load_initiative(tx.db, initiative_id, lock=True)
        workspace.require(Permission.EDIT_INITIATIVE)
        store.save_life_event_removed(tx.db, initiative_id, event_id, tx.now)
        store.save_touched(tx.db, initiative_id, tx.now)
        tx.audit("life_event.removed", f"life_event:{event_id}", initiative=initiative_id)
        tx.touched("casework")


def restore_life_event(workspace: Workspace, *, initiative_id: int, event_id: int) -> None:
    """Take the removal of an event back. Raises `FoundedTwiceError` as adding does."""
    with workspace.transaction() as tx:
        initiative = store.load_initiative(tx.db, initiative_id, lock=True)
        workspace.require(Permission.EDIT_INITIATIVE)
        event = store.load_removed_event(tx.db, initiative_id, event_id)
        clean_event(event, initiative.events, tx.today)
        store.save_life_event_removed(tx.db, initiative_id, event_id, None)
        tx.audit("life_event.restored", f"life_event:{event_id}", initiative=initiative_id)
        tx.touched("casework")

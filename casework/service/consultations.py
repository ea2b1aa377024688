"""Planning a meeting, writing it up, changing it and taking it away."""

from collections.abc import Mapping, Sequence
from typing import Any

from casework import store
from casework.domain.consultation import (
    ConsultationStatus,
    Draft,
    Work,
    check_draft,
    check_held,
    require_move,
)
from casework.domain.plain import draft_from, draft_of
from casework.service.minutes import SOURCE, count_time, works_of
from casework.service.writing import (
    Submission,
    add_meeting,
    guard_of_new,
    load_for_change,
    remove_meeting,
    require_change,
    require_fresh,
    save_meeting,
    set_meeting_status,
)
from core.permissions import Permission
from core.workspace import Workspace


def plan_consultation(workspace: Workspace, *, draft: Draft, sent: Submission | None = None) -> int:
    """Plan a meeting and give its id; the same form sent twice plans one."""
    with workspace.transaction() as tx:
        workspace.require(Permission.RECORD_CONSULTATION, guard_of_new(tx, draft))
        check_draft(draft)
        return add_meeting(tx, draft, ConsultationStatus.PLANNED, sent or Submission())


def record_consultation(
    workspace: Workspace, *, draft: Draft, sent: Submission | None = None
) -> int:
    """Write up a meeting that was not planned and give its id; sent twice it stands once.

    Its minutes go to hours, one row per consultant and kind.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.RECORD_CONSULTATION, guard_of_new(tx, draft))
        check_held(draft, tx.today)
        return add_meeting(tx, draft, ConsultationStatus.HELD, sent or Submission())


def write_up_consultation(
    workspace: Workspace,
    *,
    consultation_id: int,
    version: int,
    draft: Draft,
    sent: Submission | None = None,
) -> None:
    """Write up a planned meeting that was held."""
    with workspace.transaction() as tx:
        found = load_for_change(workspace, tx, consultation_id)
        require_fresh(tx, found, version, draft, sent)
        require_move(found.status, ConsultationStatus.HELD)
        check_held(draft, tx.today)
        save_meeting(tx, found, draft, ConsultationStatus.HELD, sent or Submission())
        tx.audit("consultation.held", f"consultation:{consultation_id}", held_on=draft.held_on)


def edit_consultation(
    workspace: Workspace,
    *,
    consultation_id: int,
    version: int,
    draft: Draft,
    sent: Submission | None = None,
) -> None:
    """Change a meeting, if nobody saved since the person saw it; steps are only added.

    Raises `StaleError` if somebody did. A note of None stays as it is stored.
    """
    with workspace.transaction() as tx:
        found = load_for_change(workspace, tx, consultation_id)
        require_fresh(tx, found, version, draft, sent)
        if found.status is ConsultationStatus.HELD:
            check_held(draft, tx.today)
        else:
            check_draft(draft)
        save_meeting(tx, found, draft, found.status, sent or Submission())
        tx.audit("consultation.edited", f"consultation:{consultation_id}", held_on=draft.held_on)


def put_back_consultation(
    workspace: Workspace, *, consultation_id: int, version: int, before: Mapping[str, Any]
) -> None:
    """Take an edit back: the meeting is again as `plain_draft` kept it."""
    edit_consultation(
        workspace, consultation_id=consultation_id, version=version, draft=draft_of(before)
    )


def cancel_consultation(workspace: Workspace, *, consultation_id: int) -> None:
    """Say that a planned meeting will not take place."""
    _set_status(workspace, consultation_id, ConsultationStatus.CANCELLED)


def mark_no_show(workspace: Workspace, *, consultation_id: int) -> None:
    """Say that nobody came to a planned meeting."""
    _set_status(workspace, consultation_id, ConsultationStatus.NO_SHOW)


def reopen_consultation(workspace: Workspace, *, consultation_id: int) -> None:
    """Make a meeting planned again: its minutes no longer count, what was written stays."""
    _set_status(workspace, consultation_id, ConsultationStatus.PLANNED)


def remove_consultation(workspace: Workspace, *, consultation_id: int) -> list[list[int]]:
    """Take a meeting away with its minutes, and give what `restore_consultation` needs."""
    with workspace.transaction() as tx:
        found = load_for_change(workspace, tx, consultation_id)
        works = works_of(tx, consultation_id, found.consultants)
        remove_meeting(tx, consultation_id)
    return [[work.person_id, work.contact, work.preparation, work.travel] for work in works]


def restore_consultation(
    workspace: Workspace, *, consultation_id: int, works: Sequence[Sequence[int]] = ()
) -> None:
    """Give a removed meeting back under its old id, with its minutes if it was held."""
    with workspace.transaction() as tx:
        found, guard = store.load_consultation(tx.db, consultation_id, lock=True, removed=True)
        require_change(workspace, tx, guard)
        then = store.find_removed_at(tx.db, consultation_id)
        store.save_consultation_removed(tx.db, consultation_id, None)
        store.save_steps_of_removed(tx.db, (SOURCE, consultation_id), None, then)
        if found.status is ConsultationStatus.HELD:
            given = tuple(Work(*work) for work in works)
            count_time(tx, consultation_id, draft_from(found, given))
        tx.audit("consultation.restored", f"consultation:{consultation_id}")
        tx.touched("casework")


def _set_status(workspace: Workspace, consultation_id: int, wanted: ConsultationStatus) -> None:
    with workspace.transaction() as tx:
        set_meeting_status(tx, load_for_change(workspace, tx, consultation_id), wanted)

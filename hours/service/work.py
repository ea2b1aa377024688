"""Own work: recorded, changed and taken away by the person who did it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from core.errors import NotFoundError, StaleError
from core.i18n import Term
from core.permissions import Guard, Permission
from core.workspace import Transaction, Workspace
from hours import store
from hours.domain.entries import EntryStatus
from hours.domain.work import WorkDraft, WorkPiece, work_from
from hours.service.time import minutes_of, remove_time, replace_time

SOURCE: Final = "work"


def record_work(workspace: Workspace, *, draft: WorkDraft, token: str | None = None) -> int:
    """Record work of one's own as a draft and give its id; the same form sent twice stands once.

    Raises what `replace_time` raises, and `TooLongError`.
    """
    with workspace.transaction() as tx:
        me = tx.actor.person_id
        workspace.require(Permission.RECORD_HOURS, Guard(author=me))
        draft = draft.checked()
        work_id = store.add_work(tx.db, me, draft.note, token=token, at=tx.now)
        if work_id is None:
            return store.find_work_by_token(tx.db, token or "") or 0
        replace_time(tx, (SOURCE, work_id), [draft.line(me)], status=EntryStatus.DRAFT)
        tx.audit("hours.work_recorded", f"work:{work_id}", minutes=draft.minutes)
    return work_id


def view_work(workspace: Workspace, *, work_id: int) -> WorkPiece:
    """Show a piece of one's own work, for changing it. Raises `NotFoundError`."""
    with workspace.reading() as tx:
        return _load(workspace, tx, work_id)


def edit_work(workspace: Workspace, *, work_id: int, version: int, draft: WorkDraft) -> None:
    """Change a piece of one's own work; it is a draft again.

    Raises `StaleError` if it was changed since, in another tab say.
    """
    with workspace.transaction() as tx:
        found = _load(workspace, tx, work_id, lock=True)
        draft = draft.checked()
        if not store.save_work(tx.db, work_id, draft.note, seen_version=version):
            raise StaleError(
                kind=Term("object.work"), current=_shown(found.draft), yours=_shown(draft)
            )
        line = draft.line(found.person_id)
        replace_time(tx, (SOURCE, work_id), [line], status=EntryStatus.DRAFT)
        tx.audit("hours.work_edited", f"work:{work_id}", minutes=draft.minutes)


def remove_work(workspace: Workspace, *, work_id: int) -> dict[str, Any]:
    """Take a piece of one's own work away, and give what `restore_work` needs."""
    with workspace.transaction() as tx:
        found = _load(workspace, tx, work_id, lock=True)
        remove_time(tx, (SOURCE, work_id))
        store.save_work_removed(tx.db, work_id, tx.now)
        tx.audit("hours.work_removed", f"work:{work_id}")
    return found.draft.plain() if found.draft else {}


def restore_work(workspace: Workspace, *, work_id: int, before: Mapping[str, Any]) -> None:
    """Give a removed piece of work back under its old id, as a draft."""
    with workspace.transaction() as tx:
        found = _load(workspace, tx, work_id, removed=True, lock=True)
        store.save_work_removed(tx.db, work_id, None)
        if before:
            line = work_from(before).line(found.person_id)
            replace_time(tx, (SOURCE, work_id), [line], status=EntryStatus.DRAFT)
        tx.audit("hours.work_restored", f"work:{work_id}")


def _load(
    workspace: Workspace,
    tx: Transaction,
    work_id: int,
    *,
    removed: bool = False,
    lock: bool = False,
) -> WorkPiece:
    found = store.find_work(tx.db, work_id, removed=removed, lock=lock)
    if found is None:
        workspace.require(Permission.RECORD_HOURS, Guard(author=tx.actor.person_id))
        raise NotFoundError(kind=Term("object.work"), id=work_id)
    workspace.require(Permission.RECORD_HOURS, Guard(author=found.person_id))
    lines = minutes_of(tx, (SOURCE, work_id))
    if not lines:
        return found
    line = lines[0]
    draft = WorkDraft(
        line.worked_on, line.minutes, line.kind, line.activity, line.starts_at, found.note
    )
    return replace(found, draft=draft)


def _shown(draft: WorkDraft | None) -> dict[Term, object]:
    if draft is None:
        return {}
    return {
        Term("field.worked_on"): draft.worked_on,
        Term("field.minutes"): draft.minutes,
        Term("field.kind"): draft.kind,
        Term("field.activity"): draft.activity,
        Term("field.work_note"): draft.note,
    }

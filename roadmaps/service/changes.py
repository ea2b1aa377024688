"""Changing a plan: one edit, the whole table, a link, and back again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.errors import RequiredError
from core.i18n import Term
from core.workspace import Transaction, Workspace
from roadmaps import store
from roadmaps.domain.chain import Chain, Mark, chain_of
from roadmaps.domain.edits import AddLink, AddTask, Batch, Edit
from roadmaps.domain.edits_new import free_uid, new_tasks, numbered
from roadmaps.domain.edits_plan import TakeBaseline, baseline_of
from roadmaps.domain.errors import NothingToRedoError, NothingToUndoError, NotLastEditError
from roadmaps.domain.notation import parse_waits
from roadmaps.domain.outcome import Outcome
from roadmaps.domain.plan import Dependency, Plan, clean
from roadmaps.domain.rows import Move, moving
from roadmaps.domain.table import Row, table_edit, task_of
from roadmaps.service.common import lay_both, load_for_change, write_change
from roadmaps.service.stale import plan_at, stale


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task as its form has it; `waits` and `part_of` name rows."""

    title: str
    duration: int
    waits: str = ""
    responsible: str = ""
    responsible_id: int | None = None
    part_of: int | None = None


def change_plan(
    workspace: Workspace, *, roadmap_id: int, edits: Sequence[Edit], version: int
) -> Outcome:
    """Make some changes of the plan as the person saw it, all together or none.

    They are one step of the history. New tasks come with id 0, or with negative ids by which
    the other edits mean them. Gives the new schedule and what moved, by how much and why.

    Raises
    ------
    StaleError
        If somebody changed the plan since, with the tasks concerned as they were seen, as
        they are and as they would be.
    """
    edit = edits[0] if len(edits) == 1 else Batch(tuple(edits))
    with workspace.transaction() as tx:
        loaded = load_for_change(workspace, tx, roadmap_id)
        ids = store.new_task_ids(tx.db, roadmap_id, len(new_tasks(edit)))
        named = numbered(edit, loaded[1], roadmap_id, ids)
        if loaded[0].version != version:
            raise stale(tx, loaded, version, named)
        return write_change(tx, loaded, named)


def edit_plan(workspace: Workspace, *, roadmap_id: int, edit: Edit, version: int) -> Outcome:
    """Make one change of the plan as the person saw it: see `change_plan`."""
    return change_plan(workspace, roadmap_id=roadmap_id, edits=(edit,), version=version)


def take_baseline(workspace: Workspace, *, roadmap_id: int, version: int, title: str) -> int:
    """Keep the dates of the plan that the person saw as agreed; gives the baseline's number."""
    with workspace.transaction() as tx:
        loaded = load_for_change(workspace, tx, roadmap_id)
        if not clean(title):
            raise RequiredError(field=Term("field.baseline_title"))
        laid, _same = lay_both(tx, loaded[1], loaded[1])
        taken = baseline_of(laid, title, tx.now, tx.actor.person_id)
        if loaded[0].version != version:
            raise stale(tx, loaded, version, TakeBaseline(taken))
        write_change(tx, loaded, TakeBaseline(taken))
    return taken.number


def link_tasks(workspace: Workspace, *, roadmap_id: int, link: Dependency) -> Outcome:
    """Make one task wait for another and return the new schedule and what moved.

    Raises `CycleError`, and changes nothing, if the tasks would wait for each other.
    """
    with workspace.transaction() as tx:
        loaded = load_for_change(workspace, tx, roadmap_id)
        return write_change(tx, loaded, AddLink(link))


def add_task(workspace: Workspace, *, roadmap_id: int, version: int, draft: TaskDraft) -> int:
    """Add a task at the end of the plan, with what it waits for; gives its id."""
    with workspace.transaction() as tx:
        roadmap, plan = load_for_change(workspace, tx, roadmap_id)
        (task_id,) = store.new_task_ids(tx.db, roadmap_id, 1)
        edit = _adding(plan, task_id, draft)
        if roadmap.version != version:
            raise stale(tx, (roadmap, plan), version, edit)
        write_change(tx, (roadmap, plan), _named(roadmap_id, plan, edit))
    return task_id


def edit_table(
    workspace: Workspace, *, roadmap_id: int, version: int, rows: Sequence[Row], language: str
) -> int:
    """Make the plan what its table says, in one change; gives the number of edits in it."""
    with workspace.transaction() as tx:
        roadmap, plan = load_for_change(workspace, tx, roadmap_id)
        seen = plan if roadmap.version == version else plan_at(tx, (roadmap, plan), version)
        count = sum(row.task_id is None for row in rows)
        ids = store.new_task_ids(tx.db, roadmap_id, count)
        edit = table_edit(seen, rows, ids, language)
        if not edit.edits:
            return 0
        if roadmap.version != version:
            raise stale(tx, (roadmap, plan), version, edit)
        parts = tuple(
            _named(roadmap_id, plan, part) if isinstance(part, AddTask) else part
            for part in edit.edits
        )
        write_change(tx, (roadmap, plan), replace(edit, edits=parts))
    return len(edit.edits)


def undo_edit(workspace: Workspace, *, roadmap_id: int, seq: int | None = None) -> int:
    """Take the last standing change back and give its number.

    With `seq`, only if that is the last one: else `NotLastEditError`, and nothing changes.
    """
    with workspace.transaction() as tx:
        loaded = load_for_change(workspace, tx, roadmap_id)
        last = _chain(tx, roadmap_id).undo
        if last is None:
            raise NothingToUndoError
        if seq is not None and seq != last:
            raise NotLastEditError
        edit = store.load_edit(tx.db, roadmap_id, last)
        write_change(tx, loaded, edit.backward, undoes=last)
    return last


def redo_edit(workspace: Workspace, *, roadmap_id: int, seq: int | None = None) -> int:
    """Do the change again that was taken back last; gives the number of the new change.

    With `seq`, the number of the taking back that the person saw.

    Raises
    ------
    StaleError
        If somebody has changed the plan since, with the tasks concerned as they were, as they
        are and as they would be.
    NotLastEditError
        If another change was taken back after it.
    NothingToRedoError
        If nothing is left to be done again.
    """
    with workspace.transaction() as tx:
        loaded = load_for_change(workspace, tx, roadmap_id)
        marks = store.list_marks(tx.db, roadmap_id)
        chain, wanted = chain_of(marks), seq
        if wanted is None:
            wanted = chain.redo
        if wanted is None or wanted not in _waiting(marks, chain):
            raise NothingToRedoError
        edit = store.load_edit(tx.db, roadmap_id, wanted).backward
        if wanted not in chain.taken_back:
            raise stale(tx, loaded, wanted + 1, edit)
        if wanted != chain.redo:
            raise NotLastEditError
        write_change(tx, loaded, edit, undoes=wanted, again=True)
    return loaded[0].version


def move_task(
    workspace: Workspace, *, roadmap_id: int, version: int, task_id: int, move: Move
) -> Outcome:
    """Move a task with its parts among the rows of the plan that the person saw.

    Raises `StaleError` as `edit_plan` does and `CannotMoveError` if there is no room.
    """
    with workspace.transaction() as tx:
        loaded = load_for_change(workspace, tx, roadmap_id)
        seen = plan_at(tx, loaded, version)
        edit = moving(seen, task_id, Move(move))
        if loaded[0].version != version:
            raise stale(tx, loaded, version, edit, with_rows=True)
        return write_change(tx, loaded, edit)


def _chain(tx: Transaction, roadmap_id: int) -> Chain:
    return chain_of(store.list_marks(tx.db, roadmap_id))


def _waiting(marks: Sequence[Mark], chain: Chain) -> set[int]:
    """Give the takings back that nobody has taken back."""
    takings = {mark.seq for mark in marks if mark.undoes is not None} - chain.again
    return takings - {mark.undoes for mark in marks}


def _adding(plan: Plan, task_id: int, draft: TaskDraft) -> AddTask:
    ids = {task.position: task.id for task in plan.tasks}
    row = Row(
        number=len(plan.tasks) + 1,
        title=draft.title,
        duration=draft.duration,
        responsible=draft.responsible,
        responsible_id=draft.responsible_id,
        part_of=draft.part_of,
        task_id=task_id,
    )
    task = replace(task_of(row, ids), position=0)
    return AddTask(task, parse_waits(draft.waits, ids, task_id, row.number, plan.unit))


def _named(roadmap_id: int, plan: Plan, edit: AddTask) -> AddTask:
    return replace(edit, task=replace(edit.task, uid=free_uid(plan, roadmap_id, edit.task.id)))

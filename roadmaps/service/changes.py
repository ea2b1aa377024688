"""Changing a plan: one edit, the whole table, a link, and back again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.errors import RequiredError
from core.i18n import Term
from core.workspace import Workspace
from roadmaps import store
from roadmaps.domain.edits import AddLink, AddTask, Batch, Edit
from roadmaps.domain.edits_new import free_uid, new_tasks, numbered
from roadmaps.domain.edits_plan import TakeBaseline, baseline_of
from roadmaps.domain.notation import parse_waits
from roadmaps.domain.outcome import Outcome
from roadmaps.domain.plan import Dependency, Plan, clean
from roadmaps.domain.rows import Move, moving
from roadmaps.domain.table import Row, table_edit, task_of
from roadmaps.service.carry import carry_over, redo, undo
from roadmaps.service.common import load_for_change, write_change
from roadmaps.service.kept import lay_loaded
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


@dataclass(frozen=True, slots=True)
class Added:
    """The id of a new task and the number of the change that added it."""

    task_id: int
    seq: int


@dataclass(frozen=True, slots=True)
class TableSaved:
    """How many edits a table made, and the number of their change; none if the plan stayed."""

    edits: int
    seq: int | None


def change_plan(
    workspace: Workspace, *, roadmap_id: int, edits: Sequence[Edit], version: int
) -> Outcome:
    """Make some changes of the plan as the person saw it, all together or none.

    They are one step of the history. New tasks come with id 0, or with negative ids by which
    the other edits mean them. What others changed since stays: the edits are made on the plan
    of now. Gives the new schedule and what moved, by how much and why.

    Raises
    ------
    StaleError
        If somebody touched the same since, with the tasks concerned as they were seen, as
        they are and as they would be.
    """
    edit = edits[0] if len(edits) == 1 else Batch(tuple(edits))
    with workspace.transaction() as tx:
        loaded = load_for_change(workspace, tx, roadmap_id)
        ids = store.new_task_ids(tx.db, roadmap_id, len(new_tasks(edit)))
        named = numbered(edit, loaded[1], roadmap_id, ids)
        return write_change(tx, loaded, carry_over(tx, loaded, version, named))


def edit_plan(workspace: Workspace, *, roadmap_id: int, edit: Edit, version: int) -> Outcome:
    """Make one change of the plan as the person saw it: see `change_plan`."""
    return change_plan(workspace, roadmap_id=roadmap_id, edits=(edit,), version=version)


def take_baseline(workspace: Workspace, *, roadmap_id: int, version: int, title: str) -> int:
    """Keep the dates of the plan that the person saw as agreed; gives the number of the change.

    Raises `StaleError` if the plan was changed since: its dates are others by now.
    """
    with workspace.transaction() as tx:
        loaded = load_for_change(workspace, tx, roadmap_id)
        if not clean(title):
            raise RequiredError(field=Term("field.baseline_title"))
        taken = baseline_of(lay_loaded(tx, *loaded), title, tx.now, tx.actor.person_id)
        if loaded[0].version != version:
            raise stale(tx, loaded, version, TakeBaseline(taken))
        write_change(tx, loaded, TakeBaseline(taken))
    return loaded[0].version


def link_tasks(workspace: Workspace, *, roadmap_id: int, link: Dependency) -> Outcome:
    """Make one task wait for another and return the new schedule and what moved.

    Raises `CycleError`, and changes nothing, if the tasks would wait for each other.
    """
    with workspace.transaction() as tx:
        loaded = load_for_change(workspace, tx, roadmap_id)
        return write_change(tx, loaded, AddLink(link))


def add_task(workspace: Workspace, *, roadmap_id: int, version: int, draft: TaskDraft) -> Added:
    """Add a task at the end of the plan, with what it waits for: rows of the plan as seen."""
    with workspace.transaction() as tx:
        loaded = load_for_change(workspace, tx, roadmap_id)
        seen = plan_at(tx, loaded, version)
        (task_id,) = store.new_task_ids(tx.db, roadmap_id, 1)
        edit = _named(roadmap_id, loaded[1], _adding(seen, task_id, draft))
        write_change(tx, loaded, carry_over(tx, loaded, version, edit))
    return Added(task_id, loaded[0].version)


def edit_table(
    workspace: Workspace, *, roadmap_id: int, version: int, rows: Sequence[Row], language: str
) -> TableSaved:
    """Make the plan what its table says, in one change, beside what others changed since."""
    with workspace.transaction() as tx:
        loaded = load_for_change(workspace, tx, roadmap_id)
        count = sum(row.task_id is None for row in rows)
        ids = store.new_task_ids(tx.db, roadmap_id, count)
        edit = table_edit(plan_at(tx, loaded, version), rows, ids, language)
        if not edit.edits:
            return TableSaved(0, None)
        parts = tuple(
            _named(roadmap_id, loaded[1], part) if isinstance(part, AddTask) else part
            for part in edit.edits
        )
        named = replace(edit, edits=parts)
        made = write_change(tx, loaded, carry_over(tx, loaded, version, named))
    return TableSaved(len(edit.edits), made.seq)


def undo_edit(workspace: Workspace, *, roadmap_id: int, seq: int | None = None) -> int:
    """Take the actor's own last standing change back, whatever others did since; its number.

    With `seq` that change, anybody's, if it stands.

    Raises
    ------
    StaleError
        If what the change touched was touched since, with the tasks concerned as the change
        left them, as they are and as they would be; nothing changes.
    NothingToUndoError
        If no change of the actor's stands.
    NotStandingError
        If the change `seq` was taken back already.
    """
    with workspace.transaction() as tx:
        loaded = load_for_change(workspace, tx, roadmap_id)
        return undo(tx, loaded, seq)[0]


def redo_edit(workspace: Workspace, *, roadmap_id: int, seq: int | None = None) -> int:
    """Do the change again that the actor took back last; gives the number of the new change.

    With `seq`, the number of the taking back that the person saw.

    Raises
    ------
    StaleError
        As `undo_edit` does.
    NotLastEditError
        If another change was taken back after it.
    NothingToRedoError
        If nothing is left to be done again.
    """
    with workspace.transaction() as tx:
        loaded = load_for_change(workspace, tx, roadmap_id)
        redo(tx, loaded, seq)
    return loaded[0].version


def move_task(
    workspace: Workspace, *, roadmap_id: int, version: int, task_id: int, move: Move
) -> Outcome:
    """Move a task with its parts among the rows of the plan that the person saw.

    Raises `StaleError` as `edit_plan` does and `CannotMoveError` if there is no room.
    """
    with workspace.transaction() as tx:
        loaded = load_for_change(workspace, tx, roadmap_id)
        edit = moving(plan_at(tx, loaded, version), task_id, Move(move))
        return write_change(tx, loaded, carry_over(tx, loaded, version, edit))


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

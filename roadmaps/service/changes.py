"""Changing a plan: one edit, the whole table, a link, and back again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.errors import StaleError
from core.i18n import Term
from core.workspace import Transaction, Workspace
from roadmaps import store
from roadmaps.domain.chain import Chain, Mark, chain_of
from roadmaps.domain.edits import AddLink, AddTask, Edit
from roadmaps.domain.errors import NothingToRedoError, NothingToUndoError, NotLastEditError
from roadmaps.domain.notation import parse_waits
from roadmaps.domain.plan import Dependency, Plan
from roadmaps.domain.roadmap import Roadmap
from roadmaps.domain.rows import Move, moving
from roadmaps.domain.schedule import Schedule
from roadmaps.domain.table import Row, rows_of, table_edit, task_of
from roadmaps.service.common import load_for_change, write_change


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task as its form has it; `waits` and `part_of` name rows."""

    title: str
    duration: int
    waits: str = ""
    responsible: str = ""
    responsible_id: int | None = None
    part_of: int | None = None


def edit_plan(workspace: Workspace, *, roadmap_id: int, edit: Edit, version: int) -> Schedule:
    """Make one change of the plan as the person saw it and give the new schedule.

    Raises
    ------
    StaleError
        If somebody changed the plan since, with the tasks concerned as they were seen, as
        they are and as they would be.
    """
    with workspace.transaction() as tx:
        loaded = load_for_change(workspace, tx, roadmap_id)
        if loaded[0].version != version:
            raise _stale(tx, loaded, version, edit)
        return write_change(tx, loaded, edit)


def link_tasks(workspace: Workspace, *, roadmap_id: int, link: Dependency) -> Schedule:
    """Make one task wait for another and return the new schedule.

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
            raise _stale(tx, (roadmap, plan), version, edit)
        write_change(tx, (roadmap, plan), _named(roadmap_id, plan, edit))
    return task_id


def edit_table(
    workspace: Workspace, *, roadmap_id: int, version: int, rows: Sequence[Row], language: str
) -> int:
    """Make the plan what its table says, in one change; gives the number of edits in it."""
    with workspace.transaction() as tx:
        roadmap, plan = load_for_change(workspace, tx, roadmap_id)
        seen = plan if roadmap.version == version else _plan_at(tx, (roadmap, plan), version)
        count = sum(row.task_id is None for row in rows)
        ids = store.new_task_ids(tx.db, roadmap_id, count)
        edit = table_edit(seen, rows, ids, language)
        if not edit.edits:
            return 0
        if roadmap.version != version:
            raise _stale(tx, (roadmap, plan), version, edit)
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
            raise _stale(tx, loaded, wanted + 1, edit)
        if wanted != chain.redo:
            raise NotLastEditError
        write_change(tx, loaded, edit, undoes=wanted, again=True)
    return loaded[0].version


def move_task(
    workspace: Workspace, *, roadmap_id: int, version: int, task_id: int, move: Move
) -> Schedule:
    """Move a task with its parts among the rows of the plan that the person saw.

    Raises `StaleError` as `edit_plan` does and `CannotMoveError` if there is no room.
    """
    with workspace.transaction() as tx:
        loaded = load_for_change(workspace, tx, roadmap_id)
        seen = _plan_at(tx, loaded, version)
        edit = moving(seen, task_id, Move(move))
        if loaded[0].version != version:
            raise _stale(tx, loaded, version, edit, with_rows=True)
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
    """Give a new task a name for exchange files that no other of the plan has."""
    uid, used = f"{roadmap_id}-{edit.task.id}", {task.uid for task in plan.tasks}
    while uid in used:
        uid += "+"
    return replace(edit, task=replace(edit.task, uid=uid))


def _plan_at(tx: Transaction, loaded: tuple[Roadmap, Plan], version: int) -> Plan:
    """Give the plan as it was at a version, by taking later changes back."""
    roadmap, plan = loaded
    for edit in reversed(store.find_edits_since(tx.db, roadmap.id, version)):
        plan = edit.backward.step(plan)
    return plan


def _stale(
    tx: Transaction,
    loaded: tuple[Roadmap, Plan],
    version: int,
    edit: Edit,
    *,
    with_rows: bool = False,
) -> StaleError:
    seen = _plan_at(tx, loaded, version)
    before, after, now = (
        _shown_rows(plan, with_rows=with_rows) for plan in (seen, edit.step(seen), loaded[1])
    )
    concerned = sorted(x for x in before.keys() | after.keys() if before.get(x) != after.get(x))

    def shown(rows: dict[int, tuple[str, str]]) -> dict[str, str]:
        titles = {x: (after.get(x) or before[x])[0] for x in concerned}
        return {f"{title} ({x})": rows.get(x, ("", ""))[1] for x, title in titles.items()}

    return StaleError(
        kind=Term("object.roadmap"),
        current=shown(now),
        yours=shown(after),
        original=shown(before),
    )


def _shown_rows(plan: Plan, *, with_rows: bool) -> dict[int, tuple[str, str]]:
    """Show each task as its title and the cells of its row, where rows matter with its place."""
    return {
        row.task_id: (row.title, f"{_place(row)} {_cells(row)}" if with_rows else _cells(row))
        for row in rows_of(plan)
        if row.task_id is not None
    }


def _place(row: Row) -> str:
    return f"{row.number}." if row.part_of is None else f"{row.part_of} › {row.number}."


def _cells(row: Row) -> str:
    cells = (row.title, str(row.duration), row.waits, row.responsible, f"{row.done_percent} %")
    return " · ".join(cell for cell in cells if cell)

"""Changing a plan: one edit, the whole table, a link, and back again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.errors import StaleError
from core.i18n import Term
from core.workspace import Transaction, Workspace
from roadmaps import store
from roadmaps.domain.edits import AddLink, AddTask, Edit
from roadmaps.domain.errors import NothingToUndoError, NotLastEditError
from roadmaps.domain.notation import parse_waits
from roadmaps.domain.plan import Dependency, Plan
from roadmaps.domain.roadmap import Roadmap, last_standing
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
        last = last_standing(store.list_edits(tx.db, roadmap_id))
        if last is None:
            raise NothingToUndoError
        if seq is not None and seq != last.seq:
            raise NotLastEditError
        write_change(tx, loaded, last.backward, undoes=last.seq)
    return last.seq


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


def _stale(tx: Transaction, loaded: tuple[Roadmap, Plan], version: int, edit: Edit) -> StaleError:
    seen = _plan_at(tx, loaded, version)
    before, after = _shown_rows(seen), _shown_rows(edit.step(seen))
    now = _shown_rows(loaded[1])
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


def _shown_rows(plan: Plan) -> dict[int, tuple[str, str]]:
    """Show each task as its title and the cells of its row."""
    return {
        row.task_id: (row.title, _cells(row)) for row in rows_of(plan) if row.task_id is not None
    }


def _cells(row: Row) -> str:
    cells = (row.title, str(row.duration), row.waits, row.responsible, f"{row.done_percent} %")
    return " · ".join(cell for cell in cells if cell)

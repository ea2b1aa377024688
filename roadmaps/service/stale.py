"""What a person saw, what stands there by now and what they wanted, when somebody was first."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import Final, TypeAlias

from accounts.service import person_names
from core.errors import StaleError
from core.i18n import Term
from core.workspace import Transaction
from roadmaps import store
from roadmaps.domain.edits import Edit
from roadmaps.domain.plan import EVENING, Plan, Task
from roadmaps.domain.roadmap import Roadmap
from roadmaps.domain.standing import plan_before
from roadmaps.domain.table import Row, rows_of
from roadmaps.domain.terms import Progress
from roadmaps.domain.touching import touched

_GONE: Final = "—"
_EVENING: Final = f" {EVENING:%H:%M}"
_TITLE: Final = Term("field.task_title")
_Table: TypeAlias = dict[tuple[int, Term], object]


def plan_at(tx: Transaction, loaded: tuple[Roadmap, Plan], version: int) -> Plan:
    """Give the plan as it was at a version, by taking later changes back."""
    roadmap, plan = loaded
    return plan_before(plan, store.find_edits_since(tx.db, roadmap.id, version))


def stale(tx: Transaction, loaded: tuple[Roadmap, Plan], version: int, edit: Edit) -> StaleError:
    """Show what an edit concerns: as it was seen, as it is, as it would be.

    Field by field: of the plan, and of the tasks that it touches, named by the rows they had.
    """
    seen = plan_at(tx, loaded, version)
    plans = (seen, edit.step(seen), loaded[1])
    heads = [_head(plan) for plan in plans]
    fields = [field for field in heads[0] if heads[0][field] != heads[1][field]]
    people = person_names(tx, {t.responsible_id or 0 for plan in plans for t in plan.tasks} - {0})
    tables = [_table(plan, edit, people) for plan in plans]
    cells = [x for x in dict.fromkeys(chain(*tables)) if _differs(x, tables)]
    names = _names(*plans)

    def shown(number: int) -> dict[object, object]:
        own = {field: heads[number][field] for field in fields}
        table = tables[number]
        return own | {(names[x], field): table.get((x, field), _GONE) for x, field in cells}

    return StaleError(
        kind=Term("object.roadmap"), original=shown(0), yours=shown(1), current=shown(2)
    )


def _names(*plans: Plan) -> dict[int, str]:
    """Name each task by its row and title in the first plan that has it."""
    found: dict[int, str] = {}
    for plan in plans:
        for task in plan.tasks:
            found.setdefault(task.id, f"{task.position}. {task.title}")
    return found


def _table(plan: Plan, edit: Edit, people: Mapping[int, str]) -> _Table:
    """Give every field of the tasks that an edit touches."""
    touch = touched(edit)
    ids = {key[-1] for key in touch.writes if key[0] != "plan"}
    rows = {key[-1] for key in touch.writes if key[0] == "row"}
    return {
        (task.id, field): value
        for row, task in zip(rows_of(plan), plan.tasks, strict=True)
        if task.id in ids
        for field, value in _fields(row, task, people, is_moved=task.id in rows)
    }


def _differs(cell: tuple[int, Term], tables: list[_Table]) -> bool:
    """Tell whether a field is not the same in all; of a task that is gone, its title alone."""
    values = [table.get(cell) for table in tables]
    if None in values and cell[1] != _TITLE:
        return False
    return any(value != values[0] for value in values)


def _fields(
    row: Row, task: Task, people: Mapping[int, str], *, is_moved: bool
) -> Iterator[tuple[Term, object]]:
    yield _TITLE, task.title
    if is_moved:
        yield Term("field.row"), row.number
        yield Term("field.part_of"), "" if row.part_of is None else row.part_of
    yield Term("field.duration"), task.duration
    yield Term("field.counting"), task.counting
    yield Term("field.calendar"), task.calendar
    yield Term("field.waits"), row.waits
    yield Term("field.responsible"), people.get(task.responsible_id or 0, task.responsible)
    yield Term("field.done_percent"), f"{task.done_percent} %"
    yield from _terms(task)


def _terms(task: Task) -> Iterator[tuple[Term, object]]:
    constraint, points = task.constraint, task.estimate
    bound = () if constraint is None else (constraint.kind, _at(constraint.at))
    yield Term("field.constraint"), tuple(filter(None, bound))
    yield Term("field.deadline"), _at(task.deadline)
    placed = _at(task.placed_at)
    yield Term("field.placed_at"), placed.removesuffix(_EVENING) if task.ends_day else placed
    yield Term("field.off_path"), task.off_path
    three = (points.optimistic, points.likely, points.pessimistic) if points else ()
    yield Term("field.estimate"), " / ".join(map(str, three))
    progress = task.progress or Progress()
    yield Term("field.started"), _at(progress.started_at)
    yield Term("field.finished"), _at(progress.finished_at)
    yield Term("field.remaining"), "" if progress.remaining is None else progress.remaining


def _head(plan: Plan) -> dict[Term, object]:
    return {
        Term("field.plan_start"): plan.starts_on,
        Term("field.status_date"): _at(plan.status_at),
        Term("object.baseline"): "; ".join(x.title or str(x.number) for x in plan.baselines),
    }


def _at(at: datetime | None) -> str:
    return "" if at is None else at.strftime("%d.%m.%Y %H:%M").removesuffix(" 00:00")

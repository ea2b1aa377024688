"""What a person saw, what stands there by now and what they wanted, when somebody was first."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from core.errors import StaleError
from core.i18n import Term
from core.workspace import Transaction
from roadmaps import store
from roadmaps.domain.edits import Edit
from roadmaps.domain.plan import Plan, Task
from roadmaps.domain.roadmap import Roadmap
from roadmaps.domain.standing import plan_before
from roadmaps.domain.table import Row, rows_of
from roadmaps.domain.terms import Counting

_Rows: TypeAlias = dict[int, tuple[str, str]]


def plan_at(tx: Transaction, loaded: tuple[Roadmap, Plan], version: int) -> Plan:
    """Give the plan as it was at a version, by taking later changes back."""
    roadmap, plan = loaded
    return plan_before(plan, store.find_edits_since(tx.db, roadmap.id, version))


def stale(
    tx: Transaction,
    loaded: tuple[Roadmap, Plan],
    version: int,
    edit: Edit,
    *,
    with_rows: bool = False,
) -> StaleError:
    """Show what an edit concerns: as it was seen, as it is, as it would be."""
    seen = plan_at(tx, loaded, version)
    plans = (seen, edit.step(seen), loaded[1])
    before, after, now = (_shown_rows(plan, with_rows=with_rows) for plan in plans)
    was, would_be, is_now = map(_shown_head, plans)
    fields = [field for field in was if was[field] != would_be[field]]
    concerned = sorted(x for x in before.keys() | after.keys() if before.get(x) != after.get(x))

    def shown(rows: _Rows, head: Mapping[Term, object]) -> dict[str | Term, object]:
        titles = {x: (after.get(x) or before[x])[0] for x in concerned}
        names = {x: f"{title} ({x})" if x > 0 else title for x, title in titles.items()}
        tasks = {names[x]: rows.get(x, ("", ""))[1] for x in titles}
        return {**{field: head[field] for field in fields}, **tasks}

    return StaleError(
        kind=Term("object.roadmap"),
        current=shown(now, is_now),
        yours=shown(after, would_be),
        original=shown(before, was),
    )


def _shown_head(plan: Plan) -> dict[Term, object]:
    return {
        Term("field.plan_start"): plan.starts_on,
        Term("field.status_date"): _at(plan.status_at),
        Term("object.baseline"): "; ".join(x.title or str(x.number) for x in plan.baselines),
    }


def _shown_rows(plan: Plan, *, with_rows: bool) -> _Rows:
    """Show each task as its title and the cells of its row, where rows matter with its place."""
    shown: _Rows = {}
    for row, task in zip(rows_of(plan), plan.tasks, strict=True):
        cells = " · ".join(filter(None, (_cells(row), _terms(task))))
        shown[task.id] = (row.title, f"{_place(row)} {cells}" if with_rows else cells)
    return shown


def _place(row: Row) -> str:
    return f"{row.number}." if row.part_of is None else f"{row.part_of} › {row.number}."


def _cells(row: Row) -> str:
    cells = (row.title, str(row.duration), row.waits, row.responsible, f"{row.done_percent} %")
    return " · ".join(cell for cell in cells if cell)


def _terms(task: Task) -> str:
    """Show what a task has beside its row, in the notation of planners."""
    constraint, points, progress = task.constraint, task.estimate, task.progress
    found = [
        "" if task.counting is Counting.WORKING else task.counting.value,
        f"[{task.calendar}]" if task.calendar else "",
        "" if constraint is None else f"{constraint.kind.upper()} {_at(constraint.at)}",
        "" if task.deadline is None else f"≤ {_at(task.deadline)}",
        "" if task.placed_at is None else f"@ {_at(task.placed_at)}",
        "×" if task.off_path else "",
        f"{points.optimistic}/{points.likely}/{points.pessimistic}" if points else "",
    ]
    if progress is not None:
        found += [
            f"▶ {_at(progress.started_at)}" if progress.started_at else "",
            f"■ {_at(progress.finished_at)}" if progress.finished_at else "",
            "" if progress.remaining is None else f"… {progress.remaining}",
        ]
    return " · ".join(filter(None, found))


def _at(at: datetime | None) -> str:
    return "" if at is None else at.strftime("%d.%m.%Y %H:%M").removesuffix(" 00:00")

"""A plan as a Gantt chart of Mermaid, with absolute dates.

Mermaid's own `after` and `excludes` place tasks otherwise than a calendar does, and it knows no
lags, so every task carries its dates. Written only: what it holds is no plan any more.
"""

import re
from datetime import timedelta
from typing import Final

from roadmaps.domain.laid import Laid
from roadmaps.domain.plan import PlanUnit, Task
from roadmaps.formats.exchange import PlanFile

_UNSAFE: Final = re.compile(r"[:;,#\n\r%]+")
_COMMAND: Final = re.compile(
    r"(dateFormat|inclusiveEndDates|topAxis|axisFormat|tickInterval|includes|excludes|todayMarker"
    r"|weekday|weekend|title|accTitle|accDescr|section|click|call|href|gantt)\b|\d{4}-\d\d-\d\d",
    re.IGNORECASE,
)
_INVISIBLE: Final = "\u200b"  # a space of no width, which no command begins with
_DONE: Final = 100
_DAY: Final = timedelta(days=1)


def write_mermaid(file: PlanFile, laid: Laid) -> str:
    """Write the chart; stages become sections, links are not drawn."""
    plan = laid.plan
    is_days = plan.unit is PlanUnit.DAY
    pattern = "%Y-%m-%d" if is_days else "%Y-%m-%dT%H:%M"
    lines = [
        "gantt",
        f"    title {_plain(file.title) or 'Plan'}",
        f"    dateFormat {'YYYY-MM-DD' if is_days else 'YYYY-MM-DDTHH:mm'}",
    ]
    section: int | None = None
    for task in plan.tasks:
        if task.id in plan.stages:
            continue
        if task.parent_id != section:
            section = task.parent_id
            title = "" if section is None else plan.task(section).title
            lines.append(f"    section {_plain(title) or '-'}")
        span, slot = laid.span(task.id), laid.result[task.id]
        marks = []
        if task.done_percent == _DONE:
            marks.append("done")
        elif task.done_percent:
            marks.append("active")
        if slot.is_critical:
            marks.append("crit")
        if laid.result.is_point(task.id):
            marks.append("milestone")
            end = span.start
        else:
            end = span.finish + _DAY if is_days else span.finish
        dates = (f"t{task.id}", span.start.strftime(pattern), end.strftime(pattern))
        lines.append(f"    {_named(task)} :{', '.join((*marks, *dates))}")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    return " ".join(_UNSAFE.sub(" ", text).split())


def _named(task: Task) -> str:
    """Give a name that Mermaid takes for one, though it begins as a command or a date does."""
    name = _plain(task.title) or f"№ {task.position}"
    return f"{_INVISIBLE}{name}" if _COMMAND.match(name) else name

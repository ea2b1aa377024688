"""Three plans whose geometry is kept; `python -m tests.golden.layouts` writes it anew."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Final

from core.calendar import russian_calendar
from roadmaps.domain.axis import Zoom
from roadmaps.domain.calendar import OwnCalendar
from roadmaps.domain.laid import lay
from roadmaps.domain.layout import Look, gantt_layout
from roadmaps.domain.layout_data import Data, layout_to_data
from roadmaps.domain.plan import Dependency, LinkKind, Plan, PlanUnit, Task
from roadmaps.domain.terms import Baseline, BaselineDates, Constraint, ConstraintKind

FOLDER: Final = Path(__file__).parent


def yard() -> Plan:
    """Stages, milestones, the four kinds of link, a baseline, dates of all sorts."""
    tasks = (
        Task(1, "Подготовка", position=1),
        Task(2, "Собрать соседей", 3, position=2, parent_id=1, done_percent=100),
        Task(3, "Обмерить двор", 5, position=3, parent_id=1, done_percent=40),
        Task(4, "Ёлки", 4, position=4, parent_id=1, deadline=datetime(2026, 5, 8)),
        Task(5, "Эскиз готов", 0, position=5),
        Task(
            6,
            "Согласовать",
            10,
            position=6,
            constraint=Constraint(ConstraintKind.SNET, datetime(2026, 5, 18)),
        ),
        Task(7, "Посадить", 2, position=7, deadline=datetime(2026, 6, 30), responsible_id=5),
    )
    links = (
        Dependency(2, 3),
        Dependency(2, 4, LinkKind.SS, 1),
        Dependency(3, 4, LinkKind.FF),
        Dependency(4, 5),
        Dependency(5, 6, lag=2),
        Dependency(7, 6, LinkKind.SF, 1),
        Dependency(3, 7, lag=3),
    )
    agreed = (
        BaselineDates(2, datetime(2026, 4, 29), datetime(2026, 4, 30), 2),
        BaselineDates(5, datetime(2026, 5, 12), datetime(2026, 5, 12), 0),
        BaselineDates(6, datetime(2026, 5, 13), datetime(2026, 5, 22), 8),
    )
    return Plan(date(2026, 5, 4), tasks, links, baselines=(Baseline(0, agreed, "с жителями"),))


def week() -> Plan:
    """Counted in hours, with office hours of its own."""
    tasks = tuple(Task(n, f"Шаг {n}", 4 + 3 * n, position=n) for n in range(1, 6))
    links = (Dependency(1, 2), Dependency(1, 3, LinkKind.SS, 2), Dependency(3, 5), Dependency(4, 5))
    return Plan(date(2026, 6, 1), tasks, links, unit=PlanUnit.HOUR, own_calendar=OwnCalendar())


def years() -> Plan:
    """Three years: what is far away is seen in quarters."""
    tasks = tuple(
        Task(
            n, f"Year {n}", 90 + n, position=n, parent_id=None if n in {1, 5} else 1 if n < 5 else 5
        )
        for n in range(1, 9)
    )
    links = tuple(Dependency(a, b) for a, b in ((2, 3), (3, 4), (4, 6), (6, 7), (7, 8)))
    return Plan(date(2026, 1, 12), tasks, links)


LAYOUTS: Final = {
    "yard": (yard, Look(width=600), date(2026, 5, 20)),
    "week": (week, Look(zoom=Zoom.DAYS), date(2026, 6, 3)),
    "years": (years, Look(collapsed=frozenset({1})), date(2027, 1, 1)),
}


def drawn(name: str) -> Data:
    """Lay one of the plans out."""
    make, look, today = LAYOUTS[name]
    laid = lay(make(), russian_calendar())
    return layout_to_data(gantt_layout(laid, today, look))


def kept(name: str) -> Data:
    """Read the geometry as it was."""
    found: Data = json.loads((FOLDER / f"layout_{name}.json").read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    for key in LAYOUTS:
        text = json.dumps(drawn(key), ensure_ascii=False, indent=1)
        (FOLDER / f"layout_{key}.json").write_text(f"{text}\n", encoding="utf-8")

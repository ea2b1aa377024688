"""How fast is the roadmap desk? Each goal beside what was measured."""

import argparse
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from benchmarks import desk_browser, desk_editor
from benchmarks.bench_schedule import plan_of
from benchmarks.desk_portfolio import portfolio_rows
from core.calendar import russian_calendar
from core.i18n import translator
from roadmaps.domain.laid import lay
from roadmaps.domain.layout import Look, gantt_layout
from roadmaps.domain.layout_data import drawn
from roadmaps.formats.caption import Caption
from roadmaps.formats.paper import Paper
from roadmaps.formats.takeaway import Takeaway

_ = translator("ru")
TODAY = date(2026, 7, 1)
AT = datetime(2026, 7, 1, tzinfo=UTC)


def taken(tasks: int) -> Takeaway:
    """Lay a random plan out, with a caption around it."""
    laid = lay(plan_of(tasks, tasks * 2), russian_calendar())
    return Takeaway(laid, Caption("План", "Инициатива", "Центр", TODAY), _, AT)


def least(run: Callable[[], object], times: int) -> float:
    """Give the least time of several runs [ms of all processors]: typst works in threads."""
    found = []
    for _number in range(times):
        begun = time.process_time()
        run()
        found.append(time.process_time() - begun)
    return min(found) * 1e3


def row(work: str, goal: float, run: Callable[[], object], times: int = 5) -> None:
    """Print one line of the table [ms]."""
    print(f"| {work} | ≤ {goal:.0f} ms | {least(run, times):.0f} ms |", flush=True)


def main() -> None:
    """Print the table."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    print("| work | goal | measured |\n|---|---|---|")
    laid = taken(500).laid

    def layout() -> object:
        return gantt_layout(laid, TODAY, Look())

    row("geometry of 500 rows and 1,000 links", 50, layout, 20)
    found = gantt_layout(laid, TODAY, Look())
    row("the same as JSON for the page", 50, lambda: drawn(found), 20)
    two = taken(200)
    row("200 tasks to PDF, A4", 500, lambda: two.pdf(Paper.A4))
    row("200 tasks to PDF, A3", 500, lambda: two.pdf(Paper.A3))
    row("200 tasks to SVG", 200, two.svg)
    row("200 tasks to PNG", 2_000, two.png, 3)
    row("200 tasks to Excel", 500, two.xlsx)
    portfolio_rows()
    for work, goal, taken_ms in desk_editor.measure():
        print(f"| {work}, p95 | ≤ {goal:.0f} ms | {taken_ms:.0f} ms |", flush=True)
    for work, goal, taken_ms in desk_browser.rows():
        print(f"| {work} | ≤ {goal:.0f} ms | {taken_ms:.0f} ms |", flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""Our schedules and files against those of MPXJ, another program by other people.

`make referee` runs it where Java, mpxj and jpype1 are; REFEREE names a Python that has them.
Needs: pip install mpxj jpype1 numba numpy networkx holidays babel defusedxml icalendar openpyxl
sqlalchemy. The result of the last run stands in docs/methods.md.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.referee import files, schedules, terms
from tests.referee.java import start

CHECKS: tuple[Callable[[Path], tuple[str, int, int]], ...] = (
    schedules.four_links,
    schedules.finish_to_start_with_calendars,
    schedules.constraints,
    terms.finish_to_start_by_own_calendars,
    terms.starts_by_own_calendars,
    terms.progress,
    files.counts_and_dates,
    files.written_and_read,
    files.random_plans_written,
    files.written_as_primavera,
    files.random_plans_of_primavera,
)


def main() -> int:
    """Run every comparison; 1 if anything differs."""
    start()
    differing = 0
    print("| comparison | compared | differ |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for check in CHECKS:
            name, compared, differs = check(Path(folder))
            print(f"| {name} | {compared:,} | {differs} |", flush=True)
            differing += differs
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())

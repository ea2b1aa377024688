"""A plan of 25 steps across New Year and the May holidays of 2026, dated by hand.

The dates were worked out on paper from the days off of the Government's decrees on the
transfer of days off in 2025 (No. 1335 of 4 October 2024) and 2026 (No. 1466 of 24 September
2025): 31 December 2025, 1–11 January, 21–23 February, 7–9 March, 1–3 and 9–11 May 2026; every
other Monday to Friday in between is worked, no Saturday is. They are not made by the program.
"""

from datetime import date

from core.calendar import russian_calendar
from roadmaps.domain.plan import Plan
from roadmaps.domain.schedule import critical_tasks, schedule
from roadmaps.domain.spans import spans
from roadmaps.domain.table import Row, plan_of
from roadmaps.domain.worktime import work_time

# row, title, working days, predecessors, first day, last day
BY_HAND = (
    (1, "Gather a team", 5, "", (2025, 12, 15), (2025, 12, 19)),
    (2, "Ask the neighbours", 8, "1", (2025, 12, 22), (2026, 1, 12)),
    (3, "Find a partner", 10, "2SS+3", (2025, 12, 25), (2026, 1, 19)),
    (4, "Describe the idea", 6, "2", (2026, 1, 13), (2026, 1, 20)),
    (5, "The idea is ready", 0, "3; 4", (2026, 1, 20), (2026, 1, 20)),
    (6, "Budget", 7, "5", (2026, 1, 21), (2026, 1, 29)),
    (7, "Sketch of the square", 12, "6SS+2", (2026, 1, 23), (2026, 2, 9)),
    (8, "Agree the budget", 4, "6", (2026, 1, 30), (2026, 2, 4)),
    (9, "Show the sketch to neighbours", 3, "7FF+2", (2026, 2, 9), (2026, 2, 11)),
    (10, "Write the application", 9, "8; 9", (2026, 2, 12), (2026, 2, 25)),
    (11, "Application sent", 0, "10", (2026, 2, 25), (2026, 2, 25)),
    (12, "Wait for the decision", 15, "11", (2026, 2, 26), (2026, 3, 19)),
    (13, "Permit of the administration", 20, "5FS+5", (2026, 1, 28), (2026, 2, 25)),
    (14, "Decision received", 0, "12", (2026, 3, 19), (2026, 3, 19)),
    (15, "Contract with the builder", 5, "13; 14", (2026, 3, 20), (2026, 3, 26)),
    (16, "Buy materials", 10, "15", (2026, 3, 27), (2026, 4, 9)),
    (17, "Gather volunteers", 15, "14", (2026, 3, 20), (2026, 4, 9)),
    (18, "Clear the square", 8, "16FS-2", (2026, 4, 8), (2026, 4, 17)),
    (19, "Build", 12, "17; 18", (2026, 4, 20), (2026, 5, 6)),
    (20, "Plant", 6, "19SS+8", (2026, 4, 30), (2026, 5, 8)),
    (21, "Accept the works", 2, "19; 20FF+1", (2026, 5, 8), (2026, 5, 12)),
    (22, "Prepare the holiday", 10, "17; 21SF+2", (2026, 4, 27), (2026, 5, 12)),
    (23, "Invite the neighbours", 4, "21FS-1", (2026, 5, 12), (2026, 5, 15)),
    (24, "Celebrate", 1, "22; 23", (2026, 5, 18), (2026, 5, 18)),
    (25, "Report", 5, "24FS+1", (2026, 5, 20), (2026, 5, 26)),
)


def _plan() -> Plan:
    rows = [Row(number, title, days, waits) for number, title, days, waits, *_ in BY_HAND]
    return plan_of(Plan(date(2025, 12, 15)), rows)


def test_a_plan_across_the_holidays_of_2026_has_the_dates_made_by_hand() -> None:
    plan = _plan()
    result = schedule(plan)
    found = spans(plan, result, work_time(plan, russian_calendar()))
    shown = {
        task.position: (found[task.id].start.date(), found[task.id].finish.date())
        for task in plan.tasks
    }
    assert shown == {row: (date(*first), date(*last)) for row, *_, first, last in BY_HAND}
    assert result.length == 105


def test_its_critical_path_runs_through_the_sketch_and_the_grant() -> None:
    plan = _plan()
    critical = [task.position for task in critical_tasks(plan, schedule(plan))]
    assert critical == [1, 2, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16, 18, 19, 20, 21, 23, 24, 25]

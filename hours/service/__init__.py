"""Record work time, promise hours, and answer every question about hours.

Features that earn hours hand their open transaction to `replace_time` and `remove_time`.
Every figure of hours anywhere comes from `figure` (or `figure_in` a transaction).
"""

from hours.domain.entries import Activity, EntryStatus, TimeKind, TimeLine, TimeSource
from hours.domain.figures import HourRow, HoursFigure, HoursQuery, OwnHours, WorkLine
from hours.domain.pace import Pace, PaceState, WeekPace
from hours.domain.periods import Period, Quarter, month_of
from hours.domain.plans import Agreement, HourPlan, Promise
from hours.domain.secrecy import PRIVATE, UNNAMED
from hours.service.centre import edit_centre, put_back_centre, set_up_centre, today, view_centre
from hours.service.figures import (
    export_own_hours,
    figure,
    figure_in,
    first_day_in,
    pace_in,
    rows_behind,
    rows_in,
    view_own_hours,
    work_in,
)
from hours.service.plans import (
    add_agreement,
    list_agreements,
    list_promises,
    plans_in,
    put_back_plans,
    set_first_plan,
    set_plan,
)
from hours.service.time import minutes_by_source, minutes_of, remove_time, replace_time, state_of

__all__ = [
    "PRIVATE",
    "UNNAMED",
    "Activity",
    "Agreement",
    "EntryStatus",
    "HourPlan",
    "HourRow",
    "HoursFigure",
    "HoursQuery",
    "OwnHours",
    "Pace",
    "PaceState",
    "Period",
    "Promise",
    "Quarter",
    "TimeKind",
    "TimeLine",
    "TimeSource",
    "WeekPace",
    "WorkLine",
    "add_agreement",
    "edit_centre",
    "export_own_hours",
    "figure",
    "figure_in",
    "first_day_in",
    "list_agreements",
    "list_promises",
    "minutes_by_source",
    "minutes_of",
    "month_of",
    "pace_in",
    "plans_in",
    "put_back_centre",
    "put_back_plans",
    "remove_time",
    "replace_time",
    "rows_behind",
    "rows_in",
    "set_first_plan",
    "set_plan",
    "set_up_centre",
    "state_of",
    "today",
    "view_centre",
    "view_own_hours",
    "work_in",
]

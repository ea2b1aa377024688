"""Record work time, promise hours, and answer every question about hours.

Features that earn hours hand their open transaction to `replace_time`, `remove_time` and, for
what was held, `replace_event`. `state_of` tells how far the time of a source is agreed upon.
Every figure of hours anywhere comes from `figure` (or `figure_in` a transaction), every figure
of meetings from `events_in`.
"""

from hours.domain.agreements import Agreement, AgreementPlan, Measure, ProRata, Served, Terms
from hours.domain.entries import Activity, EntryStatus, Subject, TimeKind, TimeLine, TimeSource
from hours.domain.events import Event, EventFigure, EventQuery
from hours.domain.figures import HourRow, HoursFigure, HoursQuery, OwnHours
from hours.domain.pace import Pace, PaceState, WeekPace
from hours.domain.periods import Period, Quarter, month_of
from hours.domain.plans import HourPlan
from hours.service.agreements import (
    add_agreement,
    edit_agreement,
    list_agreements,
    serve_agreement,
)
from hours.service.centre import edit_centre, set_up_centre, today, view_centre
from hours.service.events import event_of, events_in, replace_event
from hours.service.figures import (
    export_own_hours,
    figure,
    figure_in,
    first_day_in,
    pace_in,
    rows_behind,
    rows_in,
    view_own_hours,
)
from hours.service.plans import (
    current_plans,
    plans_in,
    set_first_plan,
    set_plan,
)
from hours.service.time import (
    minutes_by_source,
    minutes_by_subject,
    minutes_of,
    remove_time,
    replace_time,
    state_of,
)

__all__ = [
    "Activity",
    "Agreement",
    "AgreementPlan",
    "EntryStatus",
    "Event",
    "EventFigure",
    "EventQuery",
    "HourPlan",
    "HourRow",
    "HoursFigure",
    "HoursQuery",
    "Measure",
    "OwnHours",
    "Pace",
    "PaceState",
    "Period",
    "ProRata",
    "Quarter",
    "Served",
    "Subject",
    "Terms",
    "TimeKind",
    "TimeLine",
    "TimeSource",
    "WeekPace",
    "add_agreement",
    "current_plans",
    "edit_agreement",
    "edit_centre",
    "event_of",
    "events_in",
    "export_own_hours",
    "figure",
    "figure_in",
    "first_day_in",
    "list_agreements",
    "minutes_by_source",
    "minutes_by_subject",
    "minutes_of",
    "month_of",
    "pace_in",
    "plans_in",
    "remove_time",
    "replace_event",
    "replace_time",
    "rows_behind",
    "rows_in",
    "serve_agreement",
    "set_first_plan",
    "set_plan",
    "set_up_centre",
    "state_of",
    "today",
    "view_centre",
    "view_own_hours",
]

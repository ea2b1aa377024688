"""Record work time, promise hours, and answer every question about hours.

Features that earn hours hand their open transaction to `replace_time`, `remove_time` and, for
what was held, `replace_event`. `state_of` tells how far the time of a source is agreed upon.
Every figure of hours anywhere comes from `figure` (or `figure_in` a transaction), every figure
of meetings from `events_in`.
"""

from hours.domain.agreements import Agreement, AgreementPlan, Measure, ProRata, Served, Terms
from hours.domain.counting import CountingRule
from hours.domain.entries import Activity, EntryStatus, Subject, TimeKind, TimeLine, TimeSource
from hours.domain.events import Event, EventFigure, EventQuery, EventRow, MonthEvent
from hours.domain.figures import WITHOUT, HourRow, HoursFigure, HoursQuery, WorkLine
from hours.domain.forecast import Forecast
from hours.domain.months import (
    HoursDue,
    MonthEntry,
    MonthView,
    OwnHours,
    PersonMonth,
    PersonMonthView,
)
from hours.domain.pace import Pace, PaceState, WeekPace
from hours.domain.periods import Period, Quarter, month_of
from hours.domain.plans import HourPlan, Promise
from hours.domain.policy import STEPS as ROUNDING_STEPS
from hours.domain.policy import HoursPolicy, rounded
from hours.domain.promises import AgreementLine, AgreementView, PlanFact
from hours.domain.secrecy import PRIVATE, UNNAMED
from hours.domain.states import Override, Seen
from hours.domain.sums import Difference
from hours.domain.work import WorkDraft, WorkPiece
from hours.service.agreements import (
    add_agreement,
    agreement_in,
    edit_agreement,
    list_agreements,
    serve_agreement,
)
from hours.service.centre import edit_centre, put_back_centre, set_up_centre, today, view_centre
from hours.service.closing import policy_in
from hours.service.due import hours_due_in
from hours.service.events import event_of, events_in, held_in, replace_event
from hours.service.figures import (
    figure,
    figure_in,
    first_day_in,
    pace_in,
    rows_behind,
    rows_in,
    work_in,
)
from hours.service.months import (
    approve_month,
    lock_month,
    override_day,
    overrides_in,
    return_entry,
    submit_month,
    view_month,
    view_person_month,
    withdraw_approval,
)
from hours.service.own import export_own_hours, view_own_hours
from hours.service.plans import (
    list_promises,
    plans_in,
    put_back_plans,
    set_first_plan,
    set_plan,
)
from hours.service.promises import (
    edit_choices,
    export_agreement,
    over_own,
    period_in,
    view_agreement,
    view_agreements,
)
from hours.service.rules import RulesView, remove_rule, set_policy, set_rule, view_rules
from hours.service.sums import check_summaries, rebuild_summaries
from hours.service.time import (
    minutes_by_source,
    minutes_by_subject,
    minutes_of,
    remove_time,
    replace_time,
    state_of,
)
from hours.service.work import edit_work, record_work, remove_work, restore_work, view_work

__all__ = [
    "PRIVATE",
    "ROUNDING_STEPS",
    "UNNAMED",
    "WITHOUT",
    "Activity",
    "Agreement",
    "AgreementLine",
    "AgreementPlan",
    "AgreementView",
    "CountingRule",
    "Difference",
    "EntryStatus",
    "Event",
    "EventFigure",
    "EventQuery",
    "EventRow",
    "Forecast",
    "HourPlan",
    "HourRow",
    "HoursDue",
    "HoursFigure",
    "HoursPolicy",
    "HoursQuery",
    "Measure",
    "MonthEntry",
    "MonthEvent",
    "MonthView",
    "Override",
    "OwnHours",
    "Pace",
    "PaceState",
    "Period",
    "PersonMonth",
    "PersonMonthView",
    "PlanFact",
    "ProRata",
    "Promise",
    "Quarter",
    "RulesView",
    "Seen",
    "Served",
    "Subject",
    "Terms",
    "TimeKind",
    "TimeLine",
    "TimeSource",
    "WeekPace",
    "WorkDraft",
    "WorkLine",
    "WorkPiece",
    "add_agreement",
    "agreement_in",
    "approve_month",
    "check_summaries",
    "edit_agreement",
    "edit_centre",
    "edit_choices",
    "edit_work",
    "event_of",
    "events_in",
    "export_agreement",
    "export_own_hours",
    "figure",
    "figure_in",
    "first_day_in",
    "held_in",
    "hours_due_in",
    "list_agreements",
    "list_promises",
    "lock_month",
    "minutes_by_source",
    "minutes_by_subject",
    "minutes_of",
    "month_of",
    "over_own",
    "override_day",
    "overrides_in",
    "pace_in",
    "period_in",
    "plans_in",
    "policy_in",
    "put_back_centre",
    "put_back_plans",
    "rebuild_summaries",
    "record_work",
    "remove_rule",
    "remove_time",
    "remove_work",
    "replace_event",
    "replace_time",
    "restore_work",
    "return_entry",
    "rounded",
    "rows_behind",
    "rows_in",
    "serve_agreement",
    "set_first_plan",
    "set_plan",
    "set_policy",
    "set_rule",
    "set_up_centre",
    "state_of",
    "submit_month",
    "today",
    "view_agreement",
    "view_agreements",
    "view_centre",
    "view_month",
    "view_own_hours",
    "view_person_month",
    "view_rules",
    "view_work",
    "withdraw_approval",
    "work_in",
]

"""A promise beside its facts: one line of an agreement's table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hours.domain.agreements import Agreement, AgreementPlan, Measure, Served, Terms, carried
from hours.domain.events import EventFigure
from hours.domain.forecast import Forecast, forecast, past_weeks
from hours.domain.pace import Pace, WorkingDays, pace
from hours.domain.periods import Period
from hours.domain.states import Override


@dataclass(frozen=True, slots=True)
class PlanFact:
    """One plan of an agreement in one of its periods [min].

    `own` is what the period itself promises, `pace.plan` the same with what was carried over.
    `approved` is how much of the fact somebody has approved, None until it was looked up.
    """

    plan: AgreementPlan
    own: int
    pace: Pace
    forecast: Forecast | None = None
    approved: int | None = None

    @property
    def carried(self) -> int:
        """What was carried over from the periods before; negative where more was done."""
        return self.pace.plan - self.own


def plan_fact(
    terms: Terms,
    plan: AgreementPlan,
    period: Period,
    done_by_day: Mapping[date, int],
    today: date,
    calendar: WorkingDays,
) -> PlanFact:
    """Measure one plan of an agreement in one of its periods.

    `done_by_day` are the facts of the whole agreement: what is carried over and the pace of the
    last weeks are read from them.
    """
    own = terms.planned(plan.minutes, period, calendar)
    promised = own
    if terms.carries_over:
        before = [each for each in terms.periods(period.starts_on) if each != period]
        plans = [terms.planned(plan.minutes, each, calendar) for each in before]
        facts = [_within(done_by_day, each) for each in before]
        promised = carried([*plans, own], facts)[-1]
    measured = pace(promised, done_by_day, period, today, calendar)
    is_running = period.starts_on <= today < period.ends_before
    weeks = past_weeks(done_by_day, today, terms.starts_on, calendar)
    probable = forecast(measured.done, measured.days_left, weeks) if is_running else None
    return PlanFact(plan, own, measured, probable)


def _within(done_by_day: Mapping[date, int], period: Period) -> int:
    return sum(minutes for day, minutes in done_by_day.items() if day in period)


@dataclass(frozen=True, slots=True)
class AgreementView:
    """Everything the page of one agreement shows.

    `staff` are the minutes that serve the agreement in the period, whether planned or not;
    `events` its meetings: two measures that are never added to it.
    """

    agreement: Agreement
    today: date
    period: Period
    periods: tuple[Period, ...]
    lines: tuple[PlanFact, ...]
    staff: int
    approved: int
    events: EventFigure
    serves: tuple[Served, ...]
    overrides: tuple[Override, ...]
    names: Mapping[int, str]
    rounding: int = 0


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One agreement in the list: its period of today, and what of its staff time is done."""

    agreement: Agreement
    period: Period | None
    planned: int
    done: int


def staff_plans(terms: Terms) -> tuple[AgreementPlan, ...]:
    """Return the plans of staff time of the whole centre."""
    return tuple(
        plan for plan in terms.plans if plan.measure is Measure.STAFF and plan.person_id is None
    )

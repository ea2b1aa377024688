"""The quarter of the hours page: what was asked, what is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from hours.domain.entries import Activity, TimeKind
from hours.domain.figures import HourRow, HoursFigure, HoursQuery
from hours.domain.pace import Pace
from hours.domain.periods import Period, Quarter
from hours.domain.states import Override

PLANNED = (Activity.CONSULTING, Activity.TRAINING)


@dataclass(frozen=True, slots=True)
class HoursFilter:
    """What the reader chose: as it stands in the address of a page.

    None chooses everything, but for the quarter: there it is the current one. `week` is
    any day of the week that is asked for. `days` take the place of the quarter where a
    figure has a period of its own: a month, or one of an agreement.
    """

    quarter: Quarter | None = None
    activity: Activity | None = None
    person_id: int | None = None
    topic: str | None = None
    kind: TimeKind | None = None
    week: date | None = None
    days: Period | None = None
    agreement_id: int | None = None

    def at(self, today: date) -> "HoursFilter":
        """Settle the quarter that is meant on this day."""
        day = self.days.starts_on if self.days else today
        return self if self.quarter else replace(self, quarter=Quarter.of(day))

    @property
    def is_whole(self) -> bool:
        """Whether all hours of the centre are shown, so that the plan can stand beside them."""
        return self.person_id is None and self.topic is None

    @property
    def period(self) -> Period:
        """The days that are asked for; the filter is settled."""
        if self.quarter is None:
            raise ValueError("a filter without a quarter is settled by `at` first")
        if self.days is not None:
            return self.days
        whole = self.quarter.period
        if self.week is None:
            return whole
        week = next((week for week in whole.weeks() if self.week in week), None)
        return week or Period(whole.starts_on, whole.starts_on)

    @property
    def query(self) -> HoursQuery:
        """The question that the filter asks."""
        return HoursQuery(
            self.period, self.activity, self.person_id, self.topic, self.kind, self.agreement_id
        )


@dataclass(frozen=True, slots=True)
class ActivityHours:
    """One activity in the quarter; `pace` is the whole centre's, `figure` the filtered one."""

    activity: Activity
    figure: HoursFigure
    pace: Pace


@dataclass(frozen=True, slots=True)
class QuarterView:
    """Everything the hours page shows.

    `quarters`, `people` and `topics` are what can be chosen: quarters from the first entry
    on, the latest first; people and topics with any time in the quarter, and the chosen ones.
    """

    asked: HoursFilter
    quarter: Quarter
    current: Quarter
    activities: tuple[ActivityHours, ...]
    quarters: tuple[Quarter, ...]
    people: Mapping[int, str]
    topics: tuple[str, ...]
    overrides: tuple[Override, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    rounding: int = 0

    @property
    def chosen(self) -> ActivityHours:
        """The activity whose parts are shown: the one asked for, else the first."""
        asked = self.asked.activity
        return next(
            (each for each in self.activities if each.activity is asked), self.activities[0]
        )


@dataclass(frozen=True, slots=True)
class RowsView:
    """The rows behind a figure, and the names of the people in them."""

    asked: HoursFilter
    figure: HoursFigure
    rows: tuple[HourRow, ...]
    people: Mapping[int, str]
    is_own: bool = False
    agreement: str = ""
    overrides: tuple[Override, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    rounding: int = 0

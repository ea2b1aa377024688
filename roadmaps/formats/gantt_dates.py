"""The days of a drawn plan: the year is said once, and what happens on one day is marked."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from core.i18n import Translator
from roadmaps.domain.layout import Bar, GanttLayout, Shape
from roadmaps.domain.plan import PlanUnit
from roadmaps.domain.terms import Counting
from roadmaps.domain.words import moment

_MOST_KEY_DAYS: Final = 4  # more of them would mark nothing
_LONGEST_EVENT: Final = 3  # days
_CLEAR_DAY: Final = 3.0  # units: where days are narrower, one-day tasks stand too close


def only_year(bars: Iterable[Bar]) -> int | None:
    """Give the year in which all rows begin and end; None if there are several, or no rows."""
    years = {at.year for bar in bars for at in (bar.span.start, bar.span.finish)}
    return years.pop() if len(years) == 1 else None


def short_moment(_: Translator, at: datetime, unit: PlanUnit) -> str:
    """Say when something is, but not in which year: 23 нояб., or 23 нояб., 14:05."""
    day = _.day(at.date())
    return day if unit is PlanUnit.DAY else f"{day}, {at:%H:%M}"


def short_days(_: Translator, first: date, last: date) -> str:
    """Say the days of something without their year: 12–13 дек."""
    if first == last:
        return _.day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_.day(last)}"
    return f"{_.day(first)} – {_.day(last)}"


def stretch_of(bars: Iterable[Bar], unit: PlanUnit, _: Translator) -> str:
    """Say from when until when some rows last, their year once; there is at least one."""
    spans = [bar.span for bar in bars]
    first, last = min(x.start for x in spans), max(x.finish for x in spans)
    end = moment(_, last, unit)
    if first == last or (unit is PlanUnit.DAY and first.date() == last.date()):
        return end
    begin = short_moment if first.year == last.year else moment
    return f"{begin(_, first, unit)} – {end}"


def is_event(bar: Bar) -> bool:
    """Tell whether a row is of one day: a milestone, or what takes a weekend by itself."""
    length, counting = bar.takes
    is_short = bar.end - bar.start <= _LONGEST_EVENT
    own_days = counting is not Counting.WORKING and length > 0 and is_short
    return bar.shape is Shape.MILESTONE or (bar.shape is Shape.BAR and own_days)


def key_days(layout: GanttLayout) -> tuple[Bar, ...]:
    """Give the rows whose day is to be found at a glance; none where they are too many."""
    found = tuple(bar for bar in layout.bars if is_event(bar))
    return found if len(found) <= _MOST_KEY_DAYS else ()


def days_of(bar: Bar, layout: GanttLayout) -> tuple[float, float]:
    """Give where the days of a row begin and end, whole even for a milestone."""
    first, last = (x - layout.origin for x in bar.span.days(layout.plan.unit))
    return float(first.days), float(last.days + 1)


def beside(bar: Bar, unit: PlanUnit, day_width: float, _: Translator) -> str:
    """Give the day written beside a bar: of events, and of what takes a day; "" for the rest."""
    first, last = bar.span.days(unit)
    is_told = unit is PlanUnit.DAY and bar.shape is Shape.BAR and day_width >= _CLEAR_DAY
    return short_days(_, first, last) if is_event(bar) or (is_told and first == last) else ""


def key_words(layout: GanttLayout, _: Translator) -> str:
    """Say which the key days are; "" if there are none."""
    year, unit = only_year(layout.bars), layout.plan.unit
    days = " · ".join(f"{bar.task.title} – {_full(bar, unit, year, _)}" for bar in key_days(layout))
    return _("Key days: {days}", days=days) if days else ""


def _full(bar: Bar, unit: PlanUnit, year: int | None, _: Translator) -> str:
    first, last = bar.span.days(unit)
    if year is None:
        return _.days(first, last)
    return _.weekday(last) if first == last else short_days(_, first, last)

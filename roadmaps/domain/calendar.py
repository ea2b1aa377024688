"""Working time: on which days and between which minutes of a day work is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, Protocol, TypeAlias, runtime_checkable

HOURS_OF_DAY: Final = 24
MINUTES_OF_HOUR: Final = 60
MINUTES_OF_DAY: Final = HOURS_OF_DAY * MINUTES_OF_HOUR
OFFICE_HOURS: Final = (9, 10, 11, 12, 14, 15, 16, 17)
WORKING_WEEK: Final = (0, 1, 2, 3, 4)

Shifts: TypeAlias = tuple[tuple[int, int], ...]
"""Half-open stretches of minutes of a day that are worked, ascending and apart."""


class WorkingDays(Protocol):
    """Whatever knows on which days work is done, such as `core.calendar.WorkCalendar`.

    Equal calendars are equal values: lines laid out by them are kept.
    """

    def __hash__(self) -> int: ...

    def is_working(self, day: date) -> bool:
        """Tell whether the day is a working one."""
        ...


@runtime_checkable
class WorkingShifts(Protocol):
    """A calendar that knows the minutes of each day too."""

    def __hash__(self) -> int: ...

    def is_working(self, day: date) -> bool:
        """Tell whether the day is a working one."""
        ...

    def shifts(self, day: date) -> Shifts:
        """Give the stretches of a day that are worked."""
        ...


@dataclass(frozen=True, slots=True)
class OwnCalendar:
    """Working time that came with a plan.

    Hours of the day that are worked (8 means 8:00–9:00), weekdays (0 = Monday) and single
    days off. Where a day's stretches are no whole hours or differ from day to day, `week`
    (seven entries, Monday first) stands instead of hours and weekdays, and `special` gives
    single days stretches of their own.
    """

    hours: tuple[int, ...] = OFFICE_HOURS
    weekdays: tuple[int, ...] = WORKING_WEEK
    holidays: frozenset[date] = frozenset()
    week: tuple[Shifts, ...] = ()
    special: tuple[tuple[date, Shifts], ...] = ()

    def is_working(self, day: date) -> bool:
        """Tell whether any work is done on this day."""
        return bool(self.shifts(day))

    def shifts(self, day: date) -> Shifts:
        """Give the stretches of a day that are worked."""
        for special, stretches in self.special:
            if special == day:
                return stretches
        if day in self.holidays:
            return ()
        return self.usual(day.weekday())

    def usual(self, weekday: int) -> Shifts:
        """Give the stretches of a weekday without exceptions."""
        if self.week:
            return self.week[weekday]
        return shifts_of_hours(self.hours) if weekday in self.weekdays else ()

    @property
    def ever_works(self) -> bool:
        """Tell whether any day of a usual week is worked."""
        return any(self.usual(weekday) for weekday in range(7))


@dataclass(frozen=True, slots=True)
class NamedCalendar:
    """A calendar that tasks of a plan may be done by instead of the plan's own."""

    id: str
    title: str
    time: OwnCalendar


def shifts_of_hours(hours: Sequence[int]) -> Shifts:
    """Give worked hours of a day as stretches of minutes."""
    return merged([(h * MINUTES_OF_HOUR, (h + 1) * MINUTES_OF_HOUR) for h in hours])


def merged(stretches: Sequence[tuple[int, int]]) -> Shifts:
    """Sort stretches and join those that touch."""
    found: list[tuple[int, int]] = []
    for opens, closes in sorted(stretches):
        if found and opens <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], closes))
        else:
            found.append((opens, closes))
    return tuple(found)


def are_sound(stretches: Shifts) -> bool:
    """Tell whether stretches lie within a day, ascending and apart."""
    inside = all(0 <= opens < closes <= MINUTES_OF_DAY for opens, closes in stretches)
    return inside and all(one[1] <= other[0] for one, other in pairwise(stretches))

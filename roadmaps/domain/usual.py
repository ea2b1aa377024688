"""Calendars that a task may be done by without anybody having to draw one up."""

from typing import Final

from core.i18n import Coded
from roadmaps.domain.calendar import NamedCalendar, OwnCalendar


class UsualCalendar(Coded):
    """When people work who do not keep office days."""

    EVERY_DAY = "every_day"
    WEEKENDS = "weekends"
    EVENINGS = "evenings"


_TIMES: Final = {
    UsualCalendar.EVERY_DAY: OwnCalendar(weekdays=tuple(range(7))),
    UsualCalendar.WEEKENDS: OwnCalendar(weekdays=(5, 6)),
    UsualCalendar.EVENINGS: OwnCalendar(hours=(18, 19, 20), weekdays=tuple(range(5))),
}


def usual_calendar(kind: UsualCalendar, title: str) -> NamedCalendar:
    """Give one of them under a title in the language of the plan."""
    return NamedCalendar(kind.value, title, _TIMES[kind])

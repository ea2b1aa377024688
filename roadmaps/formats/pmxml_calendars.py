"""Calendars of Primavera's XML: a week, and single days; those of the calendar below hold too."""

from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from roadmaps.domain.calendar import OwnCalendar, Shifts, merged
from roadmaps.formats.pmxml import moment, text

_WEEK: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_OFFICE: Final[Shifts] = ((480, 720), (780, 1020))
_USUAL: Final[tuple[Shifts, ...]] = (*(_OFFICE for _ in range(5)), (), ())


class Calendars:
    """The calendars of one file by their ids."""

    def __init__(self, elements: list[Element]) -> None:
        self._elements = {text(element, "ObjectId"): element for element in elements}
        self.found = {key: self._whole(key) for key in self._elements}

    def title(self, key: str) -> str:
        """Give the name of a calendar."""
        return text(self._elements[key], "Name")

    def default(self) -> str:
        """Give the calendar of the whole database, or else the first."""
        for key, element in self._elements.items():
            if text(element, "IsDefault") == "1":
                return key
        return next(iter(self._elements), "")

    def _whole(self, key: str) -> OwnCalendar:
        special = dict[date, Shifts]()
        below, seen = key, set[str]()
        while below in self._elements and below not in seen:
            seen.add(below)
            special = _special(self._elements[below]) | special
            below = text(self._elements[below], "BaseCalendarObjectId")
        week = _week(self._elements[key])
        return OwnCalendar(week=week, special=tuple(sorted(special.items())))


def _week(element: Element) -> tuple[Shifts, ...]:
    days = element.findall("StandardWorkWeek/StandardWorkHours")
    if not days:
        return _USUAL
    found = {text(day, "DayOfWeek"): _shifts(day) for day in days}
    return tuple(found.get(name, ()) for name in _WEEK)


def _special(element: Element) -> dict[date, Shifts]:
    found = {}
    for entry in element.findall("HolidayOrExceptions/HolidayOrException"):
        day = moment(entry, "Date")
        if day is not None:
            found[day.date()] = _shifts(entry)
    return found


def _shifts(day: Element) -> Shifts:
    """Give the stretches of a day; they are written with their last minute, 11:59 for noon."""
    stretches = []
    for time in day.findall("WorkTime"):
        opens, closes = text(time, "Start"), text(time, "Finish")
        if opens and closes:
            stretches.append((_minute(opens), _end(closes)))
    return merged([pair for pair in stretches if pair[0] < pair[1]])


def _minute(clock: str) -> int:
    hours, minutes, *_seconds = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _end(clock: str) -> int:
    return _minute(clock) + 1

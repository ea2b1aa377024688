"""Calendars of Microsoft Project's XML, there and back."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from roadmaps.domain.calendar import MINUTES_OF_DAY, OwnCalendar, Shifts, merged
from roadmaps.formats.mspdi import NAMESPACE, NO_CALENDAR

_NS: Final = f"{{{NAMESPACE}}}"
_DAY: Final = timedelta(days=1)
_OFFICE: Final[Shifts] = ((480, 720), (780, 1020))
_USUAL: Final[tuple[Shifts, ...]] = (*(_OFFICE for _ in range(5)), (), ())
_SUNDAY: Final = 6
_MOST_DAYS: Final = 40_000
_DAILY: Final = {"", "1"}


class Calendars:
    """The calendars of one file by their UIDs, those derived from others made whole."""

    def __init__(self, elements: Iterable[Element]) -> None:
        self._elements = {_text(element, "UID"): element for element in elements}
        self.recurring = 0
        self.found = {uid: self._whole(uid, ()) for uid in self._elements}

    def title(self, uid: str) -> str:
        """Give the name of a calendar."""
        return _text(self._elements[uid], "Name")

    def _whole(self, uid: str, seen: tuple[str, ...]) -> OwnCalendar:
        element = self._elements[uid]
        base = _text(element, "BaseCalendarUID") or NO_CALENDAR
        week, special = _USUAL, dict[date, Shifts]()
        if base in self._elements and base not in (*seen, uid):
            above = self._whole(base, (*seen, uid))
            week = tuple(above.usual(day) for day in range(7))
            special = dict(above.special)
        days, exceptions = list(week), dict(special)
        entries = element.findall(f"{_NS}WeekDays/{_NS}WeekDay")
        for entry in entries:
            kind = int(_text(entry, "DayType") or 0)
            if kind:
                days[(kind - 2) % 7] = _shifts(entry)
            else:
                exceptions |= dict.fromkeys(_period(entry), _shifts(entry))
        is_expanded = any(_text(entry, "DayType") == "0" for entry in entries)
        for entry in element.findall(f"{_NS}Exceptions/{_NS}Exception"):
            if is_expanded:
                break
            if _text(entry, "Type") in _DAILY:
                exceptions |= dict.fromkeys(_period(entry), _shifts(entry))
            else:
                self.recurring += 1
        return OwnCalendar(week=tuple(days), special=tuple(sorted(exceptions.items())))


def write_calendar(parent: Element, uid: str, title: str, time: OwnCalendar) -> None:
    """Write one calendar: its week, and its exceptional days in both forms Project reads."""
    element = SubElement(parent, "Calendar")
    for name, text in (
        ("UID", uid),
        ("Name", title),
        ("IsBaseCalendar", "1"),
        ("BaseCalendarUID", NO_CALENDAR),
    ):
        SubElement(element, name).text = text
    week = SubElement(element, "WeekDays")
    for day in (_SUNDAY, *range(_SUNDAY)):
        entry = SubElement(week, "WeekDay")
        SubElement(entry, "DayType").text = str((day + 1) % 7 + 1)
        _write_shifts(entry, time.usual(day))
    runs = list(_runs(time))
    if runs:
        exceptions = SubElement(element, "Exceptions")
        for first, last, shifts in runs:
            entry = SubElement(exceptions, "Exception")
            SubElement(entry, "EnteredByOccurrences").text = "0"
            _write_period(entry, first, last)
            SubElement(entry, "Occurrences").text = str((last - first).days + 1)
            SubElement(entry, "Name").text = first.isoformat()
            SubElement(entry, "Type").text = "1"
            _write_shifts(entry, shifts)


def _runs(time: OwnCalendar) -> Iterator[tuple[date, date, Shifts]]:
    """Join exceptional days that follow each other and are alike."""
    days = dict.fromkeys(time.holidays, Shifts()) | dict(time.special)
    run: tuple[date, date, Shifts] | None = None
    for day, shifts in sorted(days.items()):
        if run is not None and run[1] + _DAY == day and run[2] == shifts:
            run = (run[0], day, shifts)
            continue
        if run is not None:
            yield run
        run = (day, day, shifts)
    if run is not None:
        yield run


def _write_period(entry: Element, first: date, last: date) -> None:
    period = SubElement(entry, "TimePeriod")
    SubElement(period, "FromDate").text = f"{first.isoformat()}T00:00:00"
    SubElement(period, "ToDate").text = f"{last.isoformat()}T23:59:00"


def _write_shifts(entry: Element, shifts: Shifts) -> None:
    SubElement(entry, "DayWorking").text = "1" if shifts else "0"
    if shifts:
        times = SubElement(entry, "WorkingTimes")
        for opens, closes in shifts:
            time = SubElement(times, "WorkingTime")
            SubElement(time, "FromTime").text = _clock(opens)
            SubElement(time, "ToTime").text = _clock(closes % MINUTES_OF_DAY)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}:00"


def _shifts(entry: Element) -> Shifts:
    if _text(entry, "DayWorking") != "1":
        return ()
    stretches = []
    for time in entry.iter(f"{_NS}WorkingTime"):
        opens, closes = _text(time, "FromTime"), _text(time, "ToTime")
        if opens and closes:
            stretches.append((_minutes(opens), _minutes(closes) or MINUTES_OF_DAY))
    return merged([pair for pair in stretches if pair[0] < pair[1]])


def _minutes(clock: str) -> int:
    hours, minutes, *_seconds = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _period(entry: Element) -> Iterator[date]:
    first = _text(entry, f"TimePeriod/{_NS}FromDate")
    last = _text(entry, f"TimePeriod/{_NS}ToDate")
    if not first or not last:
        return
    day, end = datetime.fromisoformat(first).date(), datetime.fromisoformat(last).date()
    if (end - day).days > _MOST_DAYS:
        raise ValueError(last)
    while day <= end:
        yield day
        day += _DAY


def _text(element: Element, name: str) -> str:
    return (element.findtext(_NS + name) or "").strip()

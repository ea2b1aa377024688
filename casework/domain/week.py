"""A week written up in a grid: rows as typed or pasted, read into meetings."""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Final, TypeVar

from casework.domain.consultation import (
    Audience,
    ConsultationForm,
    ConsultationStatus,
    Draft,
    Topic,
    Work,
)
from core.errors import DomainError, RequiredError
from core.i18n import LANGUAGES, Coded, Term, sort_key, translator
from core.permissions import Secrecy

ROWS_LIMIT: Final = 100
_WEEK: Final = 7
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_DAY: Final = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?\.?")
_HOUR: Final = re.compile(r"(\d{1,2})[:.\-](\d{2})(?::\d{2})?")
_CENTURY: Final = 100
_HALF_YEAR: Final = timedelta(days=183)
_Code = TypeVar("_Code", bound=Coded)


class UnreadableDayError(DomainError):
    """A text is no day; details: value."""

    code = "error.unreadable_day"


class UnreadableHourError(DomainError):
    """A text is no time of day; details: value."""

    code = "error.unreadable_hour"


class UnreadableMinutesError(DomainError):
    """A text is no length of time; details: field, value."""

    code = "error.unreadable_minutes"


class UnknownNameError(DomainError):
    """A name stands in no list; details: field, value."""

    code = "error.unknown_name"


class SeveralCasesError(DomainError):
    """An initiative has several cases, and the row does not say which; details: value."""

    code = "error.several_cases"


class TooManyRowsError(DomainError):
    """More rows than one grid takes; details: limit, count."""

    code = "error.too_many_rows"


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One row as it stands on the screen, all of it text; `number` counts from 1.

    `consultation_id` and `version` are those of a planned meeting that the row writes up.
    """

    number: int
    day: str = ""
    starts_at: str = ""
    initiatives: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    form: str = ""
    contact: str = ""
    preparation: str = ""
    travel: str = ""
    status: str = ""
    note: str = ""
    is_private: bool = False
    consultation_id: int | None = None
    version: int = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is written in the row that would make a meeting."""
        typed = (self.day, self.contact, self.preparation, self.travel, self.note)
        is_blank = not any(text.strip() for text in typed)
        return is_blank and not self.initiatives and not self.topics and not self.consultation_id


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a row could not be saved, and how it begins, for people to find it."""

    number: int
    begins: str
    error: DomainError


@dataclass(frozen=True, slots=True)
class WeekResult:
    """What became of a week: the meetings made and those written up; or what is wrong.

    With faults nothing at all is saved.
    """

    made: tuple[int, ...] = ()
    written: tuple[int, ...] = ()
    faults: tuple[RowFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known when rows are read: the week's Monday, who writes, the cases by name."""

    monday: date
    me: int
    cases: Mapping[int, str] = field(default_factory=dict)


def monday_of(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def filled_rows(rows: Iterable[WeekRow]) -> tuple[WeekRow, ...]:
    """Keep the rows in which something stands. Raises `TooManyRowsError` beyond 100."""
    kept = tuple(row for row in rows if not row.is_empty)
    if len(kept) > ROWS_LIMIT:
        raise TooManyRowsError(limit=ROWS_LIMIT, count=len(kept))
    return kept


def read_row(row: WeekRow, known: Reading) -> tuple[Draft, ConsultationStatus]:
    """Read a row into a meeting and its status; the status is held where none is written.

    Raises
    ------
    UnreadableDayError, UnreadableHourError, UnreadableMinutesError, UnknownNameError,
    SeveralCasesError, RequiredError
        For the first cell, from the left, that cannot be read.
    """
    held_on = _read_day(row.day, known.monday)
    starts_at = _read_hour(row.starts_at)
    cases = _read_cases(row.initiatives, known.cases)
    named = _codes(Topic)
    topics = {named[sort_key(name)] for name in _named(row.topics, named, Term("field.topics"))}
    form = ConsultationForm.IN_PERSON
    if row.form.strip():
        form = _read_code(ConsultationForm, Term("field.form"), row.form)
    status = ConsultationStatus.HELD
    if row.status.strip():
        status = _read_code(ConsultationStatus, Term("field.status"), row.status)
    minutes = (
        _read_minutes(Term("field.contact_minutes"), row.contact),
        _read_minutes(Term("field.preparation_minutes"), row.preparation),
        _read_minutes(Term("field.travel_minutes"), row.travel),
    )
    spent = minutes if status is ConsultationStatus.HELD else (0, 0, 0)
    draft = Draft(
        held_on=held_on,
        topics=frozenset(topics),
        consultants=(Work(known.me, *spent),),
        starts_at=starts_at,
        audience=Audience.GROUP if len(cases) > 1 else Audience.INDIVIDUAL,
        form=form,
        cases=cases,
        secrecy=Secrecy.PRIVATE if row.is_private else None,
        note=row.note.strip() or None,
        expected_minutes=minutes[0] or None,
    )
    return draft, status


def begins(row: WeekRow) -> str:
    """Say how a row begins, so that a person finds it on the screen."""
    parts = (row.day.strip(), *row.initiatives[:1])
    return ", ".join(part for part in parts if part)


def _read_day(text: str, monday: date) -> date:
    """Read 23.11, 23.11.2026, 2026-11-23, or a weekday of the grid's week."""
    wanted = text.strip()
    if not wanted:
        raise RequiredError(field=Term("field.day"))
    weekday = _weekdays().get(sort_key(wanted).rstrip("."))
    if weekday is not None:
        return monday + timedelta(days=weekday)
    try:
        if found := _ISO.fullmatch(wanted):
            return date(*(int(part) for part in found.groups()))
        if found := _DAY.fullmatch(wanted):
            day, month, year = found.groups()
            return _nearest(int(day), int(month), year, monday)
    except ValueError:
        pass
    raise UnreadableDayError(value=wanted)


def _nearest(day: int, month: int, year: str | None, monday: date) -> date:
    """Give the day in the written year, else in the year that lies nearest to the week."""
    if year is not None:
        number = int(year)
        return date(number + 2000 if number < _CENTURY else number, month, day)
    found = date(monday.year, month, day)
    if found - monday > _HALF_YEAR:
        return found.replace(year=found.year - 1)
    return found.replace(year=found.year + 1) if monday - found > _HALF_YEAR else found


def _read_hour(text: str) -> time | None:
    wanted = text.strip()
    if not wanted:
        return None
    found = _HOUR.fullmatch(wanted)
    if found is None and wanted.isdecimal() and int(wanted) < 24:  # noqa: PLR2004 — hours of a day
        return time(int(wanted))
    try:
        if found is not None:
            return time(int(found.group(1)), int(found.group(2)))
    except ValueError:
        pass
    raise UnreadableHourError(value=wanted)


def _read_minutes(name: Term, text: str) -> int:
    """Read 90, 90.0 as spreadsheets write it, or 1:30."""
    wanted = text.strip()
    whole = re.sub(r"[.,]0+$", "", wanted)
    if not whole:
        return 0
    if re.fullmatch(r"\d{1,5}", whole):
        return int(whole)
    if found := re.fullmatch(r"(\d{1,2}):([0-5]\d)(?::00)?", wanted):
        return int(found.group(1)) * 60 + int(found.group(2))
    raise UnreadableMinutesError(field=name, value=wanted)


def _read_code(kind: type[_Code], name: Term, text: str) -> _Code:
    found = _codes(kind).get(sort_key(text))
    if found is None:
        raise UnknownNameError(field=name, value=text.strip())
    return found


def _codes(kind: type[_Code]) -> dict[str, _Code]:
    """Name every member in every language, and by its code."""
    named = {member.value: member for member in kind}
    for language in LANGUAGES:
        named |= {sort_key(translator(language).label(member)): member for member in kind}
    return named


def _read_cases(names: Iterable[str], cases: Mapping[int, str]) -> frozenset[int]:
    """Find cases by the names of their list, or by the initiative's alone."""
    known: dict[str, list[int]] = {}
    for case_id, label in cases.items():
        for name in {label, label.partition(" · ")[0]}:
            known.setdefault(sort_key(name), []).append(case_id)
    found: set[int] = set()
    for name in _named(names, known, Term("field.initiatives")):
        if len(known[sort_key(name)]) > 1:
            raise SeveralCasesError(value=name)
        found.update(known[sort_key(name)])
    return frozenset(found)


def _named(names: Iterable[str], known: Container[str], what: Term) -> list[str]:
    """Take joined names apart.

    Spreadsheets join names by commas or semicolons, and names hold commas themselves: the
    longest run of pieces that is a name wins.
    """
    pieces = [
        piece.strip() for name in names for piece in re.split("[,;\n]", name) if piece.strip()
    ]
    found: list[str] = []
    while pieces:
        runs = (", ".join(pieces[:length]) for length in range(len(pieces), 0, -1))
        longest = next((run for run in runs if sort_key(run) in known), None)
        if longest is None:
            raise UnknownNameError(field=what, value=pieces[0])
        found.append(longest)
        pieces = pieces[longest.count(", ") + 1 :]
    return found


def _weekdays() -> dict[str, int]:
    """Name the days of the week in every language, long and short."""
    named: dict[str, int] = {}
    for language in LANGUAGES:
        names = translator(language).locale.days["stand-alone"]
        for width in ("wide", "abbreviated"):
            named |= {sort_key(names[width][day]).rstrip("."): day for day in range(_WEEK)}
    return named

"""Who was at a meeting: people of the initiatives, and others by name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from casework.domain.text import clean
from core.errors import DomainError
from core.i18n import Coded, Term

ATTENDEES_LIMIT: Final = 300
NAME_LIMIT: Final = 200


class Attendance(Coded):
    """Whether a person was there."""

    ATTENDED = "attended"
    ABSENT = "absent"
    EXCUSED = "excused"


class TooManyAttendeesError(DomainError):
    """More people than one meeting has; details: limit, count."""

    code = "error.too_many_attendees"


class SamePersonTwiceError(DomainError):
    """One person stands in the list twice; details: name."""

    code = "error.same_person_twice"


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person of a meeting: known to the centre by id, or only by name."""

    attendance: Attendance
    person_id: int | None = None
    name: str = ""


def clean_attendees(attendees: Iterable[Attendee]) -> tuple[Attendee, ...]:
    """Give the list as it is kept, in its order; a line without person and name is none.

    Raises
    ------
    SamePersonTwiceError
        If a person of the centre's books stands there twice; carries the id as `person_id`.
    TooLongError, TooManyAttendeesError
        If a name, or the list, is endless.
    """
    kept: list[Attendee] = []
    for one in attendees:
        if one.person_id is not None:
            kept.append(replace(one, name=""))
            continue
        name = clean(one.name, Term("field.person_name"), NAME_LIMIT)
        if name:
            kept.append(replace(one, name=name))
    if len(kept) > ATTENDEES_LIMIT:
        raise TooManyAttendeesError(limit=ATTENDEES_LIMIT, count=len(kept))
    known = [one.person_id for one in kept if one.person_id is not None]
    twice = next((person for person in known if known.count(person) > 1), None)
    if twice is not None:
        raise SamePersonTwiceError(name="", person_id=twice)
    return tuple(kept)


def plain_attendees(attendees: Iterable[Attendee]) -> list[list[Any]]:
    """Turn a list into texts and numbers, for a page's memory and for taking it back."""
    return [[one.attendance.value, one.person_id, one.name] for one in attendees]


def attendees_of(plain: Sequence[Sequence[Any]]) -> tuple[Attendee, ...]:
    """Read what `plain_attendees` wrote."""
    return tuple(Attendee(Attendance(code), person, name) for code, person, name in plain)


def count_by(attendees: Iterable[Attendee]) -> Mapping[Attendance, int]:
    """Count the people of each kind."""
    listed = [one.attendance for one in attendees]
    return {kind: listed.count(kind) for kind in Attendance}

"""Minutes of consultations: hours keeps them, casework only asks."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from casework import store
from casework.domain.attendance import Attendance, count_by
from casework.domain.consultation import Draft, Line, Work
from core.permissions import Secrecy
from core.workspace import Transaction
from hours.domain.allocation import split
from hours.service import (
    Activity,
    EntryStatus,
    Event,
    Subject,
    TimeKind,
    TimeLine,
    minutes_by_source,
    minutes_of,
    remove_time,
    replace_event,
    replace_time,
    state_of,
)

SOURCE = "consultation"


def with_minutes(tx: Transaction, lines: Iterable[Line]) -> tuple[Line, ...]:
    """Fill in the minutes of many meetings with one question."""
    lines = tuple(lines)
    minutes = minutes_by_source(tx, SOURCE, [line.id for line in lines])
    return tuple(replace(line, minutes=minutes.get(line.id, 0)) for line in lines)


def count_time(tx: Transaction, consultation_id: int, draft: Draft) -> None:
    """Hand the minutes of a held meeting over to hours, divided among its topics and cases.

    The meeting itself is as long as its longest talk. Until it is noted who was there, each
    initiative counts for one person, and a meeting without any for one.
    """
    is_private = draft.kept_secrecy is Secrecy.PRIVATE
    topics = tuple(sorted(topic.value for topic in draft.topics))
    subjects = tuple(Subject("case", case_id) for case_id in sorted(draft.cases))
    lines = [
        TimeLine(
            person_id=work.person_id,
            kind=kind,
            minutes=minutes,
            worked_on=draft.held_on,
            activity=Activity.CONSULTING,
            topics=topics,
            is_private=is_private,
            starts_at=draft.starts_at if kind is TimeKind.CONTACT else None,
            subjects=subjects,
        )
        for work in draft.consultants
        for kind, minutes in (
            (TimeKind.CONTACT, work.contact),
            (TimeKind.PREPARATION, work.preparation),
            (TimeKind.TRAVEL, work.travel),
        )
        if minutes
    ]
    replace_time(tx, (SOURCE, consultation_id), lines)
    count_event(tx, consultation_id, draft)


def count_event(tx: Transaction, consultation_id: int, draft: Draft) -> None:
    """Hand over that a meeting was held, how long, and how many people attended it."""
    length = max((work.contact for work in draft.consultants), default=0)
    noted = store.list_attendees(tx.db, consultation_id)
    attended = count_by(noted)[Attendance.ATTENDED] if noted else max(len(draft.cases), 1)
    event = Event(draft.held_on, length, attended) if length else None
    replace_event(tx, (SOURCE, consultation_id), event)


def take_time(tx: Transaction, consultation_id: int) -> None:
    """Take the minutes of a meeting, and the meeting itself, out of every figure."""
    remove_time(tx, (SOURCE, consultation_id))
    replace_event(tx, (SOURCE, consultation_id), None)


def is_settled(tx: Transaction, consultation_id: int) -> bool:
    """Tell whether the time of a meeting is approved or locked: its note is no longer edited."""
    state = state_of(tx, (SOURCE, consultation_id))
    return state in {EntryStatus.APPROVED, EntryStatus.LOCKED}


def shares_of(tx: Transaction, consultation_id: int) -> Mapping[int, int]:
    """Give each case its part of the minutes of a meeting, as they are divided."""
    parts: Counter[int] = Counter()
    for line in minutes_of(tx, (SOURCE, consultation_id)):
        shares = split(line.minutes, [subject.weight for subject in line.subjects])
        for subject, minutes in zip(line.subjects, shares, strict=True):
            parts[subject.id] += minutes
    return parts


def works_of(tx: Transaction, consultation_id: int, consultants: Iterable[int]) -> tuple[Work, ...]:
    """Give each consultant's minutes of a meeting, in the order of the consultants."""
    spent: dict[tuple[int, TimeKind], int] = {}
    for line in minutes_of(tx, (SOURCE, consultation_id)):
        spent[line.person_id, line.kind] = line.minutes
    return tuple(
        Work(
            person,
            spent.get((person, TimeKind.CONTACT), 0),
            spent.get((person, TimeKind.PREPARATION), 0),
            spent.get((person, TimeKind.TRAVEL), 0),
        )
        for person in consultants
    )

"""Act out what follows a meeting: who was there, what they said, the series that goes on."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Final

from casework.domain.attendance import Attendance, Attendee
from casework.domain.consultation import CONFIDENTIAL, Audience, Draft, Work
from casework.domain.feedback import Feedback
from casework.domain.repeat import OnDayOff, Repeat, Rhythm
from casework.service import give_feedback, offer_feedback, plan_series, set_attendance
from casework.store import list_people_of_cases
from dashboards.demo.agenda import Course, Meeting
from dashboards.demo.stage import Act, Frame, Stage, moment

_RECENT: Final = timedelta(days=180)
_OFTEN: Final = 0.5
_ANSWERS: Final = 0.15
_SERIES: Final = 2
_COMES: Final = (Attendance.ATTENDED, Attendance.ATTENDED, Attendance.ATTENDED, Attendance.EXCUSED)


def presence(frame: Frame, agenda: Sequence[Meeting]) -> Iterator[Act]:
    """Give the acts that follow the meetings of the last half-year."""
    rng = frame.options.random("presence")
    going_on: list[Meeting] = []
    for number, meeting in enumerate(agenda):
        note, said = rng.random() < _OFTEN, rng.random() < _ANSWERS
        is_recent = meeting.day > frame.today - _RECENT
        if meeting.course is not Course.HELD or not (meeting.cases and is_recent):
            continue
        key, over = f"consultation {number}", _over(meeting)
        if note or meeting.audience is Audience.GROUP:
            people = Random(rng.random())
            yield Act(over, partial(_attend, meeting, key, people))
        if said and not set(meeting.topics) & CONFIDENTIAL:
            row = frame.content.drawn(rng, "feedback")
            answer = Feedback(int(row["usefulness"]), row["text"])
            yield Act(over + timedelta(hours=3), partial(_answer, meeting, key, answer))
        if meeting.audience is Audience.INDIVIDUAL and not set(meeting.topics) & CONFIDENTIAL:
            going_on.append(meeting)
    for meeting in going_on[-_SERIES:]:
        yield Act(frame.now - timedelta(minutes=5), partial(_repeat, meeting))


def _over(meeting: Meeting) -> datetime:
    begun = moment(meeting.day, meeting.starts_at.hour, meeting.starts_at.minute)
    return begun + timedelta(minutes=max(person.contact for person in meeting.people) + 30)


def _attend(meeting: Meeting, key: str, rng: Random, stage: Stage) -> None:
    desk = stage.desk(meeting.people[0].key)
    with desk.reading() as tx:
        known = list_people_of_cases(tx.db, [stage.made[case] for case in meeting.cases])
    there = [Attendee(rng.choice(_COMES), person) for person in known]
    if there:
        version = 1 if meeting.planned_on is None else 2
        talk = {"consultation_id": stage.made[key], "version": version}
        set_attendance(desk, **talk, attendees=there)


def _answer(meeting: Meeting, key: str, answer: Feedback, stage: Stage) -> None:
    desk = stage.desk(meeting.people[0].key)
    token = offer_feedback(desk, consultation_id=stage.made[key])
    give_feedback(stage.database, token, answer, stage.clock)


def _repeat(meeting: Meeting, stage: Stage) -> None:
    """Plan the meeting again every two weeks from the week after next on."""
    first = meeting.people[0].key
    draft = Draft(
        held_on=stage.frame.today + timedelta(days=14 - stage.frame.today.weekday() + 2),
        topics=frozenset(meeting.topics),
        consultants=(Work(stage.person(first)),),
        starts_at=meeting.starts_at,
        form=meeting.form,
        cases=frozenset(stage.made[case] for case in meeting.cases),
        expected_minutes=60,
    )
    repeat = Repeat(Rhythm.FORTNIGHTLY, times=5, on_day_off=OnDayOff.LEAVE_OUT)
    plan_series(stage.desk(first), draft=draft, repeat=repeat)

"""Act out the time of trainings, so that the second promise of hours has its facts."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Final

from core.permissions import Permission
from dashboards.demo.stage import CONSULTANTS, Act, Frame, Stage, moment
from hours.service import Activity, Event, Quarter, TimeKind, TimeLine, replace_event, replace_time

_PROMISED: Final = 40 * 60
_FEWEST: Final = 7
_MORE: Final = 9
"""A training has from 7 to 15 people."""


def trainings(frame: Frame) -> Iterator[Act]:
    """Give the evenings on which consultants taught, quarter by quarter."""
    rng = frame.options.random("trainings")
    quarter = Quarter.of(frame.starts_on)
    lengths = [
        (int(row["minutes"]), int(row["preparation"])) for row in frame.content.rows("training")
    ]
    number = 0
    while quarter.period.starts_on < frame.today:
        whole = quarter.period
        days = frame.calendar.working_days(whole.starts_on, min(whole.ends_before, frame.today))
        every = frame.calendar.between(whole.starts_on, whole.ends_before)
        left = _PROMISED * rng.uniform(0.9, 1.02) * len(days) / every
        while fitting := [each for each in lengths if days and sum(each) <= left + 90]:
            minutes = rng.choice(fitting)
            number += 1
            day = rng.choice(days)
            by = rng.choice(CONSULTANTS)
            left -= sum(minutes)
            yield Act(moment(day, 20, 50), partial(_teach, (number, by, day), minutes))
        quarter = quarter.next


def _teach(what: tuple[int, str, date], minutes: tuple[int, int], stage: Stage) -> None:
    number, by, day = what
    desk, person = stage.desk(by), stage.person(by)
    with desk.transaction() as tx:
        desk.require(Permission.VIEW_OWN_HOURS)
        lines = [
            TimeLine(person, kind, spent, day, Activity.TRAINING)
            for kind, spent in zip((TimeKind.CONTACT, TimeKind.PREPARATION), minutes, strict=True)
        ]
        replace_time(tx, ("training", number), lines)
        event = Event(day, minutes[0], _FEWEST + number % _MORE, Activity.TRAINING)
        replace_event(tx, ("training", number), event)

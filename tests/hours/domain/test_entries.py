"""What time may be recorded."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.errors import DomainError
from hours.domain.entries import (
    Activity,
    Around,
    FutureTimeError,
    LongDayError,
    MinutesError,
    RepeatedKindError,
    TimeKind,
    TimeLine,
    TwoActivitiesError,
    check_lines,
)

TODAY = date(2026, 11, 23)
LINE = TimeLine(person_id=1, kind=TimeKind.CONTACT, minutes=60, worked_on=TODAY)
TRAVEL = replace(LINE, kind=TimeKind.TRAVEL, minutes=15)


def check(*lines: TimeLine, elsewhere: dict[tuple[int, date], int] | None = None) -> None:
    check_lines(lines, Around(TODAY, elsewhere or {}), lambda person: f"Person {person}")


@pytest.mark.parametrize(
    "lines",
    [
        (),
        (LINE, TRAVEL),
        (replace(LINE, minutes=1),),
        (replace(LINE, minutes=16 * 60),),
        (LINE, replace(LINE, person_id=2)),
        (replace(LINE, worked_on=TODAY - timedelta(days=400)),),
        (replace(LINE, minutes=600), replace(TRAVEL, minutes=600, worked_on=date(2026, 11, 22))),
        (replace(LINE, activity=Activity.TRAINING),),
    ],
)
def test_possible_time_is_accepted(lines: tuple[TimeLine, ...]) -> None:
    check(*lines)


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        ((replace(LINE, minutes=0),), MinutesError),
        ((replace(LINE, minutes=-5),), MinutesError),
        ((replace(LINE, minutes=16 * 60 + 1),), LongDayError),
        ((replace(LINE, minutes=950), TRAVEL), LongDayError),
        ((replace(LINE, worked_on=TODAY + timedelta(days=1)),), FutureTimeError),
        ((LINE, replace(LINE, minutes=5)), RepeatedKindError),
        ((LINE, replace(TRAVEL, activity=Activity.TRAINING)), TwoActivitiesError),
    ],
)
def test_impossible_time_is_refused_by_name_and_date(
    lines: tuple[TimeLine, ...], error: type[DomainError]
) -> None:
    with pytest.raises(error) as refused:
        check(*lines)
    assert refused.value.details["person"] == "Person 1"
    assert refused.value.details["day"] == lines[-1].worked_on


def test_time_of_other_work_on_the_same_day_counts_towards_the_longest_day() -> None:
    check(LINE, elsewhere={(1, TODAY): 15 * 60})
    with pytest.raises(LongDayError):
        check(LINE, elsewhere={(1, TODAY): 15 * 60 + 1})
    check(LINE, elsewhere={(2, TODAY): 16 * 60, (1, TODAY - timedelta(days=1)): 16 * 60})

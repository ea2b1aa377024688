"""What a meeting can be, and what it cannot."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.domain.consultation import (
    ConsultationMoveError,
    ConsultationStatus,
    Draft,
    HeldInFutureError,
    Search,
    Topic,
    Work,
    check_draft,
    check_held,
    require_move,
    starting_secrecy,
)
from core.errors import OutOfRangeError, RequiredError, TooLongError
from core.permissions import Secrecy

TODAY = date(2026, 11, 23)
DRAFT = Draft(held_on=TODAY, topics=frozenset({Topic.BUDGET}), consultants=(Work(1, 60),))


@pytest.mark.parametrize("topic", list(Topic))
def test_only_talks_with_psychologist_and_mediator_start_as_private(topic) -> None:
    private = topic in {Topic.PSYCHOLOGIST, Topic.MEDIATOR}
    expected = Secrecy.PRIVATE if private else Secrecy.CASE

    assert starting_secrecy(frozenset({topic, Topic.BUDGET})) is expected


def test_a_chosen_secrecy_is_kept() -> None:
    draft = replace(DRAFT, topics=frozenset({Topic.MEDIATOR}), secrecy=Secrecy.TEAM)

    assert draft.kept_secrecy is Secrecy.TEAM


def test_a_meeting_of_today_can_have_been_held() -> None:
    check_held(DRAFT, TODAY)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"consultants": ()}, RequiredError),
        ({"topics": frozenset()}, RequiredError),
        ({"consultants": (Work(1),)}, RequiredError),
        ({"consultants": (Work(1, 60), Work(2))}, RequiredError),
        ({"consultants": (Work(1, -5),)}, OutOfRangeError),
        ({"consultants": (Work(1, 1441),)}, OutOfRangeError),
        ({"consultants": (Work(1, 1000, 1000),)}, OutOfRangeError),
        ({"expected_minutes": -1}, OutOfRangeError),
        ({"note": "я" * 200_000}, TooLongError),
        ({"held_on": TODAY + timedelta(days=1)}, HeldInFutureError),
    ],
)
def test_an_impossible_held_meeting_is_refused(change, error) -> None:
    with pytest.raises(error):
        check_held(replace(DRAFT, **change), TODAY)


def test_a_planned_meeting_needs_no_minutes_yet() -> None:
    check_draft(replace(DRAFT, held_on=TODAY + timedelta(days=7), consultants=(Work(1),)))


def test_a_note_may_be_as_long_as_its_limit() -> None:
    check_draft(replace(DRAFT, note="я" * 100_000))


@pytest.mark.parametrize(
    ("now", "wanted", "allowed"),
    [
        (ConsultationStatus.PLANNED, ConsultationStatus.HELD, True),
        (ConsultationStatus.PLANNED, ConsultationStatus.NO_SHOW, True),
        (ConsultationStatus.HELD, ConsultationStatus.PLANNED, True),
        (ConsultationStatus.HELD, ConsultationStatus.CANCELLED, False),
        (ConsultationStatus.CANCELLED, ConsultationStatus.HELD, False),
    ],
)
def test_a_meeting_moves_along_its_way(now, wanted, allowed) -> None:
    if allowed:
        require_move(now, wanted)
    else:
        with pytest.raises(ConsultationMoveError):
            require_move(now, wanted)


@pytest.mark.parametrize(
    ("search", "is_narrow"),
    [
        (Search(TODAY, TODAY), False),
        (Search(TODAY, TODAY, status=ConsultationStatus.HELD), False),
        (Search(TODAY, TODAY, status=ConsultationStatus.PLANNED), True),
        (Search(TODAY, TODAY, topic=Topic.LEGAL), True),
        (Search(TODAY, TODAY, consultant_id=1), True),
        (Search(TODAY, TODAY, case_id=1), True),
    ],
)
def test_a_question_that_would_tell_more_is_narrow(search, is_narrow) -> None:
    assert search.is_narrow is is_narrow

"""How a case moves between states, and who works on it."""

from datetime import date

import pytest

from casework.domain.case import (
    MOVES,
    CaseStatus,
    CloseReason,
    Member,
    StatusChange,
    StatusMoveError,
    change_members,
    clean_texts,
    require_move,
)
from core.errors import RequiredError, TooLongError

TODAY = date(2026, 11, 23)
EARLIER = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        (CaseStatus.OPEN, CaseStatus.ACTIVE),
        (CaseStatus.ACTIVE, CaseStatus.ON_HOLD),
        (CaseStatus.ON_HOLD, CaseStatus.ACTIVE),
        (CaseStatus.CLOSED, CaseStatus.ACTIVE),
    ],
)
def test_a_case_moves_along_its_way(now, wanted) -> None:
    require_move(now, StatusChange(wanted, comment="Позвали снова"))


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        (CaseStatus.ACTIVE, CaseStatus.OPEN),
        (CaseStatus.CLOSED, CaseStatus.OPEN),
        (CaseStatus.CLOSED, CaseStatus.ON_HOLD),
        (CaseStatus.ACTIVE, CaseStatus.ACTIVE),
    ],
)
def test_a_case_makes_no_other_move(now, wanted) -> None:
    with pytest.raises(StatusMoveError):
        require_move(now, StatusChange(wanted))


def test_a_case_is_closed_with_a_reason() -> None:
    require_move(CaseStatus.ACTIVE, StatusChange(CaseStatus.CLOSED, CloseReason.GOAL_REACHED))
    with pytest.raises(RequiredError):
        require_move(CaseStatus.ACTIVE, StatusChange(CaseStatus.CLOSED))


def test_a_closed_case_is_opened_again_with_a_word_why() -> None:
    with pytest.raises(RequiredError):
        require_move(CaseStatus.CLOSED, StatusChange(CaseStatus.ACTIVE))


def test_every_state_can_be_left() -> None:
    assert all(MOVES[status] for status in CaseStatus)


def test_a_case_needs_a_request() -> None:
    with pytest.raises(RequiredError):
        clean_texts("", "  \n")
    with pytest.raises(TooLongError):
        clean_texts("", "я" * 10_001)
    assert clean_texts(" ", " Хотим\0 открыть клуб ") == ("", "Хотим открыть клуб")


def test_members_who_leave_keep_their_days() -> None:
    now = (Member(1, EARLIER), Member(2, EARLIER))

    changed = change_members(now, frozenset({2, 3}), TODAY)

    assert changed == (Member(1, EARLIER, TODAY), Member(2, EARLIER), Member(3, TODAY))


def test_a_member_who_comes_back_gets_a_second_span() -> None:
    now = (Member(1, EARLIER, EARLIER),)

    assert change_members(now, frozenset({1}), TODAY) == (*now, Member(1, TODAY))

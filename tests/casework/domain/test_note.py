"""Breaking the glass takes two different people."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from casework.domain.note import TwoPeopleError, Unsealing, approve, clean_reason
from core.errors import RequiredError
from core.permissions import Actor, Role

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
ASKED = Unsealing(1, 5, requested_by=10, requested_at=NOW, reason="A child may be in danger")
MANAGER, ADMINISTRATOR = frozenset({Role.MANAGER}), frozenset({Role.ADMINISTRATOR})
BOTH = MANAGER | ADMINISTRATOR


def test_the_manager_who_asked_reads_for_a_day() -> None:
    agreed = approve(ASKED, Actor(11, ADMINISTRATOR), MANAGER, NOW)

    assert agreed.opens_to(10, NOW + timedelta(hours=23))
    assert not agreed.opens_to(10, NOW + timedelta(hours=24))
    assert not agreed.opens_to(11, NOW)


def test_the_manager_who_agreed_reads() -> None:
    agreed = approve(ASKED, Actor(11, MANAGER), ADMINISTRATOR, NOW)

    assert agreed.opens_to(11, NOW)
    assert not agreed.opens_to(10, NOW)


@pytest.mark.parametrize(
    ("approver", "requester_roles"),
    [
        (Actor(10, BOTH), BOTH),
        (Actor(11, MANAGER), MANAGER),
        (Actor(11, ADMINISTRATOR), ADMINISTRATOR),
        (Actor(11, frozenset({Role.CONSULTANT})), BOTH),
        (Actor(11, ADMINISTRATOR), frozenset()),
    ],
)
def test_nobody_opens_a_note_alone_or_with_one_of_the_same_kind(approver, requester_roles) -> None:
    with pytest.raises(TwoPeopleError):
        approve(ASKED, approver, requester_roles, NOW)


def test_an_asking_is_agreed_to_once() -> None:
    agreed = replace(ASKED, approved_by=12)
    with pytest.raises(TwoPeopleError):
        approve(agreed, Actor(11, ADMINISTRATOR), MANAGER, NOW)


def test_a_reason_is_given() -> None:
    assert clean_reason("  why \n") == "why"
    with pytest.raises(RequiredError):
        clean_reason("   ")

"""Feedback by a one-time link: who gives it, who reads it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.domain.consultation import Draft, Topic, Work
from casework.domain.feedback import Asked, Feedback, NotHeldError
from casework.service import (
    give_feedback,
    look_feedback,
    offer_feedback,
    plan_consultation,
    record_consultation,
    remove_consultation,
    view_consultation,
)
from core.errors import ForbiddenError, OutOfRangeError, TooLongError
from core.links import LinkEndedError
from core.permissions import Role
from core.settings import Centre, save_centre
from tests import factories

TODAY = date(2026, 11, 23)
GOOD = Feedback(5, "Помогло: теперь знаем, с чего начать")


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def draft(database, me) -> Draft:
    with database.writing() as db:
        save_centre(db, Centre("Центр"))
        case = factories.make_case(db, me)
    return Draft(TODAY, frozenset({Topic.BUDGET}), (Work(me, 60),), cases=frozenset({case}))


@pytest.fixture
def meeting(workspace, draft) -> int:
    return record_consultation(workspace, draft=draft)


def said(workspace, meeting: int) -> list[tuple[int, str]]:
    view = view_consultation(workspace, consultation_id=meeting)
    return [(one.usefulness, one.sentence) for one in view.feedback]


def test_an_answer_is_given_once_and_read_by_the_consultant_and_managers(
    workspace, workspaces, database, clock, meeting
) -> None:
    token = offer_feedback(workspace, consultation_id=meeting)
    assert look_feedback(database, token, clock) == Asked("Центр", TODAY)

    give_feedback(database, token, GOOD, clock)

    for again in (lambda: give_feedback(database, token, GOOD, clock),
                  lambda: look_feedback(database, token, clock)):  # fmt: skip
        with pytest.raises(LinkEndedError):
            again()
    expected = [(5, GOOD.sentence)]
    assert said(workspace, meeting) == said(workspaces(Role.MANAGER), meeting) == expected


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.ADMINISTRATOR])
def test_others_do_not_read_what_was_said(
    workspace, workspaces, database, clock, meeting, role
) -> None:
    token = offer_feedback(workspace, consultation_id=meeting)
    give_feedback(database, token, GOOD, clock)

    assert said(workspaces(role), meeting) == []


def test_on_a_private_talk_the_day_is_not_told_and_managers_read_nothing(
    workspace, workspaces, database, clock, draft
) -> None:
    private = replace(draft, topics=frozenset({Topic.PSYCHOLOGIST}))
    meeting = record_consultation(workspace, draft=private)
    token = offer_feedback(workspace, consultation_id=meeting)
    assert look_feedback(database, token, clock) == Asked("Центр", None)

    give_feedback(database, token, GOOD, clock)

    assert said(workspaces(Role.MANAGER), meeting) == []
    assert said(workspace, meeting) == [(5, GOOD.sentence)]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (Feedback(0), OutOfRangeError),
        (Feedback(6), OutOfRangeError),
        (Feedback(3, "x" * 501), TooLongError),
    ],
)
def test_a_refused_answer_does_not_use_the_link_up(
    workspace, database, clock, meeting, given, error
) -> None:
    token = offer_feedback(workspace, consultation_id=meeting)
    with pytest.raises(error):
        give_feedback(database, token, given, clock)

    give_feedback(database, token, Feedback(3), clock)
    assert said(workspace, meeting) == [(3, "")]


def test_a_meeting_that_was_not_held_is_not_asked_about(workspace, draft) -> None:
    later = replace(draft, held_on=TODAY + timedelta(days=1))
    meeting = plan_consultation(workspace, draft=later)
    with pytest.raises(NotHeldError):
        offer_feedback(workspace, consultation_id=meeting)


def test_others_ask_nobody(workspaces, meeting) -> None:
    for role in (Role.CONSULTANT, Role.MANAGER, Role.ADMINISTRATOR):
        with pytest.raises(ForbiddenError):
            offer_feedback(workspaces(role), consultation_id=meeting)


def test_the_link_ends_with_its_meeting_and_with_time(workspace, database, clock, meeting) -> None:
    token = offer_feedback(workspace, consultation_id=meeting)
    clock.now += timedelta(days=61)
    with pytest.raises(LinkEndedError):
        look_feedback(database, token, clock)
    clock.now -= timedelta(days=61)
    remove_consultation(workspace, consultation_id=meeting)
    with pytest.raises(LinkEndedError):
        give_feedback(database, token, GOOD, clock)

"""Meetings that repeat, and meetings at the same time."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from casework.domain.consultation import ConsultationStatus, Draft, Search, Topic, Work
from casework.domain.repeat import DayOff, EmptySeriesError, NoSeriesError, OnDayOff, Repeat, Rhythm
from casework.service import (
    Submission,
    cancel_consultation,
    cancel_following,
    edit_following,
    last_with,
    list_consultations,
    list_overlaps,
    plan_again,
    plan_consultation,
    plan_series,
    preview_series,
    put_back_following,
    record_consultation,
    remove_series,
    view_consultation,
)
from core.calendar import CalendarDay
from core.errors import ForbiddenError, StaleError
from core.permissions import Role
from tests import factories

TODAY = date(2026, 11, 23)
WEEK = timedelta(weeks=1)
THREE = Repeat(Rhythm.WEEKLY, times=3)
SEARCH = Search(TODAY, TODAY + timedelta(days=400))


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def case(database, me) -> int:
    with database.writing() as db:
        initiative = factories.make_initiative(db, "Двор без машин")
        return factories.make_case(db, me, initiative_id=initiative)


@pytest.fixture
def draft(me, case) -> Draft:
    return Draft(
        TODAY,
        frozenset({Topic.BUDGET}),
        (Work(me),),
        starts_at=time(10),
        cases=frozenset({case}),
        expected_minutes=60,
    )


def days(workspace) -> list[tuple[date, ConsultationStatus | None]]:
    found = list_consultations(workspace, SEARCH)[0]
    return [(line.held_on, line.status) for line in reversed(found)]


def test_a_series_is_planned_at_once_and_a_second_click_plans_no_other(workspace, draft) -> None:
    made = plan_series(workspace, draft=draft, repeat=THREE, sent=Submission("t"))
    again = plan_series(workspace, draft=draft, repeat=THREE, sent=Submission("t"))

    assert made == again
    planned = ConsultationStatus.PLANNED
    assert days(workspace) == [(TODAY + n * WEEK, planned) for n in range(3)]
    assert view_consultation(workspace, consultation_id=made[1]).following == 2


def test_the_centres_own_days_off_fall_away(workspace, database, draft) -> None:
    with database.writing() as db:
        db.add(CalendarDay(calendar="ru", on=TODAY + WEEK, is_working=False))
    repeat = replace(THREE, on_day_off=OnDayOff.LEAVE_OUT)

    shown = preview_series(workspace, first=TODAY, repeat=repeat)
    plan_series(workspace, draft=draft, repeat=repeat)

    assert [one.off for one in shown] == [None, DayOff.OWN, None, None]
    assert [one.is_skipped for one in shown] == [False, True, False, False]
    assert [day for day, _status in days(workspace)] == [TODAY, TODAY + 2 * WEEK, TODAY + 3 * WEEK]


def test_a_meeting_says_why_its_day_is_off(workspace) -> None:
    monthly = Repeat(Rhythm.MONTHLY, times=3, on_day_off=OnDayOff.MOVE)
    shown = preview_series(workspace, first=date(2026, 11, 1), repeat=monthly)
    assert [(one.due_on, one.on, one.off) for one in shown] == [
        (date(2026, 11, 1), date(2026, 11, 2), DayOff.WEEKEND),
        (date(2026, 12, 1), date(2026, 12, 1), None),
        (date(2027, 1, 1), date(2027, 1, 11), DayOff.HOLIDAY),
    ]


def test_a_refused_series_plans_nothing(workspace, draft) -> None:
    sunday = TODAY - timedelta(days=1)
    with pytest.raises(EmptySeriesError):
        plan_series(
            workspace,
            draft=replace(draft, held_on=sunday),
            repeat=Repeat(Rhythm.WEEKLY, times=1, on_day_off=OnDayOff.LEAVE_OUT),
        )
    assert days(workspace) == []


def test_one_and_all_that_follow_move_together_and_are_put_back(workspace, draft) -> None:
    made = plan_series(workspace, draft=draft, repeat=THREE)
    moved = replace(draft, held_on=TODAY + WEEK + timedelta(days=1), starts_at=time(12))

    before = edit_following(workspace, consultation_id=made[1], version=1, draft=moved)

    later = [TODAY, TODAY + WEEK + timedelta(days=1), TODAY + 2 * WEEK + timedelta(days=1)]
    assert [day for day, _status in days(workspace)] == later
    last = view_consultation(workspace, consultation_id=made[2]).consultation
    assert last is not None
    assert last.starts_at == time(12)

    put_back_following(workspace, before=before)
    assert [day for day, _status in days(workspace)] == [TODAY + n * WEEK for n in range(3)]


def test_a_stale_change_of_a_series_changes_nothing(workspace, draft) -> None:
    made = plan_series(workspace, draft=draft, repeat=THREE)
    edit_following(workspace, consultation_id=made[0], version=1, draft=draft)
    with pytest.raises(StaleError):
        edit_following(
            workspace, consultation_id=made[0], version=1, draft=replace(draft, starts_at=time(15))
        )


def test_the_rest_is_called_off_and_planned_again(workspace, draft) -> None:
    made = plan_series(workspace, draft=draft, repeat=THREE)

    ids = cancel_following(workspace, consultation_id=made[1])

    planned, off = ConsultationStatus.PLANNED, ConsultationStatus.CANCELLED
    assert ids == list(made[1:])
    assert [status for _day, status in days(workspace)] == [planned, off, off]
    plan_again(workspace, ids=ids)
    assert [status for _day, status in days(workspace)] == [planned] * 3


def test_a_meeting_of_no_series_has_nothing_that_follows(workspace, draft) -> None:
    alone = plan_consultation(workspace, draft=draft)
    made = plan_series(workspace, draft=draft, repeat=THREE)
    cancel_consultation(workspace, consultation_id=made[0])

    for meeting in (alone, made[0]):
        with pytest.raises(NoSeriesError):
            cancel_following(workspace, consultation_id=meeting)


def test_a_series_is_taken_back(workspace, draft) -> None:
    remove_series(workspace, ids=plan_series(workspace, draft=draft, repeat=THREE))
    assert days(workspace) == []


def test_others_neither_plan_nor_change_a_series(workspace, workspaces, draft) -> None:
    made = plan_series(workspace, draft=draft, repeat=THREE)
    stranger = workspaces(Role.CONSULTANT)
    for act in (
        lambda: plan_series(stranger, draft=draft, repeat=THREE),
        lambda: cancel_following(stranger, consultation_id=made[0]),
        lambda: edit_following(stranger, consultation_id=made[0], version=1, draft=draft),
        lambda: remove_series(stranger, ids=made),
    ):
        with pytest.raises(ForbiddenError):
            act()
    assert len(days(workspace)) == 3


def test_the_last_meeting_is_copied_without_its_note(workspace, draft, me, case) -> None:
    held = replace(draft, consultants=(Work(me, 45, 15),), note="Смета", expected_minutes=None)
    earlier = replace(held, topics=frozenset({Topic.LEGAL}), starts_at=time(8))
    record_consultation(workspace, draft=earlier)
    record_consultation(workspace, draft=held)

    assert last_with(workspace, case_id=case) == replace(held, note=None)


def test_a_private_meeting_is_copied_by_its_author_alone(workspace, workspaces, draft, me, case):
    private = replace(draft, topics=frozenset({Topic.MEDIATOR}), consultants=(Work(me, 45),))
    record_consultation(workspace, draft=private)

    assert last_with(workspaces(Role.CONSULTANT), case_id=case) is None
    assert last_with(workspace, case_id=case) is not None


def test_two_meetings_at_once_are_warned_of_and_not_refused(workspace, draft) -> None:
    first = plan_consultation(workspace, draft=draft)
    second = plan_consultation(workspace, draft=replace(draft, starts_at=time(10, 30)))
    plan_consultation(workspace, draft=replace(draft, starts_at=time(11, 30)))

    [one] = list_overlaps(workspace, ids=[first])

    assert (one.other_id, one.at, one.initiatives) == (second, time(10, 30), ("Двор без машин",))
    assert view_consultation(workspace, consultation_id=first).overlaps == (one,)


def test_a_held_meeting_takes_as_long_as_it_took(workspace, draft, me) -> None:
    held = replace(draft, consultants=(Work(me, 120, 30),), expected_minutes=None)
    record_consultation(workspace, draft=held)
    later = plan_consultation(workspace, draft=replace(draft, starts_at=time(11, 30)))
    after = plan_consultation(workspace, draft=replace(draft, starts_at=time(12, 30)))

    assert len(list_overlaps(workspace, ids=[later])) == 1
    assert list_overlaps(workspace, ids=[after]) == ()


def test_of_a_private_meeting_the_warning_tells_the_hour_alone(
    workspace, workspaces, draft, me
) -> None:
    private = replace(draft, topics=frozenset({Topic.PSYCHOLOGIST}))
    hidden = plan_consultation(workspace, draft=private)
    open_one = plan_consultation(workspace, draft=draft)
    other = workspaces(Role.CONSULTANT)

    [one] = list_overlaps(other, ids=[open_one])

    assert (one.at, one.other_id, one.initiatives) == (time(10), None, ())
    assert list_overlaps(other, ids=[hidden]) == ()

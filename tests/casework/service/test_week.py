"""A week written up in a grid: all of it or nothing, by the checks of the form."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.domain.consultation import (
    ConsultationStatus,
    Draft,
    HeldInFutureError,
    Search,
    Topic,
    Work,
)
from casework.domain.week import TooManyRowsError, UnknownNameError, WeekResult, WeekRow
from casework.service import (
    Submission,
    list_consultations,
    open_note,
    plan_consultation,
    record_week,
    take_back_week,
    view_consultation,
    view_week,
)
from core.drafts import Piece, find_draft, keep_draft
from core.errors import ForbiddenError, RequiredError
from core.permissions import Role, Secrecy
from hours.domain.entries import LongDayError
from tests import factories

TODAY = date(2026, 11, 23)
SEARCH = Search(date(2026, 11, 1), date(2026, 12, 31))
NAMES = ("Двор без машин", "Чистые берега", "Театр у реки", "Сад, огород и школа")
KEY = "consultation_week:2026-11-23"
ROW = WeekRow(1, day="23.11", initiatives=NAMES[:1], topics=("бюджет",), contact="60")


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def cases(database, me) -> list[int]:
    with database.writing() as db:
        return [
            factories.make_case(db, me, initiative_id=factories.make_initiative(db, name))
            for name in NAMES
        ]


def save(workspace, *rows: WeekRow, sent: Submission | None = None) -> WeekResult:
    return record_week(workspace, monday=TODAY, rows=rows, sent=sent)


def lines(workspace):
    return list_consultations(workspace, SEARCH)[0]


def test_a_mixed_week_is_saved_at_once(workspace, cases) -> None:
    result = save(
        workspace,
        ROW,
        replace(ROW, number=2, initiatives=NAMES, contact="90", travel="30"),
        replace(ROW, number=3, status="no_show"),
        replace(ROW, number=4, topics=("психолог",), note="О страхе"),
        replace(ROW, number=5, day="27.11", status="planned"),
        WeekRow(6),
    )

    assert (len(result.made), result.written, result.faults) == (5, (), ())
    found = {line.id: line for line in lines(workspace)}
    group, missed, private = (found[result.made[n]] for n in (1, 2, 3))
    assert (group.minutes, group.cases) == (120, tuple(cases))
    assert (missed.status, missed.minutes) == (ConsultationStatus.NO_SHOW, 0)
    assert private.secrecy is Secrecy.PRIVATE
    assert open_note(workspace, consultation_id=private.id) == "О страхе"
    assert found[result.made[4]].status is ConsultationStatus.PLANNED


def test_one_bad_row_saves_nothing_and_every_bad_row_is_named(workspace, cases) -> None:
    future = (TODAY + timedelta(days=1)).isoformat()
    result = save(
        workspace,
        ROW,
        replace(ROW, number=2, initiatives=("Нет такой",)),
        replace(ROW, number=3, day=future),
        replace(ROW, number=4, contact=""),
        replace(ROW, number=5, topics=()),
    )

    told = [(fault.number, type(fault.error)) for fault in result.faults]
    assert told == [
        (2, UnknownNameError),
        (3, HeldInFutureError),
        (4, RequiredError),
        (5, RequiredError),
    ]
    assert lines(workspace) == ()


def test_the_day_is_counted_over_all_rows(workspace, cases) -> None:
    result = save(
        workspace,
        *(replace(ROW, number=n, contact="300") for n in (1, 2, 3)),
        replace(ROW, number=4, contact="100"),
    )

    assert [(fault.number, type(fault.error)) for fault in result.faults] == [(4, LongDayError)]
    assert lines(workspace) == ()


def test_a_case_of_others_is_refused_in_its_row(workspaces, workspace, cases) -> None:
    other = workspaces(Role.CONSULTANT)

    result = save(other, ROW)

    assert [type(fault.error) for fault in result.faults] == [ForbiddenError]
    assert lines(workspace) == ()


def test_who_records_nothing_has_no_grid(workspaces) -> None:
    for role in (Role.MANAGER, Role.ADMINISTRATOR, Role.EXPERT):
        with pytest.raises(ForbiddenError):
            save(workspaces(role), ROW)
        with pytest.raises(ForbiddenError):
            view_week(workspaces(role))


def test_the_same_grid_sent_twice_is_saved_once(workspace, cases) -> None:
    sent = Submission("token")
    first = save(workspace, ROW, replace(ROW, number=2), sent=sent)
    again = save(workspace, ROW, replace(ROW, number=2), sent=sent)

    assert first.made == again.made
    assert len(lines(workspace)) == 2


def test_a_saved_grid_forgets_its_draft_and_a_refused_one_keeps_it(workspace, cases, me) -> None:
    keep_draft(workspace, Piece(KEY, "[...]", "w", 1, 0), person_id=me)
    save(workspace, replace(ROW, day=""), sent=Submission("a", KEY))
    kept = find_draft(workspace, KEY)
    save(workspace, ROW, sent=Submission("b", KEY))

    assert kept is not None
    assert (kept.text, find_draft(workspace, KEY).is_cleared) == ("[...]", True)


@pytest.fixture
def planned(workspace, cases, me) -> int:
    draft = Draft(
        TODAY,
        frozenset({Topic.LEGAL}),
        (Work(me),),
        cases=frozenset(cases[:1]),
        expected_minutes=45,
    )
    return plan_consultation(workspace, draft=draft)


def planned_row(planned: int, **cells) -> WeekRow:
    usual = {"consultation_id": planned, "version": 1, "status": "held", "note": "Устав"}
    return replace(ROW, **{**usual, **cells})


def test_planned_meetings_stand_in_the_grid_and_are_written_up(workspace, planned) -> None:
    week = view_week(workspace)
    assert [line.id for line in week.mine] == [planned]

    result = save(workspace, planned_row(planned))

    assert (result.made, result.written) == ((), (planned,))
    view = view_consultation(workspace, consultation_id=planned)
    assert (view.line.status, view.line.minutes, view.note) == (
        ConsultationStatus.HELD,
        60,
        "Устав",
    )
    assert view_week(workspace).mine == ()


def test_a_second_click_on_a_written_up_week_changes_nothing(workspace, planned) -> None:
    save(workspace, planned_row(planned))

    assert save(workspace, planned_row(planned)) == WeekResult()


def test_a_planned_meeting_changed_meanwhile_is_not_overwritten(workspace, planned) -> None:
    save(workspace, planned_row(planned))

    result = save(workspace, planned_row(planned, note="Другое"))

    assert [fault.error.code for fault in result.faults] == ["error.stale"]
    assert view_consultation(workspace, consultation_id=planned).note == "Устав"


def test_a_planned_meeting_left_planned_stays_as_it_is(workspace, planned) -> None:
    assert save(workspace, planned_row(planned, status="planned")) == WeekResult()


def test_a_meeting_led_together_is_written_up_by_itself(workspace, database, cases, me) -> None:
    with database.writing() as db:
        other = factories.make_person(db, roles=[Role.CONSULTANT])
    draft = Draft(TODAY, frozenset({Topic.LEGAL}), (Work(me), Work(other)))
    together = plan_consultation(workspace, draft=draft)

    week = view_week(workspace)

    assert ([line.id for line in week.shared], week.mine) == ([together], ())


def test_a_saved_week_is_taken_back(workspace, planned) -> None:
    result = save(workspace, planned_row(planned), replace(ROW, number=2))

    take_back_week(workspace, made=result.made, written=result.written)

    [line] = lines(workspace)
    assert (line.id, line.status, line.minutes) == (planned, ConsultationStatus.PLANNED, 0)


def test_a_grid_of_a_hundred_and_one_rows_is_refused(workspace, cases) -> None:
    with pytest.raises(TooManyRowsError):
        save(workspace, *(replace(ROW, number=n) for n in range(101)))

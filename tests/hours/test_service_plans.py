"""Promising hours, on both databases."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date

import pytest

from core.database import Database
from core.errors import ForbiddenError, OutOfRangeError, RequiredError, StaleError
from core.i18n import Term
from core.permissions import Role
from core.settings import Centre, save_centre
from core.workspace import Workspace
from hours.domain.agreements import Terms
from hours.domain.entries import Activity
from hours.domain.pace import PaceState
from hours.domain.periods import Period
from hours.domain.plans import HourPlan
from hours.service import (
    add_agreement,
    edit_centre,
    list_agreements,
    list_promises,
    pace_in,
    plans_in,
    put_back_centre,
    put_back_plans,
    set_first_plan,
    set_plan,
    view_centre,
)
from tests.factories import make_person
from tests.hours.centre import Q4, TODAY, line, promise, record

Workspaces = Callable[..., Workspace]


@pytest.fixture
def manager(workspaces: Workspaces) -> Workspace:
    return workspaces(Role.MANAGER)


@pytest.fixture
def people(database: Database) -> list[int]:
    with database.writing() as db:
        return [make_person(db, name="Consultant", roles=[Role.CONSULTANT])]


def test_plans_follow_each_other_without_overlap(manager: Workspace) -> None:
    year = Period(date(2026, 1, 1), date(2027, 1, 1))
    first = HourPlan(Activity.CONSULTING, 15_000, date(2026, 1, 1))
    promise(manager, first)
    promise(manager, replace(first, minutes=18_000, valid_from=date(2026, 10, 1)))
    promise(manager, replace(first, minutes=16_000, valid_from=date(2026, 7, 1)))
    promise(manager, replace(first, minutes=15_500))
    promise(manager, HourPlan(Activity.TRAINING, 2_400, date(2026, 1, 1)))
    with manager.reading() as tx:
        plans = plans_in(tx, year)
    assert [
        (plan.minutes, plan.valid_from, plan.valid_until)
        for plan in plans
        if plan.activity is Activity.CONSULTING
    ] == [
        (15_500, date(2026, 1, 1), date(2026, 7, 1)),
        (16_000, date(2026, 7, 1), date(2026, 10, 1)),
        (18_000, date(2026, 10, 1), None),
    ]


def test_a_plan_under_an_agreement_is_added_to_the_other(manager: Workspace) -> None:
    agreement_id = add_agreement(
        manager, terms=Terms(" Grant 2026 ", date(2026, 1, 1), date(2026, 12, 31))
    )
    promise(manager, HourPlan(Activity.CONSULTING, 15_000, date(2026, 1, 1)))
    promise(
        manager, HourPlan(Activity.CONSULTING, 600, date(2026, 10, 1), agreement_id=agreement_id)
    )
    assert [found.name for found in list_agreements(manager)] == ["Grant 2026"]
    with manager.reading() as tx:
        assert pace_in(tx, Activity.CONSULTING, Q4).plan == 15_600


@pytest.mark.parametrize("minutes", [-1, 600_001])
def test_a_senseless_plan_is_refused(manager: Workspace, minutes: int) -> None:
    with pytest.raises(OutOfRangeError):
        promise(manager, HourPlan(Activity.CONSULTING, minutes, TODAY))


def test_an_agreement_needs_a_name_and_an_end_after_its_start(manager: Workspace) -> None:
    with pytest.raises(RequiredError):
        add_agreement(manager, terms=Terms("  ", TODAY))
    with pytest.raises(OutOfRangeError):
        add_agreement(manager, terms=Terms("A", TODAY, date(2026, 1, 1)))


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.EXPERT])
def test_only_managers_and_administrators_promise_hours(workspaces: Workspaces, role: Role) -> None:
    with pytest.raises(ForbiddenError):
        set_plan(workspaces(role), HourPlan(Activity.CONSULTING, 15_000, TODAY), seen=())


def test_the_first_plan_and_the_facts_make_the_pace(manager: Workspace, people: list[int]) -> None:
    with manager.transaction() as tx:
        set_first_plan(tx, 15_000, 2_400, date(2026, 10, 1))
    for number, day in enumerate(range(5, 14), start=1):
        record(manager, number, line(people[0], 864, worked_on=date(2026, 10, day)))
    with manager.reading() as tx:
        consulting = pace_in(tx, Activity.CONSULTING, Q4)
        training = pace_in(tx, Activity.TRAINING, Q4)
    assert (consulting.plan, consulting.done, consulting.per_week) == (15_000, 7_776, 1_290)
    assert (training.plan, training.done, training.state) == (2_400, 0, PaceState.BEHIND)


FIRST = HourPlan(Activity.CONSULTING, 15_000, date(2026, 1, 1))


def test_hours_promised_by_two_keep_the_first_and_show_the_second_all_three(
    manager: Workspace, workspaces: Workspaces
) -> None:
    seen = promise(manager, FIRST)
    set_plan(manager, replace(FIRST, minutes=18_000), seen=seen)
    with pytest.raises(StaleError) as caught:
        set_plan(workspaces(Role.MANAGER), replace(FIRST, minutes=12_000), seen=seen)
    field, day = Term("field.hours_per_quarter"), date(2026, 1, 1)
    shown = [caught.value.details[name][field] for name in ("original", "current", "yours")]
    assert shown == [{day: 250}, {day: 300}, {day: 200}]
    assert list_promises(manager)[Activity.CONSULTING] == ((day, None, 18_000),)


def test_a_promise_from_another_day_is_not_overlooked(
    manager: Workspace, workspaces: Workspaces
) -> None:
    seen = promise(manager, FIRST)
    promise(workspaces(Role.MANAGER), replace(FIRST, valid_from=date(2026, 10, 1)))
    with pytest.raises(StaleError):
        set_plan(manager, replace(FIRST, valid_from=date(2026, 7, 1)), seen=seen)


@pytest.mark.parametrize(
    ("minutes", "day"),
    [(18_000, date(2026, 1, 1)), (18_000, date(2026, 7, 1)), (18_000, date(2025, 7, 1))],
)
def test_a_promise_is_taken_back_whole(manager: Workspace, minutes: int, day: date) -> None:
    promise(manager, FIRST)
    before = promise(manager, replace(FIRST, valid_from=date(2026, 10, 1)))
    after = promise(manager, replace(FIRST, minutes=minutes, valid_from=day))
    put_back_plans(manager, activity="consulting", before=before, seen=after)
    assert list_promises(manager)[Activity.CONSULTING] == before


def test_a_promise_that_was_changed_since_is_not_taken_back(manager: Workspace) -> None:
    before = promise(manager, FIRST)
    after = promise(manager, replace(FIRST, minutes=18_000))
    now = promise(manager, replace(FIRST, minutes=12_000))
    with pytest.raises(StaleError):
        put_back_plans(manager, activity="consulting", before=before, seen=after)
    assert list_promises(manager)[Activity.CONSULTING] == now


def test_settings_of_the_centre_are_put_back(workspaces: Workspaces, database: Database) -> None:
    with database.writing() as db:
        save_centre(db, Centre("Первый"))
    admin = workspaces(Role.ADMINISTRATOR)
    seen, version = view_centre(admin)
    edit_centre(admin, replace(seen, name="Второй"), seen=seen, seen_version=version)
    put_back_centre(admin, before=asdict(seen), seen_version=version + 1)
    assert view_centre(admin) == (seen, version + 2)
    with pytest.raises(StaleError) as caught:
        edit_centre(admin, replace(seen, name="Третий"), seen=seen, seen_version=version)
    assert caught.value.details["original"][Term("field.centre_name")] == "Первый"

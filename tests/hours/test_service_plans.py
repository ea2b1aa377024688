"""Promising hours, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from core.database import Database
from core.errors import ForbiddenError, OutOfRangeError, RequiredError
from core.permissions import Role
from core.workspace import Workspace
from hours.domain.agreements import Terms
from hours.domain.entries import Activity
from hours.domain.pace import PaceState
from hours.domain.periods import Period
from hours.domain.plans import HourPlan
from hours.service import (
    add_agreement,
    list_agreements,
    pace_in,
    plans_in,
    set_first_plan,
    set_plan,
)
from tests.factories import make_person
from tests.hours.centre import Q4, TODAY, line, record

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
    set_plan(manager, first)
    set_plan(manager, replace(first, minutes=18_000, valid_from=date(2026, 10, 1)))
    set_plan(manager, replace(first, minutes=16_000, valid_from=date(2026, 7, 1)))
    set_plan(manager, replace(first, minutes=15_500))
    set_plan(manager, HourPlan(Activity.TRAINING, 2_400, date(2026, 1, 1)))
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
    set_plan(manager, HourPlan(Activity.CONSULTING, 15_000, date(2026, 1, 1)))
    set_plan(
        manager, HourPlan(Activity.CONSULTING, 600, date(2026, 10, 1), agreement_id=agreement_id)
    )
    assert [found.name for found in list_agreements(manager)] == ["Grant 2026"]
    with manager.reading() as tx:
        assert pace_in(tx, Activity.CONSULTING, Q4).plan == 15_600


@pytest.mark.parametrize("minutes", [-1, 600_001])
def test_a_senseless_plan_is_refused(manager: Workspace, minutes: int) -> None:
    with pytest.raises(OutOfRangeError):
        set_plan(manager, HourPlan(Activity.CONSULTING, minutes, TODAY))


def test_an_agreement_needs_a_name_and_an_end_after_its_start(manager: Workspace) -> None:
    with pytest.raises(RequiredError):
        add_agreement(manager, terms=Terms("  ", TODAY))
    with pytest.raises(OutOfRangeError):
        add_agreement(manager, terms=Terms("A", TODAY, date(2026, 1, 1)))


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.EXPERT])
def test_only_managers_and_administrators_promise_hours(workspaces: Workspaces, role: Role) -> None:
    with pytest.raises(ForbiddenError):
        set_plan(workspaces(role), HourPlan(Activity.CONSULTING, 15_000, TODAY))


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

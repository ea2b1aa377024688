"""Which agreement a minute counts in, and plan beside fact, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from core.errors import InvalidError, NotFoundError, StaleError
from core.permissions import Role
from core.workspace import Workspace
from hours.domain.agreements import AgreementPlan, Measure, ProRata, Served, Terms
from hours.domain.counting import CountingRule
from hours.domain.entries import Activity, EntryStatus, TimeKind
from hours.domain.events import Event
from hours.domain.figures import HoursQuery
from hours.service import (
    add_agreement,
    edit_agreement,
    figure,
    minutes_of,
    remove_rule,
    replace_event,
    serve_agreement,
    set_rule,
    view_agreement,
    view_agreements,
    view_own_hours,
)
from tests.hours.centre import Q4, TODAY, line, record

Workspaces = Callable[..., Workspace]
STARTS = date(2026, 8, 1)
STAFF = AgreementPlan(Activity.CONSULTING, Measure.STAFF, 6000)
TERMS = Terms("Grant", STARTS, None, "City", 3, ProRata.CALENDAR_DAYS, True, (STAFF,))


@pytest.fixture
def manager(workspaces: Workspaces) -> Workspace:
    return workspaces(Role.MANAGER, Role.CONSULTANT)


@pytest.fixture
def me(manager: Workspace) -> int:
    with manager.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def grant(manager: Workspace) -> int:
    found = add_agreement(manager, terms=TERMS)
    serve_agreement(manager, served=Served(Activity.CONSULTING, date(2026, 10, 1), found))
    return found


def serves(manager: Workspace, number: int) -> int | None:
    with manager.reading() as tx:
        return minutes_of(tx, ("consultation", number))[0].agreement_id


def test_a_minute_counts_in_the_agreement_that_its_activity_served_that_day(
    manager: Workspace, me: int, grant: int
) -> None:
    record(manager, 1, line(me, 60, worked_on=date(2026, 9, 30)))
    record(manager, 2, line(me, 60, worked_on=date(2026, 10, 1)))
    record(manager, 3, line(me, 60, activity=Activity.TRAINING))
    assert [serves(manager, number) for number in (1, 2, 3)] == [None, grant, None]
    other = add_agreement(manager, terms=replace(TERMS, name="Other"))
    serve_agreement(manager, served=Served(Activity.CONSULTING, date(2026, 10, 1), other))
    record(manager, 2, line(me, 61, worked_on=date(2026, 10, 1)))  # stays where it counts
    record(manager, 4, line(me, 30))
    assert [serves(manager, number) for number in (2, 4)] == [grant, other]
    found = [figure(manager, HoursQuery(Q4, agreement_id=each)).minutes for each in (grant, other)]
    assert found == [61, 30]


def test_what_a_period_missed_goes_on_to_the_next(manager: Workspace, me: int, grant: int) -> None:
    record(manager, 1, line(me, 600, worked_on=date(2026, 10, 30)))
    record(manager, 2, line(me, 90))
    now = view_agreement(manager, agreement_id=grant)
    assert (now.period.starts_on, now.staff) == (date(2026, 11, 1), 90)
    (fact,) = now.lines
    assert (fact.own, fact.carried, fact.pace.plan, fact.pace.done) == (6000, 5400, 11_400, 90)
    before = view_agreement(manager, agreement_id=grant, since="2026-08-01")
    assert [(each.pace.plan, each.pace.left) for each in before.lines] == [(6000, 5400)]
    (listed,) = view_agreements(manager)
    assert (listed.planned, listed.done) == (11_400, 90)


def test_the_three_measures_of_a_meeting_stand_apart(
    manager: Workspace, me: int, grant: int
) -> None:
    record(manager, 1, line(me, 60), line(me, 30, kind=TimeKind.TRAVEL))
    with manager.transaction() as tx:
        replace_event(tx, ("consultation", 1), Event(TODAY, 60, 5))
    view = view_agreement(manager, agreement_id=grant)
    measures = (view.staff, view.events.event_minutes, view.events.person_minutes)
    assert measures == (90, 60, 300)


def test_who_exceeds_their_part_is_told_and_not_stopped(
    manager: Workspace, me: int, grant: int
) -> None:
    own = AgreementPlan(Activity.CONSULTING, Measure.STAFF, 60, me)
    terms = replace(TERMS, carries_over=False, plans=(STAFF, own))
    edit_agreement(manager, agreement_id=grant, version=1, terms=terms)
    record(manager, 1, line(me, 60))
    assert view_own_hours(manager).over == ()
    record(manager, 1, line(me, 75))
    assert view_own_hours(manager).over == (("Grant", 15),)


def test_the_later_of_two_who_change_an_agreement_is_told(manager: Workspace, grant: int) -> None:
    edit_agreement(manager, agreement_id=grant, version=1, terms=replace(TERMS, name="First"))
    with pytest.raises(StaleError):
        edit_agreement(manager, agreement_id=grant, version=1, terms=replace(TERMS, name="Mine"))
    assert view_agreement(manager, agreement_id=grant).agreement.name == "First"


def test_an_unknown_agreement_or_period_is_refused(manager: Workspace, grant: int) -> None:
    for act in (
        lambda: view_agreement(manager, agreement_id=999),
        lambda: serve_agreement(manager, served=Served(Activity.CONSULTING, TODAY, 999)),
    ):
        with pytest.raises(NotFoundError):
            act()
    with pytest.raises(InvalidError):
        view_agreement(manager, agreement_id=grant, since="2026-08-02")


def test_a_rule_changes_the_days_from_its_date_on_and_no_earlier_ones(
    manager: Workspace, me: int
) -> None:
    for number, day in enumerate((date(2026, 10, 31), date(2026, 11, 1))):
        record(manager, number, line(me, 60, worked_on=day),
               line(me, 10, kind=TimeKind.TRAVEL, worked_on=day))  # fmt: skip
    contact = CountingRule(
        date(2026, 11, 1), MappingProxyType({Activity.CONSULTING: frozenset({TimeKind.CONTACT})})
    )
    rule_id = set_rule(manager, rule=contact)
    assert figure(manager, HoursQuery(Q4, Activity.CONSULTING)).minutes == 70 + 60
    remove_rule(manager, rule_id=rule_id)
    assert figure(manager, HoursQuery(Q4, Activity.CONSULTING)).minutes == 140


def test_minutes_of_outside_experts_count_from_the_day_a_rule_says_so(
    manager: Workspace, workspaces: Workspaces
) -> None:
    with workspaces(Role.EXPERT).reading() as tx:
        expert = tx.actor.person_id
    for number, day in enumerate((date(2026, 10, 31), date(2026, 11, 1))):
        record(manager, number, line(expert, 60, worked_on=day))
    assert figure(manager, HoursQuery(Q4)).minutes == 0
    kinds = MappingProxyType({Activity.CONSULTING: frozenset(TimeKind)})
    set_rule(manager, rule=CountingRule(date(2026, 11, 1), kinds, outside_counts=True))
    found = figure(manager, HoursQuery(Q4))
    assert (found.minutes, found.by_status) == (60, ((EntryStatus.SUBMITTED, 60),))

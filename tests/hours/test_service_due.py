"""What hours ask of a person, on both databases."""

from collections.abc import Callable
from datetime import date

import pytest

from core.permissions import Role
from core.workspace import Workspace
from hours.domain.months import HoursDue
from hours.service import hours_due_in, return_entry, submit_month, view_person_month
from tests.hours.centre import line, record

Workspaces = Callable[..., Workspace]
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture
def manager(workspaces: Workspaces) -> Workspace:
    return workspaces(Role.MANAGER)


@pytest.fixture
def ivan(workspaces: Workspaces) -> Workspace:
    return workspaces(Role.CONSULTANT, name="Ivan")


def me(workspace: Workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


def due(workspace: Workspace) -> HoursDue:
    with workspace.reading() as tx:
        return hours_due_in(tx)


def waits(workspace: Workspace) -> list[tuple[str, date, int]]:
    return [(one.name, one.starts_on, one.minutes) for one in due(workspace).waiting]


def test_submitted_months_wait_for_a_manager_by_person(
    manager: Workspace, ivan: Workspace, workspaces: Workspaces
) -> None:
    anna = workspaces(Role.CONSULTANT, name="Anna")
    record(ivan, 1, line(me(ivan), 60), line(me(anna), 20))
    record(ivan, 2, line(me(ivan), 30, worked_on=date(2026, 10, 31), is_private=True))
    record(ivan, 3, line(me(ivan), 5))
    assert waits(manager) == [
        ("Ivan", OCTOBER, 30), ("Anna", NOVEMBER, 20), ("Ivan", NOVEMBER, 65),
    ]  # fmt: skip
    assert due(ivan).is_clear
    assert due(workspaces(Role.EXPERT)).is_clear


def test_a_manager_s_own_month_waits_for_another(
    manager: Workspace, workspaces: Workspaces
) -> None:
    record(manager, 1, line(me(manager), 60))
    assert waits(manager) == []
    both = workspaces(Role.MANAGER, Role.ADMINISTRATOR, person_id=me(manager))
    assert [minutes for _name, _day, minutes in waits(both)] == [60]


def test_returned_entries_are_told_to_their_owner_until_they_are_handed_in(
    manager: Workspace, ivan: Workspace
) -> None:
    for number, day in enumerate((20, 21)):
        record(ivan, number + 1, line(me(ivan), 60, worked_on=date(2026, 11, day)))
    for entry in view_person_month(manager, me(ivan), "2026-11").entries:
        return_entry(manager, entry_id=entry.id, version=entry.version, comment="Whose?")
    assert due(ivan).returned == ((NOVEMBER, 2),)
    assert due(manager).is_clear
    submit_month(ivan, "2026-11")
    assert due(ivan).is_clear

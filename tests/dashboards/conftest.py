"""A quarter with two consultants, a promise and a private meeting."""

from collections.abc import Callable
from datetime import date

import pytest

from core.database import Database
from core.permissions import Role
from core.workspace import Workspace
from hours.domain.entries import Activity, TimeKind, TimeLine
from hours.service import replace_time, set_first_plan
from tests.factories import make_person

TODAY = date(2026, 11, 23)


@pytest.fixture
def people(database: Database) -> tuple[int, int]:
    """Anna and Boris, consultants."""
    with database.writing() as db:
        return (
            make_person(db, name="Анна Ёлкина", roles=[Role.CONSULTANT]),
            make_person(db, name="Борис <b>Седов</b>", roles=[Role.CONSULTANT]),
        )


@pytest.fixture
def quarter(workspaces: Callable[..., Workspace], people: tuple[int, int]) -> Workspace:
    """Two hours forty-five on one day, a training, a private meeting; 250 h and 40 h promised."""
    manager = workspaces(Role.MANAGER)
    anna, boris = people
    with manager.transaction() as tx:
        set_first_plan(tx, 250 * 60, 40 * 60, date(2026, 10, 1))
        replace_time(
            tx,
            ("consultation", 1),
            [
                TimeLine(anna, TimeKind.CONTACT, 60, TODAY, topics=("budget", "legal")),
                TimeLine(anna, TimeKind.PREPARATION, 15, TODAY, topics=("budget", "legal")),
                TimeLine(boris, TimeKind.CONTACT, 60, TODAY, topics=("budget", "legal")),
                TimeLine(boris, TimeKind.TRAVEL, 30, TODAY, topics=("budget", "legal")),
            ],
        )
        replace_time(
            tx,
            ("training", 1),
            [
                TimeLine(anna, TimeKind.CONTACT, 90, date(2026, 11, 20), Activity.TRAINING),
            ],
        )
    return manager


@pytest.fixture
def private_meeting(quarter: Workspace, people: tuple[int, int]) -> None:
    """Anna's private meeting of 40 minutes."""
    with quarter.transaction() as tx:
        replace_time(tx, ("consultation", 2), [
            TimeLine(
                people[0], TimeKind.CONTACT, 40, date(2026, 11, 18), topics=("psychologist",),
                is_private=True,
            )
        ])  # fmt: skip

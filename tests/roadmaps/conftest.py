"""A consultant, their case and its initiative."""

import pytest

from tests import factories


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def initiative(database) -> int:
    with database.writing() as db:
        return factories.make_initiative(db, "Двор на Речной")


@pytest.fixture
def case_id(database, me, initiative) -> int:
    with database.writing() as db:
        return factories.make_case(db, me, initiative_id=initiative)

"""What every test of bad input looks at."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from core.database import Database
from core.permissions import Role
from tests import factories
from tests.filling import counts

LANGUAGES: Final = ("ru", "en")


@pytest.fixture
def me(workspace) -> int:
    """The consultant of `workspace`."""
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def case_id(database: Database, me: int) -> int:
    """A case of theirs."""
    with database.writing() as db:
        return factories.make_case(db, me)


@pytest.fixture
def rows(database: Database) -> Callable[[], dict[str, int]]:
    """Count the rows of every table, but for sign-ins: a test's own pages open those."""

    def count() -> dict[str, int]:
        with database.engine.connect() as connection:
            found = counts(connection)
        return {name: number for name, number in found.items() if name not in _OF_TESTS}

    return count


@pytest.fixture
def told() -> Callable[[Any, str], str]:
    """Give the one sentence that a page tells, and see that it is one and no trace."""

    def one(page: Any, words: str) -> str:
        assert not page.exception, page.exception
        said = [error.value for error in page.error]
        assert len(said) == 1, said
        assert words in said[0]
        assert "Traceback" not in said[0]
        return said[0]

    return one


@pytest.fixture
def manager(workspaces):
    """A manager's workspace."""
    return workspaces(Role.MANAGER)


_OF_TESTS: Final = {"sign_in", "person", "account", "person_role"}

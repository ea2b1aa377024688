"""The scene on which services are tested."""

import pytest

from core.permissions import Role
from diagnostics import service
from tests import factories
from tests.diagnostics.scene import Scene


@pytest.fixture
def scene(workspaces, database) -> Scene:
    here = workspaces(Role.CONSULTANT)
    with here.transaction() as tx:
        service.publish_builtin(tx)
        case_id = factories.make_case(tx.db, tx.actor.person_id)
    return Scene(here, case_id, workspaces)

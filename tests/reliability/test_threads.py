"""Eight threads read, change and write the same row; no change is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from casework.tables import InitiativeRow
from core.audit import verify
from core.permissions import Role
from core.revision import revision
from core.workspace import Workspace
from tests import factories

pytestmark = pytest.mark.both
THREADS, CHANGES = 8, 60


def test_480_read_modify_writes_are_all_kept(database, workspaces) -> None:
    with database.writing() as db:
        initiative_id = factories.make_initiative(db)
        before = db.scalar(sa.select(InitiativeRow.version))

    def change(here: Workspace) -> None:
        for _each in range(CHANGES):
            with here.transaction() as tx:
                query = sa.select(InitiativeRow).where(InitiativeRow.id == initiative_id)
                row = tx.db.scalars(query.with_for_update()).one()
                row.version += 1
                tx.audit("initiative.edited", f"initiative:{initiative_id}")
                tx.touched("casework")

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(change, [workspaces(Role.CONSULTANT) for _each in range(THREADS)]))

    with database.reading() as db:
        assert db.scalar(sa.select(InitiativeRow.version)) == before + THREADS * CHANGES
        assert revision(db, "casework") == THREADS * CHANGES
        verdict = verify(db)
        assert (verdict.lines, verdict.broken_at) == (THREADS * CHANGES, None)

"""Transactions, the audit chain and revisions, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa

from core import audit
from core.audit import AuditEntry
from core.errors import ForbiddenError
from core.permissions import Actor, Permission, Role
from core.revision import revision
from core.settings import Centre, load_centre, save_centre
from core.workspace import Workspace


def test_failed_transaction_leaves_no_change_line_or_revision(workspace) -> None:
    with pytest.raises(RuntimeError, match="halfway"), workspace.transaction() as tx:
        save_centre(tx.db, Centre("Half"))
        tx.audit("centre.renamed", "centre:1")
        tx.touched("settings")
        raise RuntimeError("halfway")
    with workspace.reading() as tx:
        assert ("", 0) == (load_centre(tx.db).name, revision(tx.db, "settings"))
        assert () == audit.find_lines(tx.db)


def test_transaction_inside_another_is_refused(workspace) -> None:
    with pytest.raises(RuntimeError, match="inside another"), workspace.transaction():
        with workspace.reading():
            pass


def test_require_refuses_what_the_role_lacks(workspaces) -> None:
    expert = workspaces(Role.EXPERT)
    with expert.reading(), pytest.raises(ForbiddenError):
        expert.require(Permission.VIEW_CASE)


def test_today_is_the_centres_local_date(database, clock) -> None:
    clock.now = clock.now.replace(hour=20)
    here = Workspace.of(database, Actor(1, frozenset()), clock)
    with here.transaction() as tx:
        assert date(2026, 11, 24) == tx.today  # 01:00 in Perm
        save_centre(tx.db, Centre("C", time_zone="Europe/London"))
    with here.reading() as tx:
        assert date(2026, 11, 23) == tx.today


def test_chain_of_parallel_writers_is_whole_and_counts_every_line(database, clock) -> None:
    def write(number: int) -> None:
        here = Workspace.of(database, Actor(number, frozenset()), clock)
        for _step in range(10):
            with here.transaction() as tx:
                tx.audit("test.written", f"thing:{number}", count=number)
                tx.touched("hours", "casework")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(1, 5)))
    with database.reading() as db:
        assert audit.Verdict(lines=40, broken_at=None) == audit.verify(db)
        assert 40 == revision(db, "hours") == revision(db, "casework")


@pytest.mark.parametrize("change", ["details", "person_id", "object", "delete"])
def test_changed_or_missing_line_breaks_the_chain(workspace, database, change) -> None:
    for number in range(3):
        with workspace.transaction() as tx:
            tx.audit("test.written", f"thing:{number}", count=number)
    with database.writing() as db:
        second = db.scalars(sa.select(AuditEntry).order_by(AuditEntry.id)).all()[1]
        values = {"details": '{"count":9}', "person_id": 999, "object": "thing:9"}
        if change == "delete":
            db.delete(second)
        else:
            setattr(second, change, values[change])
    with database.reading() as db:
        assert audit.verify(db).broken_at is not None


@pytest.mark.parametrize("value", ["Anna Petrova", "Анна", "two words", "x" * 100])
def test_audit_refuses_texts(workspace, value) -> None:
    with pytest.raises(TypeError), workspace.transaction() as tx:
        tx.audit("person.edited", "person:1", name=value)


def test_instants_come_back_aware_and_equal(workspace, clock) -> None:
    with workspace.transaction() as tx:
        tx.audit("test.written", "thing:1")
    with workspace.reading() as tx:
        assert clock.now == audit.find_lines(tx.db)[0].at


def test_locked_database_is_one_sentence(tmp_path, monkeypatch) -> None:
    from core import database as module
    from core.database import Base, Database
    from core.errors import BusyError

    monkeypatch.setattr(module, "BUSY_TIMEOUT_SECONDS", 0.05)
    held = Database(f"sqlite:///{tmp_path / 'busy.db'}")
    Base.metadata.create_all(held.engine)
    with held.writing(), pytest.raises(BusyError), held.writing():
        pass

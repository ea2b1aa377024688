"""What the time of meetings is given when a filled database gets the ledger."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from core.migrate import migrate
from tests.filling import fill
from tests.migrated import empty_database

ENTRY = sa.text(
    "INSERT INTO time_entry (person_id, kind, minutes, worked_on, activity, source_type, "
    "source_id, status, is_private) VALUES (:person, :kind, :minutes, '2026-10-01', 'consulting', "
    "'consultation', :meeting, 'submitted', :private)"
)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_meetings_get_their_hour_their_shares_and_their_length(kind: str, tmp_path: Path) -> None:
    url = empty_database(kind, tmp_path, "meetings")
    migrate(url, to="0001")
    engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
    with engine.begin() as db:
        fill(db, rows=3)
        for table in ("time_entry_topic", "time_entry", "consultation_initiative"):
            db.execute(sa.text(f"DELETE FROM {table}"))
        meeting = db.execute(sa.text("SELECT min(id) FROM consultation")).scalar_one()
        person = db.execute(sa.text("SELECT min(id) FROM person")).scalar_one()
        cases = db.execute(sa.text("SELECT id FROM case_file ORDER BY id")).scalars().all()
        db.execute(sa.text("UPDATE consultation SET starts_at = '10:30:00'"))
        for case in cases:
            link = sa.text("INSERT INTO consultation_initiative VALUES (:meeting, :case)")
            db.execute(link, {"meeting": meeting, "case": case})
        for spent, minutes in (("contact", 100), ("travel", 30)):
            db.execute(
                ENTRY,
                {"person": person, "kind": spent, "minutes": minutes, "meeting": meeting,
                 "private": False},
            )  # fmt: skip

    migrate(url)

    with engine.begin() as db:
        times = db.execute(sa.text("SELECT starts_at FROM time_entry ORDER BY kind")).scalars()
        assert [time and str(time)[:5] for time in times] == ["10:30", None]
        shares = "SELECT minutes FROM time_entry_share ORDER BY time_entry_id, position"
        assert db.execute(sa.text(shares)).scalars().all() == [34, 33, 33, 10, 10, 10]
        event = "SELECT source_id, minutes, attended FROM held_event"
        assert [tuple(row) for row in db.execute(sa.text(event))] == [(meeting, 100, 3)]
    engine.dispose()

"""Links: used as often as allowed, never after their end."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from core import links
from tests.factories import NOW

HOUR = timedelta(hours=1)


def test_one_time_link_opens_once_even_when_ten_try_at_once(database) -> None:
    with database.writing() as db:
        token = links.create(db, "invitation", "person:7", now=NOW, lives=HOUR)

    def attempt(_number: int) -> int:
        try:
            with database.writing() as db:
                return links.use(db, "invitation", token, now=NOW).subject_id
        except links.LinkEndedError:
            return 0

    with ThreadPoolExecutor(5) as pool:
        assert [7] == [opened for opened in pool.map(attempt, range(10)) if opened]


@pytest.mark.parametrize("case", ["expired", "revoked", "other purpose", "unknown"])
def test_ended_link_opens_nothing(database, case) -> None:
    with database.writing() as db:
        token = links.create(db, "invitation", "person:7", now=NOW, lives=HOUR)
        if case == "revoked":
            assert 1 == links.revoke(db, "invitation", "person:7", now=NOW)
        purpose = "feed" if case == "other purpose" else "invitation"
        later = NOW + HOUR if case == "expired" else NOW
        with pytest.raises(links.LinkEndedError):
            links.look(db, purpose, "guess" if case == "unknown" else token, now=later)


def test_database_keeps_no_token(database) -> None:
    with database.writing() as db:
        token = links.create(db, "invitation", "person:7", now=NOW, lives=HOUR)
        rows = db.execute(sa.text("SELECT * FROM link")).all()
    assert token not in str(rows)

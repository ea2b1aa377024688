from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from core.errors import NotFoundError
from diagnostics import store
from diagnostics.domain.source import content_hash, read_instrument
from diagnostics.tables import InstrumentVersionRow
from tests.diagnostics.small import SURVEY, make_sheets

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def test_a_version_published_twice_stands_once(db, sheets):
    first, is_new = store.publish(db, sheets, NOW)
    again, is_newer = store.publish(db, sheets, NOW)
    assert (first, is_new, is_newer) == (again, True, False)
    assert db.scalar(sa.select(sa.func.count()).select_from(InstrumentVersionRow)) == 1


def test_a_version_is_read_back_as_it_was_published(db, sheets):
    version_id, _ = store.publish(db, sheets, NOW)
    store._parsed.pop(content_hash(sheets), None)
    assert store.load_instrument(db, version_id) == read_instrument(sheets)


def test_a_changed_source_becomes_the_current_version_and_the_old_one_stays(db, sheets):
    old, _ = store.publish(db, sheets, NOW)
    newer = make_sheets(SURVEY.replace("Who cares?", "Who looks after them?"))
    new, is_new = store.publish(db, newer, NOW)
    assert is_new
    assert store.load_current(db, "small") == new != old
    assert store.load_instrument(db, old).item("care").labels["en"] == "Who cares?"


def test_going_back_to_an_old_source_makes_no_third_version(db, sheets):
    old, _ = store.publish(db, sheets, NOW)
    store.publish(db, make_sheets(SURVEY.replace("Who cares?", "Who minds?")), NOW)
    assert store.publish(db, sheets, NOW) == (old, False)
    assert store.load_current(db, "small") == old
    assert store.list_current(db) == (old,)


def test_an_unknown_instrument_or_version_is_not_found(db):
    with pytest.raises(NotFoundError):
        store.load_current(db, "nobody")
    with pytest.raises(NotFoundError):
        store.load_instrument(db, 99)

"""Aggregates kept between reruns."""

from itertools import count

import pytest

from core import cache
from core.database import Database


def test_a_value_is_computed_once_for_a_key(database: Database) -> None:
    numbers = count()
    with database.reading() as db:
        seen = [cache.remembered(db, key, lambda: next(numbers)) for key in ("a", "b", "a")]
    assert seen == [0, 1, 0]


def test_a_writing_transaction_keeps_nothing(database: Database) -> None:
    numbers = count()
    with database.writing() as db:
        seen = [cache.remembered(db, "a", lambda: next(numbers)) for _ in range(2)]
    assert seen == [0, 1]


def test_two_databases_know_nothing_of_each_other(database: Database) -> None:
    other = Database(database.url.render_as_string(hide_password=False))
    with database.reading() as one, other.reading() as two:
        assert cache.remembered(one, "a", lambda: 1) == 1
        assert cache.remembered(two, "a", lambda: 2) == 2
    other.dispose()


def test_the_switch_computes_every_time(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = count()
    monkeypatch.setenv(cache.SWITCH, "off")
    with database.reading() as db:
        seen = [cache.remembered(db, "a", lambda: next(numbers)) for _ in range(2)]
    assert seen == [0, 1]


def test_what_was_not_asked_for_lately_falls_off(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "KEPT", 2)
    numbers = count()
    with database.reading() as db:
        seen = [cache.remembered(db, key, lambda: next(numbers)) for key in "abacbab"]
    assert seen == [0, 1, 0, 2, 3, 4, 3]


def test_a_database_that_begins_anew_is_forgotten(database: Database) -> None:
    with database.reading() as db:
        cache.remembered(db, "a", lambda: 1)
    cache.forget(database.engine)
    with database.reading() as db:
        assert cache.remembered(db, "a", lambda: 2) == 2


def test_a_shelf_keeps_the_last_used_values_of_each_database_apart(database: Database) -> None:
    shelf = cache.Shelf[str, int](2)
    other = Database(database.url.render_as_string(hide_password=False))
    for number, key in enumerate("ab"):
        assert shelf.keep(database.engine, key, number) == number
    assert shelf.find(database.engine, "a") == 0
    shelf.keep(database.engine, "c", 2)
    assert [shelf.find(database.engine, key) for key in "abc"] == [0, None, 2]
    assert shelf.find(other.engine, "a") is None
    cache.forget(database.engine)
    assert shelf.find(database.engine, "a") is None
    other.dispose()


def test_the_switch_finds_nothing_on_a_shelf(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = cache.Shelf[str, int](2)
    shelf.keep(database.engine, "a", 1)
    monkeypatch.setenv(cache.SWITCH, "off")
    assert shelf.find(database.engine, "a") is None

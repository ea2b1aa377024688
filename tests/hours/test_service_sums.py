"""The sums of days beside the entries: kept by every write, proved and made anew by a command."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from core.audit import find_lines
from core.database import Database
from core.permissions import Role
from core.workspace import Workspace
from hours import store
from hours.__main__ import main
from hours.domain.entries import Activity, EntryStatus, TimeKind, TimeSource
from hours.domain.figures import HoursQuery
from hours.domain.sums import Difference, SumKey, differences
from hours.service import check_summaries, figure, rebuild_summaries, replace_time
from hours.store import sums
from hours.store.sums import touch_days
from hours.tables import DaySum
from tests.conftest import SettableClock
from tests.hours.centre import Q4, TODAY, TOPICS, line, queries, record, sources

Workspaces = Callable[..., Workspace]
KEY = SumKey(
    TODAY, Activity.CONSULTING, TimeKind.CONTACT, EntryStatus.SUBMITTED, False, 0, "budget"
)


@pytest.fixture
def administrator(workspaces: Workspaces) -> Workspace:
    return workspaces(Role.ADMINISTRATOR, Role.MANAGER, Role.CONSULTANT)


def me(workspace: Workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_figure_from_the_sums_is_the_figure_from_the_entries(
    administrator: Workspace, data: st.DataObject
) -> None:
    reader = me(administrator)
    drawn = data.draw(sources(people=1))
    with administrator.transaction() as tx:
        for number in range(6):
            lines = drawn[number] if number < len(drawn) else []
            mine = [line(reader, each.minutes, kind=each.kind, worked_on=each.worked_on,
                         activity=each.activity, topics=each.topics, is_private=each.is_private)
                    for each in lines]  # fmt: skip
            replace_time(tx, ("consultation", number), mine)
    assert check_summaries(administrator) == ()
    query = data.draw(queries([]))
    for who in (0, reader):
        with administrator.reading() as tx:
            from_sums = store.read_figure(tx.db, query, reader_id=who)
        with administrator.transaction() as tx:
            touch_days(tx.db, [TODAY])  # who has written reads the entries
            assert store.read_figure(tx.db, query, reader_id=who) == from_sums


def test_a_transaction_that_has_written_sees_what_it_wrote(administrator: Workspace) -> None:
    with administrator.transaction() as tx:
        replace_time(tx, ("consultation", 1), [line(tx.actor.person_id, 60)])
        assert store.read_figure(tx.db, HoursQuery(Q4), reader_id=0).minutes == 60


def test_a_savepoint_that_is_taken_back_leaves_the_sums_right(administrator: Workspace) -> None:
    record(administrator, 1, line(me(administrator), 30))
    with administrator.transaction() as tx:
        replace_time(tx, ("consultation", 1), [line(tx.actor.person_id, 40)])
        with pytest.raises(RuntimeError), tx.db.begin_nested():
            replace_time(tx, ("consultation", 2), [line(tx.actor.person_id, 50)])
            raise RuntimeError
        with tx.db.begin_nested():
            replace_time(tx, ("consultation", 3), [line(tx.actor.person_id, 5)])
    assert check_summaries(administrator) == ()
    assert figure(administrator, HoursQuery(Q4)).minutes == 45


def test_private_time_stands_in_no_sum(administrator: Workspace) -> None:
    who = me(administrator)
    record(administrator, 1, line(who, 60, is_private=True), line(who, 5, kind=TimeKind.TRAVEL))
    with administrator.reading() as tx:
        kept = tx.db.execute(sa.select(DaySum.kind, DaySum.minutes)).all()
    assert [tuple(row) for row in kept] == [(TimeKind.TRAVEL, 5)]
    record(administrator, 1, line(who, 60), line(who, 5, kind=TimeKind.TRAVEL))
    assert check_summaries(administrator) == ()


def test_two_writers_of_one_day_lose_nothing(workspaces: Workspaces) -> None:
    people = [workspaces(Role.CONSULTANT) for _ in range(2)]

    def write(who: int) -> None:
        for number in range(8):
            record(people[who], 10 * who + number, line(me(people[who]), 1 + number))

    with ThreadPoolExecutor(2) as both:
        list(both.map(write, range(2)))
    checked = workspaces(Role.ADMINISTRATOR, Role.MANAGER)
    assert check_summaries(checked) == ()
    assert figure(checked, HoursQuery(Q4)).minutes == 2 * 36


def until_somebody_waits(database: Database) -> None:
    waiting = sa.text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    for _ in range(500):
        with database.reading() as db:
            if db.scalar(waiting):
                return
        time.sleep(0.01)
    raise AssertionError("the second writer waits for nobody")


def test_days_are_added_up_by_one_transaction_after_another(
    workspaces: Workspaces, database: Database, clock: SettableClock
) -> None:
    if database.is_sqlite:  # there the second writer waits for the first from its beginning
        return
    people = [me(workspaces(Role.CONSULTANT)) for _ in range(2)]

    def write(db: Session, who: int) -> None:
        written = store.Written(EntryStatus.SUBMITTED, people[who], clock.now)
        store.add_lines(db, TimeSource("consultation", who), [line(people[who], 30)], written)

    def second() -> None:
        with database.writing() as db:
            write(db, 1)

    with ThreadPoolExecutor(1) as beside, database.writing() as db:
        write(db, 0)
        sums._settle(db)
        waits = beside.submit(second)  # of the same day and topic: a sum that is not there yet
        until_somebody_waits(database)
        db.commit()
        waits.result(20)
    assert check_summaries(workspaces(Role.ADMINISTRATOR)) == ()


def spoil(database: Database) -> None:
    """Change one sum, take one away, and add one that nothing stands behind."""
    with database.writing() as db:
        db.execute(sa.update(DaySum).where(DaySum.topic == "budget").values(minutes=59))
        db.execute(sa.delete(DaySum).where(DaySum.topic == "legal"))
        stray = KEY._replace(worked_on=TODAY - timedelta(1), topic="roadmap")
        db.execute(sa.insert(DaySum).values(**stray._asdict(), minutes=7))


def test_each_difference_is_named_and_mended(administrator: Workspace, database: Database) -> None:
    record(administrator, 1, line(me(administrator), 60))
    record(administrator, 2, line(me(administrator), 20, topics=("legal",)))
    spoil(database)
    found = check_summaries(administrator)
    assert found == (
        Difference(KEY._replace(worked_on=TODAY - timedelta(1), topic="roadmap"), 7, 0),
        Difference(KEY, 59, 60),
        Difference(KEY._replace(topic="legal"), 0, 20),
    )
    assert rebuild_summaries(administrator) == (found, 2)
    assert check_summaries(administrator) == ()
    with database.reading() as db:
        (told,) = find_lines(db, text="hours.sums_rebuilt")
    assert dict(told.details) == {"differences": 3, "sums": 2}


def test_the_command_ends_with_1_until_the_sums_are_made_anew(
    administrator: Workspace,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
    record(administrator, 1, line(me(administrator), 60))
    record(administrator, 2, line(me(administrator), 20, topics=("legal",)))
    assert main(["check-summaries"]) == 0
    assert capsys.readouterr().out == "Каждая сумма сходится со своими записями.\n"
    spoil(database)
    assert main(["check-summaries"]) == 1
    assert capsys.readouterr().out == "3 суммы расходятся со своими записями.\n"
    assert main(["--language", "en", "check-summaries"]) == 1
    told = capsys.readouterr()
    assert told.out == "3 sums differ from their entries.\n"
    assert told.err.splitlines()[1] == (
        "worked_on 2026-11-23, activity consulting, kind contact, status submitted, "
        "is_outside False, agreement_id 0, topic budget: kept 59 min, counted 60 min"
    )
    assert main(["rebuild-summaries"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Сумм посчитано заново: 2; расходились: 3."
    assert main(["check-summaries"]) == 0


@given(st.dictionaries(st.sampled_from(TOPICS), st.integers(1, 9)), st.sampled_from(TOPICS))
def test_equal_sums_differ_nowhere_and_one_changed_minute_is_found(
    minutes: dict[str, int], topic: str
) -> None:
    kept = {KEY._replace(topic=each): spent for each, spent in minutes.items()}
    assert differences(kept, dict(kept)) == ()
    changed = KEY._replace(topic=topic)
    counted = kept | {changed: kept.get(changed, 0) + 1}
    assert differences(kept, counted) == (
        Difference(changed, kept.get(changed, 0), counted[changed]),
    )


def test_the_command_tells_of_a_database_that_is_not_migrated(
    tmp_path, monkeypatch, capsys
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    for command in ("check-summaries", "rebuild-summaries"):
        assert main([command]) == 1
        told = "База данных ещё не приведена к этой версии программы.\n"
        assert capsys.readouterr().err == told

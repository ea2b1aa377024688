"""The edges of days, months and quarters in Perm, whose clocks were changed by law."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.permissions import Role
from core.workspace import Workspace
from hours import store
from hours.domain.entries import (
    EntryStatus,
    FutureTimeError,
    OverlapError,
    TimeKind,
    TimeSource,
)
from hours.domain.figures import HoursQuery
from hours.domain.periods import Period, Quarter, month_of
from hours.domain.policy import HoursPolicy
from hours.domain.work import WorkDraft
from hours.service import figure, figure_in, record_work, set_policy, submit_month
from tests.conftest import SettableClock
from tests.hours.centre import line, record

Workspaces = Callable[..., Workspace]
PERM = ZoneInfo("Asia/Yekaterinburg")
# Instants just before and at a local midnight. Perm kept UTC+5 with summer time until 2011,
# then UTC+6 all year until 26 October 2014, and UTC+5 since.
MIDNIGHTS = {
    "winter of 2010": (datetime(2010, 12, 31, 19, 0, tzinfo=UTC), date(2011, 1, 1)),
    "summer time of 2010": (datetime(2010, 9, 30, 18, 0, tzinfo=UTC), date(2010, 10, 1)),
    "the last change of 2011": (datetime(2011, 3, 31, 18, 0, tzinfo=UTC), date(2011, 4, 1)),
    "always summer, 2014": (datetime(2014, 9, 30, 18, 0, tzinfo=UTC), date(2014, 10, 1)),
    "always winter, 2014": (datetime(2014, 12, 31, 19, 0, tzinfo=UTC), date(2015, 1, 1)),
    "now": (datetime(2026, 9, 30, 19, 0, tzinfo=UTC), date(2026, 10, 1)),
}


@pytest.fixture
def consultant(workspaces: Workspaces) -> Workspace:
    return workspaces(Role.CONSULTANT, Role.MANAGER)


def id_of(workspace: Workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.mark.parametrize("name", MIDNIGHTS)
def test_a_quarter_begins_at_midnight_by_the_clocks_of_its_time(
    consultant: Workspace, clock: SettableClock, name: str
) -> None:
    midnight, first = MIDNIGHTS[name]
    me = id_of(consultant)
    clock.now = midnight - timedelta(seconds=1)
    with pytest.raises(FutureTimeError):
        record(consultant, 1, line(me, 60, worked_on=first))
    record(consultant, 1, line(me, 30, worked_on=first - timedelta(days=1)))
    clock.now = midnight
    record(consultant, 2, line(me, 60, worked_on=first))
    quarter = Quarter.of(first)
    parts = [quarter.previous.period, quarter.period]
    assert [figure(consultant, HoursQuery(part)).minutes for part in parts] == [30, 60]
    both = Period(parts[0].starts_on, parts[1].ends_before)
    assert figure(consultant, HoursQuery(both)).minutes == 90


def test_an_hour_that_came_twice_is_one_day_of_work(
    consultant: Workspace, clock: SettableClock
) -> None:
    """On 26 October 2014 the clocks of Perm went from 2:00 back to 1:00: the day had 25 hours."""
    day, me = date(2014, 10, 26), id_of(consultant)
    clock.now = datetime(2014, 10, 27, 6, 0, tzinfo=UTC)
    begins, ends = (datetime.combine(day + timedelta(days=n), time(), PERM) for n in (0, 1))
    assert ends.astimezone(UTC) - begins.astimezone(UTC) == timedelta(hours=25)
    record(consultant, 1, line(me, 960, worked_on=day, starts_at=time(0, 30)))
    assert figure(consultant, HoursQuery(month_of(day))).by_day == ((day, 960),)


def test_a_meeting_over_midnight_counts_on_its_first_day_and_is_in_the_way_on_both(
    consultant: Workspace, clock: SettableClock
) -> None:
    me, last, first = id_of(consultant), date(2026, 9, 30), date(2026, 10, 1)
    record(consultant, 1, line(me, 120, worked_on=last, starts_at=time(23)))
    quarters = [figure(consultant, HoursQuery(Quarter(2026, n).period)).minutes for n in (3, 4)]
    assert quarters == [120, 0]
    for day, at in ((last, time(22, 30)), (first, time(0, 30))):
        with pytest.raises(OverlapError):
            record(consultant, 2, line(me, 60, worked_on=day, starts_at=at))
    record(consultant, 2, line(me, 60, worked_on=first, starts_at=time(1)))


def test_a_draft_of_a_closed_month_stays_a_draft_and_blocks_no_other(
    consultant: Workspace, clock: SettableClock
) -> None:
    clock.now = datetime(2026, 11, 10, 18, 59, tzinfo=UTC)
    set_policy(consultant, policy=HoursPolicy(10, "2026-10-01"))
    record_work(consultant, draft=WorkDraft(date(2026, 10, 31), 30, TimeKind.FOLLOW_UP))
    record_work(consultant, draft=WorkDraft(date(2026, 11, 1), 40, TimeKind.FOLLOW_UP))
    clock.now += timedelta(minutes=1)  # the tenth of November is over in Perm
    assert submit_month(consultant, "2026-11") == 1
    with pytest.raises(Exception, match="locked_time"):
        submit_month(consultant, "2026-10")


def test_every_day_month_and_quarter_adds_up_across_the_change_of_2014(
    consultant: Workspace, clock: SettableClock
) -> None:
    """The clocks went back on 26 October. Each day has minutes of its own, written at once."""
    clock.now = datetime(2015, 1, 20, 6, 0, tzinfo=UTC)
    whole = Period(date(2014, 9, 20), date(2014, 11, 11))
    spent = {day: number for number, day in enumerate(whole.dates(), 1)}
    with consultant.transaction() as tx:
        me = tx.actor.person_id
        written = store.Written(EntryStatus.SUBMITTED, me, tx.now)
        for day, minutes in spent.items():
            place = TimeSource("consultation", minutes)
            store.add_lines(tx.db, place, [line(me, minutes, worked_on=day)], written)
    days = [Period(day, day + timedelta(days=1)) for day in spent]
    months = [whole.common(month_of(date(2014, month, 1))) for month in (9, 10, 11)]
    quarters = [whole.common(Quarter(2014, number).period) for number in (3, 4)]
    with consultant.reading() as tx:
        assert figure_in(tx, HoursQuery(whole)).by_day == tuple(spent.items())
        for parts in (days, months, quarters):
            found = [figure_in(tx, HoursQuery(part)).minutes for part in parts]
            assert found == [sum(spent[day] for day in part.dates()) for part in parts]

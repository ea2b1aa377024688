"""From a draft to a locked day, on both databases."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts import store as accounts
from core.database import Database
from core.errors import ForbiddenError, RequiredError, StaleError
from core.permissions import Role
from core.workspace import Workspace
from hours.domain.entries import (
    ApprovedTimeError,
    EntryStatus,
    LeftPersonError,
    LockedTimeError,
    LongDayError,
    OverlapError,
    TimeKind,
)
from hours.domain.figures import HoursQuery
from hours.domain.policy import HoursPolicy
from hours.domain.states import (
    DayOpenError,
    EntryMoveError,
    NothingToApproveError,
    OpenEntriesError,
    OwnHoursError,
)
from hours.domain.work import WorkDraft
from hours.service import (
    approve_month,
    edit_work,
    figure,
    lock_month,
    minutes_of,
    override_day,
    overrides_in,
    record_work,
    remove_work,
    restore_work,
    return_entry,
    set_policy,
    state_of,
    submit_month,
    view_month,
    view_own_hours,
    view_person_month,
    withdraw_approval,
)
from tests.conftest import SettableClock
from tests.factories import make_person
from tests.hours.centre import Q4, TODAY, line, record

Workspaces = Callable[..., Workspace]
MONTH = "2026-11"
FRIDAY = date(2026, 11, 20)


@pytest.fixture
def manager(workspaces: Workspaces) -> Workspace:
    return workspaces(Role.MANAGER, Role.CONSULTANT)


@pytest.fixture
def ivan(workspaces: Workspaces) -> Workspace:
    return workspaces(Role.CONSULTANT, name="Ivan")


def id_of(workspace: Workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


def state(workspace: Workspace, number: int = 1) -> EntryStatus | None:
    with workspace.reading() as tx:
        return state_of(tx, ("consultation", number))


def last_id(manager: Workspace, person_id: int) -> int:
    return view_person_month(manager, person_id, MONTH).seen.last_id


def approve(manager: Workspace, person_id: int) -> int:
    seen = view_person_month(manager, person_id, MONTH).seen
    return approve_month(manager, person_id=person_id, month=MONTH, seen=seen)


def test_an_approval_is_taken_back_as_a_whole_until_something_is_locked(
    manager: Workspace, ivan: Workspace, workspaces: Workspaces
) -> None:
    me, which = id_of(ivan), {"person_id": id_of(ivan), "month": MONTH}
    record(ivan, 1, line(me, 60, worked_on=FRIDAY))
    first = last_id(manager, me)
    assert approve(manager, me) == 1
    record(ivan, 2, line(me, 30, worked_on=FRIDAY))
    second = last_id(manager, me)
    other = workspaces(Role.MANAGER)
    assert approve(other, me) == 1

    with pytest.raises(StaleError):  # one of the two is another's word
        withdraw_approval(manager, **which, entries=2, last_id=second)
    with pytest.raises(StaleError):
        withdraw_approval(manager, **which, entries=1, last_id=second)  # another approval's
    withdraw_approval(manager, **which, entries=1, last_id=first)
    assert [state(ivan, number) for number in (1, 2)] == [
        EntryStatus.SUBMITTED,
        EntryStatus.APPROVED,
    ]
    record(ivan, 1, line(me, 61, worked_on=FRIDAY))

    assert approve(manager, me) == 1
    lock_month(manager, person_ids=[me], month=MONTH)
    with pytest.raises(StaleError):
        withdraw_approval(manager, **which, entries=1, last_id=first)
    assert state(ivan) is EntryStatus.LOCKED


def test_the_undo_of_an_earlier_approval_never_takes_back_a_later_one(
    manager: Workspace, ivan: Workspace, clock: SettableClock
) -> None:
    me = id_of(ivan)
    record(ivan, 1, line(me, 60, worked_on=FRIDAY))
    which = {"person_id": me, "month": MONTH, "entries": 1, "last_id": last_id(manager, me)}
    approve(manager, me)
    clock.now += timedelta(minutes=1)
    record(ivan, 2, line(me, 30, worked_on=FRIDAY))
    approve(manager, me)
    with pytest.raises(StaleError):
        withdraw_approval(manager, **which)
    assert [state(ivan, number) for number in (1, 2)] == [EntryStatus.APPROVED] * 2


def test_nobody_takes_back_the_approval_of_their_own_hours(manager: Workspace) -> None:
    with pytest.raises(OwnHoursError):
        withdraw_approval(manager, person_id=id_of(manager), month=MONTH, entries=1, last_id=1)


def test_time_goes_from_submitted_to_locked_and_opens_only_by_an_override(
    manager: Workspace, ivan: Workspace
) -> None:
    me = id_of(ivan)
    record(ivan, 1, line(me, 60, worked_on=FRIDAY))
    assert state(ivan) is EntryStatus.SUBMITTED
    assert approve(manager, me) == 1
    assert state(ivan) is EntryStatus.APPROVED
    with pytest.raises(ApprovedTimeError):
        record(ivan, 1, line(me, 61, worked_on=FRIDAY))
    assert lock_month(manager, person_ids=[me], month=MONTH) == 23
    assert state(ivan) is EntryStatus.LOCKED
    for number, minutes in ((1, 61), (2, 5)):
        with pytest.raises(LockedTimeError):
            record(ivan, number, line(me, minutes, worked_on=FRIDAY))
    override_day(manager, person_id=me, day=FRIDAY, reason=" a forgotten meeting ")
    assert state(ivan) is EntryStatus.SUBMITTED
    record(ivan, 1, line(me, 61, worked_on=FRIDAY))
    with pytest.raises(LockedTimeError):  # one opened day opens no other
        record(ivan, 2, line(me, 5, worked_on=TODAY))
    approve(manager, me)
    assert lock_month(manager, person_ids=[me], month=MONTH) == 1
    assert figure(manager, HoursQuery(Q4)).approved == 61
    (override,) = view_month(manager, MONTH).overrides
    assert (override.reason, override.is_open, override.day) == (
        "a forgotten meeting", False, FRIDAY,
    )  # fmt: skip


def test_a_locked_day_blocks_no_other_day_and_no_other_person(
    manager: Workspace, ivan: Workspace, workspaces: Workspaces
) -> None:
    me, other = id_of(ivan), id_of(workspaces(Role.CONSULTANT))
    lock_month(manager, person_ids=[me], month="2026-10")
    record(ivan, 1, line(me, 60, worked_on=date(2026, 11, 2)))
    record(ivan, 2, line(other, 60, worked_on=date(2026, 10, 30)))
    with pytest.raises(LockedTimeError):  # nor may time be moved out of or into it
        record(ivan, 1, line(me, 60, worked_on=date(2026, 10, 30)))
    assert figure(manager, HoursQuery(Q4)).minutes == 120


def test_a_returned_entry_is_a_draft_with_its_comment_until_it_is_handed_in_again(
    manager: Workspace, ivan: Workspace
) -> None:
    me = id_of(ivan)
    record(ivan, 1, line(me, 60), line(me, 30, kind=TimeKind.TRAVEL))
    approve(manager, me)
    entry = next(e for e in view_person_month(manager, me, MONTH).entries if e.minutes == 30)
    return_entry(manager, entry_id=entry.id, version=entry.version, comment="By tram?")
    own = view_own_hours(ivan)
    assert [(each.minutes, each.comment) for each in own.returned] == [(30, "By tram?")]
    assert (own.figure.minutes, own.figure.approved) == (60, 60)
    record(ivan, 1, line(me, 60), line(me, 20, kind=TimeKind.TRAVEL))
    assert view_own_hours(ivan).figure.by_status == (
        (EntryStatus.SUBMITTED, 20), (EntryStatus.APPROVED, 60),
    )  # fmt: skip
    with pytest.raises(ApprovedTimeError):
        record(ivan, 1, line(me, 59), line(me, 20, kind=TimeKind.TRAVEL))
    with pytest.raises(StaleError):
        return_entry(manager, entry_id=entry.id, version=entry.version, comment="Again")


def test_nothing_is_approved_unseen(manager: Workspace, ivan: Workspace) -> None:
    me = id_of(ivan)
    record(ivan, 1, line(me, 60))
    seen = view_person_month(manager, me, MONTH).seen
    record(ivan, 1, line(me, 90))
    with pytest.raises(StaleError):
        approve_month(manager, person_id=me, month=MONTH, seen=seen)
    assert approve(manager, me) == 1
    with pytest.raises(NothingToApproveError):
        approve(manager, me)


def test_nobody_approves_locks_or_opens_their_own_time_without_the_right(
    manager: Workspace, ivan: Workspace, workspaces: Workspaces
) -> None:
    me = id_of(manager)
    record(manager, 1, line(me, 60))
    seen = view_person_month(manager, me, MONTH).seen
    both = workspaces(Role.MANAGER, Role.ADMINISTRATOR, person_id=me)
    for act in (
        lambda who: approve_month(who, person_id=me, month=MONTH, seen=seen),
        lambda who: lock_month(who, person_ids=[me], month=MONTH),
        lambda who: override_day(who, person_id=me, day=TODAY, reason="x"),
    ):
        with pytest.raises(OwnHoursError):
            act(manager)
        with pytest.raises(ForbiddenError):
            act(ivan)
        act(both)


def test_what_is_not_approved_cannot_be_locked_and_what_is_open_not_overridden(
    manager: Workspace, ivan: Workspace
) -> None:
    me = id_of(ivan)
    record(ivan, 1, line(me, 60))
    with pytest.raises(OpenEntriesError) as refused:
        lock_month(manager, person_ids=[me], month=MONTH)
    assert refused.value.details == {"person": "Ivan", "count": 1}
    with pytest.raises(DayOpenError):
        override_day(manager, person_id=me, day=TODAY, reason="x")
    approve(manager, me)
    lock_month(manager, person_ids=[me], month=MONTH)
    with pytest.raises(RequiredError):
        override_day(manager, person_id=me, day=TODAY, reason="  ")
    entry = view_person_month(manager, me, MONTH).entries[0]
    with pytest.raises(EntryMoveError):
        return_entry(manager, entry_id=entry.id, version=entry.version, comment="x")


def test_a_month_closes_by_itself_when_its_grace_is_over(
    manager: Workspace, ivan: Workspace, clock: SettableClock
) -> None:
    me = id_of(ivan)
    set_policy(manager, policy=HoursPolicy(grace_days=10, closes_since="2026-10-01"))
    with pytest.raises(LockedTimeError):
        record(ivan, 1, line(me, 60, worked_on=date(2026, 10, 31)))
    record(ivan, 1, line(me, 60, worked_on=date(2026, 9, 30)))  # before the rule
    record(ivan, 2, line(me, 60))
    clock.now = datetime(2026, 12, 10, 18, 59, tzinfo=UTC)  # 23:59 of the tenth day in Perm
    record(ivan, 2, line(me, 50))
    clock.now = datetime(2026, 12, 10, 19, 0, tzinfo=UTC)
    with pytest.raises(LockedTimeError):
        record(ivan, 2, line(me, 40))
    override_day(manager, person_id=me, day=TODAY, reason="was ill")
    record(ivan, 2, line(me, 40))
    assert view_own_hours(ivan, MONTH).overrides[0].reason == "was ill"


def test_reasons_of_overrides_are_for_the_owner_and_for_managers(
    manager: Workspace, ivan: Workspace, workspaces: Workspaces
) -> None:
    me = id_of(ivan)
    lock_month(manager, person_ids=[me], month=MONTH)
    override_day(manager, person_id=me, day=TODAY, reason="was ill")
    for who, reason in ((manager, "was ill"), (ivan, "was ill"), (workspaces(Role.CONSULTANT), "")):
        with who.reading() as tx:
            assert [each.reason for each in overrides_in(tx, Q4)] == [reason]


def test_own_work_is_a_draft_until_the_month_is_handed_in(ivan: Workspace) -> None:
    draft = WorkDraft(TODAY, 45, TimeKind.ADMINISTRATION, note="quarterly  report")
    work = record_work(ivan, draft=draft, token="t")
    assert record_work(ivan, draft=draft, token="t") == work
    view = view_own_hours(ivan)
    assert (view.figure.minutes, view.drafts, view.notes) == (0, 1, {work: "quarterly report"})
    edit_work(ivan, work_id=work, version=1, draft=replace(draft, kind=TimeKind.FOLLOW_UP))
    with pytest.raises(StaleError):
        edit_work(ivan, work_id=work, version=1, draft=draft)
    assert submit_month(ivan) == 1
    assert view_own_hours(ivan).figure.minutes == 45
    before = remove_work(ivan, work_id=work)
    assert view_own_hours(ivan).entries == ()
    restore_work(ivan, work_id=work, before=before)
    with ivan.reading() as tx:
        (found,) = minutes_of(tx, ("work", work))
    assert (found.minutes, found.kind) == (45, TimeKind.FOLLOW_UP)


def test_own_work_meets_the_same_checks_as_a_consultation(
    ivan: Workspace, manager: Workspace, database: Database, workspaces: Workspaces
) -> None:
    me = id_of(ivan)
    at = datetime(2026, 11, 22, 23, 30, tzinfo=UTC).time()
    record(ivan, 1, line(me, 60, worked_on=date(2026, 11, 22), starts_at=at))  # over midnight
    clash = WorkDraft(TODAY, 30, starts_at=datetime(2026, 11, 23, 0, 29, tzinfo=UTC).time())
    with pytest.raises(OverlapError) as refused:
        record_work(ivan, draft=clash)
    assert (refused.value.details["since"], refused.value.details["until"]) == ("23:30", "00:30")
    record_work(ivan, draft=replace(clash, starts_at=at.replace(hour=0)))
    with pytest.raises(LongDayError):
        record_work(ivan, draft=WorkDraft(TODAY, 931))
    with database.writing() as db:
        left = make_person(db, name="Left", roles=[Role.CONSULTANT])
        accounts.set_active(db, left, active=False)
    with pytest.raises(LeftPersonError):
        record(ivan, 3, line(left, 5))


def test_private_work_is_approved_by_its_time_alone(manager: Workspace, ivan: Workspace) -> None:
    me = id_of(ivan)
    record(ivan, 1, line(me, 60, topics=("psychologist",), is_private=True))
    (entry,) = view_person_month(manager, me, MONTH).entries
    assert (entry.minutes, entry.kind, entry.topics, entry.source) == (60, None, (), None)
    approve(manager, me)
    record(ivan, 1, line(me, 60, topics=("psychologist",)))  # who may see it is no change of time
    assert state(ivan) is EntryStatus.APPROVED


def test_nothing_slips_into_a_month_while_it_is_locked(
    manager: Workspace, workspaces: Workspaces
) -> None:
    people = [id_of(workspaces(Role.CONSULTANT)) for _ in range(2)]
    doors = [workspaces(Role.CONSULTANT, person_id=person) for person in people]
    boss = workspaces(Role.MANAGER)

    def work(door: Workspace, person: int, first: int) -> None:
        for number in range(first, first + 12):
            with suppress(LockedTimeError):
                record(door, number, line(person, 7, worked_on=FRIDAY))

    def settle() -> None:
        for _ in range(6):
            for person in people:
                with suppress(NothingToApproveError, StaleError):
                    approve(boss, person)
                with suppress(OpenEntriesError):
                    lock_month(boss, person_ids=[person], month=MONTH)

    threads = [
        threading.Thread(target=work, args=(door, person, 100 * person))
        for door, person in zip(doors, people, strict=True)
    ]
    threads.append(threading.Thread(target=settle))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for person in people:
        view = view_person_month(manager, person, MONTH)
        if FRIDAY in view.locked:
            assert {entry.status for entry in view.entries} <= {EntryStatus.LOCKED}

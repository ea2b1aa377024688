"""What a consultation hands to hours: shares of its cases, its length, those who came."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from casework.domain.consultation import Draft, Topic, Work
from casework.domain.note import SettledNoteError
from casework.service import (
    edit_consultation,
    record_consultation,
    remove_consultation,
    restore_consultation,
    view_consultation,
)
from core.database import Database
from core.permissions import Role
from core.workspace import Workspace
from hours.domain.entries import ApprovedTimeError, EntryStatus
from hours.domain.states import OwnHoursError
from hours.service import (
    Event,
    approve_month,
    event_of,
    minutes_by_subject,
    state_of,
    view_person_month,
)
from tests.factories import make_case

TODAY = date(2026, 11, 23)


@pytest.fixture
def me(workspace: Workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


def test_a_group_of_three_initiatives_counts_once_in_each_measure(
    workspace: Workspace, database: Database, me: int
) -> None:
    with database.writing() as db:
        cases = [make_case(db, me) for _ in range(3)]
    draft = Draft(TODAY, frozenset({Topic.BUDGET}), (Work(me, 100, 10),), cases=frozenset(cases))
    meeting = record_consultation(workspace, draft=draft)
    with workspace.reading() as tx:
        shares = minutes_by_subject(tx, "case", cases)
        assert event_of(tx, ("consultation", meeting)) == Event(TODAY, 100, 3)
    assert shares == dict(zip(cases, (34 + 4, 33 + 3, 33 + 3), strict=True))
    assert view_consultation(workspace, consultation_id=meeting).shares == shares
    works = remove_consultation(workspace, consultation_id=meeting)
    with workspace.reading() as tx:
        assert event_of(tx, ("consultation", meeting)) is None
        assert minutes_by_subject(tx, "case", cases) == {}
    restore_consultation(workspace, consultation_id=meeting, works=works)
    with workspace.reading() as tx:
        assert minutes_by_subject(tx, "case", cases) == shares


def test_an_approved_meeting_keeps_its_minutes_and_its_note(
    workspace: Workspace, workspaces: Callable[..., Workspace], me: int
) -> None:
    draft = Draft(TODAY, frozenset({Topic.BUDGET}), (Work(me, 60),), note="first")
    meeting = record_consultation(workspace, draft=draft)
    manager = workspaces(Role.MANAGER)
    seen = view_person_month(manager, me, "2026-11").seen
    with pytest.raises(OwnHoursError):
        own = workspaces(Role.MANAGER, person_id=me)
        approve_month(own, person_id=me, month="2026-11", seen=seen)
    approve_month(manager, person_id=me, month="2026-11", seen=seen)
    with workspace.reading() as tx:
        assert state_of(tx, ("consultation", meeting)) is EntryStatus.APPROVED
    longer = replace(draft, consultants=(Work(me, 90),))
    for refused in (
        lambda: edit_consultation(workspace, consultation_id=meeting, version=1, draft=longer),
        lambda: remove_consultation(workspace, consultation_id=meeting),
    ):
        with pytest.raises(ApprovedTimeError):
            refused()
    noted = replace(draft, note="second")
    with pytest.raises(SettledNoteError):
        edit_consultation(workspace, consultation_id=meeting, version=1, draft=noted)

"""A note whose time is approved is corrected below, never changed."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from casework.domain.consultation import Draft, Topic, Work
from casework.domain.note import OpenNoteError, SettledNoteError
from casework.service import (
    add_addendum,
    edit_consultation,
    open_note,
    record_consultation,
    view_consultation,
)
from core.audit import AuditEntry
from core.errors import ForbiddenError, RequiredError, TooLongError
from core.permissions import Role
from hours.service import EntryStatus
from hours.tables import TimeEntry
from tests import factories

TODAY = date(2026, 11, 23)
SECRET = "Секрет 7f3a"


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def draft(database, me) -> Draft:
    with database.writing() as db:
        case = factories.make_case(db, me)
    return Draft(
        TODAY,
        frozenset({Topic.BUDGET}),
        (Work(me, 60),),
        cases=frozenset({case}),
        note="Считали смету",
    )


def settle(database, status: EntryStatus = EntryStatus.APPROVED) -> None:
    with database.writing() as db:
        db.execute(sa.update(TimeEntry).values(status=status))


@pytest.mark.parametrize("status", [EntryStatus.APPROVED, EntryStatus.LOCKED])
def test_an_approved_note_is_corrected_below_and_stays(workspace, database, draft, status) -> None:
    meeting = record_consultation(workspace, draft=draft)
    settle(database, status)

    with pytest.raises(SettledNoteError):
        edit_consultation(
            workspace, consultation_id=meeting, version=1, draft=replace(draft, note="Иное")
        )
    add_addendum(workspace, consultation_id=meeting, text=" Сумма была 40 тысяч ", token="t")
    add_addendum(workspace, consultation_id=meeting, text=" Сумма была 40 тысяч ", token="t")

    view = view_consultation(workspace, consultation_id=meeting)
    assert (view.note, view.is_settled) == ("Считали смету", True)
    [one] = view.addenda
    assert (one.text, one.written_at) == ("Сумма была 40 тысяч", workspace.clock())


@pytest.mark.parametrize("status", [EntryStatus.DRAFT, EntryStatus.SUBMITTED])
def test_a_note_that_can_be_edited_needs_no_addendum(workspace, database, draft, status) -> None:
    meeting = record_consultation(workspace, draft=draft)
    settle(database, status)

    with pytest.raises(OpenNoteError):
        add_addendum(workspace, consultation_id=meeting, text="Поправка")
    edit_consultation(
        workspace, consultation_id=meeting, version=1, draft=replace(draft, note="Иное")
    )


def test_an_empty_or_endless_correction_is_refused(workspace, database, draft) -> None:
    meeting = record_consultation(workspace, draft=draft)
    settle(database)
    for text, error in ((" ", RequiredError), ("x" * 20_001, TooLongError)):
        with pytest.raises(error):
            add_addendum(workspace, consultation_id=meeting, text=text)
    assert view_consultation(workspace, consultation_id=meeting).addenda == ()


def test_a_correction_is_as_secret_as_its_note(workspace, workspaces, database, draft) -> None:
    private = replace(draft, topics=frozenset({Topic.PSYCHOLOGIST}))
    meeting = record_consultation(workspace, draft=private)
    settle(database)
    add_addendum(workspace, consultation_id=meeting, text=SECRET)

    for role in (Role.CONSULTANT, Role.MANAGER, Role.ADMINISTRATOR):
        other = workspaces(role)
        assert SECRET not in repr(view_consultation(other, consultation_id=meeting))
        with pytest.raises(ForbiddenError):
            add_addendum(other, consultation_id=meeting, text="Чужая поправка")
    assert view_consultation(workspace, consultation_id=meeting).addenda == ()
    open_note(workspace, consultation_id=meeting)
    assert len(view_consultation(workspace, consultation_id=meeting).addenda) == 1
    with database.reading() as db:
        assert SECRET not in repr(db.execute(sa.select(AuditEntry.details)).all())

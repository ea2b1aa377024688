"""The journal as its service gives it, on both databases."""

from collections.abc import Callable
from datetime import date, time

import pytest

from casework.domain.consultation import Draft, Topic, Work
from casework.service import Submission, record_consultation
from core.audit import find_lines
from core.database import Database
from core.errors import ForbiddenError, InvalidError, NotFoundError
from core.permissions import Role
from core.workspace import Workspace
from dashboards.service import export_journal, view_journal
from hours.domain.entries import Activity, TimeKind
from hours.service import (
    HoursQuery,
    WorkDraft,
    figure,
    month_of,
    record_work,
    submit_month,
    view_own_hours,
)
from tests.factories import make_case, make_initiative

Workspaces = Callable[..., Workspace]
DAY = date(2026, 11, 20)
NAME = "Красные носы"


@pytest.fixture
def anna(database: Database, workspaces: Workspaces) -> Workspace:
    """A consultant with an open meeting of 75 minutes, led by two, and a private one of 40."""
    here = workspaces(Role.CONSULTANT, name="Анна Ёлкина")
    other = workspaces(Role.CONSULTANT, name="Борис Седов")
    with here.reading() as tx:
        me = tx.actor.person_id
    with other.reading() as tx:
        boris = tx.actor.person_id
    with database.writing() as db:
        open_case = make_case(db, me, initiative_id=make_initiative(db, NAME, me))
        secret_case = make_case(db, me, initiative_id=make_initiative(db, "Planted", me))
    for draft in (
        Draft(DAY, frozenset({Topic.BUDGET, Topic.LEGAL}),
              (Work(me, contact=60, preparation=15), Work(boris, contact=60)),
              starts_at=time(10, 30), cases=frozenset({open_case})),
        Draft(DAY, frozenset({Topic.PSYCHOLOGIST}), (Work(me, contact=40),),
              starts_at=time(9), cases=frozenset({secret_case}), note="planted note"),
    ):  # fmt: skip
        record_consultation(here, draft=draft, sent=Submission(note_key="consultation:new"))
    return here


def person_of(workspace: Workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


def test_journal_holds_own_minutes_and_equals_the_figure_of_the_hours(anna: Workspace) -> None:
    journal = view_journal(anna).journal
    assert [(line.worked_on, line.starts_at, line.total) for line in journal.lines] == [
        (DAY, time(10, 30), 75),
    ]
    assert journal.private_minutes == 40
    assert journal.lines[0].initiatives == (NAME,)
    assert journal.lines[0].topics == ("budget", "legal")
    query = HoursQuery(month_of(DAY), Activity.CONSULTING, person_of(anna))
    assert journal.total == figure(anna, query).minutes == 115
    assert sum(line.minutes for line in journal.annex) == 115


def test_other_work_stands_in_its_own_section_and_in_every_total(anna: Workspace) -> None:
    report = WorkDraft(DAY, 40, TimeKind.ADMINISTRATION, Activity.OTHER, note="planted note")
    record_work(anna, draft=report)
    submit_month(anna, "2026-11")
    journal = view_journal(anna, code="2026-11").journal
    sections = {each: sum(line.total for line in lines) for each, lines in journal.sections}
    assert sections == {Activity.CONSULTING: 75, Activity.OTHER: 40}
    for activity, told in sections.items():
        query = HoursQuery(month_of(DAY), activity, person_of(anna))
        private = journal.private_minutes if activity is Activity.CONSULTING else 0
        assert figure(anna, query).minutes == told + private
    own = view_own_hours(anna, "2026-11").figure.minutes
    assert journal.total == sum(line.minutes for line in journal.annex) == own == 155
    assert "planted" not in repr(journal)


@pytest.mark.parametrize("reader", ["self", Role.MANAGER])
def test_nobody_reads_a_private_meeting_on_paper(
    anna: Workspace, workspaces: Workspaces, reader
) -> None:
    here = anna if reader == "self" else workspaces(reader)
    told = repr(view_journal(here, person_id=person_of(anna)).journal)
    for planted in ("Planted", "planted", "psychologist", "PSYCHOLOGIST"):
        assert planted not in told


def test_journal_is_open_to_oneself_and_to_managers(
    anna: Workspace, workspaces: Workspaces
) -> None:
    whose = person_of(anna)
    manager = workspaces(Role.MANAGER)
    journal = view_journal(manager, person_id=whose).journal
    query = HoursQuery(month_of(DAY), Activity.CONSULTING, whose)
    assert journal.total == figure(manager, query).minutes == 75
    assert not journal.is_whole
    for reader in (Role.CONSULTANT, Role.EXPERT, Role.ADMINISTRATOR):
        for act in (view_journal, export_journal):
            with pytest.raises(ForbiddenError):
                act(workspaces(reader), person_id=whose)


def test_managers_choose_among_consultants_and_consultants_have_no_choice(
    anna: Workspace, workspaces: Workspaces
) -> None:
    assert list(view_journal(anna).people.values()) == ["Анна Ёлкина"]
    people = view_journal(workspaces(Role.MANAGER), person_id=person_of(anna)).people
    assert list(people.values()) == ["Анна Ёлкина", "Борис Седов"]


def test_export_writes_counts_into_the_trail(database: Database, anna: Workspace) -> None:
    whose = person_of(anna)
    export_journal(anna, person_id=whose, code="2026-Q4")
    with database.reading() as db:
        (line,) = find_lines(db, text="journal.exported")
    assert line.subject == f"person:{whose}"
    assert dict(line.details) == {"rows": 1, "since": "2026-10-01", "until": "2027-01-01"}


def test_unknown_people_and_periods_are_refused(workspaces: Workspaces) -> None:
    manager = workspaces(Role.MANAGER)
    with pytest.raises(NotFoundError):
        view_journal(manager, person_id=4711)
    with pytest.raises(InvalidError):
        view_journal(manager, code="2026-13")

"""Looking at consultations: the list, one meeting, a person's day."""

from dataclasses import replace
from datetime import timedelta
from typing import TypeAlias

from accounts.service import person_names
from casework import store
from casework.domain.consultation import (
    Consultation,
    ConsultationStatus,
    Draft,
    Line,
    Search,
    starting_secrecy,
)
from casework.domain.note import Unsealing
from casework.domain.plain import draft_from
from casework.domain.views import ConsultationView, Day
from casework.service.attendance import attended_counts
from casework.service.case_views import case_lines, case_names
from casework.service.choices import own_cases
from casework.service.feedback import feedback_of
from casework.service.minutes import SOURCE, is_settled, shares_of, with_minutes, works_of
from casework.service.notes import may_open, read_note
from casework.service.overlaps import overlaps_in
from core.permissions import Guard, Permission, Secrecy, may, may_read_note, note_reach
from core.workspace import Transaction, Workspace

Listed: TypeAlias = tuple[tuple[Line, ...], dict[int, str], dict[int, str]]
"""Meetings, names of their cases, names of their consultants."""
_UNSEALED_SHOWN = timedelta(days=30)


def list_consultations(workspace: Workspace, search: Search) -> Listed:
    """List the meetings of a period, the latest first, with names of cases and of people.

    A private meeting closed to the actor tells its date and minutes. Where the question
    itself would tell more (a topic, a consultant, a case, a status), it is absent.
    """
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_CONSULTATION)
        return _listed(tx, search)


def export_consultations(workspace: Workspace, search: Search) -> Listed:
    """Give the list of meetings to be taken away as a file, and note that it was."""
    with workspace.transaction() as tx:
        workspace.require(Permission.VIEW_CONSULTATION)
        workspace.require(Permission.EXPORT)
        found = _listed(tx, search)
        tx.audit(
            "consultation.exported",
            "consultations",
            rows=len(found[0]),
            since=search.since,
            until=search.until,
        )
    return found


def view_consultation(workspace: Workspace, *, consultation_id: int) -> ConsultationView:
    """Show one meeting; a private one closed to the actor shows its date and minutes."""
    with workspace.reading() as tx:
        found, guard = store.load_consultation(tx.db, consultation_id)
        workspace.require(Permission.VIEW_CONSULTATION, guard)
        is_closed = found.secrecy is Secrecy.PRIVATE and not may_open(tx, found, guard)
        line = with_minutes(tx, [_line(found, is_redacted=is_closed)])[0]
        unsealings = store.list_unsealings(tx.db, consultation_id)
        if is_closed:
            return _closed(tx, line, unsealings)
        return _open(tx, line, found, guard)


def last_with(workspace: Workspace, *, case_id: int) -> Draft | None:
    """Say of the last meeting held with a case what a form would hold, without its note.

    It is the last one that the actor may know of; None if there is none.
    """
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_CONSULTATION, store.load_guard(tx.db, case_id))
        lines = store.list_case_consultations(tx.db, case_id, note_reach(tx.actor))
        held = next((line for line in lines if line.status is ConsultationStatus.HELD), None)
        if held is None:
            return None
        found, _guard = store.load_consultation(tx.db, held.id)
        works = works_of(tx, found.id, found.consultants)
        own = replace(draft_from(found, works), named=frozenset())
        return replace(
            own, secrecy=None if found.secrecy is starting_secrecy(found.topics) else found.secrecy
        )


def my_day(workspace: Workspace) -> Day:
    """Tell what waits for the actor: meetings, notes not written up, steps, quiet cases."""
    with workspace.reading() as tx:
        person = tx.actor.person_id
        tomorrow = tx.today + timedelta(days=1)
        planned = store.list_planned(tx.db, person, tomorrow + timedelta(days=1))
        reach = note_reach(tx.actor)
        steps = store.list_due_steps(tx.db, person, tx.today, reach)
        mine = case_lines(tx, own_cases(tx))
        named = {case for line in planned for case in line.cases}
        named |= {step.case_id for step in steps if step.case_id is not None}
        return Day(
            today=tuple(line for line in planned if line.held_on == tx.today),
            tomorrow=tuple(line for line in planned if line.held_on == tomorrow),
            unwritten=tuple(line for line in planned if line.held_on < tx.today),
            steps=steps,
            idle_cases=tuple(case for case in mine if case.next_on is None),
            cases=case_names(tx, named),
            unsealed=store.list_unsealed_of(tx.db, person, tx.now - _UNSEALED_SHOWN),
        )


def _listed(tx: Transaction, search: Search) -> Listed:
    lines = with_minutes(tx, store.list_consultations(tx.db, search, note_reach(tx.actor)))
    there = attended_counts(tx, [line.id for line in lines if not line.is_redacted])
    lines = tuple(replace(line, attended=there.get(line.id, 0)) for line in lines)
    cases = case_names(tx, {case for line in lines for case in line.cases})
    people = person_names(tx, {who for line in lines for who in line.consultants})
    return lines, cases, people


def _open(tx: Transaction, line: Line, found: Consultation, guard: Guard) -> ConsultationView:
    steps = store.list_steps_of(tx.db, (SOURCE, found.id))
    unsealings = store.list_unsealings(tx.db, found.id)
    people = {found.author_id, *found.consultants, *found.named}
    people |= {step.responsible_id for step in steps if step.responsible_id is not None}
    people |= _askers(unsealings)
    note = read_note(tx, found, guard)
    addenda = () if note is None else store.list_addenda(tx.db, found.id)
    people |= {addendum.author_id for addendum in addenda}
    attendees = store.list_attendees(tx.db, found.id)
    expected = store.list_people_of_cases(tx.db, found.cases)
    people |= {one.person_id for one in attendees if one.person_id is not None} | set(expected)
    own = replace(guard, members=guard.members | guard.named)
    may_edit = may(tx.actor, Permission.RECORD_CONSULTATION, own)
    if found.secrecy is Secrecy.PRIVATE:
        may_edit = may_edit and may_read_note(tx.actor, guard)
    is_mine = found.author_id == tx.actor.person_id
    return ConsultationView(
        line=line,
        consultation=found,
        works=works_of(tx, found.id, found.consultants),
        shares=shares_of(tx, found.id),
        note=note,
        addenda=addenda,
        feedback=feedback_of(tx, found, guard),
        is_settled=is_settled(tx, found.id),
        steps=steps,
        cases=case_names(tx, found.cases),
        people=person_names(tx, people),
        unsealings=unsealings,
        attendees=attendees,
        expected=expected,
        following=len(store.list_following(tx.db, found.id)),
        overlaps=overlaps_in(tx, frozenset({found.id})),
        may_edit=may_edit,
        may_open=may_open(tx, found, guard),
        zone=tx.zone.key,
        may_set_secrecy=is_mine
        or found.secrecy is not Secrecy.PRIVATE
        or store.is_successor(tx.db, found.id, tx.actor.person_id),
    )


def _closed(tx: Transaction, line: Line, unsealings: tuple[Unsealing, ...]) -> ConsultationView:
    """Show a date and minutes; those who may break the glass see who asked to."""
    breaks_glass = may(tx.actor, Permission.BREAK_GLASS)
    shown = unsealings if breaks_glass else ()
    return ConsultationView(
        line=line,
        unsealings=shown,
        people=person_names(tx, _askers(shown)),
        may_break_glass=breaks_glass,
        zone=tx.zone.key,
    )


def _askers(unsealings: tuple[Unsealing, ...]) -> set[int]:
    asked = {u.requested_by for u in unsealings}
    return asked | {u.approved_by for u in unsealings if u.approved_by is not None}


def _line(found: Consultation, *, is_redacted: bool) -> Line:
    if is_redacted:
        return Line(found.id, found.held_on, is_redacted=True)
    return Line(
        id=found.id,
        held_on=found.held_on,
        status=found.status,
        starts_at=found.starts_at,
        form=found.form,
        version=found.version,
        expected_minutes=found.expected_minutes,
        secrecy=found.secrecy,
        topics=tuple(sorted(found.topics)),
        consultants=found.consultants,
        cases=found.cases,
    )

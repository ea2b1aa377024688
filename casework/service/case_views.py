"""Looking at cases: the list, one case, its timeline."""

from collections.abc import Iterable
from dataclasses import replace

from accounts.service import person_names
from casework import store
from casework.domain.case import Case
from casework.domain.closing import Closing, ClosingState
from casework.domain.consultation import ConsultationStatus, Line
from casework.domain.need import Need
from casework.domain.step import Step, StepKind
from casework.domain.substitution import Substitution
from casework.domain.timeline import Entry, TimelineKind, newest_first
from casework.domain.views import CaseLine, CaseSearch, CaseView
from casework.service.closing import may_approve
from casework.service.documents import document_entries
from casework.service.minutes import with_minutes
from casework.service.outside import outside_entries
from core.permissions import Guard, NoteReach, Permission, may, note_reach
from core.workspace import Transaction, Workspace


def list_cases(workspace: Workspace, search: CaseSearch | None = None) -> tuple[CaseLine, ...]:
    """List cases, the latest opened first."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_CASE)
        return case_lines(tx, search or CaseSearch())


def export_cases(workspace: Workspace, search: CaseSearch) -> tuple[CaseLine, ...]:
    """Give the list of cases to be taken away as a file, and note that it was."""
    with workspace.transaction() as tx:
        workspace.require(Permission.VIEW_CASE)
        workspace.require(Permission.EXPORT)
        lines = case_lines(tx, search)
        tx.audit("case.exported", "cases", rows=len(lines))
    return lines


def case_lines(tx: Transaction, search: CaseSearch) -> tuple[CaseLine, ...]:
    """List cases inside a transaction, with the names of their initiatives and leads."""
    lines = store.list_cases(tx.db, search, tx.today, note_reach(tx.actor))
    names = store.find_initiative_names(tx.db, {line.initiative_id for line in lines})
    leads = person_names(tx, {line.lead_id for line in lines})
    return tuple(
        replace(
            line,
            initiative=names.get(line.initiative_id, ""),
            lead=leads.get(line.lead_id, ""),
        )
        for line in lines
    )


def case_names(tx: Transaction, case_ids: Iterable[int]) -> dict[int, str]:
    """Map cases to the names of their initiatives."""
    initiatives = store.find_initiatives_of(tx.db, case_ids)
    names = store.find_initiative_names(tx.db, initiatives.values())
    return {case_id: names.get(found, "") for case_id, found in initiatives.items()}


def view_case(workspace: Workspace, *, case_id: int) -> CaseView:
    """Show one case: who, lead, state, next date, needs, steps and what is planned."""
    with workspace.reading() as tx:
        case, guard = store.load_case(tx.db, case_id)
        workspace.require(Permission.VIEW_CASE, guard)
        reach = note_reach(tx.actor)
        steps = store.list_case_steps(tx.db, case_id, reach)
        planned = tuple(
            line
            for line in store.list_case_consultations(tx.db, case_id, reach)
            if line.status is ConsultationStatus.PLANNED
        )
        dates = [line.held_on for line in planned]
        dates += [step.due_on for step in steps if step.due_on and step.done_on is None]
        people = {case.lead_id, *(member.person_id for member in case.members)}
        people |= {step.responsible_id for step in steps if step.responsible_id is not None}
        closing = _closing(tx, case_id)
        substitution = _substitution(tx, case)
        people |= {substitution.substitute_id} if substitution else set()
        people |= {closing.asked_by, closing.decided_by or closing.asked_by} if closing else set()
        return CaseView(
            case=case,
            initiative=store.find_initiative_names(tx.db, [case.initiative_id]).get(
                case.initiative_id, ""
            ),
            needs=store.list_needs(tx.db, case_id),
            steps=steps,
            planned=tuple(reversed(planned)),
            people=person_names(tx, people),
            next_on=min((day for day in dates if day >= tx.today), default=None),
            may_edit=may(tx.actor, Permission.EDIT_CASE, guard),
            may_record=may(tx.actor, Permission.RECORD_CONSULTATION, guard),
            closing=closing,
            may_close=closing is not None
            and may(tx.actor, Permission.APPROVE_CLOSING, guard)
            and may_approve(tx, closing, case.lead_id),
            substitution=substitution,
        )


def timeline(workspace: Workspace, *, case_id: int) -> tuple[Entry, ...]:
    """Tell everything that happened in a case that the actor may know of, newest first.

    A private consultation closed to the actor is absent: the timeline would tell of it which
    initiative took part.
    """
    with workspace.reading() as tx:
        case, guard = store.load_case(tx.db, case_id)
        workspace.require(Permission.VIEW_CASE, guard)
        reach = note_reach(tx.actor)
        entries = [
            *_meetings(tx, case_id, reach),
            *store.list_moves(tx.db, case_id),
            *store.list_entries(tx.db, case_id),
            *_lead_changes(tx, case_id),
            *outside_entries(tx, case_id),
            *document_entries(tx, case_id, guard),
            *map(_asked_to_close, store.list_closings(tx.db, case_id)),
            *map(_noted, store.list_needs(tx.db, case_id)),
            *(
                _done(step)
                for step in store.list_case_steps(tx.db, case_id, reach)
                if step.done_on is not None
            ),
            *_life(tx, case.initiative_id),
        ]
        return newest_first(entries)


def guard_of(tx: Transaction, case_ids: Iterable[int]) -> Guard:
    """Join the guards of several cases: own to whoever works on one of them."""
    people: set[int] = set()
    leads: set[int] = set()
    for case_id in sorted(set(case_ids)):
        guard = store.load_guard(tx.db, case_id)
        people |= guard.members | guard.leads
        leads |= guard.leads
    return Guard(members=frozenset(people), leads=frozenset(leads))


def _closing(tx: Transaction, case_id: int) -> Closing | None:
    """Give the asking that waits, or was returned and not asked again."""
    askings = store.list_closings(tx.db, case_id)
    shown = {ClosingState.ASKED, ClosingState.RETURNED}
    return askings[-1] if askings and askings[-1].state in shown else None


def _substitution(tx: Transaction, case: Case) -> Substitution | None:
    found = store.list_substitutions(tx.db, tx.today, case.lead_id)
    return next((one for one in found if one.holds_on(tx.today)), None)


def _lead_changes(tx: Transaction, case_id: int) -> list[Entry]:
    changes = store.list_lead_changes(tx.db, case_id)
    names = person_names(tx, {who for change in changes for who in change[2:]})
    return [
        Entry(
            TimelineKind.LEAD_CHANGED,
            day,
            ("lead", id_),
            text=f"{names.get(before, '')} → {names.get(after, '')}",
            people=(before, after),
        )
        for id_, day, before, after in changes
    ]


def _asked_to_close(asked: Closing) -> Entry:
    text = asked.comment if asked.state is ClosingState.RETURNED else asked.outcome
    return Entry(
        TimelineKind.CLOSING,
        asked.decided_on or asked.asked_on,
        ("closing", asked.id),
        (asked.state, asked.reason),
        text,
        people=(asked.asked_by,),
    )


def _meetings(tx: Transaction, case_id: int, reach: NoteReach) -> list[Entry]:
    lines = with_minutes(tx, store.list_case_consultations(tx.db, case_id, reach))
    return [_meeting(line) for line in lines]


def _meeting(line: Line) -> Entry:
    status = () if line.status is None else (line.status,)
    return Entry(
        kind=TimelineKind.CONSULTATION,
        happened_on=line.held_on,
        source=("consultation", line.id),
        facts=(*status, *line.topics),
        minutes=line.minutes or None,
        people=line.consultants,
    )


def _noted(need: Need) -> Entry:
    return Entry(
        TimelineKind.NEED, need.noted_on, ("need", need.id), (need.kind, need.state), need.title
    )


def _done(step: Step) -> Entry:
    day = step.done_on
    assert day is not None  # noqa: S101 — only done steps come here
    facts = (step.kind,) if step.kind is StepKind.FOLLOW_UP else ()
    return Entry(TimelineKind.STEP_DONE, day, ("step", step.id), facts, step.text)


def _life(tx: Transaction, initiative_id: int) -> list[Entry]:
    return [
        Entry(
            kind=TimelineKind.LIFE_EVENT,
            happened_on=event.when.on,
            source=("life_event", event.id),
            facts=(event.type,),
            text=event.note,
        )
        for event in store.list_life_events(tx.db, initiative_id)
    ]

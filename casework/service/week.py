"""A week written up at once: every row is a meeting like any other, or nothing is saved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from casework import store
from casework.domain.consultation import (
    Consultation,
    ConsultationStatus,
    Draft,
    Line,
    check_draft,
    check_held,
    require_move,
)
from casework.domain.plain import draft_from
from casework.domain.text import tidy
from casework.domain.views import Choices
from casework.domain.week import (
    Reading,
    RowFault,
    WeekResult,
    WeekRow,
    begins,
    filled_rows,
    monday_of,
    read_row,
)
from casework.service.choices import choices_in
from casework.service.minutes import with_minutes
from casework.service.writing import (
    Submission,
    add_meeting,
    guard_of_new,
    load_for_change,
    remove_meeting,
    save_meeting,
    set_meeting_status,
)
from core.drafts import clear_draft
from core.errors import DomainError, ForbiddenError, StaleError
from core.i18n import Term
from core.permissions import Guard, Permission, may, note_reach
from core.workspace import Transaction, Workspace

_WEEK = timedelta(days=7)


class _RefusedError(Exception):
    """Some rows cannot be saved, so none is."""


@dataclass(frozen=True, slots=True)
class Week:
    """What the grid of a week begins with.

    `mine` are the planned meetings that the actor alone leads; `shared` those led together
    with others, which are written up one by one; `recorded` what stands there already.
    """

    monday: date
    choices: Choices
    mine: tuple[Line, ...]
    shared: tuple[Line, ...]
    recorded: tuple[Line, ...]


def view_week(workspace: Workspace, *, day: date | None = None) -> Week:
    """Show the actor's own week in which a day lies; without one, this week."""
    with workspace.reading() as tx:
        me = tx.actor.person_id
        workspace.require(Permission.RECORD_CONSULTATION, Guard(author=me))
        monday, reach = monday_of(day or tx.today), note_reach(tx.actor)
        lines = with_minutes(tx, store.list_meetings_of(tx.db, me, (monday, monday + _WEEK), reach))
        planned = [line for line in lines if line.status is ConsultationStatus.PLANNED]
        return Week(
            monday=monday,
            choices=choices_in(tx),
            mine=tuple(line for line in planned if line.consultants == (me,)),
            shared=tuple(line for line in planned if line.consultants != (me,)),
            recorded=tuple(line for line in lines if line.status is not ConsultationStatus.PLANNED),
        )


def record_week(
    workspace: Workspace, *, monday: date, rows: Iterable[WeekRow], sent: Submission | None = None
) -> WeekResult:
    """Save all rows of a grid in one transaction, or none and say of each what to mend.

    Each row passes the very checks of the form. The same grid sent twice is saved once.

    Raises
    ------
    TooManyRowsError
        If the grid has more than 100 rows.
    """
    filled = filled_rows(rows)
    sent = sent or Submission()
    faults: list[RowFault] = []
    made: list[int] = []
    written: list[int] = []
    try:
        with workspace.transaction() as tx:
            me = tx.actor.person_id
            workspace.require(Permission.RECORD_CONSULTATION, Guard(author=me))
            known = Reading(monday, me, choices_in(tx).cases)
            for row in filled:
                try:
                    with tx.db.begin_nested():
                        done = _save_row(workspace, tx, row, known, sent)
                except DomainError as error:
                    faults.append(RowFault(row.number, begins(row), error))
                    continue
                if done is not None:
                    (written if row.consultation_id else made).append(done)
            if faults:
                raise _RefusedError
            if sent.note_key:
                clear_draft(tx, sent.note_key)
            tx.audit("week.recorded", "consultations", made=len(made), written=len(written))
    except _RefusedError:
        return WeekResult(faults=tuple(faults))
    return WeekResult(tuple(made), tuple(written))


def take_back_week(workspace: Workspace, *, made: Sequence[int], written: Sequence[int]) -> None:
    """Take a saved grid back: new meetings go, written-up ones are planned again."""
    with workspace.transaction() as tx:
        workspace.require(Permission.RECORD_CONSULTATION, Guard(author=tx.actor.person_id))
        for consultation_id in made:
            load_for_change(workspace, tx, consultation_id)
            remove_meeting(tx, consultation_id)
        for consultation_id in written:
            found = load_for_change(workspace, tx, consultation_id)
            set_meeting_status(tx, found, ConsultationStatus.PLANNED)


def _save_row(
    workspace: Workspace, tx: Transaction, row: WeekRow, known: Reading, sent: Submission
) -> int | None:
    """Save one row; give the id of its meeting, None where a planned one stays as it is."""
    if row.consultation_id is not None:
        return _write_up(workspace, tx, row, known)
    draft, status = read_row(row, known)
    if not may(tx.actor, Permission.RECORD_CONSULTATION, guard_of_new(tx, draft)):
        raise ForbiddenError(permission=Permission.RECORD_CONSULTATION)
    _check(draft, status, tx.today)
    token = f"{sent.token}-{row.number}" if sent.token else None
    return add_meeting(tx, draft, status, Submission(token))


def _write_up(workspace: Workspace, tx: Transaction, row: WeekRow, known: Reading) -> int | None:
    found = load_for_change(workspace, tx, row.consultation_id or 0)
    cases = {**known.cases, **_own_names(tx, found, known)}
    draft, status = read_row(row, replace(known, cases=cases))
    if status is ConsultationStatus.PLANNED:
        return None
    if found.version != row.version:
        if _is_written(tx, found, draft, status):
            return None
        raise StaleError(kind=Term("object.consultation"), current={}, yours={}, original={})
    before = draft_from(found)
    merged = replace(
        before,
        held_on=draft.held_on,
        starts_at=draft.starts_at,
        topics=draft.topics,
        cases=draft.cases,
        form=draft.form,
        consultants=draft.consultants,
        note=draft.note,
        secrecy=draft.secrecy or before.secrecy,
        audience=before.audience if draft.cases == before.cases else draft.audience,
    )
    require_move(found.status, status)
    _check(merged, status, tx.today)
    save_meeting(tx, found, merged, status, Submission())
    tx.audit(f"consultation.{status.value}", f"consultation:{found.id}", held_on=merged.held_on)
    return found.id


def _check(draft: Draft, status: ConsultationStatus, today: date) -> None:
    if status is ConsultationStatus.HELD:
        check_held(draft, today)
    else:
        check_draft(draft)


def _is_written(
    tx: Transaction, found: Consultation, draft: Draft, status: ConsultationStatus
) -> bool:
    """Tell whether this very row was saved a moment ago: a second click."""
    note = store.load_note(tx.db, found.id)
    same = (found.status, found.held_on, found.topics) == (status, draft.held_on, draft.topics)
    return same and note == tidy(draft.note or "")


def _own_names(tx: Transaction, found: Consultation, known: Reading) -> dict[int, str]:
    """Name the cases of a planned meeting that are no longer at work."""
    gone = [case for case in found.cases if case not in known.cases]
    initiatives = store.find_initiatives_of(tx.db, gone)
    names = store.find_initiative_names(tx.db, initiatives.values())
    return {case: names.get(initiative, "") for case, initiative in initiatives.items()}

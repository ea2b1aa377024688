"""Writing a meeting inside a transaction: the one road of the form, the grid and the series."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from accounts.service import person_names
from casework import store
from casework.domain.consultation import (
    Consultation,
    ConsultationStatus,
    Draft,
    check_note,
    require_move,
)
from casework.domain.note import SettledNoteError
from casework.domain.plain import draft_from
from casework.domain.step import clean_steps
from casework.domain.text import tidy
from casework.service.case_views import guard_of
from casework.service.cases import require_people
from casework.service.minutes import SOURCE, count_time, is_settled, take_time, works_of
from casework.service.seams import stamp
from core.drafts import clear_draft
from core.errors import ForbiddenError, OutOfRangeError, StaleError
from core.i18n import Term
from core.permissions import Guard, Permission, Secrecy, may, may_read_note
from core.workspace import Transaction, Workspace

_YEARS_BACK = 30
_YEARS_AHEAD = 5


@dataclass(frozen=True, slots=True)
class Submission:
    """One sending of a form.

    `token` keeps it from doubling, `note_key` names the draft it saves, `seen` is what the
    person saw before changing it.
    """

    token: str | None = None
    note_key: str | None = None
    seen: Draft | None = None


def add_meeting(tx: Transaction, draft: Draft, status: ConsultationStatus, sent: Submission) -> int:
    """Write a new meeting with all that belongs to it; a token written before gives its id."""
    if sent.token is not None:
        written = store.find_consultation_by_token(tx.db, sent.token)
        if written is not None:
            return written
    _check(tx, draft, ())
    steps = clean_steps(draft.steps)
    consultation_id = store.add_consultation(tx.db, draft, status, sent.token, stamp(tx))
    if consultation_id is None:
        return store.find_consultation_by_token(tx.db, sent.token or "") or 0
    if draft.note is not None:
        store.save_note(tx.db, consultation_id, tidy(draft.note), tx.now)
    _agree(tx, consultation_id, replace(draft, steps=steps))
    if status is ConsultationStatus.HELD:
        count_time(tx, consultation_id, draft)
    if sent.note_key:
        clear_draft(tx, sent.note_key)
    details: dict[str, int | date | Iterable[int]] = {"held_on": draft.held_on}
    if draft.kept_secrecy is not Secrecy.PRIVATE:
        details["cases"] = tuple(sorted(draft.cases))
    action = "recorded" if status is ConsultationStatus.HELD else status.value
    tx.audit(f"consultation.{action}", f"consultation:{consultation_id}", **details)
    tx.touched("casework")
    return consultation_id


def save_meeting(
    tx: Transaction,
    found: Consultation,
    draft: Draft,
    status: ConsultationStatus,
    sent: Submission,
) -> None:
    """Write a changed meeting with all that belongs to it.

    Raises `SettledNoteError` if it would change a note whose time is approved.
    """
    _require_unsettled(tx, found, draft)
    draft = _kept_secret(tx, found, draft)
    fresh = draft.cases - set(found.cases)
    _check(tx, draft, fresh)
    if fresh and not may(tx.actor, Permission.RECORD_CONSULTATION, guard_of(tx, draft.cases)):
        raise ForbiddenError(permission=Permission.RECORD_CONSULTATION)
    if draft.note is not None:
        store.save_note(tx.db, found.id, tidy(draft.note), tx.now)
    steps = clean_steps(draft.steps)
    store.save_consultation(tx.db, found, draft, status)
    _agree(tx, found.id, replace(draft, steps=steps))
    if status is ConsultationStatus.HELD:
        count_time(tx, found.id, draft)
    if sent.note_key:
        clear_draft(tx, sent.note_key)
    tx.touched("casework")


def _agree(tx: Transaction, consultation_id: int, draft: Draft) -> None:
    case_id = min(draft.cases, default=None)
    for step in draft.steps:
        step_id = store.add_step(tx.db, case_id, step, (SOURCE, consultation_id), stamp(tx))
        tx.audit("step.added", f"step:{step_id}", due_on=step.due_on)


def remove_meeting(tx: Transaction, consultation_id: int) -> None:
    """Take a meeting away with its minutes and its steps."""
    take_time(tx, consultation_id)
    store.save_consultation_removed(tx.db, consultation_id, tx.now)
    store.save_steps_of_removed(tx.db, (SOURCE, consultation_id), tx.now)
    tx.audit("consultation.removed", f"consultation:{consultation_id}")
    tx.touched("casework")


def set_meeting_status(tx: Transaction, found: Consultation, wanted: ConsultationStatus) -> None:
    """Move a meeting to another status; what was held and is not any more loses its minutes."""
    require_move(found.status, wanted)
    if found.status is ConsultationStatus.HELD:
        take_time(tx, found.id)
    store.save_consultation_status(tx.db, found, wanted)
    tx.audit("consultation.status_set", f"consultation:{found.id}", status=wanted)
    tx.touched("casework")


def load_for_change(workspace: Workspace, tx: Transaction, consultation_id: int) -> Consultation:
    """Load a meeting, locked, that the actor may change."""
    found, guard = store.load_consultation(tx.db, consultation_id, lock=True)
    require_change(workspace, tx, guard)
    return found


def require_change(workspace: Workspace, tx: Transaction, guard: Guard) -> None:
    """Refuse who may not record here, and everybody but author and named if it is private."""
    own = replace(guard, members=guard.members | guard.named)
    workspace.require(Permission.RECORD_CONSULTATION, own)
    if guard.secrecy is Secrecy.PRIVATE and not may_read_note(tx.actor, guard):
        raise ForbiddenError(permission=Permission.RECORD_CONSULTATION)


def guard_of_new(tx: Transaction, draft: Draft) -> Guard:
    """Let a consultant record a meeting with a case of theirs, or with none.

    Raises `NotFoundError` if one of the cases is not there.
    """
    if draft.cases:
        return guard_of(tx, draft.cases)
    return Guard(author=tx.actor.person_id)


def _check(tx: Transaction, draft: Draft, fresh_cases: Iterable[int]) -> None:
    check_note(draft.note)
    earliest = tx.today - timedelta(days=366 * _YEARS_BACK)
    latest = tx.today + timedelta(days=366 * _YEARS_AHEAD)
    if not earliest <= draft.held_on <= latest:
        raise OutOfRangeError(field=Term("field.held_on"), low=earliest, high=latest)
    people = {work.person_id for work in draft.consultants} | draft.named
    people |= {s.responsible_id for s in draft.steps if s.responsible_id is not None}
    require_people(tx, people)
    for case_id in sorted(fresh_cases):
        store.load_guard(tx.db, case_id)


def _require_unsettled(tx: Transaction, found: Consultation, draft: Draft) -> None:
    if draft.note is None or not is_settled(tx, found.id):
        return
    if tidy(draft.note) != store.load_note(tx.db, found.id):
        raise SettledNoteError


def _kept_secret(tx: Transaction, found: Consultation, draft: Draft) -> Draft:
    """Let only the author, or a successor, open a private note to others."""
    kept = draft.secrecy or found.secrecy
    changed = kept is not found.secrecy or draft.named != found.named
    is_mine = found.author_id == tx.actor.person_id
    if found.secrecy is Secrecy.PRIVATE and changed and not is_mine:
        if not store.is_successor(tx.db, found.id, tx.actor.person_id):
            raise ForbiddenError(permission=Permission.RECORD_CONSULTATION)
    elif kept is Secrecy.PRIVATE and not is_mine:
        draft = replace(draft, named=draft.named | {tx.actor.person_id})
    return replace(draft, secrecy=kept)


def require_fresh(
    tx: Transaction,
    found: Consultation,
    version: int,
    draft: Draft,
    sent: Submission | None,
) -> None:
    """Refuse to save over what somebody else saved since the person saw it."""
    if found.version == version:
        return
    seen = sent.seen if sent else None
    works = works_of(tx, found.id, found.consultants)
    note = store.load_note(tx.db, found.id) if draft.note is not None else None
    raise StaleError(
        kind=Term("object.consultation"),
        current=_shown(tx, draft_from(found, works, note)),
        yours=_shown(tx, draft),
        original=_shown(tx, seen) if seen else {},
    )


def _shown(tx: Transaction, draft: Draft) -> dict[Term, object]:
    names = person_names(tx, [work.person_id for work in draft.consultants])
    return {
        Term("field.held_on"): draft.held_on,
        Term("field.starts_at"): draft.starts_at and draft.starts_at.strftime("%H:%M"),
        Term("field.topics"): tuple(sorted(draft.topics)),
        Term("field.minutes"): {names.get(w.person_id, ""): w.minutes for w in draft.consultants},
        Term("field.secrecy"): draft.kept_secrecy,
        Term("field.note"): draft.note,
    }

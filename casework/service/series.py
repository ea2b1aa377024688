"""A meeting that repeats: planned at once, changed or called off from one of them on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from casework import store
from casework.domain.consultation import ConsultationStatus, Draft, check_draft
from casework.domain.plain import draft_from, draft_of, plain_draft
from casework.domain.repeat import DayOff, NoSeriesError, Occasion, Repeat, occasions
from casework.service.minutes import works_of
from casework.service.seams import stamp
from casework.service.writing import (
    Submission,
    add_meeting,
    guard_of_new,
    load_for_change,
    remove_meeting,
    require_fresh,
    save_meeting,
    set_meeting_status,
)
from core.calendar import load_calendar
from core.permissions import Guard, Permission
from core.settings import load_centre
from core.workspace import Transaction, Workspace

_SATURDAY: Final = 5


def preview_series(workspace: Workspace, *, first: date, repeat: Repeat) -> tuple[Occasion, ...]:
    """Say on which days a series would meet, and what becomes of those on days off."""
    with workspace.reading() as tx:
        workspace.require(Permission.RECORD_CONSULTATION, Guard(author=tx.actor.person_id))
        return _occasions(tx, first, repeat)


def plan_series(
    workspace: Workspace, *, draft: Draft, repeat: Repeat, sent: Submission | None = None
) -> tuple[int, ...]:
    """Plan a meeting again and again from its day on; the same form sent twice plans once.

    Raises
    ------
    EmptySeriesError, OutOfRangeError
        If no day is left, or the series has no sensible end.
    """
    sent = sent or Submission()
    with workspace.transaction() as tx:
        workspace.require(Permission.RECORD_CONSULTATION, guard_of_new(tx, draft))
        check_draft(draft)
        days = [one.on for one in _occasions(tx, draft.held_on, repeat) if not one.is_skipped]
        if sent.token:
            written = store.find_consultation_by_token(tx.db, f"{sent.token}-0")
            if written is not None:
                return store.list_series(tx.db, written)
        made = tuple(
            add_meeting(
                tx,
                replace(draft, held_on=day),
                ConsultationStatus.PLANNED,
                Submission(f"{sent.token}-{place}" if sent.token else None),
            )
            for place, day in enumerate(days)
        )
        series_id = store.add_series(tx.db, repeat.rhythm, made, stamp(tx))
        tx.audit("series.planned", f"series:{series_id}", meetings=len(made), rhythm=repeat.rhythm)
    return made


def remove_series(workspace: Workspace, *, ids: Sequence[int]) -> None:
    """Take a series that was just planned back."""
    with workspace.transaction() as tx:
        workspace.require(Permission.RECORD_CONSULTATION, Guard(author=tx.actor.person_id))
        for consultation_id in ids:
            load_for_change(workspace, tx, consultation_id)
            remove_meeting(tx, consultation_id)


def edit_following(
    workspace: Workspace,
    *,
    consultation_id: int,
    version: int,
    draft: Draft,
    sent: Submission | None = None,
) -> list[list[Any]]:
    """Change a planned meeting of a series and those after it; give what Undo needs.

    All move by as many days as this one; notes stay as they are.

    Raises
    ------
    NoSeriesError
        If the meeting belongs to no series, or is not planned any more.
    StaleError
        If somebody changed this meeting since the person saw it.
    """
    with workspace.transaction() as tx:
        found = load_for_change(workspace, tx, consultation_id)
        require_fresh(tx, found, version, draft, sent)
        check_draft(draft)
        shift = draft.held_on - found.held_on
        before: list[list[Any]] = []
        for other_id, day in _following(tx, consultation_id):
            other = load_for_change(workspace, tx, other_id)
            works = works_of(tx, other_id, other.consultants)
            before.append([other_id, other.version + 1, plain_draft(draft_from(other, works))])
            moved = replace(draft, held_on=day + shift, note=None, steps=())
            save_meeting(tx, other, moved, other.status, Submission())
        tx.audit("series.edited", f"consultation:{consultation_id}", meetings=len(before))
    return before


def put_back_following(
    workspace: Workspace, *, before: Sequence[tuple[int, int, Mapping[str, Any]]]
) -> None:
    """Take a change of a series back: each meeting is again as it was."""
    with workspace.transaction() as tx:
        workspace.require(Permission.RECORD_CONSULTATION, Guard(author=tx.actor.person_id))
        for consultation_id, version, plain in before:
            found = load_for_change(workspace, tx, consultation_id)
            draft = draft_of(plain)
            require_fresh(tx, found, version, draft, None)
            save_meeting(tx, found, draft, found.status, Submission())
            tx.audit("consultation.edited", f"consultation:{consultation_id}")


def cancel_following(workspace: Workspace, *, consultation_id: int) -> list[int]:
    """Call a planned meeting of a series off and those after it; give their ids.

    Raises `NoSeriesError` as `edit_following` does.
    """
    with workspace.transaction() as tx:
        load_for_change(workspace, tx, consultation_id)
        ids = [other for other, _day in _following(tx, consultation_id)]
        for other in ids:
            found = load_for_change(workspace, tx, other)
            set_meeting_status(tx, found, ConsultationStatus.CANCELLED)
    return ids


def plan_again(workspace: Workspace, *, ids: Sequence[int]) -> None:
    """Make meetings that were called off planned again."""
    with workspace.transaction() as tx:
        workspace.require(Permission.RECORD_CONSULTATION, Guard(author=tx.actor.person_id))
        for consultation_id in ids:
            found = load_for_change(workspace, tx, consultation_id)
            set_meeting_status(tx, found, ConsultationStatus.PLANNED)


def _following(tx: Transaction, consultation_id: int) -> tuple[tuple[int, date], ...]:
    following = store.list_following(tx.db, consultation_id)
    if not following or following[0][0] != consultation_id:
        raise NoSeriesError
    return following


def _occasions(tx: Transaction, first: date, repeat: Repeat) -> tuple[Occasion, ...]:
    calendar = load_calendar(tx.db, load_centre(tx.db).calendar)

    def why_off(day: date) -> DayOff | None:
        if calendar.is_working(day):
            return None
        if day in calendar.exceptions:
            return DayOff.OWN
        return DayOff.WEEKEND if day.weekday() >= _SATURDAY else DayOff.HOLIDAY

    return occasions(first, repeat, why_off)

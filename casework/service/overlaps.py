"""Warn of consultants with two meetings at the same time."""

from collections.abc import Iterable

from accounts.service import person_names
from casework import store
from casework.domain.consultation import ConsultationStatus, Line
from casework.domain.overlap import USUAL_MINUTES, Overlap, Span, find_overlaps
from casework.domain.views import OverlapView
from casework.service.case_views import case_names
from casework.service.minutes import SOURCE
from core.permissions import Permission, note_reach
from core.workspace import Transaction, Workspace
from hours.service import TimeKind, minutes_of


def list_overlaps(workspace: Workspace, *, ids: Iterable[int]) -> tuple[OverlapView, ...]:
    """Name the meetings at the same time as some of the actor's, by the same consultants.

    Another one that is private and closed to the actor tells its hour and nothing else. Of
    meetings closed to the actor nothing is asked.
    """
    wanted = frozenset(ids)
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_CONSULTATION)
        return overlaps_in(tx, wanted)


def overlaps_in(tx: Transaction, ids: frozenset[int]) -> tuple[OverlapView, ...]:
    """Do what `list_overlaps` does, in an open transaction that has asked for permission."""
    booked = store.list_booked_near(tx.db, ids, note_reach(tx.actor))
    spans = [_span(tx, one.line, is_open=one.is_open) for one in booked]
    mine = [span for span in spans if span.id in ids and span.is_open]
    found = find_overlaps(mine, spans)
    people = person_names(tx, {one.person_id for one in found})
    cases = case_names(tx, {case for one in found for case in one.other_cases})
    return tuple(_view(one, people, cases) for one in found)


def length_of(tx: Transaction, line: Line) -> int:
    """Say how long a meeting took, or will take [min]."""
    if line.status is ConsultationStatus.HELD:
        spent = [
            entry.minutes
            for entry in minutes_of(tx, (SOURCE, line.id))
            if entry.kind is TimeKind.CONTACT
        ]
        return max(spent, default=line.expected_minutes or USUAL_MINUTES)
    return line.expected_minutes or USUAL_MINUTES


def _span(tx: Transaction, line: Line, *, is_open: bool) -> Span:
    return Span(
        line.id,
        line.held_on,
        line.starts_at,
        length_of(tx, line) if line.starts_at else 0,
        frozenset(line.consultants),
        line.cases,
        is_open,
    )


def _view(one: Overlap, people: dict[int, str], cases: dict[int, str]) -> OverlapView:
    return OverlapView(
        consultation_id=one.consultation_id,
        person=people.get(one.person_id, ""),
        on=one.other_on,
        at=one.other_at,
        other_id=one.other_id,
        initiatives=tuple(cases[case] for case in one.other_cases if case in cases),
    )

"""Who was at a meeting: written on one screen, counted for the people served."""

from collections.abc import Iterable, Sequence
from typing import Any

from accounts.service import person_names
from casework import store
from casework.domain.attendance import (
    Attendance,
    Attendee,
    SamePersonTwiceError,
    attendees_of,
    clean_attendees,
    count_by,
    plain_attendees,
)
from casework.domain.consultation import ConsultationStatus
from casework.domain.plain import draft_from
from casework.service.minutes import count_event, works_of
from casework.service.writing import load_for_change
from core.errors import NotFoundError, StaleError
from core.i18n import Term
from core.workspace import Transaction, Workspace


def set_attendance(
    workspace: Workspace, *, consultation_id: int, version: int, attendees: Iterable[Attendee]
) -> list[list[Any]]:
    """Write who was at a meeting and who was not; give what `put_back_attendance` needs.

    People are those of the meeting's initiatives; others stand there by name.

    Raises
    ------
    StaleError
        If somebody changed the meeting since the person saw it.
    SamePersonTwiceError, NotFoundError
        If a person stands there twice, or belongs to none of the initiatives.
    """
    with workspace.transaction() as tx:
        found = load_for_change(workspace, tx, consultation_id)
        before = store.list_attendees(tx.db, consultation_id)
        try:
            wanted = clean_attendees(attendees)
        except SamePersonTwiceError as error:
            person = int(str(error.details["person_id"]))
            raise SamePersonTwiceError(name=person_names(tx, [person]).get(person, "")) from None
        if found.version != version:
            raise StaleError(
                kind=Term("object.consultation"),
                current=_shown(tx, before),
                yours=_shown(tx, wanted),
                original={},
            )
        _require_known(tx, found.cases, wanted, before)
        store.save_attendees(tx.db, found, wanted)
        if found.status is ConsultationStatus.HELD:
            works = works_of(tx, consultation_id, found.consultants)
            count_event(tx, consultation_id, draft_from(found, works))
        counts = {kind.value: number for kind, number in count_by(wanted).items()}
        tx.audit("consultation.attendance_set", f"consultation:{consultation_id}", **counts)
        tx.touched("casework")
    return plain_attendees(before)


def put_back_attendance(
    workspace: Workspace, *, consultation_id: int, version: int, before: Sequence[Sequence[Any]]
) -> None:
    """Take a change of the attendance back: the list is again as it was."""
    set_attendance(
        workspace,
        consultation_id=consultation_id,
        version=version,
        attendees=attendees_of(before),
    )


def attended_counts(tx: Transaction, ids: Iterable[int]) -> dict[int, int]:
    """Count who was at each of many meetings, for person minutes; absent where nobody is noted."""
    return store.count_attended(tx.db, ids)


def _require_known(
    tx: Transaction, cases: Iterable[int], wanted: Iterable[Attendee], before: Iterable[Attendee]
) -> None:
    """Refuse people who neither belong to the meeting's initiatives nor stood there already."""
    known = set(store.list_people_of_cases(tx.db, cases)) | {one.person_id for one in before}
    for one in wanted:
        if one.person_id is not None and one.person_id not in known:
            raise NotFoundError(kind=Term("object.person"), id=one.person_id)


def _shown(tx: Transaction, attendees: Sequence[Attendee]) -> dict[Term, object]:
    names = person_names(tx, [one.person_id for one in attendees if one.person_id is not None])
    return {
        Term(kind.message): [
            names.get(one.person_id or 0, one.name) for one in attendees if one.attendance is kind
        ]
        for kind in Attendance
    }

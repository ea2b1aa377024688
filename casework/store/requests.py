"""Requests for help."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from casework.domain.request import (
    WAITING,
    Decision,
    Request,
    RequestForm,
    RequestLine,
    RequestSearch,
    RequestSource,
    RequestState,
)
from casework.store.cases import Stamp
from casework.store.once import insert_once
from casework.tables import CaseFileRow, InitiativeRow, RequestRow
from core.errors import NotFoundError
from core.i18n import Term

LISTED = 2_000


def add_request(db: Session, form: RequestForm, token: str | None, stamp: Stamp) -> int | None:
    """Write a request that waits; None if this very form has already written one."""
    return insert_once(
        db,
        RequestRow,
        **_columns(form),
        state=RequestState.NEW,
        recorded_by=stamp.person_id,
        token=token,
        created_at=stamp.now,
    )


def find_request_by_token(db: Session, token: str) -> int | None:
    """Find the request that this very form has already written."""
    return db.scalar(select(RequestRow.id).where(RequestRow.token == token))


def load_request(db: Session, request_id: int, *, lock: bool = False) -> Request:
    """Load a request with the case that answers it, if there is one."""
    query = select(RequestRow).where(RequestRow.id == request_id, RequestRow.removed_at.is_(None))
    if lock:
        query = query.with_for_update()
    row = db.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFoundError(kind=Term("object.request"), id=request_id)
    case_id = db.scalar(
        select(CaseFileRow.id).where(
            CaseFileRow.request_id == request_id, CaseFileRow.removed_at.is_(None)
        )
    )
    return Request(
        id=row.id,
        form=RequestForm(
            text=row.text,
            source=row.source or RequestSource.OTHER,
            asked_on=row.asked_on,
            initiative_id=row.initiative_id,
            name=row.name,
            asker=row.asker,
            contact=row.contact,
            has_consent=row.has_consent,
        ),
        decision=Decision(row.state, row.refusal, row.referred_to, row.comment),
        version=row.version,
        recorded_by=row.recorded_by,
        source=row.source,
        decided_on=row.decided_on,
        decided_by=row.decided_by,
        case_id=case_id,
    )


def save_request_form(db: Session, request_id: int, form: RequestForm) -> None:
    """Write what a request says under its next version."""
    _save(db, request_id, **_columns(form))


def save_decision(
    db: Session, request_id: int, decision: Decision, initiative_id: int | None, stamp: Stamp
) -> None:
    """Write what the centre said, under the next version; a request that waits has no decision."""
    is_decided = decision.state is not RequestState.NEW
    _save(
        db,
        request_id,
        state=decision.state,
        refusal=decision.refusal,
        referred_to=decision.referred_to,
        comment=decision.comment,
        initiative_id=initiative_id,
        decided_on=stamp.today if is_decided else None,
        decided_by=stamp.person_id if is_decided else None,
    )


def save_request_removed(db: Session, request_id: int, at: datetime | None) -> None:
    """Take a request away, or give it back."""
    db.execute(update(RequestRow).where(RequestRow.id == request_id).values(removed_at=at))


def save_request_orphaned(db: Session, request_id: int, at: datetime) -> None:
    """Say that the case of a request is no more: it waits again, or goes with the case.

    What was written down with the case, at once, was never a request by itself.
    """
    own = RequestRow.id == request_id
    taken = RequestRow.source.is_not(None)
    db.execute(update(RequestRow).where(own, taken).values(state=RequestState.ACCEPTED))
    db.execute(update(RequestRow).where(own, ~taken).values(removed_at=at))


def list_requests(db: Session, search: RequestSearch) -> tuple[RequestLine, ...]:
    """List requests: those that wait first, who has waited longest on top, then the latest."""
    waits = RequestRow.state.in_(WAITING)
    query = (
        select(RequestRow, InitiativeRow.name, CaseFileRow.id)
        .outerjoin(InitiativeRow, InitiativeRow.id == RequestRow.initiative_id)
        .outerjoin(
            CaseFileRow,
            (CaseFileRow.request_id == RequestRow.id) & CaseFileRow.removed_at.is_(None),
        )
        .where(RequestRow.removed_at.is_(None), RequestRow.source.is_not(None), *_narrowing(search))
        .order_by(waits.desc(), RequestRow.asked_on.desc(), RequestRow.id.desc())
        .limit(LISTED)
    )
    lines = [
        RequestLine(
            row.id, name or row.name, row.text, row.asked_on, row.state, row.source, case_id
        )
        for row, name, case_id in db.execute(query)
    ]
    waiting = [line for line in lines if line.state in WAITING]
    waiting.sort(key=lambda line: (line.asked_on, line.id))
    return (*waiting, *lines[len(waiting) :])


def count_waiting(db: Session) -> tuple[int, date | None]:
    """Count the requests that wait, and give the day of the oldest."""
    found = db.execute(
        select(func.count(), func.min(RequestRow.asked_on)).where(
            RequestRow.state.in_(WAITING),
            RequestRow.removed_at.is_(None),
        )
    ).one()
    return found[0], found[1]


def _narrowing(search: RequestSearch) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = []
    if search.state is not None:
        clauses.append(RequestRow.state == search.state)
    if search.is_waiting:
        clauses.append(RequestRow.state.in_(WAITING))
    if search.source is not None:
        clauses.append(RequestRow.source == search.source)
    return clauses


def _save(db: Session, request_id: int, **values: object) -> None:
    db.execute(
        update(RequestRow)
        .where(RequestRow.id == request_id)
        .values(version=RequestRow.version + 1, **values)
    )


def _columns(form: RequestForm) -> dict[str, object]:
    return {
        "text": form.text,
        "source": form.source,
        "asked_on": form.asked_on,
        "initiative_id": form.initiative_id,
        "name": form.name,
        "asker": form.asker,
        "contact": form.contact,
        "has_consent": form.has_consent,
    }

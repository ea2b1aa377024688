"""Harm and complaints."""

from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from casework.domain.harm import Harm, HarmFigures, HarmForm, HarmKind
from casework.domain.outside import HarmLine
from casework.store.cases import Stamp
from casework.store.once import insert_once
from casework.tables import CaseFileRow, HarmRow, InitiativeRow
from core.errors import NotFoundError
from core.i18n import Term
from core.permissions import Guard

LISTED = 2_000


def add_harm(
    db: Session, case_id: int, form: HarmForm, token: str | None, stamp: Stamp
) -> int | None:
    """Write harm or a complaint; None if this form has written it already."""
    return insert_once(
        db,
        HarmRow,
        case_id=case_id,
        kind=form.kind,
        happened_on=form.happened_on,
        by_whom=form.by_whom,
        what=form.what,
        token=token,
        recorded_by=stamp.person_id,
        created_at=stamp.now,
    )


def find_harm_by_token(db: Session, token: str) -> int | None:
    """Find what this very form has already written."""
    return db.scalar(select(HarmRow.id).where(HarmRow.token == token))


def load_harm(db: Session, harm_id: int) -> tuple[Harm, Guard]:
    """Load harm or a complaint, open to the lead of its case and to who wrote it down."""
    row = db.get(HarmRow, harm_id, populate_existing=True)
    if row is None or row.removed_at is not None:
        raise NotFoundError(kind=Term("object.harm"), id=harm_id)
    lead = db.scalar(select(CaseFileRow.lead_id).where(CaseFileRow.id == row.case_id))
    return _harm(row), _guard(row, lead)


def list_harms(db: Session, case_id: int | None = None) -> tuple[tuple[HarmLine, Guard], ...]:
    """List harm and complaints of a case or of all, what waits first, then the latest."""
    query = (
        select(HarmRow, CaseFileRow.lead_id, InitiativeRow.name)
        .join(CaseFileRow, CaseFileRow.id == HarmRow.case_id)
        .join(InitiativeRow, InitiativeRow.id == CaseFileRow.initiative_id)
        .where(HarmRow.removed_at.is_(None), CaseFileRow.removed_at.is_(None))
        .order_by(HarmRow.handled_on.is_not(None), HarmRow.happened_on.desc(), HarmRow.id.desc())
        .limit(LISTED)
    )
    if case_id is not None:
        query = query.where(HarmRow.case_id == case_id)
    return tuple(
        (HarmLine(_harm(row), name), _guard(row, lead)) for row, lead, name in db.execute(query)
    )


def count_harms(db: Session, since: date, until: date) -> HarmFigures:
    """Count the different initiatives that were harmed or complained in days; and what waits."""
    query = (
        select(HarmRow.kind, func.count(CaseFileRow.initiative_id.distinct()))
        .join(CaseFileRow, CaseFileRow.id == HarmRow.case_id)
        .where(
            HarmRow.removed_at.is_(None),
            HarmRow.happened_on >= since,
            HarmRow.happened_on < until,
        )
        .group_by(HarmRow.kind)
    )
    counted = {kind: count for kind, count in db.execute(query)}  # noqa: C416 — rows are not pairs
    waiting = db.scalar(
        select(func.count())
        .select_from(HarmRow)
        .where(HarmRow.removed_at.is_(None), HarmRow.handled_on.is_(None))
    )
    return HarmFigures(
        counted.get(HarmKind.HARM, 0), counted.get(HarmKind.COMPLAINT, 0), waiting or 0
    )


def save_handling(db: Session, harm_id: int, text: str, on: date | None) -> None:
    """Write how it was handled, or that it waits again, under the next version."""
    db.execute(
        update(HarmRow)
        .where(HarmRow.id == harm_id)
        .values(handling=text, handled_on=on, version=HarmRow.version + 1)
    )


def save_harm_removed(db: Session, harm_id: int, at: datetime | None) -> None:
    """Take it away, or give it back."""
    db.execute(update(HarmRow).where(HarmRow.id == harm_id).values(removed_at=at))


def _guard(row: HarmRow, lead: int | None) -> Guard:
    leads = frozenset({lead} if lead is not None else ())
    return Guard(case_id=row.case_id, lead=lead, author=row.recorded_by, leads=leads)


def _harm(row: HarmRow) -> Harm:
    return Harm(
        id=row.id,
        case_id=row.case_id,
        form=HarmForm(row.kind, row.happened_on, row.by_whom, row.what),
        version=row.version,
        recorded_by=row.recorded_by,
        handling=row.handling,
        handled_on=row.handled_on,
    )

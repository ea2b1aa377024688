"""Referrals and contacts with authorities."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from casework.domain.authority import Answer, AuthorityContact, AuthorityForm
from casework.domain.outside import OutsideLine
from casework.domain.referral import (
    OPEN,
    NewReferral,
    Referral,
    ReferralMove,
    ReferralState,
)
from casework.store.cases import Stamp
from casework.store.once import insert_once
from casework.tables import (
    AuthorityContactRow,
    CaseFileRow,
    InitiativeRow,
    ReferralMoveRow,
    ReferralRow,
)
from core.errors import NotFoundError
from core.i18n import Term


def add_referral(
    db: Session, case_id: int, lead_id: int, new: NewReferral, stamp: Stamp
) -> int | None:
    """Write a referral and who leads the case now; None if this form has written it already."""
    referral_id = insert_once(
        db,
        ReferralRow,
        case_id=case_id,
        target=new.target,
        to_whom=new.to_whom,
        what_for=new.what_for,
        ground=new.ground,
        consent_on=new.consent_on,
        due_on=new.due_on,
        token=new.token,
        state=ReferralState.ASKED,
        asked_on=stamp.today,
        lead_id=lead_id,
        asked_by=stamp.person_id,
        created_at=stamp.now,
    )
    if referral_id is not None:
        add_referral_move(db, referral_id, ReferralMove(ReferralState.ASKED, stamp.today), stamp)
    return referral_id


def find_referral_by_token(db: Session, token: str) -> int | None:
    """Find the referral that this very form has already written."""
    return db.scalar(select(ReferralRow.id).where(ReferralRow.token == token))


def load_referral(db: Session, referral_id: int) -> Referral:
    """Load a referral; lock its case before changing it."""
    row = db.get(ReferralRow, referral_id, populate_existing=True)
    if row is None or row.removed_at is not None:
        raise NotFoundError(kind=Term("object.referral"), id=referral_id)
    return _referrals(db, [row])[0]


def list_referrals(db: Session, case_id: int) -> tuple[Referral, ...]:
    """List the referrals of a case, the latest first."""
    rows = db.scalars(
        select(ReferralRow)
        .where(ReferralRow.case_id == case_id, ReferralRow.removed_at.is_(None))
        .order_by(ReferralRow.id.desc())
    ).all()
    return _referrals(db, rows)


def add_referral_move(db: Session, referral_id: int, move: ReferralMove, stamp: Stamp) -> None:
    """Write a move into the history of a referral."""
    db.add(
        ReferralMoveRow(
            referral_id=referral_id,
            state=move.state,
            moved_on=move.moved_on,
            comment=move.comment,
            by_id=stamp.person_id,
        )
    )
    db.flush()


def delete_last_referral_move(db: Session, referral_id: int) -> None:
    """Take the latest move of a referral out of its history."""
    last = select(func.max(ReferralMoveRow.id)).where(ReferralMoveRow.referral_id == referral_id)
    db.execute(
        delete(ReferralMoveRow)
        .where(ReferralMoveRow.id == last.scalar_subquery())
        .execution_options(synchronize_session=False)
    )


def save_referral_state(db: Session, referral_id: int, state: ReferralState) -> None:
    """Write where a referral stands, under its next version."""
    db.execute(
        update(ReferralRow)
        .where(ReferralRow.id == referral_id)
        .values(state=state, version=ReferralRow.version + 1)
    )


def save_referral_removed(db: Session, referral_id: int, at: datetime | None) -> None:
    """Take a referral away, or give it back."""
    db.execute(update(ReferralRow).where(ReferralRow.id == referral_id).values(removed_at=at))


def add_authority(
    db: Session, case_id: int, form: AuthorityForm, token: str | None, stamp: Stamp
) -> int | None:
    """Write a contact with an authority; None if this form has written it already."""
    return insert_once(
        db,
        AuthorityContactRow,
        **_columns(form),
        case_id=case_id,
        token=token,
        recorded_by=stamp.person_id,
        created_at=stamp.now,
    )


def find_authority_by_token(db: Session, token: str) -> int | None:
    """Find the contact that this very form has already written."""
    return db.scalar(select(AuthorityContactRow.id).where(AuthorityContactRow.token == token))


def load_authority(db: Session, contact_id: int) -> AuthorityContact:
    """Load a contact with an authority; lock its case before changing it."""
    row = db.get(AuthorityContactRow, contact_id, populate_existing=True)
    if row is None or row.removed_at is not None:
        raise NotFoundError(kind=Term("object.authority_contact"), id=contact_id)
    return _contact(row)


def list_authorities(db: Session, case_id: int) -> tuple[AuthorityContact, ...]:
    """List the contacts of a case with authorities, the latest first."""
    rows = db.scalars(
        select(AuthorityContactRow)
        .where(AuthorityContactRow.case_id == case_id, AuthorityContactRow.removed_at.is_(None))
        .order_by(AuthorityContactRow.registered_on.desc(), AuthorityContactRow.id.desc())
    )
    return tuple(map(_contact, rows))


def save_authority(db: Session, contact_id: int, form: AuthorityForm) -> None:
    """Write what is said of a contact, under its next version."""
    _save_contact(db, contact_id, _columns(form))


def save_answer(db: Session, contact_id: int, answer: Answer | None) -> None:
    """Write what an authority answered, or that nothing came yet, under the next version."""
    said = answer or Answer(None)
    _save_contact(
        db,
        contact_id,
        {
            "result": said.result,
            "answered_on": said.answered_on,
            "answer": said.text,
            "document_id": said.document_id,
        },
    )


def save_authority_removed(db: Session, contact_id: int, at: datetime | None) -> None:
    """Take a contact away, or give it back."""
    db.execute(
        update(AuthorityContactRow)
        .where(AuthorityContactRow.id == contact_id)
        .values(removed_at=at)
    )


def list_awaited(db: Session, leads: Iterable[int], until: date) -> tuple[OutsideLine, ...]:
    """List the answers due by a day in cases of these leads, the earliest first."""
    mine = CaseFileRow.lead_id.in_(tuple(leads)) & CaseFileRow.removed_at.is_(None)
    referrals = db.execute(
        select(CaseFileRow.id, InitiativeRow.name, ReferralRow.to_whom, ReferralRow.due_on)
        .join(ReferralRow, ReferralRow.case_id == CaseFileRow.id)
        .join(InitiativeRow, InitiativeRow.id == CaseFileRow.initiative_id)
        .where(
            mine,
            ReferralRow.removed_at.is_(None),
            ReferralRow.state.in_(OPEN),
            ReferralRow.due_on <= until,
        )
    )
    contacts = db.execute(
        select(CaseFileRow.id, InitiativeRow.name, AuthorityContactRow)
        .join(AuthorityContactRow, AuthorityContactRow.case_id == CaseFileRow.id)
        .join(InitiativeRow, InitiativeRow.id == CaseFileRow.initiative_id)
        .where(
            mine,
            AuthorityContactRow.removed_at.is_(None),
            AuthorityContactRow.result.is_(None),
            AuthorityContactRow.due_on <= until,
        )
    )
    lines = [OutsideLine(case, name, whom, due) for case, name, whom, due in referrals if due]
    lines += [
        OutsideLine(case, name, row.addressee, row.due_on, row.kind)
        for case, name, row in contacts
        if row.due_on
    ]
    return tuple(sorted(lines, key=lambda line: (line.due_on, line.case_id)))


def _referrals(db: Session, rows: Iterable[ReferralRow]) -> tuple[Referral, ...]:
    rows = list(rows)
    moves: dict[int, list[ReferralMove]] = defaultdict(list)
    query = (
        select(ReferralMoveRow)
        .where(ReferralMoveRow.referral_id.in_([row.id for row in rows]))
        .order_by(ReferralMoveRow.id)
    )
    for move in db.scalars(query) if rows else ():
        moves[move.referral_id].append(ReferralMove(move.state, move.moved_on, move.comment))
    return tuple(
        Referral(
            id=row.id,
            case_id=row.case_id,
            said=NewReferral(
                row.target, row.to_whom, row.what_for, row.ground, row.consent_on, row.due_on
            ),
            state=row.state,
            asked_on=row.asked_on,
            lead_id=row.lead_id,
            version=row.version,
            moves=tuple(moves[row.id]),
        )
        for row in rows
    )


def _contact(row: AuthorityContactRow) -> AuthorityContact:
    answer = None
    if row.result is not None:
        answer = Answer(row.result, row.answered_on, row.answer, row.document_id)
    form = AuthorityForm(
        row.kind, row.addressee, row.subject, row.registered_on, row.due_on, row.number
    )
    return AuthorityContact(row.id, row.case_id, form, row.version, answer)


def _columns(form: AuthorityForm) -> dict[str, object]:
    return {
        "kind": form.kind,
        "addressee": form.addressee,
        "subject": form.subject,
        "number": form.number,
        "registered_on": form.registered_on,
        "due_on": form.due_on,
    }


def _save_contact(db: Session, contact_id: int, values: dict[str, object]) -> None:
    db.execute(
        update(AuthorityContactRow)
        .where(AuthorityContactRow.id == contact_id)
        .values(version=AuthorityContactRow.version + 1, **values)
    )

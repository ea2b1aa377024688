"""What paper says of meetings: never of private ones."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.domain.views import MeetingBrief
from casework.tables import CaseFileRow, ConsultationCaseRow, ConsultationRow, InitiativeRow
from core.permissions import Secrecy


def list_briefs(db: Session, ids: Iterable[int]) -> dict[int, MeetingBrief]:
    """Map meetings to what paper says of them; private and removed ones are absent."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    told = (
        ConsultationRow.id.in_(wanted),
        ConsultationRow.secrecy != Secrecy.PRIVATE,
        ConsultationRow.removed_at.is_(None),
    )
    names: dict[int, list[str]] = {}
    initiatives = (
        select(ConsultationCaseRow.consultation_id, InitiativeRow.name)
        .join(ConsultationRow, ConsultationRow.id == ConsultationCaseRow.consultation_id)
        .join(CaseFileRow, CaseFileRow.id == ConsultationCaseRow.case_id)
        .join(InitiativeRow, InitiativeRow.id == CaseFileRow.initiative_id)
        .where(*told)
        .order_by(ConsultationCaseRow.consultation_id, InitiativeRow.sort_key)
    )
    for consultation_id, name in db.execute(initiatives):
        names.setdefault(consultation_id, []).append(name)
    meetings = select(
        ConsultationRow.id, ConsultationRow.starts_at, ConsultationRow.form,
        ConsultationRow.audience,
    ).where(*told)  # fmt: skip
    return {
        id_: MeetingBrief(starts_at, form, audience, tuple(dict.fromkeys(names.get(id_, ()))))
        for id_, starts_at, form, audience in db.execute(meetings)
    }

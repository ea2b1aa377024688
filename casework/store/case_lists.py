"""Cases in lists, with the dates of what was last and what comes next."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, exists, func, or_, select
from sqlalchemy.orm import Session

from casework.domain.case import CaseStatus
from casework.domain.consultation import ConsultationStatus
from casework.domain.views import CaseBrief, CaseLine, CaseSearch
from casework.store.visibility import disclosed, step_disclosed
from casework.tables import (
    CaseFileRow,
    CaseMemberRow,
    ConsultationCaseRow,
    ConsultationRow,
    InitiativeRow,
    InitiativeThemeRow,
    NextStepRow,
)
from core.permissions import NoteReach

LISTED = 2_000


def list_cases(
    db: Session, search: CaseSearch, today: date, reach: NoteReach
) -> tuple[CaseLine, ...]:
    """List cases, the latest opened first; names are filled in by the service."""
    query = (
        select(
            CaseFileRow,
            _meeting(func.min(ConsultationRow.held_on), ConsultationStatus.PLANNED, reach, today),
            _step(reach, today),
            _meeting(func.max(ConsultationRow.held_on), ConsultationStatus.HELD, reach),
        )
        .where(CaseFileRow.removed_at.is_(None), *_narrowing(search))
        .order_by(CaseFileRow.opened_on.desc(), CaseFileRow.id.desc())
        .limit(LISTED)
    )
    return tuple(
        CaseLine(
            id=row.id,
            initiative_id=row.initiative_id,
            initiative="",
            title=row.title,
            lead_id=row.lead_id,
            lead="",
            status=row.status,
            opened_on=row.opened_on,
            next_on=min(filter(None, (meeting, step)), default=None),
            last_on=last,
        )
        for row, meeting, step, last in db.execute(query)
    )


def find_initiatives_of(db: Session, case_ids: Iterable[int]) -> dict[int, int]:
    """Map cases to their initiatives; unknown cases are absent."""
    wanted: Sequence[int] = sorted(set(case_ids))
    if not wanted:
        return {}
    rows = db.execute(
        select(CaseFileRow.id, CaseFileRow.initiative_id).where(CaseFileRow.id.in_(wanted))
    )
    return {case_id: initiative_id for case_id, initiative_id in rows}  # noqa: C416 — rows are not pairs to the type checker


def find_briefs(db: Session, case_ids: Iterable[int]) -> dict[int, CaseBrief]:
    """Map cases to what lists say of them, in two statements; unknown cases are absent."""
    wanted: Sequence[int] = sorted(set(case_ids))
    if not wanted:
        return {}
    themes: dict[int, list[str]] = {}
    of_cases = (
        select(InitiativeThemeRow.initiative_id, InitiativeThemeRow.theme)
        .join(CaseFileRow, CaseFileRow.initiative_id == InitiativeThemeRow.initiative_id)
        .where(CaseFileRow.id.in_(wanted))
        .order_by(InitiativeThemeRow.theme)
        .distinct()
    )
    for initiative_id, theme in db.execute(of_cases):
        themes.setdefault(initiative_id, []).append(theme)
    rows = db.execute(
        select(
            CaseFileRow.id,
            CaseFileRow.initiative_id,
            InitiativeRow.name,
            CaseFileRow.lead_id,
            CaseFileRow.status,
        )
        .join(InitiativeRow, InitiativeRow.id == CaseFileRow.initiative_id)
        .where(CaseFileRow.id.in_(wanted))
    )
    return {
        case_id: CaseBrief(
            case_id,
            initiative_id,
            name,
            lead_id,
            is_open=status is not CaseStatus.CLOSED,
            themes=tuple(themes.get(initiative_id, ())),
        )
        for case_id, initiative_id, name, lead_id, status in rows
    }


def _narrowing(search: CaseSearch) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = []
    if search.status is not None:
        clauses.append(CaseFileRow.status == search.status)
    if search.open_only:
        clauses.append(CaseFileRow.status != CaseStatus.CLOSED)
    if search.initiative_id is not None:
        clauses.append(CaseFileRow.initiative_id == search.initiative_id)
    if search.person_id is not None:
        belongs = exists().where(
            CaseMemberRow.case_id == CaseFileRow.id,
            CaseMemberRow.person_id == search.person_id,
            CaseMemberRow.until.is_(None),
        )
        leads = CaseFileRow.lead_id.in_({search.person_id} | search.leads_for)
        clauses.append(or_(leads, belongs))
    return clauses


def _meeting(
    value: ColumnElement[date],
    status: ConsultationStatus,
    reach: NoteReach,
    since: date = date.min,
) -> ScalarSelect[date]:
    return (
        select(value)
        .join(ConsultationCaseRow, ConsultationCaseRow.consultation_id == ConsultationRow.id)
        .where(
            ConsultationCaseRow.case_id == CaseFileRow.id,
            ConsultationRow.removed_at.is_(None),
            ConsultationRow.status == status,
            ConsultationRow.held_on >= since,
            disclosed(reach),
        )
        .correlate(CaseFileRow)
        .scalar_subquery()
    )


def _step(reach: NoteReach, since: date) -> ScalarSelect[date | None]:
    return (
        select(func.min(NextStepRow.due_on))
        .where(
            NextStepRow.case_id == CaseFileRow.id,
            NextStepRow.removed_at.is_(None),
            NextStepRow.done_on.is_(None),
            NextStepRow.due_on >= since,
            step_disclosed(reach),
        )
        .correlate(CaseFileRow)
        .scalar_subquery()
    )

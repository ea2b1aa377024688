"""The rule on notes as a WHERE clause: the second face of `core.permissions`.

A property test proves both faces equal on random data.
"""

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from casework.tables import (
    CaseFileRow,
    CaseMemberRow,
    ConsultationCaseRow,
    ConsultationConsultantRow,
    ConsultationNamedRow,
    ConsultationRow,
    NextStepRow,
)
from core.permissions import NoteReach, Secrecy


def readable(reach: NoteReach) -> ColumnElement[bool]:
    """Keep consultations whose note the actor may read: `may_read_note` in SQL."""
    return or_(
        _own_or_named(reach),
        and_(ConsultationRow.secrecy == Secrecy.TEAM, _yes(reach.team)),
        and_(
            ConsultationRow.secrecy == Secrecy.CASE,
            or_(_yes(reach.every_case), and_(_yes(reach.own_cases), _works_on(reach))),
        ),
    )


def disclosed(reach: NoteReach) -> ColumnElement[bool]:
    """Keep consultations of which the actor may know more than date and minutes."""
    return or_(ConsultationRow.secrecy != Secrecy.PRIVATE, _own_or_named(reach))


def step_disclosed(reach: NoteReach) -> ColumnElement[bool]:
    """Keep steps but those agreed at a private consultation closed to the actor."""
    hidden = (
        select(ConsultationRow.id)
        .where(ConsultationRow.id == NextStepRow.origin_id, ~disclosed(reach))
        .correlate(NextStepRow)
    )
    return or_(
        NextStepRow.origin_type.is_(None),
        NextStepRow.origin_type != "consultation",
        ~exists(hidden),
    )


def _yes(fact: bool) -> ColumnElement[bool]:  # noqa: FBT001 — a fact turned into SQL
    return ~false() if fact else false()


def _own_or_named(reach: NoteReach) -> ColumnElement[bool]:
    named = exists().where(
        ConsultationNamedRow.consultation_id == ConsultationRow.id,
        ConsultationNamedRow.person_id == reach.person_id,
    )
    return or_(ConsultationRow.author_id == reach.person_id, named)


def _works_on(reach: NoteReach) -> ColumnElement[bool]:
    person_id = reach.person_id
    consults = exists().where(
        ConsultationConsultantRow.consultation_id == ConsultationRow.id,
        ConsultationConsultantRow.person_id == person_id,
    )
    leads = exists().where(
        ConsultationCaseRow.consultation_id == ConsultationRow.id,
        ConsultationCaseRow.case_id == CaseFileRow.id,
        CaseFileRow.lead_id.in_({person_id} | reach.stands_in_for),
    )
    belongs = exists().where(
        ConsultationCaseRow.consultation_id == ConsultationRow.id,
        ConsultationCaseRow.case_id == CaseMemberRow.case_id,
        CaseMemberRow.person_id == person_id,
        CaseMemberRow.until.is_(None),
    )
    return or_(consults, leads, belongs)

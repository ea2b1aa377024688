"""The tables of casework; only its store knows them."""

from casework.tables.cases import (
    CaseFileRow,
    CaseMemberRow,
    ClosingRow,
    LeadChangeRow,
    NeedRow,
    NextStepRow,
    StatusChangeRow,
    TimelineEntryRow,
)
from casework.tables.consultations import (
    ConsultationCaseRow,
    ConsultationConsultantRow,
    ConsultationNamedRow,
    ConsultationNoteRow,
    ConsultationRow,
    ConsultationTopicRow,
    NoteOpeningRow,
    NoteUnsealingRow,
)
from casework.tables.initiatives import (
    InitiativeImportRow,
    InitiativePersonRow,
    InitiativeRow,
    InitiativeThemeRow,
    LifeEventRow,
)
from casework.tables.meetings import (
    ConsultationFeedbackRow,
    ConsultationInSeriesRow,
    ConsultationParticipantRow,
    ConsultationSeriesRow,
    NoteAddendumRow,
)
from casework.tables.outside import AuthorityContactRow, HarmRow, ReferralMoveRow, ReferralRow
from casework.tables.requests import RequestRow
from casework.tables.roll_call import RollAnswerRow, RollCallRow
from casework.tables.substitutions import SubstitutionRow

__all__ = [
    "AuthorityContactRow",
    "CaseFileRow",
    "CaseMemberRow",
    "ClosingRow",
    "ConsultationCaseRow",
    "ConsultationConsultantRow",
    "ConsultationFeedbackRow",
    "ConsultationInSeriesRow",
    "ConsultationNamedRow",
    "ConsultationNoteRow",
    "ConsultationParticipantRow",
    "ConsultationRow",
    "ConsultationSeriesRow",
    "ConsultationTopicRow",
    "HarmRow",
    "InitiativeImportRow",
    "InitiativePersonRow",
    "InitiativeRow",
    "InitiativeThemeRow",
    "LeadChangeRow",
    "LifeEventRow",
    "NeedRow",
    "NextStepRow",
    "NoteAddendumRow",
    "NoteOpeningRow",
    "NoteUnsealingRow",
    "ReferralMoveRow",
    "ReferralRow",
    "RequestRow",
    "RollAnswerRow",
    "RollCallRow",
    "StatusChangeRow",
    "SubstitutionRow",
    "TimelineEntryRow",
]

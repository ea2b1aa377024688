"""The tables of casework; only its store knows them."""

from casework.tables.cases import (
    CaseFileRow,
    CaseMemberRow,
    NeedRow,
    NextStepRow,
    RequestRow,
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

__all__ = [
    "CaseFileRow",
    "CaseMemberRow",
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
    "InitiativeImportRow",
    "InitiativePersonRow",
    "InitiativeRow",
    "InitiativeThemeRow",
    "LifeEventRow",
    "NeedRow",
    "NextStepRow",
    "NoteAddendumRow",
    "NoteOpeningRow",
    "NoteUnsealingRow",
    "RequestRow",
    "StatusChangeRow",
    "TimelineEntryRow",
]

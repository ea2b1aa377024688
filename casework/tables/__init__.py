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

__all__ = [
    "CaseFileRow",
    "CaseMemberRow",
    "ConsultationCaseRow",
    "ConsultationConsultantRow",
    "ConsultationNamedRow",
    "ConsultationNoteRow",
    "ConsultationRow",
    "ConsultationTopicRow",
    "NeedRow",
    "NextStepRow",
    "NoteOpeningRow",
    "NoteUnsealingRow",
    "RequestRow",
    "StatusChangeRow",
    "TimelineEntryRow",
]

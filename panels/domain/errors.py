"""What can go wrong in a panel, and can be said to a person."""

from core.errors import DomainError


class CriteriaFrozenError(DomainError):
    """Somebody has scored, so the criteria stay as they are."""

    code = "error.criteria_frozen"


class MixedScalesError(DomainError):
    """The criteria of a panel share one scale; details: low, high (the scale in use)."""

    code = "error.mixed_scales"


class NoCriteriaError(DomainError):
    """The panel has no criteria yet, so there is nothing to mark."""

    code = "error.no_criteria"


class ChairScoresError(DomainError):
    """The chair sees every sheet, so cannot be one of the blind experts."""

    code = "error.chair_scores"


class AlreadyAssignedError(DomainError):
    """The person is an expert of this panel already."""

    code = "error.already_assigned"


class HasScoredError(DomainError):
    """The expert has begun to score, so stays in the panel."""

    code = "error.has_scored"


class DuplicateSubmissionError(DomainError):
    """The same text of the same initiative is before the panel already."""

    code = "error.duplicate_submission"


class ConflictOfInterestError(DomainError):
    """The expert has a conflict of interest, so does not score this project."""

    code = "error.conflict_of_interest"


class OwnSheetFirstError(DomainError):
    """The others' opinions open once the expert's own sheet is handed in."""

    code = "error.own_sheet_first"


class NotAnExpertError(DomainError):
    """The person does not act as an expert at the centre."""

    code = "error.not_an_expert"


class SheetSubmittedError(DomainError):
    """A submitted sheet no longer changes; only the chair can return it."""

    code = "error.sheet_submitted"


class SheetNotSubmittedError(DomainError):
    """A draft can be neither returned nor adopted from."""

    code = "error.sheet_not_submitted"


class MissingMarksError(DomainError):
    """Required criteria have no mark; details: numbers, counted from one."""

    code = "error.missing_marks"


class PanelClosedError(DomainError):
    """The panel is closed: nothing in it changes until the chair reopens it."""

    code = "error.panel_closed"


class SubmissionWithdrawnError(DomainError):
    """The project was withdrawn from the panel."""

    code = "error.submission_withdrawn"


class NoCaseError(DomainError):
    """The project belongs to no case that could take a next step."""

    code = "error.submission_without_case"


class NoSuchRecommendationError(DomainError):
    """The sheet holds no such recommendation (any more)."""

    code = "error.no_such_recommendation"


class AlreadyAdoptedError(DomainError):
    """The recommendation is a next step of the case already."""

    code = "error.already_adopted"

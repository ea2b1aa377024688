"""What can be wrong with an instrument's source, and with an answer."""

from core.errors import DomainError


class MissingSheetError(DomainError):
    """A sheet of the form is absent; details: sheet."""

    code = "error.form_sheet_missing"


class MissingColumnError(DomainError):
    """A sheet lacks a column; details: sheet, column."""

    code = "error.form_column_missing"


class EmptyCellError(DomainError):
    """A cell that must be filled is empty; details: sheet, row, column."""

    code = "error.form_cell_empty"


class InvalidCellError(DomainError):
    """A cell holds what it cannot hold; details: sheet, row, column, value, allowed."""

    code = "error.form_cell_invalid"


class RepeatedNameError(DomainError):
    """A name stands twice; details: sheet, row, name, first."""

    code = "error.form_name_repeated"


class UnbalancedGroupError(DomainError):
    """A group is not begun, not ended, or begun inside another; details: sheet, row, name."""

    code = "error.form_group_unbalanced"


class EmptyGroupError(DomainError):
    """A domain has no questions; details: sheet, row, name."""

    code = "error.form_group_empty"


class UnevenScaleError(DomainError):
    """The levels of a list do not make a scale like the others; details: sheet, row, name."""

    code = "error.form_scale_uneven"


class UnknownItemError(DomainError):
    """The instrument has no such question; details: item."""

    code = "error.assessment_item_unknown"


class UnknownAnswerError(DomainError):
    """The question does not offer this answer; details: answer."""

    code = "error.assessment_answer_unknown"


class SubmittedError(DomainError):
    """A submitted diagnostic is not edited."""

    code = "error.assessment_submitted"


class NothingAnsweredError(DomainError):
    """A diagnostic without a single answer cannot be submitted."""

    code = "error.assessment_empty"


class NeedsMadeError(DomainError):
    """A submission from which needs were made is not taken back; details: count."""

    code = "error.assessment_needs_made"


class NotSubmittedError(DomainError):
    """Only a submitted diagnostic gives needs."""

    code = "error.assessment_not_submitted"

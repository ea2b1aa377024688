"""What can be wrong with a plan, each kind a class of its own."""

from core.errors import DomainError


class CycleError(DomainError):
    """Some tasks wait for each other, so none can start; details: tasks."""

    code = "error.cycle"


class SelfLinkError(DomainError):
    """A task cannot wait for itself; details: task."""

    code = "error.self_link"


class DuplicateLinkError(DomainError):
    """The two tasks are already linked in this way; details: predecessor, successor, kind."""

    code = "error.duplicate_link"


class DuplicateTaskError(DomainError):
    """Two tasks of a plan have one id; details: task."""

    code = "error.duplicate_task"


class EstimateOrderError(DomainError):
    """The three points of an estimate are not in order; details: task."""

    code = "error.estimate_order"


class ConstraintDateError(DomainError):
    """A constraint lacks its date, or has one it cannot keep; details: task, kind."""

    code = "error.constraint_date"


class ConstraintBeforeStartError(DomainError):
    """A constraint or a hand's date lies before the plan; details: task, at, start."""

    code = "error.constraint_before_start"


class StageConstraintError(DomainError):
    """A stage follows its parts and cannot keep such a constraint; details: task, kind."""

    code = "error.stage_constraint"


class StageFieldError(DomainError):
    """A stage takes its dates from its parts, which are where this is set; details: task, field."""

    code = "error.stage_field"


class TermDateError(DomainError):
    """A date of a task lies outside of what calendars know; details: task, at, low, high."""

    code = "error.term_date"


class ActualInFutureError(DomainError):
    """A task cannot have been begun or finished after today; details: task, at, today."""

    code = "error.actual_in_future"


class BegunError(DomainError):
    """A task stands where it was begun, and no hand moves it; details: task, at."""

    code = "error.begun"


class EmptyBaselineError(DomainError):
    """A plan without tasks has no dates that could be kept."""

    code = "error.empty_baseline"


class DuplicateBaselineError(DomainError):
    """Two baselines of a plan have one number, or one knows a task twice; details: number."""

    code = "error.duplicate_baseline"


class BaselineDateError(DomainError):
    """A date of a baseline lies outside of what calendars know; details: baseline, at, low, high."""

    code = "error.baseline_date"


class TooManyBaselinesError(DomainError):
    """A plan holds a limited number of baselines; details: count, limit."""

    code = "error.too_many_baselines"


class ProgressOrderError(DomainError):
    """A task cannot be finished before it was started; details: task."""

    code = "error.progress_order"


class BadShiftsError(DomainError):
    """The working hours of a calendar overlap or leave the day."""

    code = "error.bad_shifts"


class StageLoopError(DomainError):
    """A task cannot be part of itself or of its own part; details: task."""

    code = "error.stage_loop"


class PlanTooLongError(DomainError):
    """The plan reaches further than a calendar is kept; details: length, limit, unit."""

    code = "error.plan_too_long"


class TooManyTasksError(DomainError):
    """A plan holds a limited number of tasks; details: count, limit."""

    code = "error.too_many_tasks"


class NoWorkingTimeError(DomainError):
    """The calendar of the plan has no working day or no working hour."""

    code = "error.no_working_time"


class NotationError(DomainError):
    """A cell of predecessors cannot be read; details: row, text."""

    code = "error.notation"


class UnknownRowError(DomainError):
    """A predecessor names a row that the plan lacks; details: row, number, last."""

    code = "error.unknown_row"


class NotLastEditError(DomainError):
    """Only what was taken back last can be done again, and this is an earlier one."""

    code = "error.not_last_edit"


class NothingToUndoError(DomainError):
    """No change of this person's is left to undo."""

    code = "error.nothing_to_undo"


class NothingToRedoError(DomainError):
    """No change that was taken back can be done again."""

    code = "error.nothing_to_redo"


class NotStandingError(DomainError):
    """The change does not stand any more: it has been taken back already."""

    code = "error.not_standing"


class CannotMoveError(DomainError):
    """The task has no room to move that way; details: task."""

    code = "error.cannot_move"


class PlanFileError(DomainError):
    """A file cannot be read as a plan; details: reason (a code with words) and place in it."""

    code = "error.plan_file"


class FormulaError(DomainError):
    """A table of tasks holds a formula, whose value nobody can vouch for; details: name."""

    code = "error.formula"


class PlanCellError(DomainError):
    """One cell of a table cannot be read; details: row, column, text."""

    code = "error.plan_cell"

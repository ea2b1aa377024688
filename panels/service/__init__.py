"""What can be done with panels: one function = permission, one transaction, audit."""

from panels.service.access import Standing
from panels.service.exports import record_export
from panels.service.panels import (
    Candidates,
    add_criteria_set,
    add_criterion,
    assign_expert,
    close_panel,
    create_panel,
    list_candidates,
    list_criteria_sets,
    remove_criterion,
    remove_expert,
    reopen_panel,
)
from panels.service.reading import (
    PanelBrief,
    PanelView,
    SubmissionView,
    list_panels,
    list_submissions_of_case,
    summarise,
    view_panel,
    view_submission,
)
from panels.service.sheets import (
    SheetView,
    adopt_recommendation,
    draft_key,
    list_own_sheets,
    return_sheet,
    save_sheet,
    submit_sheet,
    view_sheet,
)
from panels.service.submissions import (
    add_submission,
    declare_conflict,
    lift_conflict,
    restore_submission,
    withdraw_submission,
)
from panels.store import SheetLine

__all__ = [
    "Candidates",
    "PanelBrief",
    "PanelView",
    "SheetLine",
    "SheetView",
    "Standing",
    "SubmissionView",
    "add_criteria_set",
    "add_criterion",
    "add_submission",
    "adopt_recommendation",
    "assign_expert",
    "close_panel",
    "create_panel",
    "declare_conflict",
    "draft_key",
    "lift_conflict",
    "list_candidates",
    "list_criteria_sets",
    "list_own_sheets",
    "list_panels",
    "list_submissions_of_case",
    "record_export",
    "remove_criterion",
    "remove_expert",
    "reopen_panel",
    "restore_submission",
    "return_sheet",
    "save_sheet",
    "submit_sheet",
    "summarise",
    "view_panel",
    "view_sheet",
    "view_submission",
    "withdraw_submission",
]

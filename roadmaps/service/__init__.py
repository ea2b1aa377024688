"""What can be done with roadmaps: one function = permission, one transaction, audit."""

from roadmaps.service.changes import (
    TaskDraft,
    add_task,
    edit_plan,
    edit_table,
    link_tasks,
    move_task,
    redo_edit,
    undo_edit,
)
from roadmaps.service.exports import ExportForm, ExportView, export_roadmap
from roadmaps.service.files import File, Preview, import_roadmap, preview_import
from roadmaps.service.head import edit_head, take_back_head
from roadmaps.service.roadmaps import (
    NewPlan,
    answer_need,
    create_roadmap,
    remove_roadmap,
    restore_roadmap,
)
from roadmaps.service.views import (
    list_case_roadmaps,
    list_history,
    list_roadmaps,
    view_need,
    view_plan,
)

__all__ = [
    "ExportForm",
    "ExportView",
    "File",
    "NewPlan",
    "Preview",
    "TaskDraft",
    "add_task",
    "answer_need",
    "create_roadmap",
    "edit_head",
    "edit_plan",
    "edit_table",
    "export_roadmap",
    "import_roadmap",
    "link_tasks",
    "list_case_roadmaps",
    "list_history",
    "list_roadmaps",
    "move_task",
    "preview_import",
    "redo_edit",
    "remove_roadmap",
    "restore_roadmap",
    "take_back_head",
    "undo_edit",
    "view_need",
    "view_plan",
]

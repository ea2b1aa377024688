"""What can be done with roadmaps: one function = permission, one transaction, audit."""

from roadmaps.service.changes import (
    TaskDraft,
    add_task,
    change_plan,
    edit_plan,
    edit_table,
    link_tasks,
    move_task,
    redo_edit,
    take_baseline,
    undo_edit,
)
from roadmaps.service.files import (
    ExportForm,
    File,
    Preview,
    export_roadmap,
    import_roadmap,
    preview_import,
)
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
    view_last_change,
    view_need,
    view_plan,
)

__all__ = [
    "ExportForm",
    "File",
    "NewPlan",
    "Preview",
    "TaskDraft",
    "add_task",
    "answer_need",
    "change_plan",
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
    "take_baseline",
    "undo_edit",
    "view_last_change",
    "view_need",
    "view_plan",
]

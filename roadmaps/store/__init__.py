"""Rows to plans and back; nothing else knows the tables."""

from roadmaps.store.history import (
    add_edit,
    find_edits_since,
    find_made,
    find_maker,
    list_edits,
    list_marks,
    load_edit,
)
from roadmaps.store.lists import list_roadmaps, list_uids
from roadmaps.store.plans import (
    NewRoadmap,
    add_roadmap,
    find_by_token,
    load_head,
    load_plan,
    load_tasks,
    new_task_ids,
    save_plan,
    save_removed,
    save_title,
)
from roadmaps.store.remarks import (
    add_remark,
    list_remarks,
    load_case_of,
    load_remark,
    save_remark_removed,
)
from roadmaps.store.templates import (
    add_template,
    find_template_by_token,
    list_templates,
    load_template,
    save_template,
    save_withdrawn,
)

__all__ = [
    "NewRoadmap",
    "add_edit",
    "add_remark",
    "add_roadmap",
    "add_template",
    "find_by_token",
    "find_edits_since",
    "find_made",
    "find_maker",
    "find_template_by_token",
    "list_edits",
    "list_marks",
    "list_remarks",
    "list_roadmaps",
    "list_templates",
    "list_uids",
    "load_case_of",
    "load_edit",
    "load_head",
    "load_plan",
    "load_remark",
    "load_tasks",
    "load_template",
    "new_task_ids",
    "save_plan",
    "save_remark_removed",
    "save_removed",
    "save_template",
    "save_title",
    "save_withdrawn",
]

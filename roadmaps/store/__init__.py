"""Rows to plans and back; nothing else knows the tables."""

from roadmaps.store.history import add_edit, find_edits_since, list_edits, list_marks, load_edit
from roadmaps.store.lists import list_roadmaps
from roadmaps.store.plans import (
    NewRoadmap,
    add_roadmap,
    find_by_token,
    load_plan,
    new_task_ids,
    save_plan,
    save_removed,
    save_title,
)

__all__ = [
    "NewRoadmap",
    "add_edit",
    "add_roadmap",
    "find_by_token",
    "find_edits_since",
    "list_edits",
    "list_marks",
    "list_roadmaps",
    "load_edit",
    "load_plan",
    "new_task_ids",
    "save_plan",
    "save_removed",
    "save_title",
]

"""Rows to domain values and back; nothing else knows the tables."""

from casework.store.cases import (
    Stamp,
    add_case,
    add_status_change,
    find_by_token,
    load_case,
    load_guard,
    save_case,
    save_members,
    save_removed,
)
from casework.store.needs import (
    add_need,
    list_needs,
    load_need,
    save_need_removed,
    save_need_state,
)
from casework.store.steps import (
    add_step,
    list_case_steps,
    list_due_steps,
    list_steps_of,
    load_step,
    save_step_done,
    save_step_removed,
)
from casework.store.timeline import add_entry, delete_entries, list_entries, list_moves

__all__ = [
    "Stamp",
    "add_case",
    "add_entry",
    "add_need",
    "add_status_change",
    "add_step",
    "delete_entries",
    "find_by_token",
    "list_case_steps",
    "list_due_steps",
    "list_entries",
    "list_moves",
    "list_needs",
    "list_steps_of",
    "load_case",
    "load_guard",
    "load_need",
    "load_step",
    "save_case",
    "save_members",
    "save_need_removed",
    "save_need_state",
    "save_removed",
    "save_step_done",
    "save_step_removed",
]

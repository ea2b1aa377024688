"""What can be done in casework: one function = permission, one transaction, audit."""

from casework.domain.need import NeedKind, NeedState
from casework.domain.timeline import TimelineKind
from casework.service.seams import (
    add_need,
    add_next_step,
    add_to_timeline,
    case_guard,
    remove_from_timeline,
    set_need_state,
)

__all__ = [
    "NeedKind",
    "NeedState",
    "TimelineKind",
    "add_need",
    "add_next_step",
    "add_to_timeline",
    "case_guard",
    "remove_from_timeline",
    "set_need_state",
]

"""What can be done in diagnostics: one function = permission, one transaction, audit."""

from diagnostics.service.exports import export_answers
from diagnostics.service.instruments import list_instruments, publish_builtin, view_instrument
from diagnostics.service.needs import make_needs, unmake_needs
from diagnostics.service.running import (
    answer_item,
    answer_items,
    discard_assessment,
    justify_item,
    restore_assessment,
    start_assessment,
    submit_assessment,
    withdraw_submission,
)
from diagnostics.service.viewing import (
    export_assessments,
    list_assessments,
    list_choices,
    view_assessment,
)

__all__ = [
    "answer_item",
    "answer_items",
    "discard_assessment",
    "export_answers",
    "export_assessments",
    "justify_item",
    "list_assessments",
    "list_choices",
    "list_instruments",
    "make_needs",
    "publish_builtin",
    "restore_assessment",
    "start_assessment",
    "submit_assessment",
    "unmake_needs",
    "view_assessment",
    "view_instrument",
    "withdraw_submission",
]

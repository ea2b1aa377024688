"""Moving a case between its states."""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

import streamlit as st

from casework.domain.case import MOVES, CaseStatus, CloseReason, StatusChange
from casework.domain.views import CaseView
from casework.service import change_status
from core.i18n import Translator
from core.ui.desk import Undo, saved, told
from core.ui.forms import submit
from core.workspace import Workspace

Colour: TypeAlias = Literal["blue", "green", "orange", "gray"]
COLOURS: Final[Mapping[CaseStatus, Colour]] = {
    CaseStatus.OPEN: "blue",
    CaseStatus.ACTIVE: "green",
    CaseStatus.ON_HOLD: "orange",
    CaseStatus.CLOSED: "gray",
}


def draw(here: Workspace, view: CaseView, _: Translator) -> None:
    """Draw the moves that the present state allows; closing asks why."""
    case = view.case
    moves = [status for status in CaseStatus if status in MOVES[case.status]]
    words = {
        CaseStatus.ACTIVE: _("Open it again")
        if case.status is CaseStatus.CLOSED
        else _("Take up the work"),
        CaseStatus.ON_HOLD: _("Put on hold"),
    }
    with st.expander(_("Status"), key="case_status"):
        with st.container(horizontal=True, key="case_moves"):
            for status in moves:
                if status is not CaseStatus.CLOSED and st.button(
                    words[status], key=f"case_to_{status}"
                ):
                    _move(here, view, StatusChange(status), _)
        if CaseStatus.CLOSED in moves:
            _close(here, view, _)


def _close(here: Workspace, view: CaseView, _: Translator) -> None:
    with st.form("case_close", border=False):
        reason = st.selectbox(
            _("Why it ends"),
            list(CloseReason),
            index=None,
            format_func=_.label,
            key="case_close_reason",
            placeholder=_("Choose a reason"),
        )
        comment = st.text_input(_("In a few words"), key="case_close_comment")
        if submit(_("Close the case"), key="case_close_save", main=False):
            _move(here, view, StatusChange(CaseStatus.CLOSED, reason, comment), _)


def _move(here: Workspace, view: CaseView, change: StatusChange, _: Translator) -> None:
    case = view.case
    with told():
        change_status(here, case_id=case.id, version=case.version, change=change)
        saved(
            _("The case is now: {status}", status=_.label(change.status)),
            undo=Undo(
                "casework.service:undo_status", {"case_id": case.id, "version": case.version + 1}
            ),
        )

"""Moving a case between its states."""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

import streamlit as st

from casework.domain.case import MOVES, CaseStatus, StatusChange
from casework.domain.views import CaseView
from casework.pages.parts import case_closing
from casework.service import change_status
from core.i18n import Translator
from core.ui.desk import Undo, saved, told
from core.ui.forms import required, submit
from core.workspace import Workspace

Colour: TypeAlias = Literal["blue", "green", "orange", "gray"]
COLOURS: Final[Mapping[CaseStatus, Colour]] = {
    CaseStatus.OPEN: "blue",
    CaseStatus.ACTIVE: "green",
    CaseStatus.ON_HOLD: "orange",
    CaseStatus.CLOSED: "gray",
}


def draw(here: Workspace, view: CaseView, _: Translator) -> None:
    """Draw the moves that the present state allows; ending and beginning anew ask why."""
    case = view.case
    words = {CaseStatus.ACTIVE: _("Take up the work"), CaseStatus.ON_HOLD: _("Put on hold")}
    moves = MOVES[case.status] if case.status is not CaseStatus.CLOSED else ()
    with st.expander(_("Status"), key="case_status"):
        with st.container(horizontal=True, key="case_moves"):
            for status, label in words.items():
                if status in moves and st.button(label, key=f"case_to_{status}"):
                    _move(here, view, StatusChange(status), _)
        if case.status is CaseStatus.CLOSED:
            _reopen(here, view, _)
        case_closing.form(here, view, _)


def _reopen(here: Workspace, view: CaseView, _: Translator) -> None:
    with st.form("case_reopen", border=False, enter_to_submit=False):
        comment = st.text_input(required(_("Why it is opened again")), key="case_reopen_comment")
        if submit(_("Open it again"), key="case_reopen_save", main=False):
            _move(here, view, StatusChange(CaseStatus.ACTIVE, comment=comment), _)


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

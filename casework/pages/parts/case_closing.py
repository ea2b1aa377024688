"""Closing a case: the lead asks, a manager agrees or sends it back."""

import streamlit as st

from casework.domain.case import CaseStatus, CloseReason
from casework.domain.closing import Closing, ClosingState
from casework.domain.views import CaseView
from casework.service import approve_closing, ask_closing, return_closing, withdraw_closing
from core.i18n import Translator
from core.ui.desk import Undo, plain, saved, told
from core.ui.forms import required, submit
from core.workspace import Workspace


def banner(here: Workspace, view: CaseView, _: Translator) -> None:
    """Show an asking that waits or came back, with what the reader may do about it."""
    asked = view.closing
    if asked is None:
        return
    with st.container(border=True, key="case_closing"):
        who, day = view.people.get(asked.asked_by, ""), _.date(asked.asked_on)
        if asked.state is ClosingState.RETURNED:
            by = view.people.get(asked.decided_by or 0, "")
            st.markdown("**" + plain(_("{name} sent the closing back", name=by)) + "**")
            st.text(asked.comment)
            return
        st.markdown("**" + plain(_("{name} asks to close the case", name=who)) + f"** · {day}")
        st.markdown(plain(_.label(asked.reason)))
        st.text(asked.outcome)
        with st.container(horizontal=True, key="case_closing_acts"):
            if view.may_close and st.button(
                _("Agree and close"), key="case_closing_approve", type="primary"
            ):
                _approve(here, asked, _)
            if view.may_edit and st.button(_("Take it back"), key="case_closing_withdraw"):
                _withdraw(here, asked, _)
        if view.may_close:
            _send_back(here, asked, _)
        else:
            st.caption(_("A manager decides."))


def form(here: Workspace, view: CaseView, _: Translator) -> None:
    """Draw the form that asks to close."""
    is_asked = view.closing is not None and view.closing.state is ClosingState.ASKED
    if view.case.status is CaseStatus.CLOSED or is_asked:
        return
    with st.form("case_close", border=False, enter_to_submit=False):
        reason = st.selectbox(
            required(_("Why it ends")),
            list(CloseReason),
            index=None,
            format_func=_.label,
            key="case_close_reason",
            placeholder=_("Choose a reason"),
        )
        outcome = st.text_area(
            required(_("What came of it")), key="case_close_outcome", height=90, max_chars=None
        )
        if submit(_("Ask to close the case"), key="case_close_save", main=False):
            with told():
                asked = ask_closing(here, case_id=view.case.id, reason=reason, outcome=outcome)
                saved(
                    _("A manager is asked to close the case"),
                    undo=Undo("casework.service:withdraw_closing", {"closing_id": asked}),
                    reset={"case_close_reason": None, "case_close_outcome": ""},
                )


def _approve(here: Workspace, asked: Closing, _: Translator) -> None:
    with told():
        approve_closing(here, closing_id=asked.id, version=asked.version)
        saved(_("The case is closed"), undo=_undo(asked))


def _withdraw(here: Workspace, asked: Closing, _: Translator) -> None:
    with told():
        withdraw_closing(here, closing_id=asked.id)
        saved(_("The case stays open"))


def _send_back(here: Workspace, asked: Closing, _: Translator) -> None:
    with (
        st.expander(_("Send it back"), key="case_closing_return"),
        st.form("case_return", border=False, enter_to_submit=False),
    ):
        comment = st.text_input(_("What is missing"), key="case_return_comment")
        if submit(_("Send it back"), key="case_return_save", main=False):
            with told():
                return_closing(here, closing_id=asked.id, version=asked.version, comment=comment)
                saved(
                    _("Sent back; the case stays open"),
                    undo=_undo(asked),
                    reset={"case_return_comment": ""},
                )


def _undo(asked: Closing) -> Undo:
    return Undo(
        "casework.service:undo_closing", {"closing_id": asked.id, "version": asked.version + 1}
    )

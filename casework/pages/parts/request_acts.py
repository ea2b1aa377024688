"""What may be done with a request: correct it, decide on it, open a case for it."""

from collections.abc import Mapping
from dataclasses import astuple
from typing import Final, Literal, TypeAlias

import streamlit as st

from casework.domain.request import (
    MOVES,
    Decision,
    RefusalReason,
    RequestForm,
    RequestState,
)
from casework.pages.parts.request_form import request_fields
from casework.service import (
    Assignment,
    RequestView,
    assign_request,
    decide_request,
    edit_request,
)
from core.i18n import Translator
from core.ui.desk import Undo, link, plain, saved, told, undone
from core.ui.forms import required, submit
from core.workspace import Workspace

Colour: TypeAlias = Literal["blue", "green", "orange", "gray"]
COLOURS: Final[Mapping[RequestState, Colour]] = {
    RequestState.NEW: "orange",
    RequestState.ACCEPTED: "blue",
    RequestState.REFUSED: "gray",
    RequestState.REFERRED: "gray",
    RequestState.ASSIGNED: "green",
}


def correct(here: Workspace, view: RequestView, names: Mapping[int, str], _: Translator) -> None:
    """Draw the form that corrects what a request says."""
    request = view.request
    prefix = f"request_{request.id}_{undone()}"
    seen_key = f"{prefix}_seen"
    if seen_key not in st.session_state:
        st.session_state[seen_key] = (request.version, astuple(request.form))
    version, fields = st.session_state[seen_key]
    seen = RequestForm(*fields)
    with st.expander(_("Correct the request"), key="request_edit"), st.form(prefix):
        wanted = request_fields(prefix, names, _, seen)
        if submit(_("Save"), key="request_edit_save", main=False):
            with told():
                _correct(here, view, (version, seen, wanted))
                st.session_state[seen_key] = (version + 1, astuple(wanted))
                saved(_("Request saved"))


def _correct(
    here: Workspace, view: RequestView, what: tuple[int, RequestForm, RequestForm]
) -> None:
    version, seen, wanted = what
    edit_request(here, request_id=view.request.id, version=version, seen=seen, wanted=wanted)


def told_decision(view: RequestView, _: Translator) -> None:
    """Show what was decided, by whom and why."""
    request, decision = view.request, view.request.decision
    day = _.date(request.decided_on) if request.decided_on else ""
    parts = [f"**{plain(_.label(decision.state))}**", day, plain(view.decided_by)]
    st.markdown(" · ".join(part for part in parts if part))
    if decision.refusal is not None:
        st.markdown(plain(_.label(decision.refusal)))
    if decision.referred_to:
        st.markdown(_("To: {whom}", whom=plain(decision.referred_to)))
    if decision.comment:
        st.text(decision.comment)


def decide(here: Workspace, view: RequestView, _: Translator) -> None:
    """Draw what the present state allows: accept, refuse, refer, or let it wait again."""
    moves = MOVES[view.request.state]
    with st.container(horizontal=True, key="request_moves"):
        if RequestState.ACCEPTED in moves and st.button(
            _("Accept"), key="request_accept", icon=":material/check:"
        ):
            _decide(here, view, Decision(RequestState.ACCEPTED), _)
        if RequestState.NEW in moves and st.button(
            _("Decide anew"), key="request_again", icon=":material/undo:"
        ):
            _decide(here, view, Decision(RequestState.NEW), _)
    if RequestState.REFUSED in moves:
        _refuse(here, view, _)
        _refer(here, view, _)


def assign(
    here: Workspace,
    view: RequestView,
    names: Mapping[int, str],
    people: Mapping[int, str],
    _: Translator,
) -> None:
    """Draw the form that opens a case for the request."""
    known, request = list(names), view.request
    st.markdown("**" + _("Open a case for it") + "**")
    if request.form.initiative_id is None:
        st.caption(_("They are not in the list of initiatives yet? Register them first."))
        link(_("Register the initiative"), "initiative_new", icon=":material/group_add:")
    with st.form("request_assign", border=False, enter_to_submit=False):
        found = request.form.initiative_id
        initiative_id = st.selectbox(
            required(_("Initiative")),
            known,
            index=known.index(found) if found and found in names else None,
            format_func=lambda id_: names.get(id_, ""),
            key="request_assign_initiative",
            placeholder=_("Choose an initiative"),
        )
        lead_id = st.selectbox(
            required(_("Lead")),
            list(people),
            index=None,
            format_func=lambda who: people.get(who, ""),
            key="request_assign_lead",
            placeholder=_("Choose who leads"),
        )
        title = st.text_input(_("What about, in a few words"), key="request_assign_title")
        if submit(_("Open the case"), key="request_assign_save"):
            with told():
                to = Assignment(initiative_id, lead_id, title)
                case_id = assign_request(
                    here, request_id=request.id, version=request.version, to=to
                )
                saved(
                    _("The case is open"),
                    undo=Undo("casework.service:remove_case", {"case_id": case_id}),
                    to=("case", {"case": case_id}),
                )


def _refuse(here: Workspace, view: RequestView, _: Translator) -> None:
    with (
        st.expander(_("Refuse"), key="request_refuse"),
        st.form("request_refusal", border=False, enter_to_submit=False),
    ):
        reason = st.selectbox(
            required(_("Why")),
            list(RefusalReason),
            index=None,
            format_func=_.label,
            key="request_refusal_reason",
            placeholder=_("Choose a reason"),
        )
        comment = st.text_input(_("In a few words"), key="request_refusal_comment")
        if submit(_("Refuse the request"), key="request_refusal_save", main=False):
            _decide(here, view, Decision(RequestState.REFUSED, reason, comment=comment), _)


def _refer(here: Workspace, view: RequestView, _: Translator) -> None:
    with (
        st.expander(_("Refer elsewhere"), key="request_refer"),
        st.form("request_referral", border=False, enter_to_submit=False),
    ):
        to_whom = st.text_input(required(_("To whom")), key="request_referral_to")
        comment = st.text_input(_("In a few words"), key="request_referral_comment")
        if submit(_("Refer it"), key="request_referral_save", main=False):
            decision = Decision(RequestState.REFERRED, referred_to=to_whom, comment=comment)
            _decide(here, view, decision, _)


def _decide(here: Workspace, view: RequestView, decision: Decision, _: Translator) -> None:
    request = view.request
    with told():
        decide_request(here, request_id=request.id, version=request.version, decision=decision)
        undo = Undo(
            "casework.service:reconsider_request",
            {"request_id": request.id, "version": request.version + 1},
        )
        can_undo = request.state is RequestState.NEW
        saved(
            _("Decided: {state}", state=_.label(decision.state)),
            undo=undo if can_undo else None,
        )

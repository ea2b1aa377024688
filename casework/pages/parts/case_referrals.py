"""The referrals of a case: what became of each, and a form for a new one."""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias
from uuid import uuid4

import streamlit as st

from casework.domain.outside import OutsideView
from casework.domain.referral import (
    MOVES,
    Ground,
    NewReferral,
    Referral,
    ReferralMove,
    ReferralState,
    ReferralTarget,
)
from casework.service import ask_referral, move_referral
from core.i18n import Translator
from core.ui.desk import Undo, plain, saved, told
from core.ui.forms import required, submit
from core.workspace import Workspace

Colour: TypeAlias = Literal["blue", "green", "orange", "gray"]
COLOURS: Final[Mapping[ReferralState, Colour]] = {
    ReferralState.ASKED: "orange",
    ReferralState.ACCEPTED: "blue",
    ReferralState.DECLINED: "gray",
    ReferralState.DONE: "green",
    ReferralState.REVOKED: "gray",
}


def draw(here: Workspace, view: OutsideView, _: Translator) -> None:
    """Draw the referrals, the latest on top, and the form."""
    if not view.referrals:
        st.caption(
            _(
                "When somebody else can help better, a psychologist, a lawyer, another"
                " organisation, write down whom you asked and what they said."
            )
        )
    for referral in view.referrals:
        with st.container(border=True, key=f"referral_{referral.id}"):
            _one(here, view, referral, _)
    if view.may_edit:
        _form(here, view, _)


def _one(here: Workspace, view: OutsideView, referral: Referral, _: Translator) -> None:
    said = referral.said
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(_.label(referral.state), color=COLOURS[referral.state])
        st.markdown(f"**{plain(said.to_whom)}** · {plain(_.label(said.target))}")
        if referral.is_late(view.today):
            st.badge(_("overdue"), color="red", icon=":material/schedule:")
    st.text(said.what_for)
    facts = [_("asked on {day}", day=_.date(referral.asked_on))]
    if said.due_on:
        facts.append(_("answer by {day}", day=_.date(said.due_on)))
    ground = _.label(said.ground) if said.ground else ""
    facts.append(_("ground: {ground}", ground=ground))
    if said.consent_on:
        facts.append(_.date(said.consent_on))
    lead = view.people.get(referral.lead_id, "")
    facts.append(_("the lead then: {name}", name=lead))
    st.caption(plain(" · ".join(facts)))
    for move in referral.moves[1:]:
        comment = f": {move.comment}" if move.comment else ""
        st.caption(plain(f"{_.date(move.moved_on)} · {_.label(move.state)}{comment}"))
    if view.may_edit and MOVES[referral.state]:
        _moves(here, view, referral, _)


def _moves(here: Workspace, view: OutsideView, referral: Referral, _: Translator) -> None:
    states = [state for state in ReferralState if state in MOVES[referral.state]]
    key = f"referral_{referral.id}"
    with st.form(f"{key}_move", border=False, enter_to_submit=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            state = st.selectbox(
                _("What became of the referral"),
                states,
                format_func=_.label,
                key=f"{key}_state_{referral.version}",
            )
            comment = st.text_input(_("In a few words"), key=f"{key}_comment_{referral.version}")
        if submit(_("Save"), key=f"{key}_save", main=False):
            with told():
                move = ReferralMove(state or states[0], view.today, comment)
                move_referral(here, referral_id=referral.id, version=referral.version, move=move)
                saved(
                    _("Noted what became of it"),
                    undo=Undo(
                        "casework.service:undo_referral_move",
                        {"referral_id": referral.id, "version": referral.version + 1},
                    ),
                )


def _form(here: Workspace, view: OutsideView, _: Translator) -> None:
    token = st.session_state.setdefault("referral_token", uuid4().hex)
    with (
        st.expander(_("Refer to somebody"), key="referral_new", icon=":material/add:"),
        st.form("referral", border=False, enter_to_submit=False),
    ):
        with st.container(horizontal=True):
            target = st.selectbox(
                _("Whom"), list(ReferralTarget), format_func=_.label, key="referral_target"
            )
            to_whom = st.text_input(required(_("Who exactly")), key="referral_whom")
        what_for = st.text_area(required(_("What for")), key="referral_what_for", height=90)
        ground = st.selectbox(
            required(_("On what ground we pass people's data on")),
            list(Ground),
            index=None,
            format_func=_.label,
            key="referral_ground",
            placeholder=_("Choose a ground"),
            help=_("The law on personal data (152-FZ) asks for one. Consent is the first choice."),
        )
        with st.container(horizontal=True):
            consent_on = st.date_input(
                _("If by consent: its day"), value=None, format="DD.MM.YYYY", key="referral_consent"
            )
            due_on = st.date_input(
                _("Answer by"), value=None, format="DD.MM.YYYY", key="referral_due"
            )
        if submit(_("Write the referral down"), key="referral_save"):
            with told():
                new = NewReferral(
                    target or ReferralTarget.SPECIALIST, to_whom, what_for, ground,
                    consent_on, due_on, token,
                )  # fmt: skip
                made = ask_referral(here, case_id=view.case_id, new=new)
                saved(
                    _("The referral is written down"),
                    undo=Undo("casework.service:remove_referral", {"referral_id": made}),
                    reset={
                        "referral_token": uuid4().hex,
                        "referral_whom": "",
                        "referral_what_for": "",
                        "referral_ground": None,
                        "referral_consent": None,
                        "referral_due": None,
                    },
                )

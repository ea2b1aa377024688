"""Harm and complaints of a case, for those who may know of them, and a form to report one."""

from datetime import date
from uuid import uuid4

import streamlit as st

from casework.domain.harm import Harm, HarmForm, HarmKind
from casework.domain.outside import OutsideView
from casework.service import handle_harm, report_harm
from core.i18n import Translator
from core.ui.desk import Undo, plain, saved, told
from core.ui.forms import required, submit
from core.workspace import Workspace


def draw(here: Workspace, view: OutsideView, _: Translator) -> None:
    """Draw what the reader may know of, and the form."""
    st.caption(
        _("Only managers, the lead of the case and whoever wrote it down see what stands here.")
    )
    for harm in view.harms:
        with st.container(border=True, key=f"harm_{harm.id}"):
            one(harm, _)
            if harm.is_open and harm.id in view.handles:
                _handle(here, harm, _)
    if view.may_edit:
        _form(here, view, _)


def one(harm: Harm, _: Translator) -> None:
    """Draw one of them."""
    form = harm.form
    with st.container(horizontal=True, vertical_alignment="center"):
        if harm.is_open:
            st.badge(_("waits"), color="orange")
        else:
            st.badge(_("handled"), color="green")
        day = _.date(form.happened_on) if form.happened_on else ""
        st.markdown(f"**{plain(_.label(form.kind))}** · {day} · {plain(form.by_whom)}")
    st.text(form.what)
    if harm.handled_on is not None:
        st.caption(_("Handled on {day}", day=_.date(harm.handled_on)))
        st.text(harm.handling)


def _handle(here: Workspace, harm: Harm, _: Translator) -> None:
    with st.form(f"harm_{harm.id}_handle", border=False, enter_to_submit=False):
        handling = st.text_area(
            required(_("How it was handled")), key=f"harm_{harm.id}_handling", height=80
        )
        if submit(_("Mark as handled"), key=f"harm_{harm.id}_save", main=False):
            with told():
                handle_harm(here, harm_id=harm.id, version=harm.version, handling=handling)
                saved(
                    _("Marked as handled"),
                    undo=Undo(
                        "casework.service:unhandle_harm",
                        {"harm_id": harm.id, "version": harm.version + 1},
                    ),
                )


def _form(here: Workspace, view: OutsideView, _: Translator) -> None:
    token = st.session_state.setdefault("harm_token", uuid4().hex)
    with (
        st.expander(_("Report harm or a complaint"), key="harm_new", icon=":material/add:"),
        st.form("harm", border=False, enter_to_submit=False),
    ):
        with st.container(horizontal=True):
            kind = st.selectbox(
                _("What it is"), list(HarmKind), format_func=_.label, key="harm_kind"
            )
            happened_on = st.date_input(
                required(_("When it happened")),
                value=view.today,
                format="DD.MM.YYYY",
                key="harm_on",
            )
            by_whom = st.text_input(required(_("Who did it, or about whom")), key="harm_by_whom")
        what = st.text_area(required(_("What happened")), key="harm_what", height=90)
        if submit(_("Report"), key="harm_save", main=False):
            with told():
                day = happened_on if isinstance(happened_on, date) else None
                form = HarmForm(kind or HarmKind.HARM, day, by_whom, what)
                made = report_harm(here, case_id=view.case_id, form=form, token=token)
                saved(
                    _("Reported: managers and the lead see it"),
                    undo=Undo("casework.service:remove_harm", {"harm_id": made}),
                    reset={"harm_token": uuid4().hex, "harm_by_whom": "", "harm_what": ""},
                )

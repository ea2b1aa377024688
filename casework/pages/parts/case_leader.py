"""The leader's own page: to whom its link was given, a new one, taking it back."""

import streamlit as st

from casework.domain.views import CaseView
from casework.service import make_leader_link, revoke_leader_link, view_leader_links
from core.i18n import Translator
from core.ui.copying import copied
from core.ui.desk import link, plain, saved, told
from core.web import public_url
from core.workspace import Workspace


def draw(here: Workspace, view: CaseView, _: Translator) -> None:
    """Offer a link for each person of the initiative; a new one is shown once."""
    case_id = view.case.id
    with st.expander(_("A page for the leader"), key="leader_box"):
        st.caption(
            _(
                "By a private link a person of the initiative sees on their phone what was agreed"
                " and when you meet, asks a question, and takes a consent back. Nothing of"
                " private talks stands there."
            )
        )
        made = st.session_state.pop("leader_link", None)
        if made and made[0] == case_id:
            copied(f"{public_url()}/leader/{made[1]}", _, key="leader", is_new=True)
            st.caption(_("Copy it now and give it to the person: it is shown once."))
        given = view_leader_links(here, case_id=case_id)
        if not given.people:
            st.caption(_("Nobody of the initiative is known yet."))
            link(_("Add its people"), "initiative", initiative=view.case.initiative_id)
        for person, name in given.people.items():
            with st.container(
                horizontal=True, vertical_alignment="center", key=f"leader_row_{person}"
            ):
                st.markdown(plain(name))
                is_live = person in given.live
                label = _("New link, the old one stops") if is_live else _("Make the link")
                if st.button(label, key=f"leader_make_{person}"):
                    with told():
                        token = make_leader_link(here, case_id=case_id, person_id=person)
                        st.session_state["leader_link"] = (case_id, token)
                        st.rerun()
                if is_live and st.button(_("Take it back"), key=f"leader_revoke_{person}"):
                    with told():
                        revoke_leader_link(here, case_id=case_id, person_id=person)
                        saved(_("The link opens nothing any more"))

"""Beyond the centre: to whom a case is referred, what authorities answer, who was harmed."""

import streamlit as st

from casework.pages.parts import case_authorities, case_harms, case_referrals
from casework.service import view_outside
from core.ui.address import asked_id
from core.ui.desk import heading, link, plain, words, workspace

_ = words()
here = workspace()
case_id = asked_id("case")
view = view_outside(here, case_id=case_id)

heading(view.initiative, _("Whom do we ask for help, and what do they answer?"))
with st.container(horizontal=True, key="outside_links"):
    link(_("To the case"), "case", icon=":material/folder_open:", case=case_id)
    link(_("Documents"), "case_documents", icon=":material/description:", case=case_id)

st.markdown("## " + plain(_("Referrals")))
case_referrals.draw(here, view, _)
st.markdown("## " + plain(_("Contacts with authorities")))
case_authorities.draw(here, view, _)
if view.harms or view.may_edit:
    st.markdown("## " + plain(_("Harm and complaints")))
    case_harms.draw(here, view, _)

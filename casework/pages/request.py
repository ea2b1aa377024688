"""One request: what was asked, and what the centre answers."""

import streamlit as st

from casework.domain.request import RequestState
from casework.pages.parts import request_acts
from casework.service import choose_initiative, form_choices, view_request
from core.ui.address import asked_id
from core.ui.desk import heading, link, plain, words, workspace

_ = words()
here = workspace()
request_id = asked_id("request")
view = view_request(here, request_id=request_id)
request = view.request
form, decision = request.form, request.decision

heading(view.initiative or _("Request"), _("What do they ask for, and what do we answer?"))
with st.container(horizontal=True, vertical_alignment="center", key="request_facts"):
    st.badge(_.label(request.state), color=request_acts.COLOURS[request.state])
    facts = [_("asked on {day}", day=_.date(form.asked_on)) if form.asked_on else ""]
    if view.days is not None:
        facts.append(_.plural("waits {n} day", "waits {n} days", view.days))
    if request.source is not None:
        facts.append(_.label(request.source))
    st.markdown(" · ".join(plain(fact) for fact in facts if fact))
with st.container(horizontal=True, key="request_links"):
    if request.case_id is not None:
        link(_("To the case"), "case", icon=":material/folder_open:", case=request.case_id)
    if form.initiative_id is not None:
        link(
            _("About the initiative"),
            "initiative",
            icon=":material/groups:",
            initiative=form.initiative_id,
        )

said, answer = st.columns([3, 2], gap="large")
with said:
    st.markdown("## " + _("What hurts"))
    st.text(form.text)
    if form.asker or form.contact:
        st.markdown("## " + _("Who asks"))
        st.markdown(" · ".join(plain(part) for part in (form.asker, form.contact) if part))
    st.caption(_("Written down by {name}", name=plain(view.recorded_by)))
    if view.may_edit and request.state is not RequestState.ASSIGNED:
        request_acts.correct(here, view, dict(choose_initiative(here)), _)
with answer:
    st.markdown("## " + _("What we answer"))
    if request.decided_on is not None:
        request_acts.told_decision(view, _)
    if view.may_decide:
        request_acts.decide(here, view, _)
    if view.may_open and request.state in {RequestState.NEW, RequestState.ACCEPTED}:
        request_acts.assign(here, view, dict(choose_initiative(here)), form_choices(here).people, _)
    if not view.may_decide and request.state is RequestState.NEW:
        st.caption(_("A manager decides whether the centre takes it up."))

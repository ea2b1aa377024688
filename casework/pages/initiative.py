"""One initiative: how it does, who is behind it, what happened to it, and its cases."""

import streamlit as st

from casework.pages.parts import initiative_edit, initiative_life, initiative_people
from casework.pages.parts.initiative_words import COLOURS, theme_words, when_words
from casework.service import view_initiative
from core.ui.address import asked_id
from core.ui.desk import heading, link, plain, words, workspace

_ = words()
here = workspace()
initiative_id = asked_id("initiative")
view = view_initiative(here, initiative_id=initiative_id)
initiative = view.initiative
life = initiative.life

heading(
    initiative.form.name,
    _("How is it doing, and who is behind it?"),
    (_("Open a case"), "case_new", {"initiative": initiative_id}),
)
with st.container(horizontal=True, vertical_alignment="center", key="initiative_facts"):
    st.badge(
        _.label(life.state),
        color=COLOURS[life.state],
        help=_("Follows from the events of its life"),
    )
    if initiative.archived_on:
        st.badge(_("In the archive"), color="gray", icon=":material/inventory_2:")
    facts = [
        _("since {when}", when=when_words(life.since, _)) if life.since else "",
        _("founded {when}", when=when_words(life.founded, _)) if life.founded else "",
        theme_words(initiative.form, view.lists, _),
    ]
    st.markdown(" · ".join(plain(fact) for fact in facts if fact))

told_of, people = st.columns([3, 2], gap="large")
with told_of:
    if initiative.form.summary:
        st.text(initiative.form.summary)
    st.markdown("## " + _("Its cases"))
    for case in view.cases:
        with st.container(horizontal=True, vertical_alignment="center"):
            link(
                plain(case.title) or _("Case opened {day}", day=_.date(case.opened_on)),
                "case",
                icon=":material/folder_open:",
                case=case.id,
            )
            st.caption(_.label(case.status))
    if not view.cases:
        st.caption(_("Nobody accompanies it yet. A case begins with what they ask for."))
    initiative_life.draw(here, view, _)
with people:
    initiative_people.draw(here, view, _)
    if view.may_edit:
        initiative_edit.draw(here, view, _)

"""Handing a roadmap out: links for its people, a calendar feed, and what came back."""

from urllib.parse import quote, urlencode

import streamlit as st

from core.i18n import Translator
from core.links import derived
from core.ui.copying import copied
from core.ui.desk import Undo, link, plain, saved, told
from core.web import public_url
from core.workspace import Workspace
from roadmaps.domain.roadmap import PlanView
from roadmaps.formats.qr_svg import qr_svg
from roadmaps.service import (
    FEED,
    SharedLinks,
    list_remarks,
    make_roadmap_feed,
    make_roadmap_link,
    remove_remark,
    revoke_roadmap_feed,
    revoke_roadmap_link,
    view_roadmap_links,
)

_SHOWN = 10


def draw_remarks(here: Workspace, view: PlanView, _: Translator) -> None:
    """Show what was written on the roadmap by private links, the newest first."""
    remarks = list_remarks(here, roadmap_id=view.roadmap.id)
    if not remarks:
        return
    title = _.plural("{n} remark of the leader", "{n} remarks of the leader", len(remarks))
    with st.expander(title, expanded=True, key="plan_remarks", icon=":material/chat:"):
        wants_all = len(remarks) > _SHOWN and st.checkbox(_("Show all"), key="plan_remarks_all")
        for remark, name in remarks if wants_all else remarks[:_SHOWN]:
            task = view.plan.by_id.get(remark.task_id or 0)
            about = f" · {plain(task.title)}" if task else ""
            at = _.moment(remark.made_at, view.zone)
            with st.container(
                horizontal=True, vertical_alignment="center", key=f"remark_{remark.id}"
            ):
                st.markdown(f"{at} · {plain(name)}{about}: **{plain(remark.text)}**")
                if view.may_edit and st.button(
                    _("Remove"), key=f"remark_remove_{remark.id}", type="tertiary"
                ):
                    with told():
                        remove_remark(here, remark_id=remark.id)
                        which = {"remark_id": remark.id}
                        undo = Undo("roadmaps.service:restore_remark", which)
                        saved(_("Remark removed"), undo=undo)


def draw_share(here: Workspace, view: PlanView, _: Translator) -> None:
    """Offer private links and feeds; a new one is shown once."""
    roadmap_id = view.roadmap.id
    with st.expander(_("Hand it out"), key="plan_share", icon=":material/share:"):
        given = view_roadmap_links(here, roadmap_id=roadmap_id)
        if view.may_edit:
            st.caption(
                _(
                    "By a private link a person of the initiative sees this roadmap on their"
                    " phone, marks steps done and writes to you, without an account. Every mark"
                    " stands in the history and can be taken back. Nothing else of the centre is"
                    " seen there."
                )
            )
            if not given.people:
                st.caption(_("Nobody of the initiative is known yet."))
                link(_("The case"), "case", case=view.roadmap.case_id)
            for person, name in given.people.items():
                part = _("leader") if person in given.leaders else ""
                told_of = " · ".join(filter(None, (name, part)))
                _draw_person(here, roadmap_id, (person, told_of, person in given.live), _)
                _draw_made(view, given, person, _)
        _draw_feed(here, roadmap_id, _, is_on=given.has_feed)


def _draw_made(view: PlanView, given: SharedLinks, person: int, _: Translator) -> None:
    """Show the link that was just made for a person, under the button that made it."""
    made = st.session_state.get("roadmap_link")
    if not made or (made[0], made[2]) != (view.roadmap.id, person):
        return
    token = st.session_state.pop("roadmap_link")[1]
    address = f"{public_url()}/plan/{token}"
    name = given.people[person]
    with st.container(border=True, key="share_made"):
        st.markdown("**" + _("The roadmap for {name}, by phone or mail:", name=plain(name)) + "**")
        copied(address, _, key="plan_link", is_new=True)
        letter = _letter(view, given.mails.get(person, ""), address, _)
        st.link_button(_("Write a letter with it"), letter, icon=":material/mail:")
        st.caption(_("Copy it now, or let the person point their phone at it: it is shown once."))
        told = _("QR code with the address of the roadmap for {name}", name=name)
        st.image(qr_svg(address), width="content", alt=told)
        st.markdown(_("The same for the person's calendar; it only reads:"))
        feed = f"{public_url()}/plan/{derived(token, FEED)}.ics"
        copied(feed, _, key="plan_link_feed")
        st.caption(_("It stands on the person's page too."))


def _letter(view: PlanView, mail: str, address: str, _: Translator) -> str:
    """Give a letter that is ready to be sent, as an address that opens a mail program."""
    body = _(
        "Hello! By this link you see your roadmap, mark what is done and write to us. The link is"
        " yours alone: please do not pass it on."
    )
    said = {"subject": view.roadmap.title, "body": f"{body}\r\n\r\n{address}\r\n"}
    return f"mailto:{quote(mail, safe='@')}?{urlencode(said, quote_via=quote)}"


def _draw_person(
    here: Workspace, roadmap_id: int, who: tuple[int, str, bool], _: Translator
) -> None:
    person, name, is_live = who
    with st.container(horizontal=True, vertical_alignment="center", key=f"share_{person}"):
        st.markdown(plain(name))
        label = _("New link, the old one stops") if is_live else _("Make the link")
        if st.button(label, key=f"share_make_{person}"):
            with told():
                token = make_roadmap_link(here, roadmap_id=roadmap_id, person_id=person)
                st.session_state["roadmap_link"] = (roadmap_id, token, person)
                st.rerun()
        if is_live and st.button(_("Take it back"), key=f"share_revoke_{person}"):
            with told():
                revoke_roadmap_link(here, roadmap_id=roadmap_id, person_id=person)
                saved(_("The link opens nothing any more"))


def _draw_feed(here: Workspace, roadmap_id: int, _: Translator, *, is_on: bool) -> None:
    st.markdown("**" + _("In my own calendar") + "**")
    token = st.session_state.pop("roadmap_feed", None)
    if token and token[0] == roadmap_id:
        copied(f"{public_url()}/plan/{token[1]}.ics", _, key="plan_feed", is_new=True)
        st.caption(_("Copy it now: it is shown once. In the calendar: add by address."))
    with st.container(horizontal=True, key="share_feed"):
        label = _("Make a new link, the old one stops") if is_on else _("Make a calendar link")
        if st.button(label, key="share_feed_make"):
            with told():
                made = make_roadmap_feed(here, roadmap_id=roadmap_id)
                st.session_state["roadmap_feed"] = (roadmap_id, made)
                st.rerun()
        if is_on and st.button(_("Switch the link off"), key="share_feed_revoke"):
            with told():
                revoke_roadmap_feed(here, roadmap_id=roadmap_id)
                saved(_("The calendar link is switched off"))

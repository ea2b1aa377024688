"""Pieces of my desk, each a short list with links to the things."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import streamlit as st

from casework.domain.views import Day
from casework.service import tick_step
from core.i18n import Translator
from core.ui.desk import Undo, link, plain, saved, told, workspace
from dashboards.pages.parts.quarter import draw_promise
from dashboards.service import ActivityHours, Desk, DraftBrief, HoursFilter, Line, SheetLine, Step

_DRAFTS: Final = {"consultation": "consultation", "sheet": "sheet", "assessment": "assessment"}

_WEEK: Final = "consultation_week"
_NAMED: Final = 5  # further open invitations are on the page of people


def draw_links(_: Translator) -> None:
    """Draw the ways to what one begins from here."""
    link(_("Plan a consultation"), "consultation_new", icon=":material/event:", planned=1)
    link(_("Write down a request"), "request_new", icon=":material/inbox:")
    link(_("Open a case"), "case_new", icon=":material/create_new_folder:")
    link(_("Register an initiative"), "initiative_new", icon=":material/add_home_work:")
    link(_("Run a diagnostic"), "assessment_new", icon=":material/monitor_heart:")
    link(_("Draw up a roadmap"), "roadmap_new", icon=":material/route:")
    link(_("My hours"), "my_hours", icon=":material/schedule:")
    link(_("My scores"), "scores", icon=":material/rate_review:")


def draw_quarter(quarter: Sequence[ActivityHours], _: Translator) -> None:
    """Draw how the quarter keeps its promise, and the way to the whole of it."""
    with st.container(border=True, key="desk_quarter"):
        for place, hours in zip(st.columns(2, gap="large"), quarter, strict=True):
            with place:
                draw_promise(hours, HoursFilter(), _)
        link(_("The whole quarter"), "hours", icon=":material/bar_chart:")


def draw_administration(desk: Desk, _: Translator) -> None:
    """Draw what an administrator looks after: backups and open invitations."""
    backups = desk.backups
    with st.container(border=True, key="desk_administration"):
        if backups is None or backups.last_at is None:
            st.markdown(":material/backup: " + _("There is no backup yet. Run: make backup"))
        else:
            when = _.moment(backups.last_at, desk.zone)
            icon = ":material/warning:" if backups.is_old else ":material/cloud_done:"
            st.markdown(f"{icon} " + _("Last backup: {when}", when=when))
        if desk.uninvited:
            count = len(desk.uninvited)
            st.markdown(_.plural("{n} invitation is open", "{n} invitations are open", count))
        with st.container(horizontal=True, gap="small", key="open_invitations"):
            for person in desk.uninvited[:_NAMED]:
                link(plain(person.name), "person", icon=":material/mail:", person=person.id)
            link(_("Invite people"), "people", icon=":material/group_add:")


def draw_meetings(day: Day, _: Translator) -> None:
    """Draw the meetings of today and tomorrow and those not written up yet."""
    parts = (
        (_("Today"), day.today, _("No meetings today.")),
        (_("Tomorrow"), day.tomorrow, _("No meetings tomorrow.")),
        (_("Not written up yet"), day.unwritten, ""),
    )
    for title, lines, nothing in parts:
        if lines or nothing:
            st.header(title, anchor=False)
        if not lines and nothing:
            st.caption(nothing)
        for line in lines:
            _draw_meeting(line, day.cases, _, is_over=line in day.unwritten)


def draw_steps(day: Day, today: date, _: Translator) -> None:
    """Draw the next steps that are due, each with a button that ticks it off."""
    st.header(_("Next steps"), anchor=False)
    if not day.steps:
        st.caption(_("Nothing is due."))
    for step in day.steps:
        with st.container(horizontal=True, wrap=False, key=f"step_{step.id}"):
            if st.button(
                "", key=f"tick_{step.id}", icon=":material/check_box_outline_blank:",
                type="tertiary", help=_("Done"),
            ):  # fmt: skip
                _tick(step, _)
            with st.container(gap=None, key=f"step_words_{step.id}"):
                st.markdown(_step_words(step, today, _))
                if step.case_id is not None:
                    name = day.cases.get(step.case_id) or _("Case")
                    link(plain(name), "case", case=step.case_id)


def draw_drafts(desk: Desk, _: Translator) -> None:
    """Draw the notes that are typed and not yet saved."""
    if desk.drafts:
        st.header(_("My drafts"), anchor=False)
    for draft in desk.drafts:
        opening = " ".join(draft.opening.split())
        if draft.key.startswith(f"{_WEEK}:"):
            opening = _("A week that is not saved yet")
        st.caption(f"{_.moment(draft.updated_at, desk.zone)} · {plain(opening[:80])}")
        _link_draft(draft, _)


def draw_sheets(sheets: Sequence[SheetLine], _: Translator) -> None:
    """Draw the score sheets that wait for the expert."""
    st.header(_("Waiting for my opinion"), anchor=False)
    for sheet in sheets:
        with st.container(border=True, key=f"desk_sheet_{sheet.id}"):
            facts = [plain(sheet.panel_title)]
            if sheet.due_on:
                facts.append(_("until {day}", day=_.full_day(sheet.due_on)))
            st.markdown(f"**{plain(sheet.title)}**  \n{' · '.join(facts)}")
            label = _("Go on") if sheet.answered else _("Assess")
            link(label, "sheet", icon=":material/arrow_forward:", sheet=sheet.id)


def _draw_meeting(
    line: Line, cases: Mapping[int, str], _: Translator, *, is_over: bool = False
) -> None:
    when = [_.weekday(line.held_on)] if is_over else []
    if line.starts_at:
        when.append(line.starts_at.strftime("%H:%M"))
    who = ", ".join(cases[case] for case in line.cases if case in cases)
    with st.container(
        horizontal=True, wrap=False, vertical_alignment="center", key=f"meeting_{line.id}"
    ):
        st.markdown(
            f"**{plain(' '.join(when) or '—')}**  {plain(who or _('Consultation'))}  \n"
            f":small[{plain(_.show(line.topics))}]",
            width="stretch",
        )
        label = _("Write up") if is_over else _("Open")
        with st.container(width="content", key=f"meeting_link_{line.id}"):
            link(label, "consultation", consultation=line.id)


def _step_words(step: Step, today: date, _: Translator) -> str:
    asked = _("The leader asks:") + " " if step.is_question else ""
    words = asked + plain(step.text)
    if not step.due_on:
        return words
    day = _.day(step.due_on)
    if step.is_late(today):
        late = _("was due {day}", day=day)
        return f"{words}  \n:small[:orange[{plain(late)}]]"
    return f"{words}  \n:small[{plain(day)}]"


def _tick(step: Step, _: Translator) -> None:
    with told():
        tick_step(workspace(), step_id=step.id)
        saved(_("Next step done"), undo=Undo("casework.service:untick_step", {"step_id": step.id}))


def _link_draft(draft: DraftBrief, _: Translator) -> None:
    kind, number = draft.key.split(":")[:2]
    if kind == _WEEK:
        link(_("Go on writing"), _WEEK, icon=":material/table_edit:", week=number)
    if kind not in _DRAFTS:
        return
    if number.isdecimal():
        link(_("Go on writing"), _DRAFTS[kind], icon=":material/edit:", **{_DRAFTS[kind]: number})
    else:
        link(_("Go on writing"), f"{kind}_new", icon=":material/edit:")

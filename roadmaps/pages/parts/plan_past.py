"""The history of a roadmap: who changed what when, what it did to the end, and taking it back."""

import streamlit as st

from core.i18n import Translator
from core.ui.address import asked, found_id
from core.ui.desk import Undo, plain, saved, told
from core.ui.tables import first_page, page_asked
from core.workspace import Workspace
from hours.pages.parts.choices import choose
from roadmaps.domain.history_words import sentence
from roadmaps.domain.past import PastChange, PastSearch, PastState
from roadmaps.domain.roadmap import PlanView
from roadmaps.domain.why_words import told_by
from roadmaps.service import PAST_PAGE, PastView, undo_edit, view_past

_FIND = "past_find"


def draw_history_view(here: Workspace, view: PlanView, _: Translator) -> None:
    """List the changes found, newest first, fifty a page."""
    search = PastSearch(
        person_id=found_id("who"),
        task_id=found_id("about"),
        text=asked(_FIND)[:200],
        page=page_asked("past"),
    )
    past = view_past(here, roadmap_id=view.roadmap.id, search=search, language=_.language)
    if not past.people:
        st.info(
            _("Nothing has been changed since the roadmap was made."), icon=":material/history:"
        )
        return
    _draw_filters(past, _)
    if not past.changes:
        st.caption(_("Nothing found. Try a shorter word or fewer filters."))
        return
    above = st.container()  # what stands there instead is compared over the whole width
    for change in past.changes:
        if _draw_change(view, change, _):
            with above, told():
                _take_back(here, view, change, _)
    with st.container(horizontal=True, vertical_alignment="center", key="past_foot"):
        st.caption(_.plural("{n} change", "{n} changes", past.total))
        if past.total > PAST_PAGE:
            st.pagination(-(-past.total // PAST_PAGE), key="past_page", bind="query-params")


def _draw_filters(past: PastView, _: Translator) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="past_filters"):
        st.text_input(
            _("Find in the history"),
            key=_FIND,
            bind="query-params",
            icon=":material/search:",
            on_change=first_page,
            args=("past",),
        )
        people = {str(key): name for key, name in past.people.items()}
        choose(_("Who"), "who", {"": _("Everybody")} | people)
        tasks = {str(key): title for key, title in past.tasks.items()}
        choose(_("About the task"), "about", {"": _("Every task")} | tasks)


def _draw_change(view: PlanView, change: PastChange, _: Translator) -> bool:
    """Draw one change: who and when, what it did to the end. Tell whether to take it back."""
    at = _.moment(change.made_at, view.zone)
    left, right = st.columns([5, 1], vertical_alignment="center")
    with left:
        st.markdown(f"{_what(change, _)}  \n:gray[{at} · {plain(change.name)}]{_effect(change, _)}")
    if not (change.stands and view.may_edit):
        return False
    with right:
        return _offer_taking_back(change, _)


def _what(change: PastChange, _: Translator) -> str:
    text = plain(change.told)
    match change.state:
        case PastState.TAKEN_BACK:
            return ":gray[" + plain(sentence(change.told)) + " (" + _("taken back since") + ")]"
        case PastState.TAKING_BACK:
            return _("Undone: {what}", what=text)
        case PastState.AGAIN:
            return _("Done again: {what}", what=text)
    return plain(sentence(change.told))


def _effect(change: PastChange, _: Translator) -> str:
    if not change.end_by:
        return ""
    told_end = _("the plan ends {amount}", amount=told_by(_, change.end_by))
    colour = "red" if change.end_by.total_seconds() > 0 else "green"
    return f" · :{colour}[{told_end}]"


def _offer_taking_back(change: PastChange, _: Translator) -> bool:
    with st.popover(_("Take back…"), key=f"past_back_{change.seq}", type="tertiary"):
        st.markdown(
            _(
                "Take this back? {what}. If somebody has changed the same since, nothing is taken"
                " back and you are told what stands there.",
                what=plain(change.told).rstrip("."),
            )
        )
        return st.button(
            _("Yes, take it back"), key=f"past_sure_{change.seq}", icon=":material/undo:"
        )


def _take_back(here: Workspace, view: PlanView, change: PastChange, _: Translator) -> None:
    undo_edit(here, roadmap_id=view.roadmap.id, seq=change.seq)
    again = Undo("roadmaps.service:redo_edit", {"roadmap_id": view.roadmap.id})
    saved(_("Taken back: {what}", what=change.told), undo=again)

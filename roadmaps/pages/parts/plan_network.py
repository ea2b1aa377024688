"""The network of a plan: which way it flows, what it leaves out, and a press that opens a task."""

from typing import Any

import streamlit as st

from core.i18n import Translator
from core.ui.address import asked, found_id, write
from core.ui.charts import chart
from core.ui.desk import plain
from hours.pages.parts.choices import pick
from roadmaps.charts import Flow, Look, flow_of, network, network_place, network_size
from roadmaps.domain.graph import redundant_links
from roadmaps.domain.network import NetworkLayout, network_layout
from roadmaps.domain.plan import Task
from roadmaps.domain.roadmap import PlanView
from roadmaps.domain.words import period

_SCREEN = 1_000.0  # px of width that a picture has without scrolling
_NAMED = 0.8  # of its size, below which names in a picture do not fit their boxes
_LOWEST = 240.0  # px of height
_LONGEST = 3_000.0  # px of height up to which the page is scrolled along a picture
_LISTED = 40  # tasks whose names are told below a picture that has only numbers
_WHOLE_FROM = 2_400.0  # px of width from which a picture is shown all at once before it is read


def draw_network(view: PlanView, words: str, _: Translator) -> None:
    """Draw the network; `words` tell it to who does not see it."""
    redundant = bool(redundant_links(view.plan))
    is_hidden = redundant and asked("links") == "needed"
    layout = network_layout(view.plan, view.schedule, without_redundant=is_hidden)
    flow, is_whole = _draw_ways(layout, _, redundant=redundant)
    task = view.plan.by_id.get(found_id("task") or 0)
    _draw_chosen(view, task, _)
    width, height = network_size(layout, flow)
    is_named = not is_whole or width * _NAMED <= _SCREEN
    figure = network(layout, _, Look(flow, task.id if task else None, is_named))
    with st.container(key="wide_network" if is_whole else _frame(width, height)):
        if is_whole:
            figure.update_layout(height=max(height * min(_SCREEN / width, 1), _LOWEST))
        else:
            figure.update_layout(width=width)
            _draw_start(layout, flow, task)
        chart(figure, key=f"network_{view.roadmap.id}", alt=words, on_select=_press)
    if not is_named:
        st.caption(_numbers(layout, _))
    st.caption(_legend(_, redundant=redundant and not is_hidden))


def _draw_ways(layout: NetworkLayout, _: Translator, *, redundant: bool) -> tuple[Flow, bool]:
    """Ask how the network is shown; the answers stand in the address."""
    usual = flow_of(layout)
    flows = {flow.value: _.label(flow) for flow in Flow}
    sizes = {"names": _("With names"), "whole": _("All at once")}
    with st.container(horizontal=True, key="network_ways"):
        flow = Flow(pick(_("Direction"), "flow", flows, default=usual.value))
        is_wide = network_size(layout, flow)[0] > _WHOLE_FROM
        size = pick(_("Size"), "size", sizes, default="whole" if is_wide else "names")
        if redundant:
            links = {"": _("All links"), "needed": _("Without repeated links")}
            pick(_("Links"), "links", links, default="")
    return flow, size == "whole"


def _draw_chosen(view: PlanView, task: Task | None, _: Translator) -> None:
    if task is None:
        st.caption(_("Press a task to open it: its links turn blue, everything about it is below."))
        return
    dates = period(_, view.spans[task.id], view.plan.unit)
    st.markdown(f":material/ads_click: **{task.position}. {plain(task.title)}** · {dates}")


def _draw_start(layout: NetworkLayout, flow: Flow, task: Task | None) -> None:
    """Let the picture be scrolled at first to the chosen task, or to one where the plan begins."""
    first = [x for x in layout.nodes if task is not None and x.task.id == task.id]
    first += [x for x in layout.nodes if x.at.y == 0]
    if first:
        at = network_place(layout, flow, first[0])
        wide, high = (max(int(side), 1) for side in at)
        with st.container(key="network_start", width=wide, height=high, border=False):
            st.space("small")


def _frame(width: float, height: float) -> str:
    """Choose how a picture is scrolled: with the page where it is narrow, in a frame of its own."""
    return "sized_network_down" if width <= _SCREEN and height <= _LONGEST else "sized_network"


def _numbers(layout: NetworkLayout, _: Translator) -> str:
    """Say what the numbers in a picture without names are."""
    if len(layout.nodes) > _LISTED:
        return _(
            "The numbers are those of the tasks, as in the table. Point at one or press it to see"
            " what it is."
        )
    tasks = sorted((node.task for node in layout.nodes), key=lambda task: task.position)
    told = " · ".join(f"**{task.position}** {plain(task.title)}" for task in tasks)
    return _("Tasks by their numbers: {tasks}", tasks=told)


def _legend(_: Translator, *, redundant: bool) -> str:
    told = _(
        "Arrows lead from a task to those that wait for it. Thick brick outline: the"
        " critical path. Dotted outline: a milestone."
    )
    return told + " " + _("Pale dotted arrows repeat what others say.") if redundant else told


def _press(task_id: Any) -> None:  # noqa: ANN401 — whatever the browser sends
    """Open the pressed task; the browser lets go of one that is pressed again: it stays open."""
    last = st.session_state.get("network_pressed")
    pressed = task_id if isinstance(task_id, int) else last
    if pressed is not None:
        st.session_state["network_pressed"] = pressed
        write("task", pressed)

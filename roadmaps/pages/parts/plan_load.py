"""Who of this roadmap has how much when, alone and with all other roadmaps they are in."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from core.i18n import Translator
from core.ui.address import asked, write
from core.ui.charts import chart
from core.ui.tables import Column, page_asked, table
from core.workspace import Workspace
from hours.pages.parts.choices import choose, pick
from roadmaps.charts import load_cells, load_heat, load_words
from roadmaps.domain.people_load import PersonLoad, WeekLoad
from roadmaps.domain.roadmap import PlanView
from roadmaps.service import LoadView, view_load

_WEEKS = 8
"""Weeks of one picture: as many as can be read on a phone."""


def draw_load(here: Workspace, view: PlanView, _people: Mapping[int, str], _: Translator) -> None:
    """Draw people by weeks; a cell opens the tasks behind it."""
    load = view_load(here, roadmap_id=view.roadmap.id)
    if not load.people:
        st.info(
            _(
                "From this week on nobody is asked for time. Say at the tasks who is responsible,"
                " and here is seen who has how much when."
            ),
            icon=":material/group:",
        )
        return
    counts = {"all": _("With all their roadmaps"), "own": _("This roadmap alone")}
    with_others = pick(_("Count"), "count", counts, default="all") == "all"
    weeks = _weeks(load)
    people = [one for one in load.people if any(week in one.weeks for week in weeks)]
    _draw_picture(people, weeks, _, with_others=with_others)
    _draw_notes(load, _)
    _draw_cell(view, load, _)


def _weeks(load: LoadView) -> Sequence[date]:
    pages = -(-len(load.weeks) // _WEEKS)
    page = min(page_asked("load"), pages)
    return load.weeks[(page - 1) * _WEEKS : page * _WEEKS]


def _draw_picture(
    people: Sequence[PersonLoad], weeks: Sequence[date], _: Translator, *, with_others: bool
) -> None:
    if not people:
        st.caption(_("In these weeks nobody is asked for time."))
        return
    st.caption(_("Hours of work by weeks, from this one on"))
    picked = chart(
        load_heat(people, weeks, _, with_others=with_others),
        key=f"plan_load_{weeks[0]:%Y%m%d}",
        alt=load_words(people, weeks, _),
        on_select=True,
    )
    _take_picked(picked, load_cells(people, weeks))


def _take_picked(picked: Any, cells: Sequence[tuple[PersonLoad, date]]) -> None:  # noqa: ANN401 — Streamlit's own state
    """Write the cell that was pressed into the address; once, so that the list can choose too."""
    points = picked["selection"]["points"] if picked else []
    places = [x["point_index"] for x in points if x.get("curve_number", 0) == 0]
    code = _code(*cells[places[0]]) if places and places[0] < len(cells) else ""
    if code and code != st.session_state.get("_load_picked"):
        write("cell", code)
    st.session_state["_load_picked"] = code


def _draw_notes(load: LoadView, _: Translator) -> None:
    if len(load.weeks) > _WEEKS:
        st.pagination(-(-len(load.weeks) // _WEEKS), key="load_page", bind="query-params")
    st.caption(
        _(
            "Amber with ▲: more than the eight hours of each working day. Grey: only other"
            " roadmaps ask. Press a cell to see its tasks."
        ),
        help=_(
            "A task asks whoever is responsible for it for the whole working time between its"
            " first day and its last, less what is done. Somebody who is known by name alone is"
            " looked for in the roadmaps of the same initiative only. What is late stands in past"
            " weeks and is not counted."
        ),
    )
    if load.unasked:
        st.caption(
            _.plural(
                "{n} task to be done names nobody and is not counted.",
                "{n} tasks to be done name nobody and are not counted.",
                load.unasked,
            )
        )


def _draw_cell(view: PlanView, load: LoadView, _: Translator) -> None:
    """Let a person choose a cell, and list the tasks and the other roadmaps behind it."""
    cells = {
        _code(one, week): (one, week)
        for one in load.people
        for week in sorted(one.weeks)
        if week in set(load.weeks)
    }
    names = {
        code: f"{one.name} · {_.day(week)} · {_.hours(one.weeks[week].all)}"
        for code, (one, week) in cells.items()
    }
    chosen = choose(_("Whose week"), "cell", {"": _("Choose a person and a week")} | names)
    if chosen not in cells or asked("cell") not in cells:
        return
    one, week = cells[chosen]
    rows, queries = _behind(view, load, one.weeks[week], chosen, _)
    table(
        rows,
        {
            "title": Column(_("Task or roadmap"), width="large"),
            "where": Column(_("Where")),
            "asked": Column(_("Asked this week"), "minutes"),
            "starts": Column(_("Starts"), "date"),
            "ends": Column(_("Ends"), "date"),
            "done": Column(_("Done"), "share"),
        },
        key="load_cell",
        opens=("roadmap", "roadmap", queries),
    )


def _behind(
    view: PlanView, load: LoadView, cell: WeekLoad, chosen: str, _: Translator
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """Give the tasks of this roadmap and the other roadmaps behind a cell, and what each opens."""
    rows, queries = list[dict[str, Any]](), list[dict[str, str]]()
    for key, minutes in cell.tasks:
        if key not in view.plan.by_id:  # removed since the load was counted
            continue
        task = view.plan.task(key)
        first, last = view.spans[key].days(view.plan.unit)
        rows.append(
            {
                "title": f"{task.position}. {task.title}",
                "where": _("this roadmap"),
                "asked": minutes,
                "starts": first,
                "ends": last,
                "done": task.done_percent / 100,
            }
        )
        here = {"roadmap": str(view.roadmap.id), "view": "load", "cell": chosen}
        queries.append(here | {"task": str(key)})
    for key, minutes in cell.others:
        title = load.titles.get(key, "")
        rows.append({"title": title, "where": _("another roadmap"), "asked": minutes})
        queries.append({"roadmap": str(key), "view": "load"})
    return rows, queries


def _code(one: PersonLoad, week: date) -> str:
    return f"{one.doer.code}~{week.isoformat()}"

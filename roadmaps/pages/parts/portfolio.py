"""The parts of the page of all roadmaps: the picture, the groups, the table, who has too much."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import streamlit as st

from core.i18n import Translator
from core.ui.charts import chart
from core.ui.desk import go
from core.ui.tables import Column, Rows, page_asked, table
from core.workspace import Workspace
from roadmaps.charts import portfolio_bars, portfolio_words
from roadmaps.domain.portfolio_lines import (
    Flag,
    Grouping,
    PortfolioGroup,
    PortfolioLine,
    PortfolioSearch,
    counted,
    grouped,
)
from roadmaps.service import PortfolioView, export_portfolio

_SHOWN = 25
"""Bars of one picture: more are not taken in, and take long to draw."""


def flag_help(_: Translator) -> str:
    """Say how the flags are found."""
    return _(
        "Late: tasks that should be done by now and are not. Stalled: the plan is under way, and"
        " for 30 days no task of it was marked as begun, further or done; changes that only move"
        " dates do not count. Ends this month: the last task ends by the month's end."
    )


def draw_picture(
    view: PortfolioView, grouping: Grouping | None, themes: Mapping[str, str], _: Translator
) -> None:
    """Draw a page of bars by group; a press on one opens its roadmap."""
    if not view.lines:
        return
    if grouping is None:
        groups: tuple[PortfolioGroup, ...] = (PortfolioGroup("", "", view.lines),)
    else:
        groups = grouped(view.lines, grouping, themes)
    flat = [(place, one) for place, group in enumerate(groups) for one in group.lines]
    pages = -(-len(flat) // _SHOWN)
    page = min(page_asked("bars"), pages)
    shown = flat[(page - 1) * _SHOWN : page * _SHOWN]
    parts = []
    for place, same in groupby(shown, key=itemgetter(0)):
        name = "" if grouping is None else groups[place].name or _("Without a theme")
        parts.append((name, [one for _place, one in same]))
    lines = [one for _place, one in shown]
    st.caption(
        _(
            "Each bar is a roadmap. Dark: the share of its tasks that are done; hatched: more"
            " is done than time has passed. The brick line: since when a task is late. Press a bar to open"
            " its roadmap."
        )
    )
    picked = chart(
        portfolio_bars(parts, view.today, _),
        key=f"portfolio_bars_{page}",
        alt=portfolio_words(lines, _),
        on_select=True,
    )
    if pages > 1:
        st.pagination(pages, key="bars_page", bind="query-params")
    _open_picked(picked, lines)


def _open_picked(picked: Any, lines: Sequence[PortfolioLine]) -> None:  # noqa: ANN401 — Streamlit's own state
    points = picked["selection"]["points"] if picked else []
    places = [x["point_index"] for x in points if x.get("curve_number", 0) == 0]
    if places and places[0] < len(lines):
        go("roadmap", roadmap=lines[places[0]].id)


def draw_groups(
    view: PortfolioView, grouping: Grouping, themes: Mapping[str, str], _: Translator
) -> None:
    """Count by group, in the order of names; a row narrows the page to its group."""
    rows, queries = [], []
    for group in grouped(view.lines, grouping, themes):
        lines, counts = group.lines, counted(group.lines)
        rows.append(
            {
                "name": group.name or _("Without a theme"),
                "roadmaps": counts[None],
                "tasks": sum(one.line.tasks for one in lines),
                "done": sum(one.line.done for one in lines),
                "late_tasks": sum(one.line.late for one in lines),
                **{flag.value: counts[flag] for flag in Flag},
            }
        )
        queries.append({grouping.value: group.key, "by": grouping.value})
    heads = {Grouping.LEAD: (_("By consultant"), _("Consultant"))}
    title, head = heads.get(grouping, (_("By theme"), _("Theme")))
    st.header(title, anchor=False)
    table(
        rows,
        {
            "name": Column(head, width="medium"),
            "roadmaps": Column(_("Roadmaps"), "number"),
            Flag.LATE.value: Column(_("Late roadmaps"), "number"),
            "late_tasks": Column(_("Late tasks"), "number"),
            Flag.STALLED.value: Column(_("Stalled"), "number"),
            Flag.ENDS.value: Column(_("End this month"), "number"),
            "tasks": Column(_("Tasks"), "number"),
            "done": Column(_("Done"), "number"),
        },
        key="portfolio_groups",
        opens=("roadmap_portfolio", grouping.value, queries),
    )


def draw_lines(
    here: Workspace,
    view: PortfolioView,
    search: PortfolioSearch,
    themes: Mapping[str, str],
    _: Translator,
) -> None:
    """List the roadmaps found; a row opens one, and all of them can be taken away."""
    st.header(_("Roadmaps"), anchor=False)
    table(
        _rows(view.lines, view.doers, themes, _),
        {
            "title": Column(_("Roadmap"), width="medium"),
            "initiative": Column(_("Initiative"), width="medium"),
            "lead": Column(_("Consultant")),
            "flags": Column(_("Stands out"), "status"),
            "late": Column(_("Late tasks"), "number"),
            "done": Column(_("Done"), "share"),
            "done_on": Column(
                _("Last done"),
                "date",
                help=_("The latest day on which a task was marked as begun, further or done"),
            ),
            "starts_on": Column(_("Starts"), "date"),
            "finishes_on": Column(_("Ends"), "date"),
            "next": Column(_("Next step"), width="medium"),
            "next_on": Column(_("Due"), "date"),
            "themes": Column(_("Themes")),
            "doers": Column(_("Who does tasks")),
            "state": Column(_("State"), "status"),
        },
        key="portfolio",
        opens=("roadmap", "roadmap", [one.id for one in view.lines]),
        export="portfolio",
        on_export=lambda: _rows(export_portfolio(here, search), view.doers, themes, _),
    )


def _rows(
    lines: Sequence[PortfolioLine],
    doers: Mapping[str, str],
    themes: Mapping[str, str],
    _: Translator,
) -> Rows:
    stands_out = {
        Flag.LATE: _("is late"),
        Flag.STALLED: _("is stalled"),
        Flag.ENDS: _("ends this month"),
    }
    return [
        {
            "title": one.line.title,
            "initiative": one.line.initiative,
            "lead": one.lead,
            "flags": ", ".join(told for flag, told in stands_out.items() if flag in one.flags),
            "late": one.line.late or None,
            "done": one.line.done / one.line.tasks if one.line.tasks else None,
            "done_on": one.done_on,
            "starts_on": one.line.starts_on,
            "finishes_on": one.line.finishes_on,
            "next": one.line.next_title,
            "next_on": one.line.next_on,
            "themes": ", ".join(themes.get(theme, theme) for theme in one.themes),
            "doers": ", ".join(doers.get(doer.code, doer.name) for doer in one.doers),
            "state": one.line.state,
        }
        for one in lines
    ]


def draw_overloads(view: PortfolioView, _: Translator) -> None:
    """Say who is asked for more than they have and when; a row shows the roadmaps that ask."""
    if not view.overloads:
        st.caption(_("Nobody is asked for more than they have, this week or later."))
        return
    people = len({x.doer for _name, x in view.overloads})
    told = _.plural(
        "{n} person is asked for more than they have",
        "{n} people are asked for more than they have",
        people,
    )
    titles = {one.id: one.line.title for one in view.lines}
    with st.expander(told, key="portfolio_overloads", icon=":material/warning:"):
        table(
            [
                {
                    "name": name,
                    "week": x.demand.week,
                    "asked": x.demand.minutes,
                    "has": x.demand.has,
                    "over": x.demand.excess,
                    "roadmaps": ", ".join(
                        sorted(titles[key] for key in x.roadmaps if key in titles)
                    ),
                }
                for name, x in view.overloads
            ],
            {
                "name": Column(_("Who"), width="medium"),
                "week": Column(_("Week from"), "date"),
                "asked": Column(_("Asked"), "minutes"),
                "has": Column(_("Has"), "minutes"),
                "over": Column(_("Too much by"), "minutes"),
                "roadmaps": Column(_("Roadmaps"), width="large"),
            },
            key="overloads",
            opens=(
                "roadmap_portfolio",
                "doer",
                [{"doer": x.doer.code} for _name, x in view.overloads],
            ),
        )
        st.caption(
            _(
                "A task asks whoever is responsible for it for the whole working time between its"
                " first day and its last, less what is done. A person has eight hours on each"
                " working day of the centre's calendar; what is late stands in the past and is"
                " not counted."
            )
        )

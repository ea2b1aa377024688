"""Pieces of the hours page: the promise of an activity, the parts of its figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from core.i18n import Translator
from core.ui.desk import go, workspace
from core.ui.tables import Column
from dashboards.charts import parts, promise, span, weeks
from dashboards.pages.parts.hour_filters import address, person_name
from dashboards.pages.parts.sentences import forecast, standing
from dashboards.service import ActivityHours, HoursFilter, export_figures
from hours.pages.parts import figures
from hours.pages.parts.choices import topic_name
from hours.service import UNNAMED, WITHOUT, rounded


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a breakdown and the address of the rows behind it."""

    label: str
    minutes: int
    query: Mapping[str, str]
    planned: int | None = None
    needed: int | None = None


def exactness(minutes: int, approved: int, rounding: int, _: Translator) -> str:
    """Say how much of a figure is approved, and what a report makes of it by rounding."""
    parts = [_("{hours} approved", hours=_.hours(approved))] if minutes else []
    if rounding:
        parts.append(_("in reports {hours}", hours=_.hours(rounded(minutes, rounding))))
    return " · ".join(parts)


def draw_promise(
    hours: ActivityHours, asked: HoursFilter, _: Translator, rounding: int = 0
) -> None:
    """Draw one activity: its figure, its promise, what it takes to keep it."""
    pace = hours.pace
    with st.container(key=f"promise_{hours.activity}", gap="small"):
        st.header(_.label(hours.activity), anchor=False)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            figures.total("activity", hours.figure.minutes, _, part=hours.activity)
            if asked.is_whole and pace.plan:
                of = {"hours": _.hours(pace.plan), "share": _.percent(pace.share)}
                st.caption(_("of {hours} promised · {share}", **of), width="content")
        if asked.is_whole:
            sentence = f"{forecast(pace, _)} {standing(pace, _)}"
            if pace.plan:
                drawn = promise(pace, _)
                figures.picture(
                    "activity", drawn, key=f"promise_chart_{hours.activity}", alt=sentence
                )
            st.markdown(sentence)
        if hours.figure.minutes:
            st.caption(exactness(hours.figure.minutes, hours.figure.approved, rounding, _))
        where = address(replace(asked, activity=hours.activity))
        figures.behind("activity", _, part=hours.activity, query=where)


def draw_weeks(hours: ActivityHours, asked: HoursFilter, _: Translator) -> None:
    """Draw the weeks of the quarter and the pace that it needs."""
    pace = hours.pace if asked.is_whole else None
    done = hours.figure.by_week(hours.pace.period)
    lines = [
        Part(
            span(week, _), minutes, address(asked, week=week.starts_on),
            planned=at.planned if pace else None, needed=at.needed if pace else None,
        )
        for (week, minutes), at in zip(done, hours.pace.weeks, strict=True)
    ]  # fmt: skip
    st.header(_("By week"), anchor=False)
    picture, alt = weeks(done, pace, _), _("Hours of each week")
    picked = figures.picture("week", picture, key="by_week", alt=alt, on_select=True)
    _opened(picked, lines)
    if hours.figure.undated:
        kept = _.hours(hours.figure.undated)
        st.caption(_("And {hours} of private meetings, whose weeks are not told.", hours=kept))
    _in_figures("week", _("Week"), lines, asked, _)


def draw_topics(hours: ActivityHours, asked: HoursFilter, _: Translator) -> None:
    """Draw the topics of the figure, the largest first."""
    lines = [
        Part(topic_name(topic, _), minutes, address(asked, topic=topic or WITHOUT))
        for topic, minutes in hours.figure.by_topic
    ]
    _draw_parts("topic", _("By topic"), _("Topic"), lines, asked, _)


def draw_people(
    hours: ActivityHours, asked: HoursFilter, people: Mapping[int, str], _: Translator
) -> None:
    """Draw the consultants of the figure by name: a list, not a race."""
    minutes = dict(hours.figure.by_person)
    lines = [
        Part(person_name(person, people, _), minutes[person], address(asked, person=person))
        for person in (*people, UNNAMED)
        if person in minutes
    ]
    _draw_parts("person", _("By consultant"), _("Consultant"), lines, asked, _)


def _draw_parts(
    name: str, title: str, head: str, lines: Sequence[Part], asked: HoursFilter, _: Translator
) -> None:
    st.header(title, anchor=False)
    if not lines:
        st.caption(_("No time yet."))
        return
    picture = parts([(line.label, line.minutes) for line in lines], _)
    _opened(figures.picture(name, picture, key=f"by_{name}", alt=title, on_select=True), lines)
    _in_figures(name, head, lines, asked, _)


def _opened(picked: Any, lines: Sequence[Part]) -> None:  # noqa: ANN401 — Streamlit's own state
    """Turn to the rows behind the bar that was clicked."""
    points = picked["selection"]["points"] if picked else []
    places = [point["point_index"] for point in points if point.get("curve_number", 0) == 0]
    if places and places[0] < len(lines):
        go("hour_rows", **lines[places[0]].query)


def _in_figures(
    name: str, head: str, lines: Sequence[Part], asked: HoursFilter, _: Translator
) -> None:
    """Offer the same as a table whose rows open the rows behind, and as a file."""
    fold = st.expander(_("In figures"), key=f"figures_{name}", on_change="rerun", type="compact")
    if not fold.open:
        return
    here = workspace()  # the file is written outside of this run, where nobody is signed in
    columns = {"label": Column(head), "minutes": Column(_("Hours"), "minutes")}
    if any(line.planned is not None for line in lines):
        columns["planned"] = Column(_("Even plan"), "minutes")
        columns["needed"] = Column(_("Still needed"), "minutes")
    with fold:
        figures.listed(
            name,
            [{each: getattr(line, each) for each in columns} for line in lines],
            columns,
            key=f"{name}_table",
            opens=("hour_rows", name, [line.query for line in lines]),
            export=f"hours_by_{name}",
            on_export=lambda: export_figures(here, asked, len(lines)),
        )

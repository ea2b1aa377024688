"""All roadmaps from their first day to their last, one bar each, with the line of today.

The share of tasks that are done fills a bar from its first day. What of it lies after today, more
than time has passed, is hatched: a dark bar in the future would tell of work yet to come.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from html import escape
from typing import Any, TypeAlias

import plotly.graph_objects as go

from core.i18n import Translator
from core.ui.theme import PALETTE
from roadmaps.domain.portfolio_lines import Flag, PortfolioLine
from roadmaps.domain.roadmap import RoadmapState

Groups: TypeAlias = Sequence[tuple[str, Sequence[PortfolioLine]]]
_Placed: TypeAlias = list[tuple[int, PortfolioLine]]
_ROW = 38  # height of a bar with its words above it [px]
_HEAD_LETTERS, _TITLE_LETTERS = 60, 34
_PHONE_LETTERS = 43  # of all words above a bar where the screen is 360 px wide
_LEAST_LETTERS = 8  # of a name: fewer tell nothing
_LIFT = 0.44  # of a row: from a bar to its words
_TOP = 1.2  # rows above the middle of the first one, with the word of today
_PAST, _AHEAD = timedelta(days=270), timedelta(days=540)
_TICKS = 6
_NOW = 0.0  # days are counted from today


def portfolio_bars(groups: Groups, today: date, _: Translator) -> go.Figure:
    """Draw roadmaps by group: green what is planned, dark what is done, brick since when late.

    What is done beyond the time that has passed is hatched.

    A group of an empty name stands without its head. The words above a bar say what its colours
    do.
    """
    rows = list(_rows(groups))
    lines = [(place, row) for place, row in enumerate(rows) if isinstance(row, PortfolioLine)]
    first, last = _range([line for _place, line in lines], today)
    return go.Figure(
        data=[
            _whole(lines, today, _),
            _done(lines, today),
            _done_ahead(lines, today),
            _late(lines, today),
        ],
        layout={
            "showlegend": False,
            "dragmode": False,
            "barmode": "overlay",
            "height": round(_ROW * (len(rows) - 0.4 + _TOP)) + 36,
            "margin": {"l": 4, "r": 4, "t": 30, "b": 6},
            "shapes": [_today_line()],
            "annotations": [
                _today_word(first, last, today, _),
                *_words(rows, (first - today).days, first, _),
            ],
            "xaxis": _months(first, last, today, _),
            "yaxis": {"visible": False, "range": [len(rows) - 0.4, -_TOP], "fixedrange": True},
        },
    )


def portfolio_words(lines: Sequence[PortfolioLine], _: Translator) -> str:
    """Say what the picture shows, for those who cannot see it."""
    return _(
        "Roadmaps from start to end: {count}. Late: {late}. Stalled: {stalled}.",
        count=_.plural("{n} roadmap", "{n} roadmaps", len(lines)),
        late=", ".join(x.line.title for x in lines if Flag.LATE in x.flags) or "—",
        stalled=", ".join(x.line.title for x in lines if Flag.STALLED in x.flags) or "—",
    )


def _rows(groups: Groups) -> Iterator[str | PortfolioLine]:
    for name, lines in groups:
        if name:
            yield name
        yield from lines


def _range(lines: Sequence[PortfolioLine], today: date) -> tuple[date, date]:
    """Give the days to show: from the first start to the last end of what is not done yet."""
    alive = [one.line for one in lines if one.line.state is not RoadmapState.DONE]
    starts = [line.starts_on for line in alive]
    ends = [line.finishes_on for line in alive]
    first = max(min([*starts, today - timedelta(days=7)]), today - _PAST)
    last = min(max([*ends, today + timedelta(days=14)]), today + _AHEAD)
    air = timedelta(days=max((last - first).days // 40, 1))
    return first, last + air


def _bars(lines: _Placed, pairs: Sequence[tuple[float, float]], width: float) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "base": [start for start, _end in pairs],
        "x": [end - start for start, end in pairs],
        "y": [place for place, _line in lines],
        "width": width,
        "unselected": {"marker": {"opacity": 1}},
    }


def _ends(one: PortfolioLine, today: date) -> tuple[float, float]:
    """Give where a bar begins and ends, in days from today; of an empty plan half a day."""
    begin = (one.line.starts_on - today).days
    return begin, max((one.line.finishes_on - today).days + 1, begin + 0.5)


def _whole(lines: _Placed, today: date, _: Translator) -> dict[str, Any]:
    bars = _bars(lines, [_ends(one, today) for _place, one in lines], 0.3)
    return bars | {
        "marker": {"color": PALETTE.soft},
        "hovertext": [_told(one, _) for _place, one in lines],
        "hoverinfo": "text",
    }


def _shares(lines: _Placed, today: date) -> list[tuple[float, float]]:
    """Give for each bar where what is done begins and ends, as a share of its length."""
    pairs = []
    for _place, one in lines:
        begin, end = _ends(one, today)
        share = one.line.done / one.line.tasks if one.line.tasks else 0.0
        pairs.append((begin, begin + (end - begin) * share))
    return pairs


def _done(lines: _Placed, today: date) -> dict[str, Any]:
    pairs = [(begin, max(begin, min(end, _NOW))) for begin, end in _shares(lines, today)]
    bars = _bars(lines, pairs, 0.3)
    return bars | {"marker": {"color": PALETTE.done}, "hoverinfo": "skip"}


def _done_ahead(lines: _Placed, today: date) -> dict[str, Any]:
    shares = zip(lines, _shares(lines, today), strict=True)
    early = [(at, max(begin, _NOW), end) for at, (begin, end) in shares if end > max(begin, _NOW)]
    bars = _bars([at for at, _begin, _end in early], [x[1:] for x in early], 0.3)
    hatching = {
        "shape": "/", "size": 6, "solidity": 0.3, "fillmode": "replace",
        "fgcolor": PALETTE.done, "bgcolor": PALETTE.soft,
    }  # fmt: skip
    marker = {"color": PALETTE.soft, "line": {"color": PALETTE.done, "width": 1}}
    return bars | {"marker": marker | {"pattern": hatching}, "hoverinfo": "skip"}


def _late(lines: _Placed, today: date) -> dict[str, Any]:
    """Draw from the end of the first task that is late until today, below the bar."""
    late = [(place, one) for place, one in lines if Flag.LATE in one.flags and one.line.next_on]
    pairs = [
        ((one.line.next_on - today).days + 1.0, 0.0) for _place, one in late if one.line.next_on
    ]
    bars = _bars([(place, one) for place, one in late], pairs, 0.12)
    return bars | {
        "y": [place + 0.24 for place, _one in late],
        "marker": {"color": PALETTE.critical},
        "hoverinfo": "skip",
    }


def _words(
    rows: Sequence[str | PortfolioLine], left: float, first: date, _: Translator
) -> Iterator[dict[str, Any]]:
    """Give the words above the bars: no traces, for those would fade when a bar is pressed."""
    head = ""
    for place, row in enumerate(rows):
        if isinstance(row, str):
            head = row
            text, y = f"<b>{escape(_cut(row, _HEAD_LETTERS))}</b>", place + 0.08
        else:
            text, y = _label(row, head, first, _), place - _LIFT
        yield {
            "x": left, "y": y, "text": text, "xanchor": "left", "yanchor": "middle",
            "align": "left", "showarrow": False, "font": {"size": 13},
        }  # fmt: skip


def _label(one: PortfolioLine, head: str, first: date, _: Translator) -> str:
    """Give the title, whose it is unless the head of its group says so, and what stands out."""
    marks = [(f"{mark} {text}", colour) for mark, text, colour in _marks(one, first, _)]
    room = _PHONE_LETTERS - sum(len(text) + 1 for text, _colour in marks)
    title = _cut(one.line.title, _TITLE_LETTERS)
    short = _cut(title, max(room, _LEAST_LETTERS))
    words = [
        _fitting(title, short),
        *(f'<span style="color:{colour}">{escape(text)}</span>' for text, colour in marks),
    ]
    if one.line.initiative != head:
        room -= len(short) + len(" · ")
        name = _cut(one.line.initiative, _TITLE_LETTERS)
        short = f"· {_cut(name, room)}" if room >= min(_LEAST_LETTERS, len(name)) else ""
        words.append(_fitting(f"· {name}", short, f"color:{PALETTE.grey}"))
    return " ".join(words)


def _fitting(text: str, short: str, style: str = "") -> str:
    """Write a text and, for a phone, what of it fits there; the stylesheet shows one of them."""
    if text == short:
        return f'<span style="{style}">{escape(text)}</span>' if style else escape(text)
    return (
        f'<span style="{style};--on:wide">{escape(text)}</span>'
        f'<span style="{style};--on:phone">{escape(short)}</span>'
    )


def _marks(one: PortfolioLine, first: date, _: Translator) -> Iterator[tuple[str, str, str]]:
    if Flag.LATE in one.flags:
        yield "▲", _("late: {count}", count=one.line.late), PALETTE.critical
    if Flag.STALLED in one.flags:
        yield "■", _("stalled"), PALETTE.at_risk
    if Flag.ENDS in one.flags:
        yield "◆", _("until {day}", day=_.day(one.line.finishes_on)), PALETTE.today
    if one.line.state is RoadmapState.DONE:
        yield "✓", _.label(one.line.state), PALETTE.plan
    if one.line.finishes_on < first:
        yield "←", _("until {day}", day=_.date(one.line.finishes_on)), PALETTE.grey


def _told(one: PortfolioLine, _: Translator) -> str:
    line = one.line
    parts = [
        f"<b>{escape(_cut(line.title, 80))}</b>",
        escape(_cut(line.initiative, 80)),
        f"{_.date(line.starts_on)} – {_.date(line.finishes_on)}",
        _("Done: {done} of {total}", done=line.done, total=line.tasks),
        escape(one.lead),
    ]
    return "<br>".join([*parts, *(text for _mark, text, _colour in _marks(one, date.min, _))])


def _cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def _today_line() -> dict[str, Any]:
    return {
        "type": "line", "x0": 0, "x1": 0, "yref": "paper", "y0": 0, "y1": 1, "layer": "below",
        "line": {"color": PALETTE.today, "width": 2},
    }  # fmt: skip


def _today_word(first: date, last: date, today: date, _: Translator) -> dict[str, Any]:
    """Name the line at its top, on the side where there is more room."""
    return {
        "x": 0, "xanchor": "left" if last - today > today - first else "right",
        "yref": "paper", "y": 1, "yanchor": "top", "showarrow": False,
        "text": _("today"), "font": {"size": 12, "color": PALETTE.today},
    }  # fmt: skip


def _months(first: date, last: date, today: date, _: Translator) -> dict[str, Any]:
    """Write months along the top, a few of them, with the year at January and the first one."""
    months = list(_firsts(first, last))
    step = max(-(-len(months) // _TICKS), 1)
    shown = months[::step]
    texts = [
        f"{_.short_month(day)}<br>{day.year}" if not n or day.year != shown[n - 1].year
        else _.short_month(day)
        for n, day in enumerate(shown)
    ]  # fmt: skip
    return {
        "range": [(first - today).days, (last - today).days],
        "side": "top",
        "fixedrange": True,
        "zeroline": False,
        "tickvals": [(day - today).days for day in shown],
        "ticktext": texts,
        "tickangle": 0,
        "tickfont": {"size": 12},
    }


def _firsts(first: date, last: date) -> Iterator[date]:
    day = first if first.day == 1 else (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    while day <= last:
        yield day
        day = (day + timedelta(days=32)).replace(day=1)

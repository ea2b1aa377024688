"""A roadmap as one HTML page that needs nothing else: the chart and the table of its tasks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from html import escape
from typing import Final, NamedTuple, TypeAlias

from core.i18n import Translator
from core.ui.theme import NIGHT
from roadmaps.domain.layout import Bar, GanttLayout
from roadmaps.domain.notation import format_waits
from roadmaps.domain.plan import PlanUnit
from roadmaps.domain.why_words import stretch
from roadmaps.domain.words import moment
from roadmaps.formats.caption import Caption, facts_of
from roadmaps.formats.gantt_dates import key_words, only_year, short_moment
from roadmaps.formats.gantt_rows import responsible
from roadmaps.formats.gantt_svg import gantt_svg
from roadmaps.formats.svg import BY_NAME, PAPER, Colours, Sketch


def _named(colours: Colours) -> str:
    """Give every colour the name by which the drawing knows it."""
    return "".join(
        f"--{x.name.replace('_', '-')}:{getattr(colours, x.name)};"
        for x in fields(colours)
        if isinstance(x.default, str)
    )


_SMALLEST: Final = 0.8  # of a drawing, as it may shrink to fit a screen
_AROUND: Final = 40.0  # beside it
_STYLE: Final = f"""
:root {{ color-scheme: light dark; {_named(PAPER)} }}
@media (prefers-color-scheme: dark) {{ :root {{ {_named(NIGHT)} }} }}
body {{ font-family: Inter, system-ui, sans-serif; color: var(--ink); background: var(--paper);
  margin: 2rem auto; max-width: 90rem; padding: 0 1.25rem; line-height: 1.45; }}
h1 {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
.head {{ display: none; }}
figure {{ margin: 0 0 2rem; overflow-x: auto; }}
table {{ border-collapse: collapse; font-size: .9rem; width: 100%; }}
th, td {{ padding: .4rem .6rem; border-bottom: 1px solid var(--rule); text-align: left;
  vertical-align: top; }}
th {{ color: var(--grey); font-weight: 500; }}
.number {{ text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }}
.date {{ white-space: nowrap; }}
tr.critical .float {{ font-weight: 600; color: var(--critical); }}
tr.stage .title {{ font-weight: 600; }}
.title {{ padding-left: calc(.6rem + var(--level, 0) * 1.1rem); }}
@media (max-width: 640px) {{
  body {{ margin: 1rem 0; padding: 0 .75rem; }}
  main {{ display: flex; flex-direction: column; }}
  figure {{ order: 1; margin-top: 2rem; }}
  h1 {{ position: static; width: auto; height: auto; clip-path: none; font-size: 1.25rem;
    line-height: 1.25; margin: 0 0 .75rem; }}
  .head {{ display: block; color: var(--grey); margin: 0 0 .25rem; overflow-wrap: anywhere; }}
  thead, .wide {{ display: none; }}
  table, tbody {{ display: block; }}
  tr {{ display: flex; flex-wrap: wrap; column-gap: .8rem; padding: .5rem 0 .5rem 2.4rem;
    position: relative; border-bottom: 1px solid var(--rule); }}
  td {{ padding: 0; border: 0; color: var(--grey); font-size: .85rem; }}
  td:empty, tr.day .finish, .done {{ display: none; }}
  .place {{ position: absolute; left: 0; width: 2rem; line-height: 1.7; }}
  .title {{ flex: 1 0 100%; box-sizing: border-box; color: var(--ink); font-size: 1rem;
    overflow-wrap: anywhere; padding-left: calc(var(--level, 0) * .8rem); }}
  tr:not(.day) .start {{ margin-right: -.5rem; }}
  .finish::before {{ content: "– "; }}
  tr:not(.critical) .float::before {{ content: attr(data-head) ": "; }}
  tr.begun .done {{ display: block; }}
  .done::before {{ content: attr(data-head) " "; }}
  .done::after {{ content: " %"; }}
  .who {{ flex: 1 0 100%; order: 1; }}
}}
@media print {{ :root {{ {_named(PAPER)} }} body {{ margin: 0; max-width: none; }} }}
"""


_Moment: TypeAlias = Callable[[Translator, datetime, PlanUnit], str]


class _Column(NamedTuple):
    """How a column is headed, the classes of its cells, and its head where cells stand alone."""

    head: str
    kind: str
    alone: str = ""


def plan_html(
    layout: GanttLayout, caption: Caption, _: Translator, drawing: Sketch | None = None
) -> str:
    """Make the page: no scripts, no addresses of elsewhere; by night its paper is dark.

    `drawing` stands in the place of the chart; its colours are those of `BY_NAME`.
    """
    sketch = drawing or gantt_svg(layout, caption, _, BY_NAME)
    year = only_year(layout.bars)
    of_year = "" if year is None else f", {year}"
    columns = (
        _Column(_("No."), "number place"),
        _Column(_("Task"), "title"),
        _Column(_("Duration"), "number wide"),
        _Column(_("Start") + of_year, "date start"),
        _Column(_("Finish") + of_year, "date finish"),
        _Column(_("Float"), "number float", _("Float").lower()),
        _Column(_("Predecessors"), "wide"),
        _Column(_("Responsible"), "who"),
        _Column(_("Done, %"), "number done", _("done")),
    )
    head = "".join(
        f'<th role="columnheader" class="{x.kind}">{escape(x.head)}</th>' for x in columns
    )
    facts = (caption.initiative, facts_of(layout, _), key_words(layout, _))
    told = "".join(f'<p class="head">{escape(words)}</p>\n' for words in facts if words)
    rows = "\n".join(_rows(layout, caption.people, columns, _))
    title = escape(caption.title)
    return (
        f'<!DOCTYPE html>\n<html lang="{_.language}">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        f"<style>{_STYLE}{_fitting(sketch)}</style></head>\n<body><main>\n<h1>{title}</h1>\n{told}"
        f'<figure tabindex="0">{sketch.svg}</figure>\n<table role="table">'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n<tbody role="rowgroup">\n{rows}\n</tbody></table>\n'
        "</main></body>\n</html>\n"
    )


def _rows(
    layout: GanttLayout, people: Mapping[int, str], columns: tuple[_Column, ...], _: Translator
) -> Iterator[str]:
    day = moment if only_year(layout.bars) is None else short_moment
    for bar in layout.bars:
        first, last = bar.span.days(layout.plan.unit)
        marks = " ".join(
            name
            for name, is_so in (
                ("critical", bar.is_critical),
                ("stage", bar.task.id in layout.plan.stages),
                ("begun", bar.task.done_percent > 0),
                ("day", first == last),
            )
            if is_so
        )
        cells = "".join(
            f'<td role="cell" class="{column.kind}"{_alone(column)}>{escape(text)}</td>'
            for column, text in zip(columns, _cells(bar, layout, (people, day), _), strict=True)
        )
        level = f' style="--level:{bar.level}"' if bar.level else ""
        yield f'<tr role="row" class="{marks}"{level}>{cells}</tr>'


def _fitting(sketch: Sketch) -> str:
    """Shrink the drawing to a screen that is nearly as wide as it; a narrower one scrolls."""
    least = sketch.width * _SMALLEST + _AROUND
    return (
        f"@media (min-width: {least:.0f}px) {{ figure svg {{ max-width: 100%; height: auto; }} }}\n"
    )


def _alone(column: _Column) -> str:
    return f' data-head="{escape(column.alone)}"' if column.alone else ""


def _cells(
    bar: Bar, layout: GanttLayout, told: tuple[Mapping[int, str], _Moment], _: Translator
) -> Iterator[str]:
    people, day = told
    task, unit = bar.task, layout.plan.unit
    length, counting = bar.takes
    yield _.number(task.position)
    yield task.title
    yield stretch(_, length, unit, counting) if length else _("milestone")
    yield day(_, bar.span.start, unit)
    yield day(_, bar.span.finish, unit)
    yield _("critical") if bar.is_critical else stretch(_, bar.slot.total_float, unit, bar.float_in)
    yield format_waits(layout.plan, task.id, _.language)
    yield responsible(bar, people)
    yield _.number(task.done_percent)

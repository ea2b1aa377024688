"""A roadmap as one HTML page that needs nothing else: the chart and the table of its tasks."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from html import escape
from typing import Final, NamedTuple

from core.i18n import Translator
from core.ui.theme import NIGHT
from roadmaps.domain.layout import Bar, GanttLayout
from roadmaps.domain.notation import format_waits
from roadmaps.domain.why_words import stretch
from roadmaps.domain.words import amount, moment
from roadmaps.formats.caption import Caption
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


_STYLE: Final = f"""
:root {{ color-scheme: light dark; {_named(PAPER)} }}
@media (prefers-color-scheme: dark) {{ :root {{ {_named(NIGHT)} }} }}
body {{ font-family: Inter, system-ui, sans-serif; color: var(--ink); background: var(--paper);
  margin: 2rem auto; max-width: 90rem; padding: 0 1.25rem; line-height: 1.45; }}
h1 {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
figure {{ margin: 0 0 2rem; overflow-x: auto; }}
table {{ border-collapse: collapse; font-size: .9rem; width: 100%; }}
th, td {{ padding: .4rem .6rem; border-bottom: 1px solid var(--rule); text-align: left;
  vertical-align: top; }}
th {{ color: var(--grey); font-weight: 500; }}
.number {{ text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }}
.date {{ white-space: nowrap; }}
tr.critical .float {{ font-weight: 600; color: var(--critical); }}
tr.stage .title {{ font-weight: 600; }}
@media (max-width: 640px) {{
  body {{ margin: 1rem 0; padding: 0 .75rem; }}
  main {{ display: flex; flex-direction: column; }}
  figure {{ order: 1; margin-top: 2rem; }}
  h1 {{ position: static; width: auto; height: auto; clip-path: none; font-size: 1.25rem;
    line-height: 1.25; margin: 0 0 .75rem; }}
  table {{ font-size: .78rem; }}
  th, td {{ padding: .4rem .25rem; }}
  .wide {{ display: none; }}
  .float, .date {{ white-space: normal; }}
}}
@media print {{ :root {{ {_named(PAPER)} }} body {{ margin: 0; max-width: none; }} }}
"""


class _Column(NamedTuple):
    """How a column is headed, and the classes of its cells."""

    head: str
    kind: str


def plan_html(
    layout: GanttLayout, caption: Caption, _: Translator, drawing: Sketch | None = None
) -> str:
    """Make the page: no scripts, no addresses of elsewhere; by night its paper is dark.

    `drawing` stands in the place of the chart; its colours are those of `BY_NAME`.
    """
    svg = (drawing or gantt_svg(layout, caption, _, BY_NAME)).svg
    columns = (
        _Column(_("No."), "number"),
        _Column(_("Task"), "title"),
        _Column(_("Duration"), "number wide"),
        _Column(_("Start"), "date"),
        _Column(_("Finish"), "date"),
        _Column(_("Float"), "number float"),
        _Column(_("Predecessors"), "wide"),
        _Column(_("Responsible"), "wide"),
        _Column(_("Done, %"), "number wide"),
    )
    head = "".join(f'<th class="{x.kind}">{escape(x.head)}</th>' for x in columns)
    rows = "\n".join(_rows(layout, caption.people, columns, _))
    title = escape(caption.title)
    return (
        f'<!DOCTYPE html>\n<html lang="{_.language}">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        f"<style>{_STYLE}</style></head>\n<body><main>\n<h1>{title}</h1>\n"
        f'<figure tabindex="0">{svg}</figure>\n'
        f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>\n"
        "</main></body>\n</html>\n"
    )


def _rows(
    layout: GanttLayout, people: Mapping[int, str], columns: tuple[_Column, ...], _: Translator
) -> Iterator[str]:
    for bar in layout.bars:
        marks = " ".join(
            name
            for name, is_so in (
                ("critical", bar.is_critical),
                ("stage", bar.task.id in layout.plan.stages),
            )
            if is_so
        )
        cells = "".join(
            f'<td class="{column.kind}">{escape(text)}</td>'
            for column, text in zip(columns, _cells(bar, layout, people, _), strict=True)
        )
        yield f'<tr class="{marks}">{cells}</tr>'


def _cells(
    bar: Bar, layout: GanttLayout, people: Mapping[int, str], _: Translator
) -> Iterator[str]:
    task, unit = bar.task, layout.plan.unit
    length, counting = bar.takes
    yield _.number(task.position)
    yield "\u2003" * bar.level + task.title
    yield stretch(_, length, unit, counting) if length else _("milestone")
    yield moment(_, bar.span.start, unit)
    yield moment(_, bar.span.finish, unit)
    yield _("critical") if bar.is_critical else amount(_, bar.slot.total_float, unit)
    yield format_waits(layout.plan, task.id, _.language)
    yield responsible(bar, people)
    yield _.number(task.done_percent)

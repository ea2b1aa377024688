"""A roadmap as one HTML page that needs nothing else: the chart and the table of its tasks."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Final

from core.i18n import Translator
from core.ui.theme import PALETTE
from roadmaps.domain.layout import Bar, GanttLayout
from roadmaps.domain.notation import format_waits
from roadmaps.domain.words import amount, moment
from roadmaps.formats.gantt_svg import gantt_svg

_STYLE: Final = f"""
body {{ font-family: Inter, system-ui, sans-serif; color: {PALETTE.ink}; margin: 2rem; }}
figure {{ margin: 0 0 2rem; overflow-x: auto; }}
table {{ border-collapse: collapse; font-size: .9rem; }}
th, td {{ padding: .35rem .7rem; border-bottom: 1px solid {PALETTE.rule}; text-align: left; }}
td.number {{ text-align: right; font-variant-numeric: tabular-nums; }}
tr.critical td:nth-child(2) {{ font-weight: 600; color: {PALETTE.critical}; }}
@media print {{ body {{ margin: 0; }} }}
"""


def plan_html(layout: GanttLayout, title: str, people: Mapping[int, str], _: Translator) -> str:
    """Make the page: no scripts, no addresses of elsewhere."""
    svg = gantt_svg(layout, title, people, _)
    heads = (
        _("No."), _("Task"), _("Duration"), _("Start"), _("Finish"), _("Float"),
        _("Predecessors"), _("Responsible"), _("Done, %"),
    )  # fmt: skip
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    rows = "\n".join(_rows(layout, people, _))
    return (
        f'<!DOCTYPE html>\n<html lang="{_.language}">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n<figure>{svg}</figure>\n"
        f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>\n"
        "</body>\n</html>\n"
    )


def _rows(layout: GanttLayout, people: Mapping[int, str], _: Translator) -> Iterator[str]:
    for bar in layout.bars:
        critical = ' class="critical"' if bar.slot.is_critical else ""
        cells = "".join(
            f'<td class="number">{escape(text)}</td>' if is_number else f"<td>{escape(text)}</td>"
            for text, is_number in _cells(bar, layout, people, _)
        )
        yield f"<tr{critical}>{cells}</tr>"


def _cells(
    bar: Bar, layout: GanttLayout, people: Mapping[int, str], _: Translator
) -> Iterator[tuple[str, bool]]:
    task, unit = bar.task, layout.plan.unit
    length = bar.slot.early_finish - bar.slot.early_start
    total = bar.slot.total_float
    yield _.number(task.position), True
    yield "\u2003" * bar.level + task.title, False
    yield amount(_, length, unit) if length else _("milestone"), True
    yield moment(_, bar.span.start, unit), False
    yield moment(_, bar.span.finish, unit), False
    yield amount(_, total, unit) if total else _("critical"), True
    yield format_waits(layout.plan, task.id, _.language), False
    yield people.get(task.responsible_id or 0, task.responsible), False
    yield _.number(task.done_percent), True

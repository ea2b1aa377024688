"""The Gantt chart as a sheet of Excel: cells for days, weeks or months, filled where a bar is."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.i18n import Translator
from core.spreadsheet import put_text
from core.ui.theme import PALETTE
from roadmaps.domain.axis import Cell as Stretch
from roadmaps.domain.axis import Zoom
from roadmaps.domain.axis_words import lower_label, short_upper_label
from roadmaps.domain.layout import Bar, GanttLayout, Shape
from roadmaps.domain.plan import PlanUnit
from roadmaps.formats.caption import Caption, facts_of
from roadmaps.formats.gantt_rows import responsible

_HEAD: Final = 4  # the row of months or years; that of days or weeks follows
_FIRST: Final = 7  # the column of the first stretch of time
_WIDTHS: Final = (5, 46, 12, 12, 9, 20)
_DAYS_UP_TO: Final = 130
_WEEKS_UP_TO: Final = 910
_NARROW: Final = {Zoom.DAYS: 2.9, Zoom.WEEKS: 3.6, Zoom.MONTHS: 6.5}
_DAY: Final = "dd.mm.yyyy"


def zoom_of_sheet(days: float) -> Zoom:
    """Choose what one column is, so that a sheet has some hundred of them."""
    if days <= _DAYS_UP_TO:
        return Zoom.DAYS
    return Zoom.WEEKS if days <= _WEEKS_UP_TO else Zoom.MONTHS


def add_gantt(book: Workbook, layout: GanttLayout, caption: Caption, _: Translator) -> None:
    """Add the sheet; `layout` is zoomed as `zoom_of_sheet` says."""
    sheet = book.create_sheet(_("Gantt chart"))
    _write_head(sheet, layout, caption, _)
    for row, bar in enumerate(layout.bars, start=_HEAD + 2):
        _write_words(sheet, row, bar, (layout, caption.people), _)
        _write_bar(sheet, row, bar, layout)
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for column in range(_FIRST, _FIRST + len(layout.axis.lower)):
        sheet.column_dimensions[get_column_letter(column)].width = _NARROW[layout.axis.zoom]
    sheet.freeze_panes = sheet.cell(_HEAD + 2, _FIRST)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEAD}:{_HEAD + 1}"


def _write_head(sheet: Worksheet, layout: GanttLayout, caption: Caption, _: Translator) -> None:
    _put(sheet.cell(1, 1), caption.title, bold=True, size=14)
    _put(sheet.cell(2, 1), " · ".join(filter(None, (caption.initiative, facts_of(layout, _)))))
    _put(sheet.cell(3, 1), _legend(layout, _))
    heads = (_("No."), _("Task"), _("Start"), _("Finish"), _("Float"), _("Responsible"))
    for column, words in enumerate(heads, start=1):
        _put(sheet.cell(_HEAD + 1, column), words, bold=True)
    uppers = {cell.start: cell for cell in layout.axis.upper}
    for column, stretch in enumerate(layout.axis.lower, start=_FIRST):
        cell = sheet.cell(_HEAD + 1, column)
        _put(cell, lower_label(layout.axis, stretch, _), size=8)
        cell.alignment = Alignment(horizontal="center")
        begun = [x for start, x in uppers.items() if stretch.start <= start < stretch.end]
        if begun:
            above = short_upper_label(layout.axis, begun[-1], _)
            year = f" {begun[-1].day.year}" if layout.axis.zoom is not Zoom.MONTHS else ""
            _put(sheet.cell(_HEAD, column), above + year, bold=True, size=8)


def _legend(layout: GanttLayout, _: Translator) -> str:
    """Say what fills and signs mean, in words that survive a black-and-white printer."""
    parts = [
        _("hatched: critical path"),
        _("•: done"),
        _("◆: milestone"),
        _("▼: deadline"),
    ]
    if layout.baseline is not None:
        title = layout.baseline.title
        words = _("as agreed: {title}", title=title) if title else _("as agreed")
        parts.append(_("line below: {what}", what=words))
    return "; ".join(parts)


def _write_words(
    sheet: Worksheet, row: int, bar: Bar, plan: tuple[GanttLayout, Mapping[int, str]], _: Translator
) -> None:
    layout, people = plan
    is_days = layout.plan.unit is PlanUnit.DAY
    sheet.cell(row, 1).value = bar.task.position
    _put(sheet.cell(row, 2), bar.task.title, bold=bar.shape is Shape.STAGE)
    sheet.cell(row, 2).alignment = Alignment(indent=bar.level, wrap_text=True, vertical="center")
    for column, moment in ((3, bar.span.start), (4, bar.span.finish)):
        cell = sheet.cell(row, column)
        cell.value = moment.date() if is_days else moment
        cell.number_format = _DAY if is_days else f"{_DAY} hh:mm"
    flag = sheet.cell(row, 5)
    if bar.is_critical:
        _put(flag, _("critical"), bold=True, colour=PALETTE.critical)
    else:
        flag.value = bar.slot.total_float
    _put(sheet.cell(row, 6), responsible(bar, people))


def _write_bar(sheet: Worksheet, row: int, bar: Bar, layout: GanttLayout) -> None:
    for column, stretch in enumerate(layout.axis.lower, start=_FIRST):
        fill, sign = _filled(bar, stretch, layout), _sign(bar, stretch, layout.origin)
        is_agreed = bar.agreed is not None and _meets(bar.agreed.start, bar.agreed.end, stretch)
        is_today = layout.today is not None and stretch.start <= layout.today < stretch.end
        if not (fill or sign or is_agreed or is_today):
            continue
        cell = sheet.cell(row, column)
        if fill:
            cell.fill = fill
        if sign:
            _put(cell, sign, size=8, bold=True, colour=_ink(bar, sign))
            cell.alignment = Alignment(horizontal="center", vertical="center")
        cell.border = Border(
            bottom=Side("thick", _rgb(PALETTE.soft)) if is_agreed else None,
            left=Side("mediumDashed", _rgb(PALETTE.today)) if is_today else None,
        )


def _filled(bar: Bar, stretch: Stretch, layout: GanttLayout) -> PatternFill | None:
    if bar.shape is Shape.MILESTONE or not _meets(bar.start, bar.end, stretch):
        is_off = any(x.start <= stretch.start and stretch.end <= x.end for x in layout.shades)
        return PatternFill("solid", fgColor=_rgb(PALETTE.shade)) if is_off else None
    if bar.shape is Shape.STAGE:
        return PatternFill("solid", fgColor=_rgb(PALETTE.grey))
    if bar.is_critical:
        soft, strong = _rgb(PALETTE.critical_soft), _rgb(PALETTE.critical)
        return PatternFill("darkUp", fgColor=strong, bgColor=soft)
    return PatternFill("solid", fgColor=_rgb(PALETTE.plan))


def _sign(bar: Bar, stretch: Stretch, origin: date) -> str:
    if bar.shape is Shape.MILESTONE:
        day = (bar.span.finish.date() - origin).days
        if stretch.start <= day < stretch.end:
            return "◆"
    if bar.deadline is not None and stretch.start < bar.deadline <= stretch.end:
        return "▼"
    is_done = bar.shape is Shape.BAR and _meets(bar.start, bar.done_end, stretch)
    return "•" if is_done else ""


def _ink(bar: Bar, sign: str) -> str:
    if sign == "•":
        return PALETTE.ink if bar.is_critical else PALETTE.paper
    if sign == "▼":
        return PALETTE.critical if bar.misses_deadline else PALETTE.ink
    return PALETTE.critical if bar.is_critical else PALETTE.plan


def _meets(start: float, end: float, stretch: Stretch) -> bool:
    return start < stretch.end and stretch.start < end


def _put(
    cell: Cell | MergedCell,
    words: str,
    *,
    bold: bool = False,
    size: float = 10,
    colour: str = PALETTE.ink,
) -> None:
    if isinstance(cell, MergedCell):
        return  # only the first of merged cells holds anything
    put_text(cell, words)
    cell.font = Font(name="Inter", bold=bold, size=size, color=_rgb(colour))


def _rgb(colour: str) -> str:
    return colour.removeprefix("#")

"""The marks of an axis of dates in the reader's language."""

from core.i18n import Translator
from roadmaps.domain.axis import Axis, Cell, Zoom


def upper_label(axis: Axis, cell: Cell, _: Translator) -> str:
    """Name a cell of the upper row: November 2026, or 2026."""
    if axis.zoom in {Zoom.DAYS, Zoom.WEEKS}:
        return _.month(cell.day)
    return str(cell.day.year)


def short_upper_label(axis: Axis, cell: Cell, _: Translator) -> str:
    """Name a cell of the upper row that has little room: Nov, or 2026."""
    if axis.zoom in {Zoom.DAYS, Zoom.WEEKS}:
        return _.short_month(cell.day)
    return str(cell.day.year)


def lower_label(axis: Axis, cell: Cell, _: Translator) -> str:
    """Name a cell of the lower row: the number of its day, its month, quarter or year."""
    match axis.zoom:
        case Zoom.DAYS | Zoom.WEEKS:
            return str(cell.day.day)
        case Zoom.MONTHS:
            return _.short_month(cell.day)
        case Zoom.QUARTERS:
            return _("Q{number}", number=(cell.day.month + 2) // 3)
        case Zoom.YEARS:
            return str(cell.day.year)

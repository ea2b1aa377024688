"""Compose what the dashboards show from the features' own services."""

from dashboards.domain.quarter import ActivityHours, HoursFilter, QuarterView, RowsView
from dashboards.service.desk import Backups, Desk, DraftBrief, Line, SheetLine, Step, view_desk
from dashboards.service.journal import JournalView, export_journal, view_journal
from dashboards.service.month import NamedMonth, view_named_month
from dashboards.service.quarter import export_figures, export_rows, view_quarter, view_rows
from dashboards.service.served import ServedView, export_served, view_served

__all__ = [
    "ActivityHours",
    "Backups",
    "Desk",
    "DraftBrief",
    "HoursFilter",
    "JournalView",
    "Line",
    "NamedMonth",
    "QuarterView",
    "RowsView",
    "ServedView",
    "SheetLine",
    "Step",
    "export_figures",
    "export_journal",
    "export_rows",
    "export_served",
    "view_desk",
    "view_journal",
    "view_named_month",
    "view_quarter",
    "view_rows",
    "view_served",
]

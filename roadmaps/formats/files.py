"""Any file of a plan: told apart by what it holds, read, and written in another form."""

from datetime import date, datetime
from typing import Final, assert_never

from core.i18n import Coded, Term, Translator
from core.spreadsheet import as_date, match_headers, read_table
from roadmaps.domain.errors import PlanFileError
from roadmaps.domain.laid import Laid
from roadmaps.domain.plan import TASK_LIMIT, Plan, PlanUnit
from roadmaps.domain.table import plan_of
from roadmaps.formats.exchange import Lost, PlanFile, left_behind
from roadmaps.formats.plan_csv import START_NAMES, read_plan_csv, write_plan_csv, write_plan_xlsx
from roadmaps.formats.plan_json import FORMAT, parsed_json, read_plan_json, write_plan_json
from roadmaps.formats.plan_mermaid import write_mermaid
from roadmaps.formats.project_json import read_project
from roadmaps.formats.psplib import is_psplib, read_psplib

_MARK: Final = b"\xef\xbb\xbf"


class PlanForm(Coded):
    """What a plan can be written as."""

    JSON = "json"
    MSPDI = "mspdi"
    CSV = "csv"
    XLSX = "xlsx"
    ICS = "ics"
    MERMAID = "mermaid"


def read_plan(data: bytes, name: str, today: date) -> PlanFile:
    """Read a plan from whatever form it is in.

    A table without a column of starts starts on `today`.

    Raises
    ------
    DomainError
        One of the errors of the reader of its form; `PlanFileError` if it is none of them.
    """
    body = data.removeprefix(_MARK).lstrip()
    if body[:1] == b"<":
        from roadmaps.formats.plan_xml import read_xml  # noqa: PLC0415 — an XML parser, rarely

        return read_xml(data)
    if body[:1] in {b"{", b"["}:
        return _read_json(data)
    if body[:15].upper() == b"BEGIN:VCALENDAR":
        from roadmaps.formats.plan_ics import read_ics  # noqa: PLC0415 — icalendar, rarely

        return read_ics(data)
    if is_psplib(data):
        return read_psplib(data)
    if body[:5] in {b"gantt", b"%%{in"}:
        raise PlanFileError(reason=Term("plan_file.only_written"), place="Mermaid")
    rows, _ignored = read_plan_csv(data, name)
    return PlanFile("", plan_of(Plan(_first_start(data, name) or today), rows))


def write_plan(form: PlanForm, file: PlanFile, laid: Laid, _: Translator) -> bytes:
    """Write a scheduled plan in one form; `lost_in` says what that form leaves behind."""
    match form:
        case PlanForm.JSON:
            return f"{write_plan_json(file, laid)}\n".encode()
        case PlanForm.MSPDI:
            from roadmaps.formats.mspdi_write import write_mspdi  # noqa: PLC0415 — for one form

            return write_mspdi(file, laid)
        case PlanForm.CSV | PlanForm.XLSX:
            dates = {task.id: laid.span(task.id) for task in laid.plan.tasks}
            write = write_plan_csv if form is PlanForm.CSV else write_plan_xlsx
            return write(laid.plan, laid.result, dates, {}, _)
        case PlanForm.ICS:
            from roadmaps.formats.plan_ics import write_ics  # noqa: PLC0415 — icalendar, rarely

            return write_ics(file, laid, _("critical path"))
        case PlanForm.MERMAID:
            return write_mermaid(file, laid).encode()
        case _:
            assert_never(form)


def lost_in(form: PlanForm, plan: Plan) -> dict[Lost, int]:
    """Count what a form cannot carry of a plan."""
    if form is PlanForm.JSON:
        return {}
    if form is PlanForm.MSPDI:
        from roadmaps.formats.mspdi_write import lost_in_mspdi  # noqa: PLC0415 — for one form

        return lost_in_mspdi(plan)
    lost = left_behind(plan)
    if form is PlanForm.MERMAID and plan.dependencies:
        lost[Lost.LINKS] = len(plan.dependencies)
    if form in {PlanForm.CSV, PlanForm.XLSX} and plan.unit is not PlanUnit.DAY:
        lost[Lost.UNIT] = 1
    if plan.own_calendar is not None:
        lost[Lost.CALENDARS] = lost.get(Lost.CALENDARS, 0) + 1
    return lost


def _read_json(data: bytes) -> PlanFile:
    parsed = parsed_json(data)
    if "activities" in parsed or parsed.get("format") != FORMAT:
        title, plan = read_project(data)
        return PlanFile(title, plan)
    return read_plan_json(data)


def _first_start(data: bytes, name: str) -> date | None:
    """Give the earliest day in the column of starts of a table, if it has one."""
    table = read_table(data, name, limit_rows=TASK_LIMIT)
    place = match_headers(table, {"start": START_NAMES}, ()).get("start")
    if place is None:
        return None
    found = []
    for row in table.rows:
        cell = row.cell(place)
        if isinstance(cell, str):
            cell = cell[:10]
        day = as_date(cell)
        if day is not None:
            found.append(day.date() if isinstance(day, datetime) else day)
    return min(found, default=None)

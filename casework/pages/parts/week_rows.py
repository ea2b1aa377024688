"""Rows of the week's grid: from planned meetings and drafts to the screen, and back."""

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any, Final

from casework.domain.consultation import ConsultationForm, ConsultationStatus, Line
from casework.domain.week import WeekRow
from casework.service import Week
from core.i18n import Translator

BLANK_ROWS: Final = 6
TEXTS: Final = ("day", "starts_at", "form", "status", "note")
NUMBERS: Final = ("contact", "preparation", "travel")
LISTS: Final = ("initiatives", "topics")
COLUMNS: Final = (
    "day", "starts_at", "initiatives", "topics", "status", "contact", "preparation", "travel",
    "form", "note", "is_private", "consultation_id", "version",
)  # fmt: skip

Cells = dict[str, Any]


def blank() -> Cells:
    """Give an empty row."""
    lists: Cells = {name: [] for name in LISTS}
    return {
        **dict.fromkeys(TEXTS), **dict.fromkeys(NUMBERS), **lists,
        "is_private": False, "consultation_id": None, "version": None,
    }  # fmt: skip


def first_rows(week: Week, _: Translator) -> list[Cells]:
    """Begin with the meetings planned for the week, then with empty rows."""
    planned = [_planned(line, week, _) for line in week.mine]
    return planned + [blank() for _row in range(max(BLANK_ROWS - len(planned), 2))]


def read(rows: Iterable[Mapping[str, Any]]) -> tuple[WeekRow, ...]:
    """Read what stands on the screen."""
    return tuple(_row(number, row) for number, row in enumerate(rows, 1))


def dumped(rows: Iterable[Mapping[str, Any]]) -> str:
    """Write rows as a draft keeps them; empty when nothing stands in them."""
    plain = [{name: _cell(name, row.get(name)) for name in COLUMNS} for row in rows]
    if all(row.is_empty or row.consultation_id for row in read(plain)) and not _changed(plain):
        return ""
    return json.dumps(plain, ensure_ascii=False)


def loaded(text: str) -> list[Cells]:
    """Read a draft; what is none gives no rows."""
    try:
        rows = json.loads(text)
    except ValueError:
        return []
    known = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return [{name: _cell(name, row.get(name)) for name in COLUMNS} for row in known]


def pasted(text: str) -> list[Cells]:
    """Read rows copied from a spreadsheet: cells apart by tabs, in the grid's order."""
    rows = []
    for line in text.splitlines():
        cells = [cell.strip().strip('"') for cell in line.split("\t")]
        if not any(cells):
            continue
        row = blank()
        for name, cell in zip(COLUMNS[:-3], cells, strict=False):
            row[name] = [cell] if name in LISTS and cell else cell or row[name]
        rows.append(row)
    return rows


def _changed(rows: Iterable[Cells]) -> bool:
    """Tell whether somebody began to write a planned meeting up."""
    return any(row["note"] or row["preparation"] or row["travel"] for row in rows)


def _planned(line: Line, week: Week, _: Translator) -> Cells:
    return {
        **blank(),
        "day": line.held_on.strftime("%d.%m.%Y"),
        "starts_at": line.starts_at.strftime("%H:%M") if line.starts_at else None,
        "initiatives": [week.choices.cases.get(case, "") for case in line.cases],
        "topics": [_.label(topic) for topic in line.topics],
        "contact": str(line.expected_minutes or 60),
        "form": _.label(line.form or ConsultationForm.IN_PERSON),
        "status": _.label(ConsultationStatus.PLANNED),
        "consultation_id": line.id,
        "version": line.version,
    }


def _row(number: int, row: Mapping[str, Any]) -> WeekRow:
    cells: Cells = {name: _cell(name, row.get(name)) for name in COLUMNS}
    texts: Cells = {name: cells[name] or "" for name in (*TEXTS, *NUMBERS)}
    lists: Cells = {name: tuple(cells[name]) for name in LISTS}
    return WeekRow(
        number=number,
        **texts,
        **lists,
        is_private=cells["is_private"],
        consultation_id=cells["consultation_id"],
        version=cells["version"] or 0,
    )


def _cell(name: str, value: Any) -> Any:  # noqa: ANN401 — whatever a cell of a grid holds
    if isinstance(value, float) and math.isnan(value):
        value = None
    if name in LISTS:
        return [] if value is None or isinstance(value, str) else [str(item) for item in value]
    if value is None or value != value:  # noqa: PLR0124 — pandas' own NA
        return False if name == "is_private" else None
    if name in TEXTS or name in NUMBERS:
        return str(value)
    return bool(value) if name == "is_private" else int(value)

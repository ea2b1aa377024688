"""One cell: kept from running as a formula, and read back as a text, a date or a number."""

import re
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from core.spreadsheet.errors import CellError

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None

# What a spreadsheet program skips before it looks for a formula, and what starts one there.
# Full-width signs count: Excel in some languages takes them for the plain ones.
_SKIPPED = r"[\s\u00a0\ufeff\u200b-\u200f\u2060]*"
_STARTS = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
_DANGEROUS = re.compile(rf"'*(?:{_SKIPPED}{_STARTS}|[\t\r\n])")
# A negative number is not a formula. A plus sign marks a phone: without the guard it would be
# read as a number and lose the plus; past 15 digits a number loses its last digits.
_PLAIN_NUMBER = re.compile(r"-\d{1,15}(?:[.,]\d{1,15})?")
_DATES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ].*)?"),
    re.compile(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})(?: .*)?"),
)
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


def guard(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet program would run as a formula.

    A negative number stays as it is; a phone number keeps its plus and digits.
    `unguard` takes the apostrophe off again, so that a table survives the way there and back.
    """
    if _DANGEROUS.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text


def unguard(text: str) -> str:
    """Take off the apostrophe that `guard` put on."""
    if text.startswith("'") and _DANGEROUS.match(text):
        return text[1:]
    return text


def as_text(cell: Cell) -> str:
    """Give the cell as a person would type it: no spaces around, 5 instead of 5.0."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(cell).strip()


def as_date(cell: Cell) -> date | None:
    """Give the cell as a date; an empty cell is None.

    Understood are dates of a spreadsheet, 2026-11-23, 23.11.2026 and 23/11/2026.

    Raises
    ------
    CellError
        If the cell holds something else, or a day that no calendar has.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = as_text(cell)
    if not text:
        return None
    for pattern in _DATES:
        if found := pattern.fullmatch(text):
            try:
                return date(*(int(found[part]) for part in ("year", "month", "day")))
            except ValueError:
                break
    raise CellError(value=text)


def as_number(cell: Cell) -> float | None:
    """Give the cell as a number; an empty cell is None.

    Understood are 1234.5, 1234,5 and 1 234,5.

    Raises
    ------
    CellError
        If the cell holds something else.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    text = _SPACES.sub("", as_text(cell)).replace("−", "-")
    if not text:
        return None
    if not re.fullmatch(r"[+-]?\d+(?:[.,]\d+)?", text):
        raise CellError(value=as_text(cell))
    return float(text.replace(",", "."))

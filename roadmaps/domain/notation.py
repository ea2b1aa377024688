"""Predecessors as project planners write them: `3FS+2; 5SS`.

A number is the row of the predecessor; the kind may be left out (FS) and written in Latin or
Russian letters; the lag is in units of the plan.
"""

import re
from collections.abc import Mapping
from typing import Final

from roadmaps.domain.errors import NotationError, UnknownRowError
from roadmaps.domain.plan import Dependency, LinkKind, Plan, PlanUnit

_RUSSIAN: Final = {
    LinkKind.FS: "ОН",
    LinkKind.SS: "НН",
    LinkKind.FF: "ОО",
    LinkKind.SF: "НО",
}
_LOOKALIKES: Final = str.maketrans("OH", "ОН")
_KINDS: Final = {kind.name: kind for kind in LinkKind} | {
    letters: kind for kind, letters in _RUSSIAN.items()
}
_MINUS: Final = str.maketrans("−–—", "---")
_SUFFIXES: Final = {
    PlanUnit.DAY: r"d|days?|д|дн|день|дня|дней",
    PlanUnit.HOUR: r"h|hrs?|hours?|ч|час|часа|часов",
    PlanUnit.MINUTE: r"m|min|mins|minutes?|м|мин|минут|минуты",
}
_PART: Final = r"(\d{1,6})\s*([A-ZА-Я]{2})?\s*(?:([+-])\s*(\d{1,7})\s*(?:(?:%s)\.?)?)?"
_PATTERNS: Final = {
    unit: re.compile(_PART % suffix, re.IGNORECASE) for unit, suffix in _SUFFIXES.items()
}
_LENGTHS: Final = {
    unit: re.compile(rf"(\d{{1,6}})(?:[.,]0*)?\s*(?:(?:{suffix})\.?)?\??", re.IGNORECASE)
    for unit, suffix in _SUFFIXES.items()
}
_SEPARATOR: Final = re.compile(r"[;,\n]")


def format_waits(plan: Plan, task_id: int, language: str = "en") -> str:
    """Write what a task waits for; a plain finish-to-start link is the row number alone."""
    return "; ".join(_format(plan, link, language) for link in plan.waits_for(task_id))


def parse_waits(
    text: str, rows: Mapping[int, int], successor: int, row: int, unit: PlanUnit = PlanUnit.DAY
) -> tuple[Dependency, ...]:
    """Read a cell of predecessors.

    Parameters
    ----------
    text
        The cell: `3FS+2; 5SS`, `3ОН+2 дн; 5НН`, `3, 5` or nothing.
    rows
        Task id by row number.
    successor
        Id of the task whose cell it is.
    row
        Number of its row, for errors.
    unit
        What the plan counts in; a unit written after the lag must be this one.

    Raises
    ------
    NotationError
        If a part is no row number with an optional kind and lag.
    UnknownRowError
        If no row has the number.
    """
    found = []
    for part in filter(None, (piece.strip() for piece in _SEPARATOR.split(text))):
        match = _PATTERNS[unit].fullmatch(part.translate(_MINUS))
        if match is None:
            raise NotationError(row=row, text=part)
        number, letters, sign, lag = match.groups()
        kind = _kind(letters)
        if kind is None:
            raise NotationError(row=row, text=part)
        if int(number) not in rows:
            raise UnknownRowError(row=row, number=int(number), last=max(rows, default=0))
        units = int(lag or 0) * (-1 if sign == "-" else 1)
        found.append(Dependency(rows[int(number)], successor, kind, units))
    return tuple(found)


def parse_length(text: str, unit: PlanUnit = PlanUnit.DAY) -> int | None:
    """Read a duration: `5`, `5,0`, `5 дн.`, or Microsoft Project's `5 days?`.

    Gives None for what is no whole number of the plan's units.
    """
    match = _LENGTHS[unit].fullmatch(text.strip())
    return None if match is None else int(match.group(1))


def letters_of(kind: LinkKind, language: str = "en") -> str:
    """Give the two letters of a kind: FS, or ОН for a Russian reader."""
    return _RUSSIAN[kind] if language == "ru" else kind.name


def _format(plan: Plan, link: Dependency, language: str) -> str:
    number = str(plan.task(link.predecessor).position)
    if link.kind is LinkKind.FS and not link.lag:
        return number
    lag = f"{link.lag:+d}" if link.lag else ""
    return f"{number}{letters_of(link.kind, language)}{lag}"


def _kind(letters: str | None) -> LinkKind | None:
    if letters is None:
        return LinkKind.FS
    upper = letters.upper()
    return _KINDS.get(upper) or _KINDS.get(upper.translate(_LOOKALIKES))

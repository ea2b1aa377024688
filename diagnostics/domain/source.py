"""An instrument's source: three sheets in the shape of an XLSForm.

`survey` has the questions in groups (a group is a domain), `choices` the levels of each list
with their `score`, `settings` the name and version. See docs/formats for the columns.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias

from core.i18n import Term
from diagnostics.domain.errors import (
    EmptyCellError,
    EmptyGroupError,
    InvalidCellError,
    MissingColumnError,
    MissingSheetError,
    RepeatedNameError,
    UnbalancedGroupError,
    UnevenScaleError,
)
from diagnostics.domain.instrument import Domain, Instrument, Item, Labels, Level, Missing, Scale

SURVEY: Final = "survey"
CHOICES: Final = "choices"
SETTINGS: Final = "settings"
_REQUIRED: Final = {
    SURVEY: ("type", "name"),
    CHOICES: ("list_name", "name", "score"),
    SETTINGS: ("form_id", "version"),
}
_TYPES: Final = "note, begin_group, end_group, select_one …"
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,79}")
_TRANSLATED: Final = re.compile(r"(?P<column>\w+)::[^()]*\((?P<language>[A-Za-z-]+)\)")
_WEIGHT: Final = re.compile(r"\d{1,4}(?:[.,]\d{1,4})?")
_FEWEST_LEVELS: Final = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One filled row under the number that a spreadsheet program shows beside it."""

    sheet: str
    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """Give a cell; an absent one is empty."""
        return self.cells.get(column, "").strip()

    def need(self, column: str) -> str:
        """Give a cell that must not be empty."""
        value = self.get(column)
        if not value:
            raise EmptyCellError(sheet=self.sheet, row=self.number, column=column)
        return value

    def name(self, column: str = "name") -> str:
        """Give a name: letters, digits and underscores, no spaces."""
        value = self.need(column)
        if not _NAME.fullmatch(value):
            raise self.wrong(column, Term("form.name"))
        return value

    def whole(self, column: str) -> int | None:
        """Give a whole number, None from an empty cell."""
        value = self.get(column)
        if not value:
            return None
        if not re.fullmatch(r"\d{1,4}", value):
            raise self.wrong(column, Term("form.whole_number"))
        return int(value)

    def labels(self, column: str, default: str) -> dict[str, str]:
        """Collect a translated column: `label` and every `label::Language (code)`."""
        found = {default: self.get(column)} if self.get(column) else {}
        for header in self.cells:
            match = _TRANSLATED.fullmatch(header)
            if match and match["column"] == column and self.get(header):
                found[match["language"]] = self.get(header)
        return found

    def label(self, default: str) -> dict[str, str]:
        """Give the row's label; one language at least must be there."""
        labels = self.labels("label", default)
        if not labels:
            raise EmptyCellError(sheet=self.sheet, row=self.number, column="label")
        return labels

    def wrong(self, column: str, allowed: str) -> InvalidCellError:
        """Make the error of one of this row's cells."""
        return InvalidCellError(
            sheet=self.sheet,
            row=self.number,
            column=column,
            value=self.get(column)[:60],
            allowed=allowed,
        )


Sheets: TypeAlias = Mapping[str, Sequence[Row]]


def read_instrument(sheets: Sheets) -> Instrument:
    """Make an instrument of its sheets.

    A question without `weight` weighs 1; one without `wanted` takes its domain's, and a domain
    without it one level below the highest: the best level is not everybody's aim.

    Raises
    ------
    MissingSheetError, MissingColumnError, EmptyCellError, InvalidCellError, RepeatedNameError,
    UnbalancedGroupError, EmptyGroupError, UnevenScaleError
        Each names the sheet and, where there is one, the row.
    """
    for sheet, columns in _REQUIRED.items():
        _check_columns(sheets, sheet, columns)
    settings = sheets[SETTINGS][0]
    default = _language(settings.get("default_language"))
    groups = list(_groups(sheets[SURVEY], _scales(sheets[CHOICES], default)))
    domains = tuple(_domain(group, default) for group in groups)
    if not domains:
        raise EmptyGroupError(sheet=SURVEY, row=1, name=settings.get("form_id"))
    return Instrument(
        name=settings.name("form_id"),
        version=settings.need("version")[:40],
        titles=settings.labels("form_title", default) or {default: settings.need("form_id")},
        intro=_intro(sheets[SURVEY], default),
        domains=domains,
    )


def dump(sheets: Sheets) -> str:
    """Write the sheets as JSON, for keeping a version as it was published."""
    kept = {
        name: [[row.number, {c: v for c, v in row.cells.items() if v}] for row in rows]
        for name, rows in sheets.items()
    }
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def restore(dumped: str) -> Sheets:
    """Read the sheets back from `dump`."""
    return {
        name: tuple(Row(name, number, cells) for number, cells in rows)
        for name, rows in json.loads(dumped).items()
    }


def content_hash(sheets: Sheets) -> str:
    """Name the content: rows and cells, whatever blank rows or columns lie between them."""
    plain = {
        name: [{c: v.strip() for c, v in row.cells.items() if v.strip()} for row in rows]
        for name, rows in sheets.items()
    }
    canonical = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(slots=True)
class _Group:
    """A domain while its rows are being read."""

    row: Row
    items: list[tuple[Row, Scale]]


def _check_columns(sheets: Sheets, sheet: str, columns: Sequence[str]) -> None:
    rows = sheets.get(sheet)
    if not rows:
        raise MissingSheetError(sheet=sheet)
    for column in columns:
        if not any(column in row.cells for row in rows):
            raise MissingColumnError(sheet=sheet, column=column)


def _language(named: str) -> str:
    match = re.fullmatch(r"[^()]*\(([A-Za-z-]+)\)", named)
    return match[1] if match else named or "en"


def _intro(rows: Sequence[Row], default: str) -> Labels:
    return next((row.label(default) for row in rows if row.get("type") == "note"), {})


def _groups(rows: Sequence[Row], scales: Mapping[str, Scale]) -> Iterator[_Group]:
    """Walk the survey: a group is a domain, a `select_one` inside it a question."""
    group: _Group | None = None
    seen: dict[str, int] = {}
    for row in rows:
        kind, _space, list_name = row.need("type").partition(" ")
        match kind:
            case "begin_group":
                if group is not None:
                    raise _unbalanced(row)
                _check_new(row, seen)
                group = _Group(row, [])
            case "end_group":
                if group is None:
                    raise _unbalanced(row)
                yield group
                group = None
            case "select_one":
                _check_new(row, seen)
                _add_item(row, group, scales.get(list_name.strip()))
            case "note":
                continue
            case _:
                raise row.wrong("type", _TYPES)
    if group is not None:
        raise _unbalanced(group.row)


def _add_item(row: Row, group: _Group | None, scale: Scale | None) -> None:
    if scale is None:
        raise row.wrong("type", Term("form.list"))
    if group is None:
        raise _unbalanced(row)
    if row.get("domain") not in {"", group.row.get("name")}:
        raise row.wrong("domain", group.row.get("name"))
    group.items.append((row, scale))


def _domain(group: _Group, default: str) -> Domain:
    if not group.items:
        raise EmptyGroupError(sheet=SURVEY, row=group.row.number, name=group.row.get("name"))
    first = group.items[0][1]
    wanted = _wanted(group.row, first, max(first.low, first.high - 1))
    return Domain(
        name=group.row.name(),
        labels=group.row.label(default),
        hints=group.row.labels("hint", default),
        items=tuple(
            Item(
                name=row.name(),
                domain=group.row.name(),
                labels=row.label(default),
                hints=row.labels("hint", default),
                short=row.labels("short", default) or row.label(default),
                scale=scale,
                weight=_weight(row),
                wanted=_wanted(row, scale, wanted),
            )
            for row, scale in group.items
        ),
    )


def _weight(row: Row) -> Fraction:
    value = row.get("weight") or "1"
    weight = Fraction(value.replace(",", ".")) if _WEIGHT.fullmatch(value) else Fraction(0)
    if not weight:
        raise row.wrong("weight", Term("form.positive_number"))
    return weight


def _wanted(row: Row, scale: Scale, default: int) -> int:
    wanted = row.whole("wanted")
    if wanted is None:
        return default
    if not scale.low <= wanted <= scale.high:
        raise row.wrong("wanted", f"{scale.low}–{scale.high}")
    return wanted


def _scales(rows: Sequence[Row], default: str) -> dict[str, Scale]:
    lists: dict[str, list[Row]] = {}
    for row in rows:
        lists.setdefault(row.name("list_name"), []).append(row)
    scales = {name: _scale(name, choices, default) for name, choices in lists.items()}
    spans = [_span(scale) for scale in scales.values()]
    usual = max(spans, key=spans.count)
    for name, scale in scales.items():
        if _span(scale) != usual:
            raise UnevenScaleError(sheet=CHOICES, row=lists[name][0].number, name=name)
    return scales


def _scale(name: str, rows: Sequence[Row], default: str) -> Scale:
    levels, ways_out, seen = [], {}, dict[str, int]()
    for row in rows:
        _check_new(row, seen)
        missing, score = row.get("missing"), row.whole("score")
        if missing:
            ways_out[_way_out(row)] = row.label(default)
        elif score is None:
            raise EmptyCellError(sheet=CHOICES, row=row.number, column="score")
        else:
            levels.append(Level(row.name(), score, row.label(default)))
    levels.sort(key=lambda level: level.score)
    scores = {level.score for level in levels}
    if len(scores) < max(_FEWEST_LEVELS, len(levels)):
        raise UnevenScaleError(sheet=CHOICES, row=rows[0].number, name=name)
    return Scale(tuple(levels), ways_out)


def _way_out(row: Row) -> Missing:
    allowed = (Missing.DONT_KNOW, Missing.NOT_APPLICABLE)
    for missing in allowed:
        if row.get("missing") == missing.value:
            return missing
    raise row.wrong("missing", ", ".join(allowed))


def _check_new(row: Row, seen: dict[str, int]) -> None:
    name = row.name()
    if name in seen:
        raise RepeatedNameError(sheet=row.sheet, row=row.number, name=name, first=seen[name])
    seen[name] = row.number


def _span(scale: Scale) -> tuple[int, int]:
    return scale.low, scale.high


def _unbalanced(row: Row) -> UnbalancedGroupError:
    return UnbalancedGroupError(sheet=row.sheet, row=row.number, name=row.get("name"))

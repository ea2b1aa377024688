"""CSV and XLSX to rows of cells, with every refusal naming the file, the row and the cure."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import islice
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from core.i18n import Term
from core.spreadsheet.cells import Cell, as_text, unguard
from core.spreadsheet.errors import (
    BrokenRowError,
    EmptyTableError,
    EncodingError,
    FileTooBigError,
    HeaderTwiceError,
    MissingColumnsError,
    OldExcelError,
    TableTooLongError,
    UnreadableTableError,
)

_MEGABYTE = 2**20
_UNPACKED = 100 * _MEGABYTE  # of an XLSX, which is a ZIP archive
_PARTS = 2_000  # files in that archive
_COLUMNS = 256
_GAP = 10_000  # blank rows after which a sheet has ended: a coloured column has a million
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # XLS, and an XLSX under a password
_ZIP = b"PK\x03\x04"
_DELIMITERS = ";,\t"


@dataclass(frozen=True)
class RawRow:
    """One row as the file has it, under the number that a spreadsheet program shows beside it."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, index: int | None) -> Cell:
        """Give the cell of a column, None beyond the row's end or for a column not there."""
        return self.cells[index] if index is not None and index < len(self.cells) else None


@dataclass(frozen=True)
class RawTable:
    """A table as read: its headers and all rows that are not blank."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[RawRow, ...]


def read_table(
    data: bytes, name: str, *, limit_rows: int = 5_000, limit_bytes: int = 10 * _MEGABYTE
) -> RawTable:
    """Read a CSV or XLSX file; what it is shows its content, not its name.

    CSV may be in UTF-8, UTF-16 with its mark or Windows-1251 and separated by semicolons, commas
    or tabs. Of an XLSX the first sheet that holds anything is read, formulas by their last values.
    The first row that is not blank holds the headers.

    Raises
    ------
    FileTooBigError, TableTooLongError
        If the file is over `limit_bytes`, unpacks to over 100 MB, or has over `limit_rows` rows.
    UnreadableTableError, OldExcelError, EncodingError, BrokenRowError
        If it cannot be read.
    EmptyTableError, HeaderTwiceError
        If there is nothing in it, or two of its columns have one name.
    """
    if len(data) > limit_bytes:
        raise FileTooBigError(name=name, limit=limit_bytes // _MEGABYTE)
    if data.startswith(_OLD_EXCEL):
        raise OldExcelError(name=name)
    records = _xlsx_records(data, name) if data.startswith(_ZIP) else _csv_records(data, name)
    filled = ((number, cells) for number, cells in records if any(map(as_text, cells)))
    header = next(filled, None)
    if header is None:
        raise EmptyTableError(name=name)
    rows = tuple(RawRow(number, tuple(cells)) for number, cells in islice(filled, limit_rows + 1))
    if len(rows) > limit_rows:
        raise TableTooLongError(name=name, limit=limit_rows)
    return RawTable(name, _headers(header[1], name), rows)


def match_headers(
    table: RawTable, aliases: Mapping[str, Sequence[str]], required: Iterable[str] = ()
) -> dict[str, int]:
    """Find the column of each field by any of its names, capitals and spaces aside.

    Raises
    ------
    MissingColumnsError
        If a required field has no column; names the first alias of each, in the reader's words.
    """
    places = {_folded(header): index for index, header in enumerate(table.headers) if header}
    found = {
        field: places[key]
        for field, names in aliases.items()
        for key in map(_folded, reversed(names))
        if key in places
    }
    missing = tuple(Term(aliases[field][0]) for field in required if field not in found)
    if missing:
        raise MissingColumnsError(
            name=table.name,
            missing=missing,
            found=", ".join(filter(None, table.headers))[:200],
        )
    return found


def _folded(header: str) -> str:
    return " ".join(header.casefold().replace("ё", "е").replace("_", " ").split()).rstrip(" *:")


def _headers(cells: Sequence[Cell], name: str) -> tuple[str, ...]:
    headers = tuple(as_text(cell) for cell in cells)
    seen: set[str] = set()
    for header in filter(None, headers):
        if _folded(header) in seen:
            raise HeaderTwiceError(name=name, header=header)
        seen.add(_folded(header))
    return headers


def _csv_records(data: bytes, name: str) -> Iterator[tuple[int, Sequence[Cell]]]:
    text = _decoded(data, name)
    marked = text.startswith("sep=") and text[4:5] in _DELIMITERS
    delimiter = text[4] if marked else _delimiter(text)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if not (marked and number == 1):
                yield number, [unguard(cell) for cell in cells[:_COLUMNS]]
    except csv.Error as error:
        raise BrokenRowError(name=name, row=number + 1) from error


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in data:
        raise UnreadableTableError(name=name)
    else:
        encodings = ["utf-8-sig", "cp1251"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(letter < " " and letter not in "\t\r\n\x0b\x0c" for letter in text[:2_000]):
            raise UnreadableTableError(name=name)
        return text
    raise EncodingError(name=name)


def _delimiter(text: str) -> str:
    """Find the separator that stands most often in the first filled line, outside quotes."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def _xlsx_records(data: bytes, name: str) -> Iterator[tuple[int, Sequence[Cell]]]:
    _check_archive(data, name)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what a sheet says about its size is often wrong
            filled = _filled(sheet.iter_rows(values_only=True, max_col=_COLUMNS))
            if first := next(filled, None):
                yield first
                yield from filled
                return
    except Exception as error:  # openpyxl fails in many ways on a damaged file
        raise UnreadableTableError(name=name) from error


def _filled(rows: Iterable[Sequence[object]]) -> Iterator[tuple[int, Sequence[Cell]]]:
    last = 0
    for number, row in enumerate(rows, start=1):
        if cells := _xlsx_cells(row):
            last = number
            yield number, cells
        elif number - last > _GAP:
            return


def _xlsx_cells(row: Sequence[object]) -> list[Cell]:
    """Give a row without its empty end; openpyxl's own objects (formulas of arrays) as texts."""
    length = len(row)
    while length and row[length - 1] is None:
        length -= 1
    return [value if isinstance(value, Cell) else str(value) for value in row[:length]]


def _check_archive(data: bytes, name: str) -> None:
    """Refuse an archive that is no XLSX, unpacks to too much, or defines XML entities."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > _UNPACKED or len(parts) > _PARTS:
                raise FileTooBigError(name=name, limit=_UNPACKED // _MEGABYTE)
            names = {part.filename for part in parts}
            if "mimetype" in names:
                raise OldExcelError(name=name)
            if "[Content_Types].xml" not in names:
                raise UnreadableTableError(name=name)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as file:
                        if b"<!DOCTYPE" in file.read(4_096):
                            raise UnreadableTableError(name=name)
    except (BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise UnreadableTableError(name=name) from error

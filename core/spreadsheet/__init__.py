"""Tables as files: what the centre sends to Excel and what comes back from it."""

from core.spreadsheet.cells import Cell, as_date, as_number, as_text, guard, unguard
from core.spreadsheet.errors import (
    BrokenRowError,
    CellError,
    EmptyTableError,
    EncodingError,
    FileTooBigError,
    HeaderTwiceError,
    MissingColumnsError,
    OldExcelError,
    TableTooLongError,
    UnreadableTableError,
)
from core.spreadsheet.reading import RawRow, RawTable, match_headers, read_table
from core.spreadsheet.writing import (
    ENGLISH,
    RUSSIAN,
    CsvDialect,
    Value,
    put_text,
    write_csv,
    write_xlsx,
)

__all__ = [
    "ENGLISH",
    "RUSSIAN",
    "BrokenRowError",
    "Cell",
    "CellError",
    "CsvDialect",
    "EmptyTableError",
    "EncodingError",
    "FileTooBigError",
    "HeaderTwiceError",
    "MissingColumnsError",
    "OldExcelError",
    "RawRow",
    "RawTable",
    "TableTooLongError",
    "UnreadableTableError",
    "Value",
    "as_date",
    "as_number",
    "as_text",
    "guard",
    "match_headers",
    "put_text",
    "read_table",
    "unguard",
    "write_csv",
    "write_xlsx",
]

"""What can be wrong with a file that somebody hands us."""

from core.errors import DomainError


class UnreadableTableError(DomainError):
    """The file `name` is neither a CSV nor an XLSX table, whatever it is called."""

    code = "error.table_unreadable"


class OldExcelError(DomainError):
    """The file `name` is a spreadsheet of another format (XLS, ODS, protected by a password)."""

    code = "error.table_old_excel"


class FileTooBigError(DomainError):
    """The file `name`, packed or unpacked, is over `limit` [MB]."""

    code = "error.table_too_big"


class TableTooLongError(DomainError):
    """The table in `name` has more than `limit` rows."""

    code = "error.table_too_long"


class EmptyTableError(DomainError):
    """The file `name` holds no row under its headers."""

    code = "error.table_empty"


class EncodingError(DomainError):
    """The text of `name` is neither UTF-8 nor Windows-1251."""

    code = "error.table_encoding"


class BrokenRowError(DomainError):
    """Row `row` of `name` cannot be split into cells."""

    code = "error.table_row"


class HeaderTwiceError(DomainError):
    """Two columns of `name` have the same `header`."""

    code = "error.table_header_twice"


class MissingColumnsError(DomainError):
    """`name` lacks the columns `missing`; it has the columns `found`."""

    code = "error.table_columns"


class CellError(DomainError):
    """The cell holds `value`, which is no date or number where one is needed."""

    code = "error.table_cell"

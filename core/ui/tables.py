"""Tables on a page: searched, paged, taken away as a file; a row opens its thing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
import streamlit as st

from core.i18n import Coded, Translator, sort_key
from core.spreadsheet import ENGLISH, RUSSIAN, Value, write_csv, write_xlsx
from core.ui.desk import can_open, go, words

Kind: TypeAlias = Literal["text", "number", "date", "minutes", "share", "status"]
Row: TypeAlias = Mapping[str, Any]
Rows: TypeAlias = Sequence[Row]
Query: TypeAlias = Mapping[str, str]

PAGE: Final = 25
SEARCHED_FROM: Final = 11  # rows that one does not take in at a glance
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DATES: Final = {"ru": "DD.MM.YYYY", "en": "D MMM YYYY"}
_ARROW: Final[Mapping[Kind, Callable[[], pa.DataType]]] = {
    "text": pa.string,
    "number": pa.float64,
    "date": pa.date32,
    "minutes": pa.string,
    "share": pa.float64,
    "status": pa.string,
}


@dataclass(frozen=True, slots=True)
class Column:
    """How one column is headed and shown.

    Rows hold texts, numbers, dates, whole minutes, shares of 1 and coded values; the column
    makes of them what the reader sees. A unit stands in the head: "Length, days". `digits` are
    decimals of a number (all when None) or of a percentage (none when None). What the page says
    beside the table need not be seen in it: `is_seen` false leaves a column to the file.
    """

    label: str
    kind: Kind = "text"
    help: str | None = None
    width: Literal["small", "medium", "large"] | int | None = None
    unit: str = ""
    digits: int | None = None
    is_seen: bool = True

    @property
    def head(self) -> str:
        """The label with its unit."""
        return f"{self.label}, {self.unit}" if self.unit else self.label


def table(  # noqa: PLR0913 — what a table on a page needs
    rows: Rows,
    columns: Mapping[str, Column],
    *,
    key: str,
    opens: tuple[str, str, Sequence[int | Query | None]] | None = None,
    export: str = "",
    on_export: Callable[[], Rows | None] | None = None,
    total: int | None = None,
) -> None:
    """Draw a table in the order of its rows.

    Parameters
    ----------
    rows
        All rows; or, with `total`, the one page of them that the service has loaded.
    columns
        What to show of each row, in order.
    key
        Name of the table on its page; search and page number go into the address under it.
    opens
        Address and query name of the page that a selected row opens, and the id of each row;
        or, where one id does not say it all, its whole query; None opens nothing.
    export
        Name of the file; empty offers none.
    on_export
        Called at the click, so that the audit line is written then; may return the rows to
        write, where the page shows only some of them.
    total
        Number of rows on all pages, where the service pages; see `page_asked`.
    """
    _ = words()
    shown, ids = list(rows), list(opens[2]) if opens else []
    if total is None:
        kept = _searched(rows, columns, key, _)
        count = len(kept)
        start = (_page(key, count) - 1) * PAGE
        places = kept[start : start + PAGE]
        shown, ids = [rows[i] for i in places], [ids[i] for i in places] if opens else []
    else:
        count = total
        _page(key, count)
    if not count:
        st.caption(_("Nothing found. Try a shorter word or fewer filters."))
        return
    seen = {name: column for name, column in columns.items() if column.is_seen}
    _draw(shown, seen, key, (opens[0], opens[1], ids) if opens else None)
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_foot"):
        st.caption(_.plural("{n} row", "{n} rows", count))
        if count > PAGE:
            st.pagination(-(-count // PAGE), key=f"{key}_page", bind="query-params")
        if export:
            _downloads(rows, columns, export, on_export)


def page_asked(key: str) -> int:
    """Give the number of the page that the reader of a table is on, for the service."""
    asked = st.session_state.get(f"{key}_page") or st.query_params.get(f"{key}_page", "1")
    return max(int(asked), 1) if str(asked).isdecimal() and len(str(asked)) < len("1000000") else 1


def first_page(key: str) -> None:
    """Turn a table back to its first page: `on_change` of the filters above it."""
    st.session_state[f"{key}_page"] = 1


def exported(rows: Iterable[Row], columns: Mapping[str, Column], kind: str, _: Translator) -> bytes:
    """Write rows as a file, "csv" or "xlsx", under the columns' heads."""
    heads = {name: _head(column, _) for name, column in columns.items()}
    plain = [{name: _value(row.get(name), _) for name in columns} for row in rows]
    if kind == "csv":
        return write_csv(plain, heads, RUSSIAN if _.language == "ru" else ENGLISH)
    formats = {name: "0%" for name, column in columns.items() if column.kind == "share"}
    return write_xlsx(plain, heads, formats=formats)


def _head(column: Column, _: Translator) -> str:
    return ", ".join((column.label, _("min"))) if column.kind == "minutes" else column.head


def _value(value: Any, _: Translator) -> Value:  # noqa: ANN401 — whatever a row holds
    if isinstance(value, Coded) or (isinstance(value, Iterable) and not isinstance(value, str)):
        return _.show(value)
    plain: Value = value
    return plain


def _searched(rows: Rows, columns: Mapping[str, Column], key: str, _: Translator) -> list[int]:
    """Ask for a word where the table is long, and give the places of the rows that have it."""
    if len(rows) < SEARCHED_FROM and not st.query_params.get(f"{key}_find"):
        return list(range(len(rows)))
    text = st.text_input(
        _("Find in the table"),
        key=f"{key}_find",
        bind="query-params",
        icon=":material/search:",
        placeholder=_("a word or a part of it"),
        label_visibility="collapsed",
        on_change=first_page,
        args=(key,),
    )
    wanted = sort_key(text or "").split()
    names = [name for name, column in columns.items() if column.kind in {"text", "status"}]

    def has(row: Row) -> bool:
        found = sort_key(" ".join(_.show(row.get(name)) for name in names))
        return all(word in found for word in wanted)

    return [place for place, row in enumerate(rows) if not wanted or has(row)]


def _page(key: str, count: int) -> int:
    """Give the page to show: the one asked for, or the last there is."""
    pages = max(-(-count // PAGE), 1)
    page = page_asked(key)
    if page > pages:
        page = st.session_state[f"{key}_page"] = pages
    return page


def _draw(
    rows: Rows,
    columns: Mapping[str, Column],
    key: str,
    opens: tuple[str, str, Sequence[int | Query | None]] | None,
) -> None:
    _ = words()
    is_open = opens is not None and can_open(opens[0])
    state: Any = st.dataframe(
        _arrow(rows, columns, _),
        key=key,
        height="content",
        hide_index=True,
        column_config={name: _config(column, _) for name, column in columns.items()},
        placeholder="—",
        alt=", ".join(column.label for column in columns.values()),
        on_select="rerun" if is_open else "ignore",
        selection_mode=("single-row", "single-cell"),
    )
    if opens is not None and is_open:
        pressed = [
            *state["selection"]["rows"],
            *(row for row, _name in state["selection"]["cells"]),
        ]
        chosen = [place for place in pressed if place < len(rows)]
        if chosen:
            asked = opens[2][chosen[0]]
            if asked is not None:
                go(opens[0], **(asked if isinstance(asked, Mapping) else {opens[1]: asked}))


def _arrow(rows: Rows, columns: Mapping[str, Column], _: Translator) -> pa.Table:
    """Put the rows into the form in which they go to the browser, without pandas."""
    return pa.table(
        {
            name: pa.array(
                [_shown(row.get(name), column, _) for row in rows],
                _type(rows, name, column.kind),
            )
            for name, column in columns.items()
        }
    )


def _type(rows: Rows, name: str, kind: Kind) -> pa.DataType:
    if kind == "number" and all(isinstance(row.get(name), int | None) for row in rows):
        return pa.int64()
    return _ARROW[kind]()


def _shown(value: Any, column: Column, _: Translator) -> Any:  # noqa: ANN401 — a cell of any type
    if value is None:
        return None
    match column.kind:
        case "text" | "status":
            return _.show(value)
        case "minutes":
            return _minutes(value, _)
        case "share":
            return round(value, 2 + (column.digits or 0))
        case "number" if column.digits is not None:
            return round(value, column.digits)
    return value


def _minutes(value: int, _: Translator) -> str:
    """Write hours padded with spaces, so that the browser sorts them by length of time."""
    hours, minutes = divmod(value, 60)
    if minutes:
        return _("{hours} h {minutes} min", hours=f"{hours:>6}", minutes=f"{minutes:>2}")
    return _("{hours} h", hours=f"{hours:>6}")


def _config(column: Column, _: Translator) -> Any:  # noqa: ANN401 — Streamlit's own type
    common: dict[str, Any] = {"label": column.head, "help": column.help, "width": column.width}
    match column.kind:
        case "number":
            return st.column_config.NumberColumn(format="localized", **common)
        case "minutes":
            return st.column_config.TextColumn(alignment="right", **common)
        case "share":
            return st.column_config.NumberColumn(format="percent", **common)
        case "date":
            return st.column_config.DateColumn(format=_DATES[_.language], **common)
        case _:
            return st.column_config.TextColumn(**common)


def _downloads(
    rows: Rows,
    columns: Mapping[str, Column],
    name: str,
    on_export: Callable[[], Rows | None] | None,
) -> None:
    _ = words()

    def data(kind: str) -> Callable[[], bytes]:
        def write() -> bytes:
            own = on_export() if on_export else None
            return exported(rows if own is None else own, columns, kind, _)

        return write

    for kind, label, mime in (("csv", _("CSV"), "text/csv"), ("xlsx", _("Excel"), _XLSX)):
        st.download_button(
            label,
            data(kind),
            file_name=f"{name}.{kind}",
            mime=mime,
            key=f"{name}_{kind}",
            type="tertiary",
            icon=":material/download:",
            on_click="ignore",
        )

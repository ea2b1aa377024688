"""Tables as files: formulas stay texts, and every refusal has its own error."""

from contextlib import suppress
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from core.errors import DomainError
from core.i18n import Term
from core.spreadsheet import (
    ENGLISH,
    RUSSIAN,
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
    as_date,
    as_number,
    as_text,
    guard,
    match_headers,
    read_table,
    unguard,
    write_csv,
    write_xlsx,
)

COLUMNS = {"name": "Название", "count": "Сколько", "day": "Когда"}
ROWS = [
    {"name": "Ёлка во дворе 🎄", "count": 3, "day": date(2026, 11, 23)},
    {"name": '=HYPERLINK("http://evil")', "count": -1.5, "day": None},
]

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


def zipped(**parts: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def only_sheet(data: bytes):
    return load_workbook(BytesIO(data)).worksheets[0]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1-1",
        "-cmd|'/c calc'!A1",
        "@SUM(A1)",
        "  =1",
        "\ufeff=1",
        "\u00a0=1",
        "\tx",
        "\rx",
        "\n=1",
        "＝1+1",
        "-1-1",
        "-",
        "-12345678901234567890",
    ],
)
def test_guard_puts_an_apostrophe_before_a_formula(text) -> None:
    assert guard(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Сад", "-5", "-5,25", "5", "a=b", "м'ята", "1-2", "Клуб +"])
def test_guard_leaves_plain_texts_and_negative_numbers_alone(text) -> None:
    assert guard(text) == text


@pytest.mark.parametrize("phone", ["+73422120000", "+7 (342) 212-00-00"])
def test_guard_keeps_the_digits_and_the_plus_of_a_phone(phone) -> None:
    assert guard(phone) == "'" + phone


@given(st.text(max_size=20))
def test_unguard_gives_back_what_guard_was_given(text) -> None:
    assert unguard(guard(text)) == text


def test_csv_begins_with_a_byte_order_mark_and_uses_the_readers_separators() -> None:
    assert write_csv(ROWS, COLUMNS, RUSSIAN).decode("utf-8") == (
        "\ufeffНазвание;Сколько;Когда\r\n"
        "Ёлка во дворе 🎄;3;2026-11-23\r\n"
        '"\'=HYPERLINK(""http://evil"")";-1,5;\r\n'
    )
    assert write_csv(ROWS[1:], {"count": "Count"}, ENGLISH) == b"\xef\xbb\xbfCount\r\n-1.5\r\n"


@given(st.lists(texts.filter(str.strip), min_size=1, max_size=5))
def test_a_csv_table_survives_the_way_there_and_back(names) -> None:
    table = read_table(write_csv([{"name": name} for name in names], {"name": "Имя"}), "a.csv")
    assert [row.cells for row in table.rows] == [(name,) for name in names]


def test_xlsx_holds_texts_as_texts_dates_as_dates_and_numbers_as_numbers() -> None:
    sheet = only_sheet(
        write_xlsx(ROWS, COLUMNS, formats={"count": "0.0"}, title="Инициативы: [все]")
    )
    assert sheet.title == "Инициативы все"
    formula, count = sheet["A3"], sheet["B3"]
    assert (formula.value, formula.data_type) == (ROWS[1]["name"], "s")
    assert formula.quotePrefix
    assert (count.value, count.number_format) == (-1.5, "0.0")
    assert (sheet["C2"].value, sheet["C2"].number_format) == (datetime(2026, 11, 23), "dd.mm.yyyy")
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"


def test_xlsx_takes_what_excel_refuses() -> None:
    moment = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
    data = write_xlsx([{"a": "x\x07y" + "ы" * 40_000, "b": moment}], {"a": "A", "b": "B"})
    sheet = only_sheet(data)
    assert len(sheet["A2"].value) == 32_767
    assert sheet["A2"].value.startswith("xyы")
    assert sheet["B2"].value == datetime(2026, 11, 23, 6, 0)


def test_xlsx_of_no_rows_has_its_header() -> None:
    assert only_sheet(write_xlsx([], COLUMNS))["A1"].value == "Название"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_in_every_usual_encoding_and_separator(encoding, delimiter) -> None:
    text = f'Название{delimiter}Район\r\n"Сад; клуб, ""Ёж"""{delimiter}Мотовилиха\r\n'
    table = read_table(text.encode(encoding), "a.csv")
    assert table.headers == ("Название", "Район")
    assert table.rows[0].cells == ('Сад; клуб, "Ёж"', "Мотовилиха")


def test_rows_are_numbered_as_a_spreadsheet_program_shows_them() -> None:
    table = read_table(b'a;b\n\n"1\n2";x\n ; \n3;y\n', "a.csv")
    assert [(row.number, row.cells) for row in table.rows] == [(3, ("1\n2", "x")), (5, ("3", "y"))]


def test_the_separator_that_excel_writes_in_the_first_line_is_honoured() -> None:
    table = read_table(b"sep=,\na;b,c\n1,2\n", "a.csv")
    assert table.headers == ("a;b", "c")


def test_xlsx_is_read_by_its_content_from_the_first_sheet_that_holds_anything() -> None:
    book = Workbook()
    sheet = book.create_sheet("Данные")
    sheet.append([None])
    sheet.append(["Название", "Дата", "Число"])
    sheet.append(["Сад", date(2014, 10, 26), 2.0])
    table = read_table(saved(book), "wrong-name.csv")
    assert table.headers == ("Название", "Дата", "Число")
    assert table.rows[0].number == 3
    assert [as_text(cell) for cell in table.rows[0].cells] == ["Сад", "2014-10-26", "2"]


def test_xlsx_dates_of_the_1904_system_are_the_same_days() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0].append(["Дата"])
    book.worksheets[0].append([date(2014, 10, 26)])
    assert as_date(read_table(saved(book), "a.xlsx").rows[0].cells[0]) == date(2014, 10, 26)


def test_a_row_shorter_than_its_header_gives_empty_cells() -> None:
    row = read_table(b"a;b\n1\n", "a.csv").rows[0]
    assert (row.cell(0), row.cell(1), row.cell(None)) == ("1", None, None)


def test_headers_are_found_by_any_name_in_any_case() -> None:
    table = read_table("  НАЗВАНИЕ * ;учёт_часов;Лишнее\nа;б;в\n".encode(), "a.csv")
    aliases = {"name": ("Name", "Название"), "hours": ("Hours", "Учет часов"), "day": ("Day",)}
    assert match_headers(table, aliases, required=["name"]) == {"name": 0, "hours": 1}


def test_a_missing_column_is_named_beside_those_found() -> None:
    with pytest.raises(MissingColumnsError) as caught:
        match_headers(read_table(b"a;b\n1;2\n", "a.csv"), {"name": ("Name",)}, required=["name"])
    assert caught.value.details == {"name": "a.csv", "missing": (Term("Name"),), "found": "a, b"}


BOMB = {"[Content_Types].xml": b"<a/>", "xl/sheet.xml": b" " * (101 * 2**20)}
REFUSED = [
    pytest.param(b"", EmptyTableError, id="nothing"),
    pytest.param(b"\xef\xbb\xbf \r\n;;\r\n", EmptyTableError, id="blank"),
    pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", UnreadableTableError, id="picture"),
    pytest.param(b"%PDF-1.7\n\x01\x02", UnreadableTableError, id="pdf"),
    pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OldExcelError, id="xls"),
    pytest.param(zipped(mimetype=b"application/vnd.oasis"), OldExcelError, id="ods"),
    pytest.param(zipped(readme=b"hello"), UnreadableTableError, id="zip"),
    pytest.param(b"PK\x03\x04 cut short", UnreadableTableError, id="half a zip"),
    pytest.param(zipped(**{"[Content_Types].xml": b"<a/>"}), UnreadableTableError, id="no book"),
    pytest.param(
        zipped(**{"[Content_Types].xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
        UnreadableTableError,
        id="entities",
    ),
    pytest.param(zipped(**BOMB), FileTooBigError, id="zip bomb"),
    pytest.param("Имя".encode("cp1251") + b"\x98", EncodingError, id="no known encoding"),
    pytest.param(b'a;b\n1;2\n"3;4\n', BrokenRowError, id="open quote"),
    pytest.param(b'a;b\n"1"2;3\n', BrokenRowError, id="text after a quote"),
    pytest.param(b"a;b\n" + b"x" * 200_000 + b";1\n", BrokenRowError, id="endless cell"),
    pytest.param("Имя;ИМЯ \n1;2\n".encode(), HeaderTwiceError, id="header twice"),
]


@pytest.mark.parametrize(("data", "error"), REFUSED)
def test_a_file_that_is_no_table_is_refused_by_name(data, error) -> None:
    with pytest.raises(error) as caught:
        read_table(data, "Мой файл.csv")
    assert isinstance(caught.value, DomainError)
    assert caught.value.details["name"] == "Мой файл.csv"


def test_a_broken_row_is_named_by_its_number() -> None:
    with pytest.raises(BrokenRowError) as caught:
        read_table(b'a;b\n1;2\n"1"2;3\n', "a.csv")
    assert caught.value.details["row"] == 3


def test_a_file_over_the_limits_is_refused() -> None:
    with pytest.raises(FileTooBigError):
        read_table(b"a\n1\n", "a.csv", limit_bytes=3)
    with pytest.raises(TableTooLongError):
        read_table(b"a\n1\n2\n3\n", "a.csv", limit_rows=2)
    assert len(read_table(b"a\n1\n2\n", "a.csv", limit_rows=2).rows) == 2


@given(st.binary(max_size=300))
def test_no_bytes_at_all_break_the_reader(data) -> None:
    with suppress(DomainError):
        read_table(data, "a.csv")


@pytest.mark.parametrize(
    "cell", ["2026-11-23", "23.11.2026", " 23/11/2026 ", "2026-11-23 10:00", datetime(2026, 11, 23)]
)
def test_dates_are_read_as_people_write_them(cell) -> None:
    assert as_date(cell) == date(2026, 11, 23)


@pytest.mark.parametrize("cell", ["31.02.2026", "вчера", 45_000, "11-23", "2026"])
def test_what_is_no_day_is_refused(cell) -> None:
    with pytest.raises(CellError):
        as_date(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1 234,5", 1234.5), ("−3", -3.0), (7, 7.0), ("", None), (None, None), ("1\u00a0000", 1000.0)],
)
def test_numbers_are_read_as_people_write_them(cell, number) -> None:
    assert as_number(cell) == number


@pytest.mark.parametrize("cell", ["много", "1,2,3", True, "1e5"])
def test_what_is_no_number_is_refused(cell) -> None:
    with pytest.raises(CellError):
        as_number(cell)

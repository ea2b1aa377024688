"""The table of every page: searched, paged, taken away; a row opens its thing."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from core.i18n import translator
from core.permissions import Role
from core.ui.tables import Column, exported

COLUMNS = {
    "name": Column("Name"),
    "work": Column("Work", "minutes"),
    "done": Column("Done", "share"),
    "cost": Column("Cost", "number", unit="₽", digits=1),
    "day": Column("Day", "date"),
    "role": Column("Role", "status"),
}
ROWS = [
    {
        "name": "=Ёж",
        "work": 165,
        "done": 0.425,
        "cost": 1234.56,
        "day": date(2026, 11, 23),
        "role": Role.EXPERT,
    }
]


def page() -> None:
    import streamlit as st

    from core.ui.tables import Column, page_asked, table

    count, opens = st.session_state["count"], None
    if st.session_state.get("opens"):
        st.session_state["_pages"] = ("case",)
        opens = ("case", "case", range(100, 100 + count))
    rows = [{"name": f"Ёлка {number}", "work": 60 * number + 5} for number in range(count)]
    columns = {"name": Column("Name"), "work": Column("Work", "minutes")}
    if st.session_state.get("by_service"):
        start = (page_asked("t") - 1) * 25
        table(rows[start : start + 25], columns, key="t", total=count)
    else:
        table(rows, columns, key="t", opens=opens, export="trees")


def run(count: int, query: dict[str, str] | None = None, **state: object) -> AppTest:
    test = AppTest.from_function(page)
    for name, value in {"language": "en", "count": count, **state}.items():
        test.session_state[name] = value
    for name, value in (query or {}).items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return test


def names(test: AppTest) -> list[str]:
    return list(test.dataframe[0].value["name"])


def test_a_short_table_has_neither_search_nor_pages() -> None:
    test = run(3)
    assert names(test) == ["Ёлка 0", "Ёлка 1", "Ёлка 2"]
    assert not test.text_input
    assert not test.get("pagination")
    assert test.caption[0].value == "3 rows"


def test_a_long_table_shows_one_page_and_the_count_of_all() -> None:
    test = run(60)
    assert names(test)[-1] == "Ёлка 24"
    assert test.caption[0].value == "60 rows"
    assert names(run(60, {"t_page": "3"})) == [f"Ёлка {number}" for number in range(50, 60)]


@pytest.mark.parametrize("page", ["99", "0", "-1", "word", "9" * 30])
def test_a_page_that_is_not_there_gives_the_nearest(page) -> None:
    assert len(names(run(60, {"t_page": page}))) in {10, 25}


def test_search_knows_capitals_and_the_letter_yo() -> None:
    test = run(60)
    test.text_input(key="t_find").set_value("ЕЛКА 59").run()
    assert names(test) == ["Ёлка 59"]
    test.text_input(key="t_find").set_value("дуб").run()
    assert not test.dataframe
    assert "Nothing found" in test.caption[0].value


def test_search_stands_in_the_address() -> None:
    assert names(run(60, {"t_find": "елка 42"})) == ["Ёлка 42"]


def test_a_search_on_a_later_page_turns_back_to_the_first() -> None:
    test = run(60, {"t_page": "3"})
    test.text_input(key="t_find").set_value("ёлка 1").run()
    assert names(test)[0] == "Ёлка 1"


def test_a_table_paged_by_its_service_shows_the_rows_it_got() -> None:
    test = run(60, {"t_page": "2"}, by_service=True)
    assert names(test)[0] == "Ёлка 25"
    assert not test.text_input
    assert test.caption[0].value == "60 rows"


def test_hours_sort_as_texts_in_the_order_of_their_length() -> None:
    shown = list(run(12).dataframe[0].value["work"])
    assert shown == sorted(shown)
    assert shown[2].split() == ["2", "h", "5", "min"]


@pytest.mark.parametrize(
    "pressed", [{"rows": [3], "cells": []}, {"rows": [], "cells": [(3, "name")]}]
)
def test_a_selected_row_or_a_pressed_cell_opens_its_thing(monkeypatch, pressed) -> None:
    from core.ui import tables

    gone: list[tuple[str, dict[str, object]]] = []
    monkeypatch.setattr(tables, "go", lambda url, **query: gone.append((url, query)))
    test = run(30, {"t_page": "2"}, opens=True)
    test.session_state["t"] = {"selection": {"columns": [], **pressed}}
    test.run()
    assert gone == [("case", {"case": 128})]


def test_a_file_holds_plain_values_under_heads_with_units() -> None:
    data = exported(ROWS, COLUMNS, "csv", translator("ru")).decode("utf-8-sig")
    role = translator("ru").label(Role.EXPERT)
    assert data.splitlines() == [
        "Name;Work, мин;Done;Cost, ₽;Day;Role",
        f"'=Ёж;165;0,425;1234,56;2026-11-23;{role}",
    ]
    sheet = load_workbook(BytesIO(exported(ROWS, COLUMNS, "xlsx", translator("en")))).worksheets[0]
    assert sheet["A2"].data_type == "s"
    assert (sheet["C2"].value, sheet["C2"].number_format) == (0.425, "0%")


def test_a_table_offers_both_files() -> None:
    assert [button.proto.label for button in run(3).get("download_button")] == ["CSV", "Excel"]

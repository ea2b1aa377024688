"""Rows of a list of initiatives: new, perhaps known, or in need of mending."""

from datetime import date, datetime

import pytest

from casework.domain.initiative import InitiativeForm, NewInitiative, NewParticipant
from casework.domain.initiative_import import (
    COLUMNS,
    Choices,
    ImportVerdict,
    Texts,
    plan_rows,
    spellings,
)
from casework.domain.life import Precision, When

TODAY = date(2026, 11, 23)
CHOICES = Choices(
    spellings(
        [("yards", ["Yards", "Дворы"]), ("charity", ["Help", "Помощь тем, кому трудно"])]
    ),
    spellings([
        ("perm_kirovsky", ["Perm, Kirovsky district", "Пермь, Кировский район"]),
        ("perm_city", ["Perm, the whole city", "Пермь, весь город"]),
        ("kungur", ["Kungur", "Кунгур"]),
    ]),
)  # fmt: skip


def plan(*rows: dict[str, str], known: tuple[str, ...] = ()):
    texts = [Texts(n, row, row.get("founded", "")) for n, row in enumerate(rows, start=2)]
    return plan_rows(texts, CHOICES, known, TODAY)


def test_a_full_row_becomes_an_initiative_with_its_leader() -> None:
    [row] = plan({
        "name": "Живой двор",
        "summary": "Сажаем",
        "themes": "Дворы; помощь тем, кому трудно",
        "territory": "Кировский",
        "founded": "05.2009",
        "leader": "Анна",
        "email": "anna@example.org",
        "phone": "+7 342 212-00-00",
    })  # fmt: skip
    assert row.verdict is ImportVerdict.NEW
    assert row.new == NewInitiative(
        InitiativeForm("Живой двор", "Сажаем", ("yards", "charity"), "perm_kirovsky"),
        founded=When(date(2009, 5, 1), Precision.MONTH),
        is_active=False,
        leader=NewParticipant("Анна", email="anna@example.org", phone="+7 342 212-00-00"),
    )


def test_a_row_of_a_name_alone_is_enough() -> None:
    [row] = plan({"name": "Сад"})
    assert row.new == NewInitiative(InitiativeForm("Сад"), is_active=False)


@pytest.mark.parametrize(
    "written", ["Пермь, Кировский район", "кировский район", "КИРОВСКИЙ", "perm_kirovsky"]
)
def test_a_territory_is_known_by_all_its_names(written) -> None:
    [row] = plan({"name": "Сад", "territory": written})
    assert row.new is not None
    assert row.new.form.territory == "perm_kirovsky"


def test_a_date_of_a_spreadsheet_is_a_day() -> None:
    [row] = plan_rows([Texts(2, {"name": "Сад"}, datetime(2014, 10, 26))], CHOICES, (), TODAY)
    assert row.new is not None
    assert row.new.founded == When(date(2014, 10, 26))


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"name": ""}, "error.required"),
        ({"name": "ы" * 201}, "error.too_long"),
        ({"name": "Сад", "themes": "Драконы"}, "error.not_listed"),
        ({"name": "Сад", "territory": "Москва"}, "error.not_listed"),
        ({"name": "Сад", "founded": "давно"}, "error.not_a_day"),
        ({"name": "Сад", "founded": "2030"}, "error.out_of_range"),
        ({"name": "Сад", "phone": "212-00-00"}, "error.required"),
        ({"name": "Сад", "leader": "Анна", "email": "нет"}, "error.invalid"),
        ({"name": "Сад", "leader": "Анна", "phone": "нет"}, "error.invalid"),
    ],
)
def test_a_row_in_need_of_mending_says_what(cells, code) -> None:
    [row] = plan(cells)
    assert (row.verdict, [error.code for error in row.errors]) == (ImportVerdict.ERROR, [code])
    assert row.new is None


def test_all_errors_of_a_row_are_told_at_once() -> None:
    [row] = plan({"name": "Сад", "themes": "Драконы", "founded": "давно", "phone": "1"})
    assert len(row.errors) == 3


def test_a_row_like_a_known_one_or_an_earlier_row_may_be_a_duplicate() -> None:
    rows = plan(
        {"name": "Живой двор"}, {"name": "Сад"}, {"name": "САД"}, known=["Клуб «Живой двор»"]
    )
    assert [(row.number, row.verdict, row.similar) for row in rows] == [
        (2, ImportVerdict.DUPLICATE, "Клуб «Живой двор»"),
        (3, ImportVerdict.NEW, ""),
        (4, ImportVerdict.DUPLICATE, "Сад"),
    ]


def test_no_name_of_a_column_stands_for_two_columns() -> None:
    names = [name.casefold() for names in COLUMNS.values() for name in names]
    assert len(set(names)) == len(names)

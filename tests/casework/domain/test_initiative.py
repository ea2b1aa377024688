"""What a person may say of an initiative, and which names are alike."""

import pytest

from casework.domain.initiative import Codes, InitiativeForm, clean_form
from casework.domain.similar import NameIndex
from core.errors import InvalidError, OutOfRangeError, RequiredError, TooLongError

CODES = Codes(frozenset({"yards", "sport"}), frozenset({"kungur"}))


def test_a_form_is_kept_without_stray_spaces() -> None:
    form = InitiativeForm("  Живой \n двор ", " текст ", ("yards", "yards"), "kungur")
    assert clean_form(form, CODES) == InitiativeForm("Живой двор", "текст", ("yards",), "kungur")


@pytest.mark.parametrize("name", ["Сад", "Ёж", "🎄 2014", "<script>alert(1)</script>", "=1+1"])
def test_any_name_with_a_letter_or_digit_is_taken_as_it_is(name) -> None:
    assert clean_form(InitiativeForm(name), CODES).name == name


@pytest.mark.parametrize(
    ("form", "error"),
    [
        (InitiativeForm("   "), RequiredError),
        (InitiativeForm("—"), RequiredError),
        (InitiativeForm("🎄"), RequiredError),
        (InitiativeForm("ы" * 201), TooLongError),
        (InitiativeForm("Сад", "ы" * 5_001), TooLongError),
        (InitiativeForm("Сад", themes=("other",)), InvalidError),
        (InitiativeForm("Сад", territory="moscow"), InvalidError),
        (InitiativeForm("Сад", themes=tuple("123456789")), OutOfRangeError),
    ],
)
def test_what_cannot_be_is_refused(form, error) -> None:
    with pytest.raises(error):
        clean_form(form, CODES)


KNOWN = NameIndex(
    enumerate(
        [
            "Инициативная группа «Двор на Крупской, 25»",
            "Клуб «Ёлки»",
            "Школа соседей",
            "Велодвижение Перми",
            "Дети",
        ]
    )
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Двор на Крупской 25", 0),
        ("двор на крупской", 0),
        ("ЕЛКИ", 1),
        ("Школа соседи", 2),
        ("Велодвижение Перьми", 3),
    ],
)
def test_alike_names_are_found(name, found) -> None:
    assert KNOWN.find(name)[:1] == (found,)


@pytest.mark.parametrize("name", ["Двор на Пушкина, 5", "Инициативная группа", "Дети улиц", "Сад"])
def test_different_names_are_left_alone(name) -> None:
    assert KNOWN.find(name) == ()

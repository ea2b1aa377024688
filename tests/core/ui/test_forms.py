"""What marks the fields that have to be filled, and Streamlit's own words."""

import re

import pytest

from core.i18n import translator
from core.ui import interpreter

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


@pytest.mark.parametrize(
    ("page", "language", "legends"),
    [
        ("request_new", "ru", ["\\* — обязательно"]),
        ("consultation_series", "en", ["\\* required"]),
        ("calendar", "ru", []),
    ],
)
def test_a_star_is_explained_once_where_there_is_one(open_page, page, language, legends) -> None:
    shown = open_page(page, language=language)
    assert [text.value for text in shown.caption if text.value.startswith("\\*")] == legends


def test_words_of_streamlit_are_all_said_in_russian_and_keep_their_number() -> None:
    words = interpreter.seen(translator("ru")) | interpreter.heard(translator("ru"))
    unsaid = [theirs for theirs, ours in words.items() if not CYRILLIC.search(ours)]
    assert [word for word in unsaid if "Enter" not in word] == []
    assert [t for t, ours in words.items() if ("#" in t) != ("#" in ours)] == []

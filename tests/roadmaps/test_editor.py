"""The plan editor's files: what they say, and what they are joined of."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.i18n import LANGUAGES, translator
from roadmaps import editor

FOLDER = Path(editor.__file__).parent
SCRIPTS = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.js")}
ASKED = re.compile(r"\bwords\.(\w+)")
MARKUP = re.compile(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval)\b")


def leaves(words: object) -> Iterator[str]:
    if isinstance(words, str):
        yield words
    elif isinstance(words, dict):
        for value in words.values():
            yield from leaves(value)
    else:
        for value in words:
            yield from leaves(value)


def test_editor_says_nothing_that_its_catalogue_lacks_and_lacks_nothing_it_says() -> None:
    words = editor.editor_words(translator("en"))
    asked = set(ASKED.findall(editor._source(*editor._SCRIPTS)))
    assert asked == words.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_editor_is_said_in_both_languages(language: str) -> None:
    said = list(leaves(editor.editor_words(translator(language))))
    assert all(said)
    assert any(re.search("[а-яё]", word) for word in said) == (language == "ru")


def test_editor_is_joined_of_all_its_scripts_without_their_comments() -> None:
    assert {*editor._SCRIPTS} == SCRIPTS.keys() - {"types.js"}
    joined = editor._source(*editor._SCRIPTS)
    assert joined.count("export default") == 1
    assert "* @param" not in joined
    for text in SCRIPTS.values():
        for name in re.findall(r"^(?:class|function) (\w+)", text, re.MULTILINE):
            assert len(re.findall(rf"^(?:class|function) {name}\b", joined, re.MULTILINE)) == 1


def test_what_people_write_stays_text_in_the_editor() -> None:
    assert [name for name, text in SCRIPTS.items() if MARKUP.search(text)] == []

"""Both catalogues hold what the program says, and nothing else."""

import ast

import pytest

from core.i18n import LANGUAGES
from tests import words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_a_translation(language) -> None:
    held = words.entries(language)
    missing = [
        msgid
        for msgid in words.needed(language)
        if msgid not in held or not all(words.forms(held[msgid]))
    ]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_unused(language) -> None:
    assert words.unused(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_fuzzy(language) -> None:
    assert [msgid for msgid, entry in words.entries(language).items() if entry.fuzzy] == []


def test_plurals_have_three_forms_in_russian() -> None:
    held = words.entries("ru")
    wrong = [
        msgid
        for msgid, plural in words.needed("ru").items()
        if plural
        and msgid in held
        and len([form for form in words.forms(held[msgid]) if form]) != 3
    ]
    assert wrong == []


def test_translations_keep_the_placeholders() -> None:
    english, russian = words.entries("en"), words.entries("ru")
    differing = []
    for msgid, entry in russian.items():
        original = english.get(msgid, entry)
        source = words.forms(original) if words.CODE.match(msgid) else [msgid]
        fields = words.placeholders(source[0])
        if any(words.placeholders(form) != fields for form in words.forms(entry)):
            differing.append(msgid)
    assert differing == []


def test_every_text_gets_the_values_it_names() -> None:
    wrong = [
        f"{path.relative_to(words.ROOT)}:{call.lineno} {text}"
        for path in words.sources()
        for call, text, given in calls_with_text(path)
        if words.placeholders(text) != given and (given or call not in templates(path))
    ]
    assert wrong == []


def test_every_error_gets_the_details_its_sentence_names() -> None:
    sentences = {msgid: entry.string for msgid, entry in words.entries("en").items()}
    codes = {kind.__name__: kind.code for kind in words.errors()}
    wrong = []
    for path in words.sources():
        for call in ast.walk(words.tree(path)):
            name = getattr(getattr(call, "func", None), "id", "")
            if not isinstance(call, ast.Call) or name not in codes or starred(call):
                continue
            fields = words.placeholders(str(sentences.get(codes[name], "")))
            if fields - {keyword.arg for keyword in call.keywords}:
                wrong.append(f"{path.relative_to(words.ROOT)}:{call.lineno} {name} {fields}")
    assert wrong == []


def calls_with_text(path):
    """Find the calls of `_("…", …)` and `_.plural("…", "…", n, …)` with the values they give."""
    for call in ast.walk(words.tree(path)):
        if not isinstance(call, ast.Call) or not call.args or starred(call):
            continue
        text = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
        given = {keyword.arg for keyword in call.keywords}
        if not isinstance(text, str):
            continue
        if isinstance(call.func, ast.Name) and call.func.id == "_":
            yield call, text, given
        elif isinstance(call.func, ast.Attribute) and call.func.attr == "plural":
            yield call, call.args[1].value, given | {"n"}


def templates(path) -> set[ast.expr]:
    """Find texts that get their values later: handed to a component, or chosen between two."""
    found: set[ast.expr] = set()
    for node in ast.walk(words.tree(path)):
        if isinstance(node, ast.Dict):
            found |= set(node.values)
        elif isinstance(node, ast.IfExp):
            found |= {node.body, node.orelse}
    return found


def starred(call: ast.Call) -> bool:
    return any(keyword.arg is None for keyword in call.keywords)

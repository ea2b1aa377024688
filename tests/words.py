"""What the program says: every text in the code, every code that has a text in the catalogues.

`make words` brings both catalogues up to date with the code and lists what they lack.
"""

import ast
import importlib
import pkgutil
import re
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from core.errors import DomainError
from core.i18n import LANGUAGES, LOCALES, Coded

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = tuple(
    name
    for name in (
        "core", "accounts", "hours", "casework", "diagnostics", "roadmaps", "panels", "dashboards",
    )
    if (ROOT / name / "__init__.py").exists()
)  # fmt: skip
KEYWORDS = {"_": None, "N_": None, "plural": (1, 2)}
CODE = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")
_Kind = TypeVar("_Kind")
TERM = re.compile(r"^(field|object)\.[a-z0-9_]+$")
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: casework\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {forms}\\n"

"""


@dataclass
class Words:
    """The texts of the program: English texts with their plurals, and codes."""

    texts: dict[str, str | None] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)
    prefixes: set[str] = field(default_factory=set)
    """Beginnings of codes that are put together at run time: `Term(f"topic.{code}")`."""

    def may_use(self, code: str) -> bool:
        """Tell whether a code can be put together at run time."""
        return code.startswith(tuple(self.prefixes))


def sources() -> list[Path]:
    """List the Python files of the program."""
    files = [ROOT / "streamlit_app.py"]
    for package in PACKAGES:
        files += sorted((ROOT / package).rglob("*.py"))
    return [path for path in files if path.exists()]


@cache
def tree(path: Path) -> ast.Module:
    """Parse a file once."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def expected() -> Words:
    """Collect what the catalogues have to hold."""
    words = Words()
    for path in sources():
        for _line, message, _comments, _context in extract_from_file("python", path, KEYWORDS):
            single, plural = message if isinstance(message, tuple) else (message, None)
            if single:
                words.texts[single] = plural
        words.codes |= set(_terms(tree(path)))
        words.prefixes |= set(_prefixes(tree(path)))
    _import_everything()
    for kind in _subclasses(Coded):
        words.codes |= {member.message for member in kind}
    words.codes |= {kind.code for kind in errors()}
    return words


def errors() -> list[type[DomainError]]:
    """List the classes of expected failures."""
    _import_everything()
    return [DomainError, *_subclasses(DomainError)]


def catalogue(language: str) -> Catalog:
    """Read a catalogue as it lies in the repository."""
    with (LOCALES / language / "messages.po").open("rb") as source:
        return read_po(source, locale=language)


def entries(language: str) -> dict[str, Message]:
    """Give the entries of a catalogue by their first message id."""
    return {first(message.id): message for message in catalogue(language) if message.id}


def first(msgid: str | tuple[str, ...] | list[str]) -> str:
    """Give the singular of a message id."""
    return msgid if isinstance(msgid, str) else msgid[0]


def forms(message: Message) -> list[str]:
    """Give every form of an entry's translation."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def placeholders(text: str) -> set[str]:
    """Name the fields of a text: `{count}` has one."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def needed(language: str) -> dict[str, str | None]:
    """Name what a catalogue has to translate: Russian everything, English only the codes."""
    words = expected()
    codes: dict[str, str | None] = dict.fromkeys(words.codes)
    return codes if language == "en" else {**words.texts, **codes}


def unused(language: str) -> list[str]:
    """Name the entries of a catalogue that nothing says."""
    rest = set(entries(language)) - set(needed(language))
    return sorted(msgid for msgid in rest if not expected().may_use(msgid))


def _terms(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if TERM.match(node.value):
                yield node.value
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name == "asked_id":
                yield f"object.{node.args[0].value}"
            elif name == "Term" and CODE.match(str(node.args[0].value)):
                yield str(node.args[0].value)


def _prefixes(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Term" and node.args:
            text = node.args[0]
            begin = text.values[0] if isinstance(text, ast.JoinedStr) else None
            if isinstance(begin, ast.Constant) and str(begin.value).endswith("."):
                yield str(begin.value)


def _import_everything() -> None:
    for package in PACKAGES:
        folder = importlib.import_module(package)
        for module in pkgutil.walk_packages(folder.__path__, f"{package}."):
            if ".pages" not in module.name and not module.name.endswith("__main__"):
                importlib.import_module(module.name)


def _subclasses(kind: type[_Kind]) -> Iterator[type[_Kind]]:
    for child in kind.__subclasses__():
        if child.__module__.split(".")[0] in PACKAGES:
            yield child
        yield from _subclasses(child)


def main() -> int:
    """Add what is missing, drop what is unused, list what waits for a translator."""
    waiting = 0
    for language in LANGUAGES:
        held, wanted = catalogue(language), needed(language)
        for msgid in unused(language):
            held.delete(msgid)
        for msgid, plural in sorted(wanted.items()):
            if held.get(msgid) is None:
                held.add((msgid, plural) if plural else msgid)
        for message in held:
            message.flags.discard("python-brace-format")
        with (LOCALES / language / "messages.po").open("wb") as target:
            target.write(HEADER.format(language=language, forms=held.plural_forms).encode())
            write_po(target, held, width=100, omit_header=True, sort_output=True)
        for msgid, message in sorted(entries(language).items()):
            if not all(forms(message)):
                waiting += 1
                print(f"{language}: {msgid}")
    print(f"{waiting} texts wait for a translation" if waiting else "every text is translated")
    return min(waiting, 1)


if __name__ == "__main__":
    sys.exit(main())

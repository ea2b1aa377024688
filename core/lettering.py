"""How wide words are in the house's font, for drawings that break their own lines."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

_MEASURED_AT: Final = 100  # the size of the font that letters are measured in
_REGULAR: Final = 400
_BOLD: Final = 600
_SMALLEST: Final = 14  # Inter's own size for small text
_PARTS: Final = re.compile(r"[^-]*-+|[^-]+")


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Give the width of a text at a size of the font [the unit of the size]."""
    return sum(_advance(letter, bold) for letter in text) * size / _MEASURED_AT


def wrapped(
    text: str, width: float, size: float, *, bold: bool = False, most: int | None = None
) -> list[str]:
    """Break a text into lines no wider than `width`, at spaces where there are any.

    With `most`, the last of so many lines ends in an ellipsis if anything had to be left out.
    """
    lines = [""]
    for word, glue in _words(text):
        longer = f"{lines[-1]}{glue}{word}" if lines[-1] else word
        if width_of(longer, size, bold=bold) <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        *whole, lines[-1] = _pieces(word, width, size, bold=bold)
        lines[-1:-1] = whole
    if most is not None and len(lines) > most:
        return [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), width, size, bold=bold)]
    return lines


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Give what a line may be broken between, and what else stands between them."""
    for word in text.split():
        glue = " "
        for part in _PARTS.findall(word):
            yield part, glue
            glue = ""


def _pieces(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    """Break a word that is wider than a line between its letters."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size, bold=bold) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut(text: str, width: float, size: float, *, bold: bool) -> str:
    while text and width_of(f"{text}…", size, bold=bold) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


@cache
def _advance(letter: str, bold: bool) -> float:  # noqa: FBT001 — a key of the cache
    length: float = _font(bold).getlength(letter)
    return length


@cache
def _font(bold: bool) -> Any:  # noqa: ANN401, FBT001 — Pillow's font; a key of the cache
    import fontpkg_inter
    from PIL import ImageFont

    path = Path(fontpkg_inter.__file__).parent / "files" / "Inter[opsz,wght].ttf"
    font = ImageFont.truetype(str(path), _MEASURED_AT)
    font.set_variation_by_axes([_SMALLEST, _BOLD if bold else _REGULAR])
    return font

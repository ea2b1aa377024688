"""Pieces of SVG: texts that stay texts, boxes, lines; and the colours of a drawing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from core.ui.theme import FONT, PALETTE, Palette

_CLEAN: Final = dict.fromkeys((*range(32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), " ")
Attributes: TypeAlias = dict[str, str | float]
SIZE: Final = 12.0
LINE: Final = 14.0


Colours: TypeAlias = Palette
PAPER: Final = PALETTE
_NAMES: Final[dict[str, Any]] = {
    x.name: f"var(--{x.name.replace('_', '-')})"
    for x in fields(Palette)
    if isinstance(x.default, str)
}
BY_NAME: Final = replace(PALETTE, **_NAMES)
"""The same colours by the names of CSS variables: a page says what they are, by day and night."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Sketch:
    """A drawing as an SVG document, and its size in its own units."""

    svg: str
    width: float
    height: float


def document(size: tuple[float, float], title: str, language: str, body: Iterable[str]) -> Sketch:
    """Make one drawing of its parts, standing on nothing outside it but its font's name."""
    width, height = (number(side) for side in size)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" font-family={quoteattr(FONT)} font-size="{number(SIZE)}"'
        f' role="img" xml:lang="{language}">\n<title>{clean(title)}</title>\n'
        + "\n".join(body)
        + "\n</svg>\n"
    )
    return Sketch(svg, *size)


def definitions(colours: Colours) -> str:
    """Give the hatching of the critical path and the tips of lines."""
    tips = "".join(
        f'<marker id="{name}" viewBox="0 0 6 6" refX="6" refY="3" markerWidth="6"'
        ' markerHeight="6" markerUnits="userSpaceOnUse" orient="auto">'
        f'<path d="M0 0L6 3L0 6z" fill="{colour}"/></marker>'
        for name, colour in (("tip", colours.grey), ("tip-critical", colours.critical))
    )
    return (
        '<defs><pattern id="critical" width="5" height="5" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)">'
        f'<rect width="5" height="5" fill="{colours.critical}"/>'
        f'<rect width="1.6" height="5" fill="{colours.critical_soft}"/></pattern>{tips}</defs>'
    )


def text(x: float, y: float, words: str, fill: str, **look: str | float) -> str:
    """Write one line; its baseline is at `y`. `look` are attributes, `_` stands for `-`."""
    return f'<text x="{number(x)}" y="{number(y)}" fill="{fill}"{_attributes(look)}>{clean(words)}</text>'


def lines(x: float, y: float, words: Sequence[str], fill: str, **look: str | float) -> str:
    """Write several lines, the first with its baseline at `y`."""
    if len(words) == 1:
        return text(x, y, words[0], fill, **look)
    # a space at the end of a line joins its words to the next for whoever reads the file
    parts = "".join(
        f'<tspan x="{number(x)}" y="{number(y + LINE * row)}">{clean(line)}</tspan>'
        for row, line in enumerate(words)
    )
    return f'<text fill="{fill}"{_attributes(look)}>{parts}</text>'


def rect(box: Box, fill: str, **look: str | float) -> str:
    """Draw a filled rectangle."""
    return (
        f'<rect x="{number(box.x)}" y="{number(box.y)}" width="{number(box.width)}"'
        f' height="{number(box.height)}" fill="{fill}"{_attributes(look)}/>'
    )


def path(data: str, **look: str | float) -> str:
    """Draw a path."""
    return f'<path d="{data}"{_attributes(look)}/>'


def polyline(points: Iterable[tuple[float, float]], **look: str | float) -> str:
    """Draw a line of straight pieces."""
    places = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return f'<polyline points="{places}" fill="none"{_attributes(look)}/>'


def number(value: float) -> str:
    """Write a length in at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def clean(words: str) -> str:
    """Escape a text for XML, without the characters that XML cannot hold."""
    return escape(words.translate(_CLEAN))


def attribute(words: str) -> str:
    """Quote a text as an attribute."""
    return quoteattr(words.translate(_CLEAN))


def _attributes(look: Mapping[str, str | float]) -> str:
    return "".join(
        f' {name.replace("_", "-")}="{number(value) if isinstance(value, float | int) else value}"'
        for name, value in look.items()
    )

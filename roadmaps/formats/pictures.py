"""Drawings as PDF and PNG, by typst: what is text in the drawing stays text in a PDF."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from core.printing import print_pdf, print_png
from roadmaps.formats.svg import Sketch

_TEMPLATE: Final = Path(__file__).with_suffix(".typ")
_POINTS_OF_INCH: Final = 72
# Letters of no font on paper, boxes in place of faces; and marks that turn a line around.
_UNPRINTABLE: Final = re.compile("[\U0001f000-\U0001faff\ufe0f\u200d\u202a-\u202e\u2066-\u2069]")
_SHARP: Final = 2.0  # pixels for each unit
_MOST_PIXELS: Final = 48_000_000
_LONGEST_SIDE: Final = 16_000  # pixels: what picture viewers open


@dataclass(frozen=True, slots=True)
class Drawing:
    """Sketches of one size, `scale` points for each of their units, and what they show."""

    pages: Sequence[Sketch]
    scale: float
    title: str
    words: str
    author: str
    language: str


def to_pdf(drawing: Drawing, *, at: datetime) -> bytes:
    """Print a drawing, a page for each of its documents."""
    return print_pdf(_TEMPLATE, _data(drawing), at=at)


def to_png(drawing: Drawing, *, at: datetime, sharp: float = _SHARP) -> bytes:
    """Make a picture of the first document, as sharp as its size allows."""
    alone = replace(drawing, pages=drawing.pages[:1])
    return print_png(_TEMPLATE, _data(alone), at=at, ppi=pixels_of_inch(drawing, sharp))[0]


def to_pngs(drawing: Drawing, *, at: datetime, sharp: float) -> bytes:
    """Make a picture of every document, in one archive; drawn one by one, to be light."""
    archive = BytesIO()
    digits = len(str(len(drawing.pages)))
    with ZipFile(archive, "w", ZIP_STORED) as pack:
        for number, page in enumerate(drawing.pages, start=1):
            picture = to_png(replace(drawing, pages=[page]), at=at, sharp=sharp)
            pack.writestr(ZipInfo(f"{number:0{digits}}.png", at.timetuple()[:6]), picture)
    return archive.getvalue()


def pixels_of_inch(drawing: Drawing, sharp: float = _SHARP) -> int:
    """Say how finely the first document is drawn, so that viewers still open the picture."""
    first = drawing.pages[0]
    least = min(
        sharp,
        (_MOST_PIXELS / (first.width * first.height)) ** 0.5,
        _LONGEST_SIDE / max(first.width, first.height),
    )
    whole = int(least * 2) / 2 or least  # halves of a pixel keep lines and letters sharp
    return max(int(_POINTS_OF_INCH * whole / drawing.scale), 1)


def _data(drawing: Drawing) -> dict[str, Any]:
    first = drawing.pages[0]
    return {
        "title": drawing.title,
        "centre": drawing.author,
        "language": drawing.language,
        "words": drawing.words,
        "width": first.width * drawing.scale,
        "height": first.height * drawing.scale,
        "drawings": [_UNPRINTABLE.sub("", page.svg) for page in drawing.pages],
    }

"""Pages for paper: a template and its data become a PDF, without a browser.

A template never holds what people wrote: it reads one JSON value, so no text can become markup.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

PREAMBLE: Final = Path(__file__).with_name("printing.typ").read_text(encoding="utf-8")
"""What every template may use: `data`, the font, the look of tables and signatures."""


_KEPT: Final = 10  # works of which Typst keeps what it has drawn


def print_pdf(template: Path, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """Set a template with its data as a tagged PDF whose text can be copied.

    Parameters
    ----------
    template
        A file of Typst; it finds the value under `data`.
    data
        Texts, numbers, lists and mappings, in the reader's language already; nothing else.
    at
        The instant that the document says it was made, so that equal data give equal bytes.
    """
    return _set(template, data, at=at, kind="pdf")[0]


def print_png(
    template: Path, data: Mapping[str, Any], *, at: datetime, ppi: int = 110
) -> tuple[bytes, ...]:
    """Set a template with its data as pictures, one a page."""
    pictures = _set(template, data, at=at, kind="png", ppi=ppi)
    _forget()
    return pictures


def _forget() -> None:
    """Let Typst forget what it keeps of the last works: of pictures, every pixel.

    It keeps each until ten others have come after it, which of large pictures fills a gigabyte.
    """
    import typst

    empty = typst.Compiler(ignore_system_fonts=True)
    for _number in range(_KEPT + 1):
        empty.compile(b"", format="svg")


def _set(
    template: Path,
    data: Mapping[str, Any],
    *,
    at: datetime,
    kind: Literal["pdf", "png"],
    ppi: int | None = None,
) -> tuple[bytes, ...]:
    import fontpkg_inter
    import typst

    source = PREAMBLE + template.read_text(encoding="utf-8")
    pages = typst.Compiler(
        font_paths=[Path(fontpkg_inter.__file__).parent / "files"], ignore_system_fonts=True
    ).compile(
        source.encode(),
        format=kind,
        ppi=ppi,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=at.replace(microsecond=0),
    )
    return tuple(pages) if isinstance(pages, list) else (pages or b"",)

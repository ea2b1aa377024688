"""Everything that a page tells, down to what its elements carry unseen."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl

from tests.reading_pdf import text_of

_RANDOM = re.compile(
    r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32,}| at 0x[0-9a-f]+|(?<=week_grid_)[0-9a-f]{8}"
)
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def told_by(page: Any) -> str:
    """Give all texts of a page that has run: elements, their options, tables, charts, state."""
    parts = list(_protos(page._tree))
    return _RANDOM.sub("", "\n".join(parts))


def _protos(node: Any) -> Iterator[str]:
    proto = getattr(node, "proto", None)
    if proto is not None:
        yield _readable(proto.SerializeToString())
    for child in getattr(node, "children", {}).values():
        yield from _protos(child)


def _readable(data: bytes) -> str:
    text = data.decode("utf-8", "ignore")
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def read(answer: object) -> str:
    """Give the text of what a service answers, files opened."""
    if isinstance(answer, bytes):
        return _file(answer)
    content = getattr(answer, "content", None) or getattr(answer, "data", None)
    if isinstance(content, bytes):
        return f"{getattr(answer, 'name', '')} {_file(content)}"
    return _RANDOM.sub("", repr(answer))


def _file(data: bytes) -> str:
    if data.startswith(b"%PDF"):
        return text_of(data)
    if data.startswith(b"PK"):
        book = openpyxl.load_workbook(BytesIO(data))
        return "\n".join(repr(row) for sheet in book for row in sheet.values)
    return data.decode("utf-8", "replace")

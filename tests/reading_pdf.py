"""Read the words of a PDF back, as a person would copy them from it.

Only what typst writes: each font says by a ToUnicode map which letters its glyphs are. Glyphs
without letters, as in a drawing of text, would be left out.
"""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def text_of(pdf: bytes) -> str:
    """Give the text of all pages, a line for each piece that is set at once."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    fonts = _fonts(objects)
    lines = []
    for body in objects.values():
        content = _content(body)
        if b"TJ" not in content and b"Tj" not in content:
            continue
        letters: dict[int, str] = {}
        for font, pieces in re.findall(
            rb"/(f\d+) [\d.]+ Tf|((?:\[(?:\\.|[^\\])*?\]\s*TJ)|(?:\((?:\\.|[^\\])*?\)\s*Tj))",
            content,
            re.DOTALL,
        ):
            if font:
                letters = fonts.get(font.decode(), {})
            else:
                lines.append(_shown(pieces.decode("latin-1"), letters))
    return "\n".join(lines)


def _fonts(objects: dict[int, bytes]) -> dict[str, dict[int, str]]:
    found = {}
    for body in objects.values():
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", body):
            target = re.search(rb"/ToUnicode (\d+) 0 R", objects.get(int(number), b""))
            if target:
                found[name.decode()] = _map(_content(objects[int(target.group(1))]))
    return found


def _map(content: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>\n", content)
    return {
        int(glyph, 16): bytes.fromhex(letters.decode()).decode("utf-16-be")
        for glyph, letters in pairs
        if glyph != b"0000"
    }


def _shown(pieces: str, letters: dict[int, str]) -> str:
    raw = "".join(re.findall(r"\(((?:\\.|[^)\\])*)\)", pieces, re.DOTALL))
    plain = re.sub(r"\\([0-7]{1,3}|.)", _unescaped, raw, flags=re.DOTALL).encode("latin-1")
    glyphs = [int.from_bytes(plain[i : i + 2]) for i in range(0, len(plain), 2)]
    return "".join(letters.get(glyph, "") for glyph in glyphs)


def _unescaped(sign: re.Match[str]) -> str:
    text = sign.group(1)
    return chr(int(text, 8)) if text[0] in "01234567" else _ESCAPES.get(text, text)


def _content(body: bytes) -> bytes:
    stream = _STREAM.search(body)
    if stream is None:
        return b""
    try:
        return zlib.decompress(stream.group(1))
    except zlib.error:
        return stream.group(1)

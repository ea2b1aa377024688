"""The QR code of a private link holds the whole address, black on white, with white around it."""

import re

import segno
from defusedxml import ElementTree

from roadmaps.formats.qr_svg import qr_svg

ADDRESS = "https://desk.example.org/plan/" + "Zq3_" * 11
MODULE = re.compile(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?")
SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg: str) -> tuple[list[list[int]], int]:
    """Read which modules a picture blackens, line by line, and how much white stands around."""
    root = ElementTree.fromstring(svg)
    [group] = root
    paper, lines = group
    scale = float(group.get("transform", "").removeprefix("scale(").removesuffix(")"))
    side = round(float(root.get("width", "0")) / scale)
    assert (paper.get("fill"), paper.get("d")) == ("#fff", f"M0 0h{side}v{side}h-{side}z")
    assert (lines.get("stroke"), lines.get("fill")) == ("#000", None)
    black, x, y = [[0] * side for _ in range(side)], 0.0, 0.0
    for move, first, second in MODULE.findall(lines.get("d", "")):
        if move == "h":
            for place in range(int(x), int(x) + int(first)):
                black[int(y)][place] = 1
            x += int(first)
        else:
            x, y = float(first) + x * (move == "m"), float(second) + y * (move == "m")
    quiet = next(at for at, line in enumerate(black) if any(line))
    inside = slice(quiet, side - quiet)
    assert sum(map(sum, black)) == sum(sum(line[inside]) for line in black[inside])
    return [line[inside] for line in black[inside]], quiet


def test_a_code_holds_the_whole_address_with_four_modules_of_white_around() -> None:
    known = segno.make_qr(ADDRESS, error="m")
    modules, quiet = drawn(qr_svg(ADDRESS))
    assert quiet == 4
    assert modules == [list(line) for line in known.matrix]

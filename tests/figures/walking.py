"""Going through all pages for figures of hours: what they say, and the rows they open."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest

from core.permissions import Role
from hours.domain.registry import FIGURES
from tests.figures.planted import Planted, counted_again
from tests.pages import SPECS, Spec

ROWS = next(spec.path for spec in SPECS if spec.url == "hour_rows")
Open = Callable[..., AppTest]
EVERY = tuple(SPECS)
"""Every page of the program: no other draws a figure, whoever looks."""
DRAWN = tuple(
    spec
    for spec in SPECS
    if spec.url in {"desk", *(url for each in FIGURES.values() for url in (each.page, each.rows))}
)
"""The pages that draw figures, for walks under other filters; the walk through every page finds
a figure on any other."""


@dataclass(frozen=True)
class Shown:
    """A figure on a page, and the address of its rows; None where they stand beneath it."""

    name: str
    part: str
    minutes: int
    query: dict[str, str] | None


def minutes_of(text: str) -> int:
    """Read `2 ч 45 мин` at the end of a text."""
    found = re.search(r"(?:(\d+) ч)?(?: ?(\d+) мин)?$", " ".join(text.split()))
    assert found, text
    assert found[0], text
    return int(found[1] or 0) * 60 + int(found[2] or 0)


def blocks(page: AppTest, kind: str) -> Iterator[tuple[str, str, Any]]:
    """Find the containers of figures on a page: name, part, the block."""
    waiting = [page.main]
    while waiting:
        block: Any = waiting.pop()
        waiting += list(getattr(block, "children", {}).values())
        key = re.search(rf"-{kind}_(.+)$", getattr(getattr(block, "proto", None), "id", "") or "")
        if key and hasattr(block, "children"):
            name = max((n for n in FIGURES if _is(key[1], n)), key=len)
            yield name, key[1][len(name) + 1 :], block


def _is(key: str, name: str) -> bool:
    return key == name or key.startswith(f"{name}_")


def figures(page: AppTest) -> list[Shown]:
    """Read every figure that a page draws through the registry."""
    ways = {(name, part): _query(block) for name, part, block in blocks(page, "behind")}
    found = []
    for name, part, block in blocks(page, "figure"):
        links = block.get("page_link")
        text = links[0].proto.label if links else block.markdown[0].value
        query = _query(block) if links else ways.get((name, part))
        found.append(Shown(name, part, minutes_of(text), query))
    lines = [name for name, _part in ways if name == "agreement_line"]
    for place, part in enumerate(part for name, part in ways if name in lines):
        done = page.dataframe[0].value["done"].iloc[place]
        found.append(Shown("agreement_line", part, minutes_of(done), ways["agreement_line", part]))
    return found


def _query(block: Any) -> dict[str, str]:
    (link,) = block.get("page_link")
    return {name: each[0] for name, each in parse_qs(link.proto.query_string).items()}


def faults(
    open_page: Open,
    here: Planted,
    who: tuple[Role, int],
    query: dict[str, str],
    pages: Sequence[Spec],
) -> tuple[list[str], set[str]]:
    """Walk pages as somebody; say what does not add up, and which figures were seen."""
    role, person = who
    exported, wrong, seen = here.exported(), [], set()
    opened: dict[str, tuple[int, int, int]] = {}
    page = open_page("profile", role, person_id=person)
    for spec in pages:
        asked = query | ({"agreement": str(here.agreement)} if "agreement" in spec.url else {})
        if spec.url == "served":
            asked = {"agreement": str(here.agreement)}
        if spec.url == "hour_rows":
            asked.pop("agreement", None)
        page = turn(page, spec.path, asked)
        assert not page.exception, (spec.url, page.exception[0].message)
        drawn = figures(page)
        for shown in drawn:
            seen.add(shown.name)
            if spec not in DRAWN:
                wrong.append(f"{spec.url} draws {shown.name}")
            if FIGURES[shown.name].rows != "hour_rows" or not shown.query:
                continue
            key = json.dumps(shown.query, sort_keys=True)
            if key not in opened:
                opened[key] = _rows(turn(page, ROWS, shown.query))
            minutes, rows = counted_again(exported, shown.query, person)
            told = (shown.minutes, *opened[key])
            if told != (minutes, minutes, minutes, rows):
                wrong.append(f"{spec.url} {shown}: {told}, by hand {minutes} in {rows} rows")
    return wrong, seen


def turn(page: AppTest, path: str, query: dict[str, str]) -> AppTest:
    """Turn to a page by its address."""
    page.query_params.clear()
    for name, value in query.items():
        page.query_params[name] = value
    return page.switch_page(path).run()


def _rows(page: AppTest) -> tuple[int, int, int]:
    """Read the headline of a page of rows, the sum of its rows, and their number."""
    (headline,) = (each for each in figures(page) if each.name == "rows")
    cells = list(page.dataframe[0].value["minutes"]) if page.dataframe else []
    return headline.minutes, sum(minutes_of(cell) for cell in cells), len(cells)

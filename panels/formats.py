"""Reader of the built-in sets of criteria: one TOML file each."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from panels.domain.criteria import CriteriaSet, Criterion, Scale

CRITERIA: Final = Path(__file__).parent.parent / "data" / "criteria"


def read_criteria_set(text: str) -> CriteriaSet:
    """Read one set; a malformed file is a fault of the program and crashes visibly."""
    source = tomllib.loads(text)
    scale = Scale(low=source["scale"]["low"], high=source["scale"]["high"])
    return CriteriaSet(
        code=source["code"],
        title=source["title"],
        criteria=tuple(_criterion(entry, scale) for entry in source["criterion"]),
    )


@cache
def built_in_sets() -> Mapping[str, CriteriaSet]:
    """Give the built-in sets by code, in the order in which they are offered."""
    texts = [path.read_text("utf-8") for path in CRITERIA.glob("*.toml")]
    texts.sort(key=lambda text: int(tomllib.loads(text)["position"]))
    return {one.code: one for one in map(read_criteria_set, texts)}


def _criterion(entry: Mapping[str, Any], scale: Scale) -> Criterion:
    return Criterion(
        id=0,
        title=entry["title"],
        question=entry["question"],
        weight=Decimal(entry["weight"]),
        scale=scale,
        levels={int(mark): texts for mark, texts in entry["levels"].items()},
        is_required=entry["required"],
    )

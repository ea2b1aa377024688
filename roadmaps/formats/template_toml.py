"""Reader of the templates that come with the program: one TOML file each, and one of laws.

    data/roadmaps/laws.csv      code, act, article, what it says, when and where it was compared
    data/roadmaps/<code>.toml   title, about, branches, stages, steps

A step waits for others by `"code"`, `"code SS+2"`, `"code FS+10 calendar"`. A malformed file is
a fault of the program and crashes visibly.
"""

import csv
import io
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from roadmaps.domain.plan import LinkKind
from roadmaps.domain.template import Branch, Law, Stage, Step, Template, TemplateTheme, Texts, Wait
from roadmaps.domain.terms import Counting, Estimate

TEMPLATES: Final = Path(__file__).parent.parent.parent / "data" / "roadmaps"
_WAIT: Final = re.compile(r"([a-z0-9_]+)(?: (FS|SS|FF|SF)([+-]\d+)?)?(?: (calendar|elapsed))?")


def read_laws(text: str) -> Mapping[str, Law]:
    """Read the laws by their codes."""
    return {
        row["code"]: Law(
            code=row["code"],
            act={"ru": row["act_ru"], "en": row["act_en"]},
            article=row["article"],
            says={"ru": row["says_ru"], "en": row["says_en"]},
            checked_on=date.fromisoformat(row["checked_on"]) if row["checked_on"] else None,
            source=row["source"],
        )
        for row in csv.DictReader(io.StringIO(text), strict=True)
    }


def read_template(text: str, laws: Mapping[str, Law]) -> Template:
    """Read one template; its steps name laws by their codes."""
    source = tomllib.loads(text)
    return Template(
        code=source["code"],
        position=source["position"],
        theme=TemplateTheme(source["theme"]),
        title=_texts(source, "title"),
        about=_texts(source, "about"),
        branches=tuple(
            Branch(one["code"], _texts(one, "title"), _texts(one, "about"))
            for one in source.get("branch", ())
        ),
        stages=tuple(Stage(one["code"], _texts(one, "title")) for one in source["stage"]),
        steps=tuple(_step(one, laws) for one in source["step"]),
    )


@cache
def builtin_templates() -> Mapping[str, Template]:
    """Give the templates by code, in the order in which they are offered."""
    laws = read_laws((TEMPLATES / "laws.csv").read_text("utf-8"))
    found = [read_template(path.read_text("utf-8"), laws) for path in TEMPLATES.glob("*.toml")]
    return {one.code: one for one in sorted(found, key=lambda one: one.position)}


def _step(source: Mapping[str, Any], laws: Mapping[str, Law]) -> Step:
    return Step(
        code=source["code"],
        stage=source["stage"],
        title=_texts(source, "title"),
        what=_texts(source, "what"),
        whom=_texts(source, "whom"),
        paper=_texts(source, "paper"),
        estimate=Estimate(*source["days"]),
        counting=Counting(source.get("counting", Counting.WORKING)),
        waits=tuple(_wait(one) for one in source.get("waits", ())),
        branches=frozenset(source.get("branches", ())),
        laws=tuple(laws[code] for code in source.get("laws", ())),
    )


def _texts(source: Mapping[str, Any], name: str) -> Texts:
    texts: Mapping[str, str] = source[name]
    return {language: texts[language] for language in ("ru", "en")}


def _wait(text: str) -> Wait:
    found = _WAIT.fullmatch(text)
    if found is None:
        raise ValueError(text)
    step, kind, lag, counting = found.groups()
    return Wait(
        step,
        LinkKind((kind or "FS").lower()),
        int(lag or 0),
        Counting(counting or Counting.WORKING),
    )

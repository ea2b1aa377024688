"""All roadmaps at once: what is said of each, which are asked for, how they are put together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from core.i18n import Coded, sort_key
from roadmaps.domain.people_load import Doer
from roadmaps.domain.roadmap import RoadmapLine, RoadmapState


class Flag(Coded):
    """What makes a roadmap stand out among all."""

    LATE = "late"
    STALLED = "stalled"
    ENDS = "ends"


class Grouping(Coded):
    """By what roadmaps are put together."""

    INITIATIVE = "initiative"
    LEAD = "lead"
    THEME = "theme"


NO_THEME: Final = "-"
"""What is asked for, or grouped, instead of a theme's code: roadmaps without any."""


@dataclass(frozen=True, slots=True)
class PortfolioLine:
    """A roadmap among all; counts and dates are those of the list of roadmaps."""

    line: RoadmapLine
    initiative_id: int
    lead_id: int
    lead: str
    is_at_work: bool
    themes: tuple[str, ...] = ()
    doers: tuple[Doer, ...] = ()
    done_on: date | None = None
    flags: frozenset[Flag] = field(default_factory=frozenset)

    @property
    def id(self) -> int:
        """The roadmap's id."""
        return self.line.id


@dataclass(frozen=True, slots=True)
class PortfolioGroup:
    """Roadmaps put together by an id or code, `key`; namesakes stay apart.

    `name` is empty where there is no theme.
    """

    key: str
    name: str
    lines: tuple[PortfolioLine, ...]


@dataclass(frozen=True, slots=True)
class PortfolioSearch:
    """Which roadmaps are asked for; None and empty texts ask for all, `NO_THEME` for none."""

    text: str = ""
    initiative_id: int | None = None
    lead_id: int | None = None
    doer: str = ""
    theme: str = ""
    flag: Flag | None = None
    at_work: bool = True


def flags_of(line: RoadmapLine, today: date, *, is_stalled: bool) -> frozenset[Flag]:
    """Tell what makes a roadmap stand out; one that is done or empty does not end any more."""
    found = set[Flag]()
    if line.late:
        found.add(Flag.LATE)
    if is_stalled:
        found.add(Flag.STALLED)
    ends = (line.finishes_on.year, line.finishes_on.month) == (today.year, today.month)
    if ends and line.state in {RoadmapState.AHEAD, RoadmapState.UNDER_WAY}:
        found.add(Flag.ENDS)
    return frozenset(found)


def found_in(lines: Iterable[PortfolioLine], search: PortfolioSearch) -> tuple[PortfolioLine, ...]:
    """Give the roadmaps that are asked for, whatever their flags."""
    wanted = sort_key(search.text).split()

    def fits(one: PortfolioLine) -> bool:
        if search.at_work and not one.is_at_work:
            return False
        asked: tuple[tuple[object, Callable[[], bool]], ...] = (
            (search.initiative_id, lambda: one.initiative_id == search.initiative_id),
            (search.lead_id, lambda: one.lead_id == search.lead_id),
            (search.theme, lambda: search.theme in (one.themes or (NO_THEME,))),
            (search.doer, lambda: any(doer.code == search.doer for doer in one.doers)),
        )
        return all(holds() for what, holds in asked if what) and _has(one, wanted)

    return tuple(one for one in lines if fits(one))


def flagged(lines: Iterable[PortfolioLine], flag: Flag | None) -> tuple[PortfolioLine, ...]:
    """Give those with a flag; without one all."""
    return tuple(one for one in lines if flag is None or flag in one.flags)


def counted(lines: Sequence[PortfolioLine]) -> dict[Flag | None, int]:
    """Count all and those with each flag."""
    found: dict[Flag | None, int] = {None: len(lines)}
    return found | {flag: sum(flag in one.flags for one in lines) for flag in Flag}


def grouped(
    lines: Iterable[PortfolioLine], grouping: Grouping, themes: Mapping[str, str]
) -> tuple[PortfolioGroup, ...]:
    """Put roadmaps together in the order of names, each group by its end.

    One of several themes stands in each of them; those without a theme stand last.
    """
    names: dict[str, str] = {}
    found: dict[str, list[PortfolioLine]] = {}
    for one in lines:
        for key, name in _keys(one, grouping, themes):
            names.setdefault(key, name)
            found.setdefault(key, []).append(one)
    order = sorted(found, key=lambda key: (not names[key], sort_key(names[key]), len(key), key))
    return tuple(
        PortfolioGroup(key, names[key], tuple(sorted(found[key], key=_by_end))) for key in order
    )


def _keys(
    one: PortfolioLine, grouping: Grouping, themes: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    match grouping:
        case Grouping.INITIATIVE:
            return ((str(one.initiative_id), one.line.initiative),)
        case Grouping.LEAD:
            return ((str(one.lead_id), one.lead),)
        case Grouping.THEME:
            return tuple((x, themes.get(x, x)) for x in one.themes) or ((NO_THEME, ""),)


def _by_end(one: PortfolioLine) -> tuple[date, int]:
    return one.line.finishes_on, one.id


def _has(one: PortfolioLine, words: Sequence[str]) -> bool:
    text = sort_key(f"{one.line.title} {one.line.initiative} {one.lead}")
    return all(word in text for word in words)

"""All roadmaps at once: what stands out, who leads and does them, who is asked for too much."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple, TypeVar

from accounts.service import person_names
from casework.domain.views import CaseBrief
from casework.service.seams import cases_told
from core.cache import remembered
from core.calendar import WorkCalendar, load_calendar
from core.catalogue import Item, list_items
from core.errors import DomainError
from core.i18n import sort_key
from core.permissions import Permission, scope
from core.revision import revision
from core.workspace import Transaction, Workspace
from roadmaps import store
from roadmaps.domain.laid import Laid, lay
from roadmaps.domain.people_load import Overload, doer_of, overloaded
from roadmaps.domain.portfolio import Asked, Person, asked, asked_by_dates
from roadmaps.domain.portfolio_lines import (
    Flag,
    PortfolioLine,
    PortfolioSearch,
    counted,
    flagged,
    flags_of,
    found_in,
)
from roadmaps.domain.roadmap import RoadmapLine
from roadmaps.domain.stalled import Signs, is_stalled, last_marks, reaching_back, signs_of
from roadmaps.service.common import AREA
from roadmaps.service.kept import centre_days

_LOOKED_BACK: Final = (4, 32, None)  # changes of a plan, from the latest; then all

K = TypeVar("K", int, str)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PortfolioView:
    """Everything the page of all roadmaps shows.

    `counts` are of the roadmaps found before a flag narrows them to `lines`; None counts all.
    What can be chosen comes by name, themes as the catalogue has them. Overloads stand beside
    the names of whom they are. `is_empty`: the centre has no roadmap yet.
    """

    today: date
    lines: tuple[PortfolioLine, ...]
    counts: Mapping[Flag | None, int]
    initiatives: Mapping[int, str]
    leads: Mapping[int, str]
    doers: Mapping[str, str]
    themes: tuple[Item, ...]
    overloads: tuple[tuple[str, Overload], ...]
    is_empty: bool = False


class _Facts(NamedTuple):
    """What the database counts of all roadmaps, whoever reads it."""

    lines: tuple[RoadmapLine, ...]
    signs: Mapping[int, Signs]
    people: Mapping[int, frozenset[Person]]


def view_portfolio(workspace: Workspace, search: PortfolioSearch | None = None) -> PortfolioView:
    """Show all roadmaps that the list of roadmaps would, the next to end first."""
    wanted = search or PortfolioSearch()
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_ROADMAP)
        every = _lines(tx)
        found = found_in(every, wanted)
        lines = flagged(found, wanted.flag)
        names = _names(tx, every)
        return PortfolioView(
            today=tx.today,
            lines=lines,
            counts=counted(found),
            initiatives=_by_name({x.initiative_id: x.line.initiative for x in every}),
            leads=_by_name({x.lead_id: x.lead for x in every}),
            doers=_by_name(names),
            themes=list_items(tx.db, "theme", active=False),
            overloads=_overloads(tx, every, {one.id for one in lines}, names),
            is_empty=not every,
        )


def export_portfolio(workspace: Workspace, search: PortfolioSearch) -> tuple[PortfolioLine, ...]:
    """Give the roadmaps found to be taken away as a file, and note that they were."""
    with workspace.transaction() as tx:
        workspace.require(Permission.VIEW_ROADMAP)
        workspace.require(Permission.EXPORT)
        lines = flagged(found_in(_lines(tx), search), search.flag)
        tx.audit("roadmap.portfolio_exported", "roadmaps", rows=len(lines))
    return lines


def asked_of_people(tx: Transaction, days: WorkCalendar) -> tuple[Asked, ...]:
    """Tell what each roadmap asks of each person in this week and those to come, in a transaction.

    A plan that cannot be scheduled any more, such as by a calendar that was taken away, asks
    for nothing.
    """
    monday = tx.today - timedelta(days=tx.today.weekday())

    def count() -> tuple[Asked, ...]:
        simple, others = store.list_asking(tx.db, days.code, monday)
        cells = (*asked_by_dates(simple, days), *asked(_laid(tx, others)))
        return tuple(cell for cell in cells if cell.week >= monday)

    return _kept(tx, ("roadmaps.asked", days), count)


class AtWork(NamedTuple):
    """A roadmap whose case is not closed."""

    initiative_id: int
    title: str


def roadmaps_at_work(tx: Transaction) -> dict[int, AtWork]:
    """Give the roadmaps whose cases are not closed, by id, in a transaction."""
    lines = _listed(tx)
    cases = cases_told(tx, {line.case_id for line in lines})
    return {
        line.id: AtWork(cases[line.case_id].initiative_id, line.title)
        for line in lines
        if cases[line.case_id].is_open
    }


def _laid(tx: Transaction, roadmap_ids: Collection[int]) -> dict[int, Laid]:
    found = {}
    for key, plan in store.load_plans(tx.db, roadmap_ids).items():
        with suppress(DomainError):
            found[key] = lay(plan, load_calendar(tx.db, plan.calendar_id))
    return found


def _kept(tx: Transaction, name: Hashable, count: Callable[[], T]) -> T:
    """Keep what all who may see roadmaps see alike, until a roadmap changes or the day ends."""
    reach = scope(tx.actor, Permission.VIEW_ROADMAP)
    return remembered(tx.db, (name, reach, tx.today, revision(tx.db, AREA)), count)


def _listed(tx: Transaction) -> tuple[RoadmapLine, ...]:
    return _kept(tx, "roadmaps.lines", lambda: store.list_roadmaps(tx.db, tx.today))


def _facts(tx: Transaction) -> _Facts:
    def day(at: datetime) -> date:
        return at.astimezone(tx.zone).date()

    def count() -> _Facts:
        wall = tx.now.astimezone(tx.zone).replace(tzinfo=None)
        made = {key: day(at) for key, at in store.list_made(tx.db).items()}
        marked = {key: day(at) for key, at in _last_marked(tx, made).items()}
        signs = signs_of(made, marked, store.list_actual_days(tx.db, wall))
        return _Facts(_listed(tx), signs, store.list_people(tx.db))

    return _kept(tx, "roadmaps.portfolio", count)


def _last_marked(tx: Transaction, roadmap_ids: Iterable[int]) -> dict[int, datetime]:
    """Give when progress was last marked on each roadmap; most tell it by their latest changes.

    Histories are long texts: the older ones are read only where the newer do not say it.
    """
    found: dict[int, datetime] = {}
    left = set(roadmap_ids)
    for newest in _LOOKED_BACK:
        if not left:
            break
        marks = store.list_work_marks(tx.db, left, newest)
        unsure = frozenset() if newest is None else reaching_back(marks)
        told = {key: at for key, at in last_marks(marks).items() if key not in unsure}
        found |= told
        left -= told.keys()
    return found


def _lines(tx: Transaction) -> tuple[PortfolioLine, ...]:
    facts = _facts(tx)
    cases = cases_told(tx, {line.case_id for line in facts.lines})
    leads = person_names(tx, {case.lead_id for case in cases.values()})
    found = (_line(one, facts, cases[one.case_id], leads, tx.today) for one in facts.lines)
    return tuple(sorted(found, key=lambda one: (one.line.finishes_on, one.id)))


def _line(
    line: RoadmapLine, facts: _Facts, case: CaseBrief, leads: Mapping[int, str], today: date
) -> PortfolioLine:
    signs = facts.signs[line.id]
    doers = (doer_of(x, case.initiative_id) for x in facts.people.get(line.id, ()))
    return PortfolioLine(
        line=replace(line, initiative=case.initiative),
        initiative_id=case.initiative_id,
        lead_id=case.lead_id,
        lead=leads.get(case.lead_id, ""),
        is_at_work=case.is_open,
        themes=case.themes,
        doers=tuple(sorted(doers, key=lambda doer: doer.code)),
        done_on=signs.done_on,
        flags=flags_of(line, today, is_stalled=is_stalled(line, signs, today)),
    )


def _names(tx: Transaction, every: Iterable[PortfolioLine]) -> dict[str, str]:
    """Name all who are responsible for tasks, by their codes; bare names with the initiative."""
    doers = {doer: one.line.initiative for one in every for doer in one.doers}
    known = person_names(tx, {x.person_id for x in doers if x.person_id is not None})
    return {
        x.code: f"{x.name} ({initiative})" if x.person_id is None else known.get(x.person_id, "")
        for x, initiative in doers.items()
    }


def _overloads(
    tx: Transaction,
    every: Sequence[PortfolioLine],
    shown: Collection[int],
    names: Mapping[str, str],
) -> tuple[tuple[str, Overload], ...]:
    """Tell who is asked for too much by all roadmaps at work, if one of those shown asks them."""
    at_work = {one.id: one.initiative_id for one in every if one.is_at_work}
    days = centre_days(tx)
    found = overloaded(asked_of_people(tx, days), at_work, days)
    told = ((names.get(x.doer.code) or x.doer.name, x) for x in found)
    return tuple(
        sorted(
            (pair for pair in told if not pair[1].roadmaps.isdisjoint(shown)),
            key=lambda pair: (sort_key(pair[0]), pair[1].demand.week),
        )
    )


def _by_name(found: Mapping[K, str]) -> dict[K, str]:
    return dict(sorted(found.items(), key=lambda pair: sort_key(pair[1])))

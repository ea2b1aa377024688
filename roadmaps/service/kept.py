"""Plans and their schedules, kept in memory between requests.

A version of a roadmap never comes back with another content; what else answers stand on (the
centre's calendar, today, people's names) is asked for anew each time. When a backup is put back,
a version may come again: the moment of its saving tells the two apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final, TypeAlias

from sqlalchemy.engine import Engine

from core.cache import Shelf
from core.calendar import WorkCalendar
from core.workspace import Transaction
from roadmaps import store
from roadmaps.domain.calendar import WorkingDays
from roadmaps.domain.chain import Mark
from roadmaps.domain.laid import Laid, lay
from roadmaps.domain.layout import Look, gantt_layout
from roadmaps.domain.layout_data import Drawn, Written, drawn
from roadmaps.domain.outcome import Outcome, outcome
from roadmaps.domain.plan import Plan
from roadmaps.domain.portfolio import Demand, asked_too_much
from roadmaps.domain.roadmap import PlanEdit, Roadmap
from roadmaps.domain.why import Reason, why

_PLANS: Final = 32
_VERSIONS: Final = 16
_LOOKS: Final = 32  # people have windows of different widths
_Key: TypeAlias = tuple[int, int, datetime | None]


@dataclass(frozen=True)
class Version:
    """One version of a roadmap: its plan over the calendar, and the change that led to it."""

    roadmap: Roadmap
    laid: Laid
    marks: tuple[Mark, ...]
    centre: WorkingDays  # by which people have their time
    made: PlanEdit | None = None
    outcome: Outcome | None = None

    @cached_property
    def asked(self) -> Mapping[int, Demand]:
        """The weeks in which this plan asks people for too much, by task."""
        return asked_too_much(self.laid, self.centre)

    @cached_property
    def reasons(self) -> Mapping[int, tuple[Reason, ...]]:
        """Why every task stands where it does."""
        return why(self.laid)


_plans: Final = Shelf[_Key, Plan](_PLANS)
_laid: Final = Shelf[tuple[_Key, WorkingDays], Laid](_PLANS)
_versions: Final = Shelf[tuple[_Key, WorkingDays, WorkingDays], Version](_VERSIONS)
_drawn: Final = Shelf[tuple[_Key, WorkingDays, Look, date], Drawn](_LOOKS)
_written: Final = Shelf[tuple[int, Look], Written](_LOOKS)


def load(tx: Transaction, roadmap_id: int, *, lock: bool = False) -> tuple[Roadmap, Plan]:
    """Load a roadmap and its plan, unless this version is known; before anything is written.

    Raises `NotFoundError` if there is none, or it was removed.
    """
    roadmap = store.load_head(tx.db, roadmap_id, lock=lock)
    return roadmap, load_rest(tx, roadmap)


def load_rest(tx: Transaction, roadmap: Roadmap) -> Plan:
    """Load the plan of a roadmap whose head is loaded, unless this version is known."""
    engine, key = _engine(tx), _key(roadmap)
    plan = _plans.find(engine, key)
    return plan or _plans.keep(engine, key, store.load_tasks(tx.db, roadmap.id))


def lay_loaded(tx: Transaction, roadmap: Roadmap, plan: Plan) -> Laid:
    """Schedule a plan that `load` gave over its calendar, unless that is known."""
    days = _days_of(tx, plan)
    engine, key = _engine(tx), (_key(roadmap), days)
    found = _laid.find(engine, key)
    if found is None or found.plan is not plan:
        found = _laid.keep(engine, key, lay(plan, days))
    return found


def lay_both(tx: Transaction, before: Plan, after: Laid) -> tuple[Laid, Laid]:
    """Schedule a plan as it was beside what it is, each over its calendar."""
    now = after.plan
    is_same = (before.calendar_id, before.own_calendar) == (now.calendar_id, now.own_calendar)
    return lay(before, after.when.days if is_same else _days_of(tx, before)), after


def load_version(tx: Transaction, roadmap: Roadmap, plan: Plan) -> Version:
    """Give what `load` gave with its schedule and its latest change, unless that is known."""
    laid, centre = lay_loaded(tx, roadmap, plan), centre_days(tx)
    engine, key = _engine(tx), (_key(roadmap), laid.when.days, centre)
    found = _versions.find(engine, key)
    if found is None:
        found = _versions.keep(engine, key, _version(tx, roadmap, laid, centre))
    return found


def keep_version(engine: Engine, version: Version) -> None:
    """Keep what a transaction made, once it is committed."""
    key, days = _key(version.roadmap), version.laid.when.days
    _plans.keep(engine, key, version.laid.plan)
    _laid.keep(engine, (key, days), version.laid)
    _versions.keep(engine, (key, days, version.centre), version)


def draw(engine: Engine, version: Version, look: Look, today: date) -> Drawn:
    """Lay the geometry of a version that is committed out, unless it was asked for before."""
    laid = version.laid
    key = (_key(version.roadmap), laid.when.days, look, today)
    found = _drawn.find(engine, key)
    if found is None:
        layout = gantt_layout(laid, today, look)
        last = (version.roadmap.id, look)
        found, written = drawn(layout, _written.find(engine, last))
        _written.keep(engine, last, written)
        _drawn.keep(engine, key, found)
    return found


def centre_days(tx: Transaction) -> WorkCalendar:
    """Load the calendar of the centre, by which people have their time, in a transaction."""
    return tx.calendar(tx.centre.calendar)


def _version(tx: Transaction, roadmap: Roadmap, laid: Laid, centre: WorkingDays) -> Version:
    marks = store.list_marks(tx.db, roadmap.id)
    if not marks:
        return Version(roadmap, laid, marks, centre)
    made = store.load_edit(tx.db, roadmap.id, marks[-1].seq)
    both = lay_both(tx, made.backward.step(laid.plan), laid)
    return Version(roadmap, laid, marks, centre, made, outcome(made.seq, *both))


def _days_of(tx: Transaction, plan: Plan) -> WorkingDays:
    return plan.own_calendar or tx.calendar(plan.calendar_id)


def _key(roadmap: Roadmap) -> _Key:
    return roadmap.id, roadmap.version, roadmap.changed_at


def _engine(tx: Transaction) -> Engine:
    return tx.db.get_bind().engine

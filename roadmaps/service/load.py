"""Who of one roadmap has how much to do when, alone and with all their other roadmaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.service import person_names
from casework.service import case_guard
from casework.service.seams import initiative_of
from core.i18n import sort_key
from core.permissions import Permission
from core.workspace import Workspace
from roadmaps import store
from roadmaps.domain.laid import lay
from roadmaps.domain.people_load import PersonLoad, doer_of, loads, weeks_between
from roadmaps.domain.portfolio import Asked, Person, asked_by_tasks
from roadmaps.service.common import time_of
from roadmaps.service.kept import centre_days
from roadmaps.service.portfolio import AtWork, asked_of_people, roadmaps_at_work


@dataclass(frozen=True, slots=True)
class LoadView:
    """The weeks of a roadmap from this one on, and what people are asked for in each.

    `titles` are those of the other roadmaps that ask them too. `unasked` counts the tasks that
    are still to be done and name nobody.
    """

    weeks: Sequence[date]
    people: tuple[PersonLoad, ...]
    titles: Mapping[int, str]
    unasked: int


def view_load(workspace: Workspace, *, roadmap_id: int) -> LoadView:
    """Show what a roadmap asks of its people in this week and those to come, by name.

    All roadmaps whose cases are not closed count beside it; somebody known by name alone is
    looked for in the roadmaps of the same initiative.
    """
    with workspace.reading() as tx:
        roadmap, plan = store.load_plan(tx.db, roadmap_id)
        workspace.require(Permission.VIEW_ROADMAP, case_guard(tx, roadmap.case_id))
        monday = tx.today - timedelta(days=tx.today.weekday())
        initiative = initiative_of(tx, roadmap.case_id)
        laid = lay(plan, time_of(tx, plan).days)
        own = [cell for cell in asked_by_tasks(laid) if cell.week >= monday]
        days = centre_days(tx)
        at_work = roadmaps_at_work(tx)
        cells = asked_of_people(tx, days)
        others = [x for x in cells if x.key != roadmap_id and _is_other(x, at_work, initiative)]
        found = loads(own, others, days)
        names = person_names(tx, {person for person in found if isinstance(person, int)})
        people = [
            PersonLoad(doer_of(person, initiative), _name(person, names), weeks)
            for person, weeks in found.items()
        ]
        helped = {x.task_id for x in plan.assignments}
        unasked = sum(
            not (task.responsible_id or task.responsible or task.id in helped)
            for task in plan.tasks
            if task.id not in plan.stages and task.duration and task.done_percent < 100  # noqa: PLR2004 — per cent
        )
        return LoadView(
            weeks_between(cell.week for cell in own),
            tuple(sorted(people, key=lambda x: (sort_key(x.name), x.doer.code))),
            {cell.key: at_work[cell.key].title for cell in others},
            unasked,
        )


def _is_other(cell: Asked, at_work: Mapping[int, AtWork], initiative: int) -> bool:
    """Tell whether a roadmap asks the same person: a bare name is one within its initiative."""
    known = at_work.get(cell.key)
    if known is None:
        return False
    return isinstance(cell.person, int) or known.initiative_id == initiative


def _name(person: Person, names: Mapping[int, str]) -> str:
    return names.get(person, "") if isinstance(person, int) else person

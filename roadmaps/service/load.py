"""Who of one roadmap has how much to do when, alone and with all their other roadmaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.service import person_names
from casework.service import case_guard
from casework.service.seams import initiative_of
from core.i18n import sort_key
from core.permissions import Permission
from core.workspace import Transaction, Workspace
from roadmaps import store
from roadmaps.domain.laid import lay
from roadmaps.domain.people_load import PersonLoad, doer_of, loads, weeks_between
from roadmaps.domain.portfolio import Asked, Person, asked_by_tasks
from roadmaps.service.common import time_of
from roadmaps.service.portfolio import (
    asked_of_people,
    centre_days,
    initiatives_at_work,
    roadmap_titles,
)


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
        others = _others(tx, asked_of_people(tx, days), roadmap_id, initiative)
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
            roadmap_titles(tx, {cell.key for cell in others}),
            unasked,
        )


def _others(
    tx: Transaction, cells: Sequence[Asked], roadmap_id: int, initiative: int
) -> list[Asked]:
    at_work = initiatives_at_work(tx)
    return [
        cell
        for cell in cells
        if cell.key != roadmap_id
        and cell.key in at_work
        and (isinstance(cell.person, int) or at_work[cell.key] == initiative)
    ]


def _name(person: Person, names: Mapping[int, str]) -> str:
    return names.get(person, "") if isinstance(person, int) else person

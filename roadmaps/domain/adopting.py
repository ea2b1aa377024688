"""A plan from a file made fit to be kept here."""

from collections.abc import Iterator
from dataclasses import replace

from roadmaps.domain.plan import PERSON_LIMIT, TITLE_LIMIT, UID_LIMIT, Plan, Task, clean
from roadmaps.domain.taking import is_of_case


def adopted(plan: Plan) -> tuple[Plan, int]:
    """Give the plan as the centre can keep it, and how many names of people it cannot know.

    Texts are put in one line, names for exchange files made one of a kind; those by which the
    steps and needs of a case are known are left out, being of another case or centre. So are
    ids of people, who are those of the centre that wrote the file; their names stay.
    """
    used = set[str]()
    strangers = sum(task.responsible_id is not None for task in plan.tasks)
    tasks = tuple(_task(task, used) for task in plan.tasks)
    baselines = tuple(
        replace(x, title=clean(x.title)[:TITLE_LIMIT], taken_by=None) for x in plan.baselines
    )
    resources = tuple(replace(x, title=clean(x.title)[:PERSON_LIMIT]) for x in plan.resources)
    calendars = tuple(replace(x, title=clean(x.title)[:TITLE_LIMIT]) for x in plan.calendars)
    kept = replace(plan, tasks=tasks, baselines=baselines, resources=resources, calendars=calendars)
    return kept, strangers


def _task(task: Task, used: set[str]) -> Task:
    uid = next(name for name in _names(clean(task.uid)[:UID_LIMIT]) if name not in used)
    if uid:
        used.add(uid)
    title, responsible = clean(task.title), clean(task.responsible)
    return replace(task, title=title, responsible=responsible, uid=uid, responsible_id=None)


def _names(uid: str) -> Iterator[str]:
    if not is_of_case(uid):
        yield uid
    yield ""

"""Act out the roadmaps: made of templates, followed step by step, their needs met."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Final

from casework.service import NeedState
from dashboards.demo.checks import Check
from dashboards.demo.content import Row, templates
from dashboards.demo.lives import CaseStory, InitiativeStory
from dashboards.demo.stage import Act, Frame, Stage, moment, working_day
from roadmaps.domain.edits import Batch, ChangeTask
from roadmaps.domain.plan import Plan, Task
from roadmaps.domain.roadmap import PlanView
from roadmaps.domain.table import Row as PlanRow
from roadmaps.domain.table import plan_of
from roadmaps.service import NewPlan, answer_need, create_roadmap, edit_plan, view_plan

_SHARE: Final = 2 / 3
"""Roadmaps per initiative."""
_NOW: Final = 0.4
"""The share of them that is still under way."""
_LOOKS: Final = (12, 26, 45, 70, 100, 150)
"""After how many days somebody marks what is done [d]."""


@dataclass(frozen=True, slots=True)
class PlanStory:
    """One roadmap as drawn."""

    key: str
    case: CaseStory
    made_on: date
    row: int
    need: str


def draw_plans(
    frame: Frame, lives: Sequence[InitiativeStory], checks: Sequence[Check]
) -> tuple[PlanStory, ...]:
    """Draw forty roadmaps of sixty initiatives; the latest are under way."""
    rng = frame.options.random("plans")
    cases = [case for life in lives for case in life.cases]
    first = {check.case.key: check for check in checks if check.gain == 0 and check.is_finished}
    count = max(round(frame.options.initiatives * _SHARE), 1)
    recent = round(count * _NOW)
    now = [case for case in cases if _fits(frame, case, frame.today - timedelta(days=4))]
    chosen = [(case, _recent(frame, rng, case)) for case in _some(rng, now, recent)]
    taken = {case.key for case, _day in chosen}
    past = [case for case in cases if case.key not in taken]
    chosen += [(case, _early(frame, rng, case)) for case in _some(rng, past, count - len(chosen))]
    return tuple(
        PlanStory(f"roadmap of {case.key}", case, day, _title(frame, rng, number), need)
        for number, (case, day) in enumerate(sorted(chosen, key=lambda each: each[1]))
        for need in [_need(first, case, day)]
    )


def _some(rng: Random, cases: list[CaseStory], count: int) -> list[CaseStory]:
    return rng.sample(cases, min(count, len(cases)))


def _fits(frame: Frame, case: CaseStory, day: date) -> bool:
    return case.is_at_work(day) and case.opened_on < frame.today - timedelta(days=25)


def _recent(frame: Frame, rng: Random, case: CaseStory) -> date:
    earliest = case.opened_on + timedelta(days=10)
    day = frame.today - timedelta(days=rng.randint(6, 60))
    return working_day(frame, max(day, earliest))


def _early(frame: Frame, rng: Random, case: CaseStory) -> date:
    """Give a day some weeks after the beginning, and before an end."""
    day = working_day(frame, case.opened_on + timedelta(days=rng.randint(30, 75)))
    return min(day, frame.calendar.add(frame.today, -2), case.ends_on or frame.today)


def _title(frame: Frame, rng: Random, number: int) -> int:
    titles = len(frame.content.rows("roadmaps"))
    return (number * 5 + rng.randrange(3)) % titles


def _need(first: dict[str, Check], case: CaseStory, day: date) -> str:
    check = first.get(case.key)
    return f"need 0 of {check.key}" if check and check.day < day else ""


def roadmaps(frame: Frame, plans: Sequence[PlanStory]) -> Iterator[Act]:
    """Give the acts of making each roadmap and of marking what is done."""
    rng = frame.options.random("roadmaps")
    for story in plans:
        yield Act(moment(story.made_on, 16, 10), partial(_make, story))
        for look in _LOOKS:
            day = working_day(frame, story.made_on + timedelta(days=look + rng.randint(-3, 3)))
            if day < frame.today and day < (story.case.ends_on or frame.today):
                yield Act(moment(day, 16, 40), partial(_follow, story, rng.randrange(10**6)))
        if story.made_on < frame.today - timedelta(days=200):
            day = working_day(frame, story.made_on, 110)
            yield Act(moment(day, 16, 50), partial(_finish, story))


def _make(story: PlanStory, stage: Stage) -> None:
    rng = stage.frame.options.random(story.key)
    content = stage.content
    row = content.rows("roadmaps")[story.row]
    case = story.case
    people = [content.rows("leaders")[case.initiative]["name"]]
    people += [rng.choice(content.rows("members"))["name"] for _ in range(3)]
    consultant = stage.person(case.lead)
    rows = [_task(rng, task, people, consultant) for task in templates(content)[row["template"]]]
    starts_on = working_day(stage.frame, story.made_on, 1)
    new = NewPlan(
        case_id=stage.made[case.key],
        title=row["title"],
        plan=plan_of(Plan(starts_on), rows),
        need_id=stage.made.get(story.need),
    )
    stage.made[story.key] = create_roadmap(stage.desk(case.lead), new=new)


def _task(rng: Random, row: Row, people: Sequence[str], consultant: int) -> PlanRow:
    days = int(row["days"])
    varied = max(round(days * rng.uniform(0.7, 1.5)), 1) if days else 0
    helps, leads = rng.random() < 0.15, rng.random() < 0.4
    who = people[0] if leads else rng.choice(people)
    return PlanRow(
        number=int(row["number"]),
        title=row["title"],
        duration=varied,
        waits="; ".join(row["waits"].split()),
        responsible="" if helps else who,
        responsible_id=consultant if helps else None,
        part_of=int(row["part_of"]) if row["part_of"] else None,
    )


def _follow(story: PlanStory, seed: int, stage: Stage) -> None:
    """Mark what is done by today, and let one task in eight take longer."""
    rng = stage.frame.options.random(f"{story.key} {seed}")
    desk, roadmap_id = stage.desk(story.case.lead), stage.made[story.key]
    view = view_plan(desk, roadmap_id=roadmap_id)
    edits = [
        ChangeTask(changed)
        for task in view.plan.tasks
        if task.id not in view.plan.stages
        for changed in [_moved(rng, view, task)]
        if changed != task
    ]
    if edits:
        version = view.roadmap.version
        edit_plan(desk, roadmap_id=roadmap_id, edit=Batch(tuple(edits)), version=version)


def _moved(rng: Random, view: PlanView, task: Task) -> Task:
    span, luck = view.spans[task.id], rng.random()
    if task.done_percent == 100 or span.start.date() > view.today:
        return task
    if span.finish.date() < view.today:
        return replace(task, done_percent=100 if luck < 0.88 else 80)
    if luck < 0.12 and not task.is_milestone:
        return replace(task, duration=task.duration + 2)
    return replace(task, done_percent=max(task.done_percent, rng.choice((10, 30, 50, 70))))


def _finish(story: PlanStory, stage: Stage) -> None:
    """Bring an old plan to its end; the need that it answered is met."""
    desk, roadmap_id = stage.desk(story.case.lead), stage.made[story.key]
    view = view_plan(desk, roadmap_id=roadmap_id)
    edits = [
        ChangeTask(replace(task, done_percent=100))
        for task in view.plan.tasks
        if task.id not in view.plan.stages and task.done_percent < 100
    ]
    if edits:
        version = view.roadmap.version
        edit_plan(desk, roadmap_id=roadmap_id, edit=Batch(tuple(edits)), version=version)
    if view.need_is_open:
        answer_need(desk, roadmap_id=roadmap_id, state=NeedState.MET)

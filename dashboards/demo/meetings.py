"""Act out the consultations: planned, held, written up, missed, with what was agreed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Final

from casework.domain.consultation import CONFIDENTIAL, Draft, Topic
from casework.domain.step import NewStep
from casework.service import (
    cancel_consultation,
    mark_no_show,
    plan_consultation,
    record_consultation,
    tick_step,
    write_up_consultation,
)
from casework.store import list_steps_of
from dashboards.demo.agenda import Course, Meeting
from dashboards.demo.content import Content
from dashboards.demo.stage import Act, Frame, Stage, moment, working_day

_STEPS: Final = (0, 0, 0, 1, 1, 2)
_RESPONSIBLE: Final = (None, None, 1)
"""Two of three steps are the initiative's own; 1 stands for the consultant."""
_RECENT: Final = timedelta(days=35)


def consultations(frame: Frame, agenda: Sequence[Meeting]) -> Iterator[Act]:
    """Give every act of planning, writing up and ticking off."""
    rng = frame.options.random("consultations")
    for number, meeting in enumerate(agenda):
        key = f"consultation {number}"
        note = _note(frame.content, rng, meeting.topics[0])
        steps = _steps(frame, rng, meeting)
        if meeting.planned_on is not None:
            yield Act(moment(meeting.planned_on, 17, 30), partial(_plan, meeting, key))
        match meeting.course:
            case Course.HELD:
                yield Act(_over(meeting), partial(_hold, meeting, key, (note, steps)))
            case Course.CANCELLED:
                yield Act(moment(meeting.day, 9, 5), partial(_cancel, meeting, key))
            case Course.NO_SHOW:
                yield Act(_over(meeting), partial(_miss, meeting, key))
        if steps and meeting.course is Course.HELD:
            yield from _ticks(frame, rng, (meeting, key), steps)


def _over(meeting: Meeting) -> datetime:
    begun = moment(meeting.day, meeting.starts_at.hour, meeting.starts_at.minute)
    return begun + timedelta(minutes=max(p.contact for p in meeting.people) + 20)


def _draft(stage: Stage, meeting: Meeting) -> Draft:
    return Draft(
        held_on=meeting.day,
        topics=frozenset(meeting.topics),
        consultants=tuple(p.work(stage.person(p.key)) for p in meeting.people),
        starts_at=meeting.starts_at,
        audience=meeting.audience,
        form=meeting.form,
        cases=frozenset(stage.made[key] for key in meeting.cases),
        expected_minutes=60,
    )


def _plan(meeting: Meeting, key: str, stage: Stage) -> None:
    desk = stage.desk(meeting.people[0].key)
    stage.made[key] = plan_consultation(desk, draft=_draft(stage, meeting))


def _hold(
    meeting: Meeting, key: str, written: tuple[str, tuple[NewStep, ...]], stage: Stage
) -> None:
    """Write a meeting up, and remember the ids of its steps."""
    desk = stage.desk(meeting.people[0].key)
    own = stage.person(meeting.people[0].key)
    steps = tuple(replace(step, responsible_id=step.responsible_id and own) for step in written[1])
    draft = replace(_draft(stage, meeting), note=written[0], steps=steps)
    if meeting.planned_on is None:
        stage.made[key] = record_consultation(desk, draft=draft)
    else:
        write_up_consultation(desk, consultation_id=stage.made[key], version=1, draft=draft)
    if written[1]:
        with desk.reading() as tx:
            made = list_steps_of(tx.db, ("consultation", stage.made[key]))
        for number, step_id in enumerate(sorted(step.id for step in made)):
            stage.made[f"step {number} of {key}"] = step_id


def _cancel(meeting: Meeting, key: str, stage: Stage) -> None:
    desk = stage.desk(meeting.people[0].key)
    cancel_consultation(desk, consultation_id=stage.made[key])


def _miss(meeting: Meeting, key: str, stage: Stage) -> None:
    mark_no_show(stage.desk(meeting.people[0].key), consultation_id=stage.made[key])


def _note(content: Content, rng: Random, topic: Topic) -> str:
    situation = content.drawn(rng, "notes", topic=topic.value, part="situation")["text"]
    work = content.drawn(rng, "notes", topic=topic.value, part="work")["text"]
    end = content.drawn(rng, "notes", topic="any", part="end")["text"]
    return f"{situation} {work}\n{end}"


def _steps(frame: Frame, rng: Random, meeting: Meeting) -> tuple[NewStep, ...]:
    """Agree on up to two steps; a private talk leaves none on the desk of others."""
    if set(meeting.topics) & CONFIDENTIAL:
        return ()
    rows: list[Mapping[str, str]] = []
    for topic in meeting.topics:
        rows += frame.content.rows("steps", topic=topic.value)
    chosen = rng.sample(rows, min(rng.choice(_STEPS), len(rows)))
    return tuple(
        NewStep(
            row["text"],
            working_day(frame, meeting.day + timedelta(days=rng.randint(5, 24))),
            rng.choice(_RESPONSIBLE),
        )
        for row in chosen
    )


def _ticks(
    frame: Frame, rng: Random, of: tuple[Meeting, str], steps: tuple[NewStep, ...]
) -> Iterator[Act]:
    """Do nearly every step around its day; of the latest ones some are still open."""
    meeting, key = of
    for number, step in enumerate(steps):
        due = step.due_on or meeting.day
        done = _done_on(frame, rng, meeting.day, due)
        if done is not None:
            work = partial(_tick, meeting.people[0].key, f"step {number} of {key}")
            yield Act(moment(done, 18, 40), work)


def _done_on(frame: Frame, rng: Random, agreed: date, due: date) -> date | None:
    luck, late = rng.random(), rng.choice((-2, -1, 0, 0, 0, 1, 3, 9))
    done = working_day(frame, max(due + timedelta(days=late), agreed + timedelta(days=1)))
    is_recent = agreed > frame.today - _RECENT
    if done >= frame.today or (is_recent and luck < 0.3):
        return None
    return done


def _tick(by: str, key: str, stage: Stage) -> None:
    tick_step(stage.desk(by), step_id=stage.made[key])

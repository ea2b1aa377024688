"""The picture of a plan for its editor: geometry, and all words in the reader's language."""

import json
from collections.abc import Hashable, Mapping
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

from core.i18n import Translator
from roadmaps.domain.axis_words import lower_label, upper_label
from roadmaps.domain.broken import missed_by
from roadmaps.domain.desk import Desk
from roadmaps.domain.edits import flat
from roadmaps.domain.edits_task import PlaceTask
from roadmaps.domain.field_words import told_constraint
from roadmaps.domain.history_words import sentence, told_edit, turned
from roadmaps.domain.layout import Bar, Shape
from roadmaps.domain.moves import Move
from roadmaps.domain.own_time import ahead_of
from roadmaps.domain.plan import PlanUnit, Task
from roadmaps.domain.portfolio import Demand
from roadmaps.domain.roadmap import LastChange, PlanEdit
from roadmaps.domain.terms import Constraint, Counting
from roadmaps.domain.why_words import (
    stretch,
    told_because,
    told_by,
    told_effect,
    told_move,
    told_reasons,
)

Data: TypeAlias = dict[str, Any]
MOVES_TOLD: Final = 30
_WHOLE: Final = 100
_KEPT: Final = 16_384
_whys: Final[dict[Hashable, str]] = {}  # what is said of reasons, without the plans they are of


def picture_text(desk: Desk, _: Translator) -> str:
    """Give what the editor draws and says, as JSON."""
    axis = desk.drawn.axis
    found: Data = {
        "roadmap": desk.roadmap.id,
        "version": desk.roadmap.version,
        "stamp": desk.stamp,
        "mayEdit": desk.may_edit,
        "unit": desk.laid.plan.unit.value,
        "axis": {
            "upper": [upper_label(axis, cell, _) for cell in axis.upper],
            "lower": [lower_label(axis, cell, _) for cell in axis.lower],
        },
        "undo": _step(desk, desk.undo, _),
        "redo": _step(desk, desk.redo and turned(desk.redo), _),
        "undoSeq": desk.undo and desk.undo.seq,
        "redoSeq": desk.redo and desk.redo.seq,
        "head": _head(desk, _),
        "change": None if desk.change is None else _change(desk, desk.change, _),
    }
    if desk.added:
        found["added"] = list(desk.added)
    rest = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    rows = ",".join(_row(desk, bar, _) for bar in desk.drawn.bars)
    return f'{rest[:-1]},"rows":{{{rows}}},"layout":{desk.drawn.text}}}'


class _Facts(NamedTuple):
    """All that the words of a row stand on."""

    id: int
    number: int
    title: str
    shape: Shape
    unit: PlanUnit
    first: datetime
    last: datetime
    length: int
    counting: Counting
    spare: int
    spare_in: Counting
    is_critical: bool
    done: int
    who: str
    deadline: datetime | None
    missed: timedelta | None
    bound: Constraint | None
    asked: Demand | None
    why: str


def _row(desk: Desk, bar: Bar, _: Translator) -> str:
    task, slot = bar.task, bar.slot
    is_missed = task.deadline is not None and task.done_percent < _WHOLE
    facts = _Facts(
        task.id,
        task.position,
        task.title,
        bar.shape,
        desk.laid.plan.unit,
        bar.span.start,
        bar.span.finish,
        *bar.takes,
        slot.total_float,
        bar.float_in,
        slot.is_critical,
        task.done_percent,
        desk.people.get(task.responsible_id or 0, task.responsible),
        task.deadline,
        missed_by(desk.laid, task) if is_missed else None,
        task.constraint,
        desk.asked.get(task.id),
        _why(desk, task, _),
    )
    return _row_text(facts, _)


# After a change most rows say what they said before.
@lru_cache(maxsize=_KEPT)
def _row_text(facts: _Facts, _: Translator) -> str:
    marks = {
        "deadline": _deadline(facts, _),
        "bound": told_constraint(_, facts.bound) if facts.bound else "",
        "asked": _asked(facts, _),
    }
    words = {
        "when": _when(facts, _),
        "length": _length(facts, _),
        "float": _short(_, facts.spare, facts.unit),
        "who": facts.who,
        "why": facts.why,
        "label": _label(facts, marks, _),
        **{name: told for name, told in marks.items() if told},
    }
    return f'"{facts.id}":{json.dumps(words, ensure_ascii=False, separators=(",", ":"))}'


def _why(desk: Desk, task: Task, _: Translator) -> str:
    """Say why a task stands where it does, and past what a hand has put it."""
    plan, reasons = desk.laid.plan, desk.reasons.get(task.id, ())
    ahead = ahead_of(desk.laid, task)[:1]
    links = [*(x.link for x in reasons if x.link is not None), *ahead]
    titles = tuple(plan.by_id[link.predecessor].title for link in links)
    calendar = next((x.title for x in plan.calendars if x.id == task.calendar), task.calendar)
    key = (_, reasons, titles, calendar, task.counting, task.progress, plan.unit, plan.starts_on)
    known = _whys.get(key)
    if known is not None:
        return known
    told = told_reasons(_, plan, task, reasons)
    told += [_("earlier than “{task}” lets it", task=titles[-1])] if ahead else []
    if len(_whys) >= _KEPT:
        _whys.clear()
    return _whys.setdefault(key, "; ".join(told))


def _when(facts: _Facts, _: Translator, *, is_full: bool = False) -> str:
    first, last = facts.first, facts.last
    if facts.unit is PlanUnit.DAY:
        return _.days(first.date(), last.date(), is_full=is_full)
    if first.date() == last.date():
        hours = f"{first:%H:%M}" if first == last else f"{first:%H:%M}–{last:%H:%M}"
        return f"{_.days(first.date(), first.date(), is_full=is_full)}, {hours}"
    ends = (f"{_.days(x.date(), x.date(), is_full=is_full)}, {x:%H:%M}" for x in (first, last))
    return " – ".join(ends)


def _length(facts: _Facts, _: Translator) -> str:
    if facts.shape is Shape.MILESTONE:
        return _("milestone")
    if facts.counting is Counting.WORKING:
        return _short(_, facts.length, facts.unit)
    return stretch(_, facts.length, facts.unit, facts.counting)


def _short(_: Translator, units: int, unit: PlanUnit) -> str:
    """Say an amount of working time where there is little room."""
    if unit is not PlanUnit.DAY:
        return _.hours(units * unit.minutes)
    return ("−" if units < 0 else "") + _.plural("{n} day", "{n} days", abs(units))


def _label(facts: _Facts, marks: Mapping[str, str], _: Translator) -> str:
    """Say all about a row, for those who hear it."""
    is_stage = facts.shape is Shape.STAGE
    lasts = stretch(_, facts.length, facts.unit, facts.counting)
    spare = _("float {amount}", amount=stretch(_, facts.spare, facts.unit, facts.spare_in))
    parts = [
        f"{facts.number}. {facts.title}",
        _("stage") if is_stage else "",
        _when(facts, _, is_full=True),
        _("milestone") if facts.shape is Shape.MILESTONE else lasts,
        _("on the critical path") if facts.is_critical else spare,
        "" if is_stage else _("done {share}", share=_.percent(facts.done / _WHOLE)),
        facts.who,
        *marks.values(),
    ]
    return ", ".join(part for part in parts if part)


def _deadline(facts: _Facts, _: Translator) -> str:
    at = facts.deadline
    if at is None:
        return ""
    day = _.days(at.date(), at.date())
    told = _("by {day}", day=day if at.time() == time() else f"{day}, {at:%H:%M}")
    if facts.missed is None:
        return told
    return told + _(": missed, it ends {amount}", amount=told_by(_, facts.missed))


def _asked(facts: _Facts, _: Translator) -> str:
    if facts.asked is None:
        return ""
    return _(
        "{who}: this plan asks for {asked} in the week of {day}, and there are {has}",
        who=facts.who,
        asked=_.hours(facts.asked.minutes),
        has=_.hours(facts.asked.has),
        day=_.day(facts.asked.week),
    )


def _step(desk: Desk, edit: PlanEdit | None, _: Translator) -> str | None:
    return None if edit is None else told_edit(_, edit, desk.laid.plan)


def _head(desk: Desk, _: Translator) -> Data:
    plan, ends = desk.laid.plan, desk.laid.finish
    tasks = [task for task in plan.tasks if task.id not in plan.stages]
    whole = sum(task.duration for task in tasks)
    done = sum(task.duration * task.done_percent for task in tasks) / _WHOLE
    late = sum(
        task.done_percent < _WHOLE and desk.laid.span(task.id).last_day(plan.unit) < desk.today
        for task in tasks
    )
    told = _.days(ends.date(), ends.date())
    if plan.unit is not PlanUnit.DAY:
        told = f"{told}, {ends:%H:%M}"
    return {
        "ends": told if plan.tasks else "",
        "done": _.percent(done / whole if whole else 0.0),
        "late": late,
    }


def _change(desk: Desk, change: LastChange, _: Translator) -> Data:
    plan = desk.laid.plan
    moves = [x for x in change.outcome.moves if x.task_id not in plan.stages]
    titles = {task.id: task.title for task in plan.tasks}
    return {
        "seq": change.edit.seq,
        "mine": desk.is_mine,
        "who": change.name,
        "at": _at(desk, change.edit.made_at, _),
        "told": _told(desk, change.edit, _),
        "effect": _effect(desk, change, _),
        "moves": [
            {
                "id": move.task_id,
                "number": plan.task(move.task_id).position,
                "title": titles[move.task_id],
                "by": f"{told_move(_, move)}: {_dates(desk, move.task_id, _)}",
                "why": _why_moved(move, titles, _),
            }
            for move in moves[:MOVES_TOLD]
        ],
        "more": max(len(moves) - MOVES_TOLD, 0),
    }


def _why_moved(move: Move, titles: Mapping[int, str], _: Translator) -> str:
    """Say why a task moved, under its own name: of a change to itself it is not named again."""
    if move.through is None and move.because.task_id == move.task_id:
        return _.label(move.because.kind)
    return told_because(_, move, titles)


def _told(desk: Desk, edit: PlanEdit, _: Translator) -> str:
    """Tell a change; of one that takes another back, which one."""
    plan = desk.laid.plan
    if edit.undoes is None:
        return sentence(told_edit(_, edit, plan))
    if desk.is_again:
        return _("Done again: {what}", what=told_edit(_, edit, plan))
    return _("Undone: {what}", what=told_edit(_, turned(edit), plan))


def _dates(desk: Desk, task_id: int, _: Translator) -> str:
    return _.days(*desk.laid.span(task_id).days(desk.laid.plan.unit))


def _effect(desk: Desk, change: LastChange, _: Translator) -> str:
    """Say what a change did; where a hand's wish moved nothing, what holds the task."""
    plan, moves = desk.laid.plan, change.outcome.moves
    told = told_effect(_, change.outcome, change.edit.forward)
    placed = [x.task_id for x in flat(change.edit.forward) if isinstance(x, PlaceTask)]
    tasks = [plan.by_id[x] for x in placed if x in plan.by_id and x not in plan.stages]
    if not tasks:
        return told
    if not moves:
        return _("It stays where it stands: {reasons}.", reasons=_why(desk, tasks[0], _))
    if any(ahead_of(desk.laid, task) for task in tasks):
        return told.rstrip(".") + ". " + _("It stands earlier than its links let it.")
    return told


def _at(desk: Desk, made_at: datetime, _: Translator) -> str:
    """Say when a change was made: today by the clock, else with its day."""
    there = made_at.replace(tzinfo=made_at.tzinfo or UTC).astimezone(desk.zone)
    if there.date() == desk.today:
        return _("done at {time}", time=f"{there:%H:%M}")
    return f"{_.day(there.date())}, {there:%H:%M}"


def stale_data(shown: Mapping[str, Mapping[Any, object]], _: Translator) -> list[Data]:
    """Show the fields that two people changed: as it was, as wanted, as it is."""
    fields = list(dict.fromkeys(field for part in shown.values() for field in part))
    return [
        {
            "field": _.show(field),
            **{name: _.show(shown[name].get(field)) for name in ("original", "yours", "current")},
        }
        for field in fields
    ]

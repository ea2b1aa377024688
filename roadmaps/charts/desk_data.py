"""The picture of a plan for its editor: geometry, and all words in the reader's language."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any, Final, TypeAlias

from core.i18n import Translator
from roadmaps.domain.axis_words import lower_label, upper_label
from roadmaps.domain.broken import missed_by
from roadmaps.domain.desk import Desk
from roadmaps.domain.edits import flat
from roadmaps.domain.edits_task import PlaceTask
from roadmaps.domain.field_words import told_constraint
from roadmaps.domain.history_words import told_edit
from roadmaps.domain.layout import Bar, Shape
from roadmaps.domain.layout_data import layout_to_data
from roadmaps.domain.plan import PlanUnit
from roadmaps.domain.roadmap import LastChange, PlanEdit
from roadmaps.domain.terms import Counting
from roadmaps.domain.why import why
from roadmaps.domain.why_words import (
    stretch,
    told_by,
    told_cause,
    told_effect,
    told_move,
    told_reasons,
)
from roadmaps.domain.words import amount

Data: TypeAlias = dict[str, Any]
MOVES_TOLD: Final = 30
_WHOLE: Final = 100


def picture(desk: Desk, _: Translator) -> Data:
    """Turn a desk into what the editor draws and says."""
    axis = desk.layout.axis
    found = {
        "roadmap": desk.roadmap.id,
        "version": desk.roadmap.version,
        "mayEdit": desk.may_edit,
        "unit": desk.laid.plan.unit.value,
        "layout": layout_to_data(desk.layout),
        "axis": {
            "upper": [upper_label(axis, cell, _) for cell in axis.upper],
            "lower": [lower_label(axis, cell, _) for cell in axis.lower],
        },
        "rows": {str(bar.task.id): _row(desk, bar, _) for bar in desk.layout.bars},
        "undo": _step(desk, desk.undo, _),
        "redo": _step(desk, desk.redo and _again(desk.redo), _),
        "head": _head(desk, _),
        "change": None if desk.change is None else _change(desk, desk.change, _),
    }
    return {**found, "added": list(desk.added)} if desk.added else found


def _row(desk: Desk, bar: Bar, _: Translator) -> Data:
    unit, task = desk.laid.plan.unit, bar.task
    marks = {
        "deadline": _deadline(desk, bar, _),
        "bound": told_constraint(_, task.constraint) if task.constraint else None,
        "asked": _asked(desk, bar, _),
    }
    return {
        "when": _when(bar, unit, _),
        "length": _length(bar, unit, _),
        "float": _short(_, bar.slot.total_float, unit),
        "who": _who(desk, bar),
        "label": _label(desk, bar, [x for x in marks.values() if x], _),
        **{name: words for name, words in marks.items() if words},
    }


def _when(bar: Bar, unit: PlanUnit, _: Translator, *, is_full: bool = False) -> str:
    first, last = bar.span.start, bar.span.finish
    if unit is PlanUnit.DAY:
        return _.days(first.date(), last.date(), is_full=is_full)
    if first.date() == last.date():
        hours = f"{first:%H:%M}" if first == last else f"{first:%H:%M}–{last:%H:%M}"
        return f"{_.days(first.date(), first.date(), is_full=is_full)}, {hours}"
    ends = (f"{_.days(x.date(), x.date(), is_full=is_full)}, {x:%H:%M}" for x in (first, last))
    return " – ".join(ends)


def _length(bar: Bar, unit: PlanUnit, _: Translator) -> str:
    if bar.shape is Shape.MILESTONE:
        return _("milestone")
    length, counting = bar.takes
    if counting is Counting.WORKING:
        return _short(_, length, unit)
    return stretch(_, length, unit, counting)


def _short(_: Translator, units: int, unit: PlanUnit) -> str:
    """Say an amount of working time where there is little room."""
    if unit is PlanUnit.DAY:
        return _.plural("{n} day", "{n} days", units)
    return _.hours(units * unit.minutes)


def _who(desk: Desk, bar: Bar) -> str:
    return desk.people.get(bar.task.responsible_id or 0, bar.task.responsible)


def _label(desk: Desk, bar: Bar, marks: list[str], _: Translator) -> str:
    """Say all about a row, for those who hear it."""
    unit, slot, task = desk.laid.plan.unit, bar.slot, bar.task
    length, counting = bar.takes
    lasts = _("milestone") if bar.shape is Shape.MILESTONE else stretch(_, length, unit, counting)
    spare = (
        _("on the critical path")
        if slot.is_critical
        else _("float {amount}", amount=amount(_, slot.total_float, unit))
    )
    parts = [
        f"{task.position}. {task.title}",
        _("stage") if bar.shape is Shape.STAGE else "",
        _when(bar, unit, _, is_full=True),
        lasts,
        spare,
        ""
        if bar.shape is Shape.STAGE
        else _("done {share}", share=_.percent(task.done_percent / 100)),
        _who(desk, bar),
        *marks,
    ]
    return ", ".join(part for part in parts if part)


def _deadline(desk: Desk, bar: Bar, _: Translator) -> str | None:
    at = bar.task.deadline
    if at is None:
        return None
    told = _("by {day}", day=_day(at, _))
    missed = None if bar.task.done_percent == _WHOLE else missed_by(desk.laid, bar.task)
    if missed is None:
        return told
    return told + _(": missed, it ends {amount}", amount=told_by(_, missed))


def _day(at: datetime, _: Translator) -> str:
    day = _.days(at.date(), at.date())
    return day if at.time() == time() else f"{day}, {at:%H:%M}"


def _asked(desk: Desk, bar: Bar, _: Translator) -> str | None:
    demand = desk.asked.get(bar.task.id)
    if demand is None:
        return None
    return _(
        "{who}: {asked} asked for in the week of {day}, {has} there",
        who=_who(desk, bar),
        asked=_.hours(demand.minutes),
        has=_.hours(demand.has),
        day=_.day(demand.week),
    )


def _step(desk: Desk, edit: PlanEdit | None, _: Translator) -> str | None:
    return None if edit is None else told_edit(_, edit, desk.laid.plan)


def _again(taking: PlanEdit) -> PlanEdit:
    """Give the change that taking a taking back back would do."""
    return PlanEdit(taking.seq, taking.backward, taking.forward, taking.by, taking.made_at)


def _head(desk: Desk, _: Translator) -> Data:
    plan, ends = desk.laid.plan, desk.laid.finish
    tasks = [task for task in plan.tasks if task.id not in plan.stages]
    whole = sum(task.duration for task in tasks)
    done = sum(task.duration * task.done_percent for task in tasks) / _WHOLE
    late = sum(
        task.done_percent < _WHOLE and desk.laid.span(task.id).finish.date() < desk.today
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
    moves, plan = change.outcome.moves, desk.laid.plan
    titles = {task.id: task.title for task in plan.tasks}
    return {
        "seq": change.edit.seq,
        "mine": desk.is_mine,
        "who": change.name,
        "at": _at(desk, change.edit.made_at, _),
        "told": told_edit(_, change.edit, plan),
        "effect": _effect(desk, change, _),
        "moves": [
            {
                "id": move.task_id,
                "number": plan.task(move.task_id).position,
                "title": titles[move.task_id],
                "by": told_move(_, move),
                "why": told_cause(_, move.because, titles),
            }
            for move in moves[:MOVES_TOLD]
        ],
        "more": max(len(moves) - MOVES_TOLD, 0),
    }


def _effect(desk: Desk, change: LastChange, _: Translator) -> str:
    """Say what a change did; where a hand's wish moved nothing, what holds the task."""
    if not change.outcome.moves:
        plan = desk.laid.plan
        placed = [x.task_id for x in flat(change.edit.forward) if isinstance(x, PlaceTask)]
        for task_id in placed:
            if task_id in plan.by_id and task_id not in plan.stages:
                reasons = told_reasons(_, plan, plan.task(task_id), why(desk.laid)[task_id])
                return _("It stays where it stands: {reasons}.", reasons="; ".join(reasons))
    return told_effect(_, len(change.outcome.moves), change.outcome.end_by)


def _at(desk: Desk, made_at: datetime, _: Translator) -> str:
    """Say when a change was made: today by the clock, else with its day."""
    there = made_at.replace(tzinfo=made_at.tzinfo or UTC).astimezone(desk.zone)
    if there.date() == desk.today:
        return f"{there:%H:%M}"
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

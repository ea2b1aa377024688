"""When a plan ends: one truth for its head, its table, its files and its drawings."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings

from core.i18n import translator
from roadmaps.domain.laid import Laid, lay, lay_many
from roadmaps.domain.layout import gantt_layout
from roadmaps.domain.plan import Plan, PlanUnit, Task
from roadmaps.domain.roadmap import PlanView, Roadmap
from roadmaps.domain.spans import spans
from roadmaps.domain.terms import Constraint, ConstraintKind
from roadmaps.domain.words import moment
from roadmaps.formats.caption import facts_of
from roadmaps.formats.exchange import PlanFile
from roadmaps.formats.mspdi_write import write_mspdi
from tests.roadmaps.plans import plans
from tests.roadmaps.rich import rich_plans

MONDAY = date(2026, 11, 2)
NEXT = datetime(2026, 11, 9)
_ = translator("ru")


def _plan(unit: PlanUnit, *, by_hand: bool = False) -> Plan:
    """A week of work, and a milestone not earlier than the Monday after it."""
    opens = 0 if unit is PlanUnit.DAY else 9
    at = NEXT.replace(hour=opens)
    week = 5 if unit is PlanUnit.DAY else 40
    hand = datetime(2026, 11, 2, opens) if by_hand else None
    return Plan(
        MONDAY,
        (
            Task(1, "week", week, position=1, placed_at=hand),
            Task(2, "opening", 0, position=2, constraint=Constraint(ConstraintKind.SNET, at)),
        ),
        unit=unit,
        starts_minute=opens * 60,
    )


WAYS = [(unit, hand) for unit in (PlanUnit.DAY, PlanUnit.HOUR) for hand in (False, True)]


@pytest.mark.parametrize(("unit", "by_hand"), WAYS)
def test_a_milestone_that_begins_a_day_ends_the_plan_on_that_day(unit, by_hand) -> None:
    laid = lay(_plan(unit, by_hand=by_hand))
    at = NEXT if unit is PlanUnit.DAY else NEXT.replace(hour=9)
    assert (laid.span(2).finish, laid.finish, laid.end) == (at, at, at)
    assert lay_many({7: laid.plan})[7].finish == at


@pytest.mark.parametrize(("unit", "by_hand"), WAYS)
def test_the_head_the_drawing_and_the_file_tell_the_same_end(unit, by_hand) -> None:
    laid = lay(_plan(unit, by_hand=by_hand))
    dates = spans(laid.plan, laid.result, laid.when)
    view = PlanView(Roadmap(1, 1, "x", 1, 1), laid, MONDAY, "", {}, (), may_edit=True, zone=UTC)
    assert view.finish == laid.finish == max(span.finish for span in dates.values())
    layout = gantt_layout(laid, MONDAY)
    assert f"– {moment(_, laid.finish, unit)} · " in facts_of(layout, _)
    written = write_mspdi(PlanFile("x", laid.plan), laid).decode()
    head, _tag, tasks = written.partition("<Tasks>")
    _before, _name, opening = tasks.partition("<Name>opening</Name>")
    finish = opening.partition("<Finish>")[2].partition("</Finish>")[0]
    assert f"<FinishDate>{finish}</FinishDate>" in head
    assert finish.startswith("2026-11-09T")


def _told(laid: Laid) -> datetime:
    return max((laid.span(task.id).finish for task in laid.plan.tasks), default=laid.start)


@pytest.mark.parametrize("unit", PlanUnit)
def test_an_empty_plan_with_a_day_of_its_status_begins_and_ends_and_is_drawn(unit) -> None:
    """Whoever removes the last task of a plan under way is left with one."""
    laid = lay(Plan(MONDAY, (), unit=unit, status_at=NEXT))
    assert laid.start == laid.finish == laid.when.begin(0)
    assert gantt_layout(laid, MONDAY).bars == ()


@given(plans())
@settings(max_examples=30, deadline=None)
def test_a_plan_ends_with_its_last_task(plan: Plan) -> None:
    laid = lay(plan)
    assert laid.finish == _told(laid)


@given(rich_plans())
@settings(max_examples=30, deadline=None)
def test_a_plan_that_carries_everything_ends_with_its_last_task(plan: Plan) -> None:
    laid = lay(replace(plan, tasks=tuple(replace(x, parent_id=None) for x in plan.tasks)))
    assert laid.finish == _told(laid)

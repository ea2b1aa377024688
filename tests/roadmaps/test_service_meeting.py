"""Two hands at one plan: what each means is what they saw, whatever the other did since."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import delete, update

from core.cache import forget
from core.errors import StaleError
from core.permissions import Role
from core.workspace import Workspace
from roadmaps import service
from roadmaps.domain.acts import Act, Add, Call, Drag, Place, Remove, Shift, Step, Stretch, Turn
from roadmaps.domain.calendar import OwnCalendar
from roadmaps.domain.desk import Desk
from roadmaps.domain.plan import Plan
from roadmaps.domain.rows import Move, Where
from roadmaps.service import Asked, NewPlan
from roadmaps.tables import PlanEditRow, RoadmapRow
from tests import factories
from tests.roadmaps.plans import plan_of

START = date(2026, 11, 30)


@pytest.fixture
def other(workspaces, database) -> Workspace:
    with database.writing() as db:
        person = factories.make_person(db, "Борис", roles=[Role.MANAGER])
    return workspaces(Role.MANAGER, person_id=person)


@pytest.fixture
def make(workspace, case_id):
    """Make a roadmap and give its id and those of its tasks."""

    def made(plan: Plan) -> tuple[int, list[int]]:
        found = service.create_roadmap(workspace, new=NewPlan(case_id, "Путь", plan))
        return found, [task.id for task in _plan(workspace, found).tasks]

    return made


def _plan(who: Workspace, roadmap_id: int) -> Plan:
    return service.view_plan(who, roadmap_id=roadmap_id).plan


def _act(who: Workspace, roadmap_id: int, *acts: Act | Step, seen: int | None = None) -> Desk:
    version = seen or service.plan_pulse(who, roadmap_id=roadmap_id).version
    wanted = acts[0] if isinstance(acts[0], Step) else acts
    return service.act_on_plan(who, roadmap_id=roadmap_id, asked=Asked(version, wanted))


def _rows(plan: Plan) -> str:
    """Tell the rows of a plan, those within a stage with the stage before them."""
    names = {task.id: task.title for task in plan.tasks}
    return " ".join(
        names[task.parent_id] + ">" + task.title if task.parent_id else task.title
        for task in plan.tasks
    )


def test_a_bar_pulled_to_a_day_gets_the_length_it_was_given_though_it_has_moved_since(
    workspace, other, make
) -> None:
    roadmap_id, (a, b, _c) = make(plan_of(3, 5, 2, links="A-B", start=START))
    _act(other, roadmap_id, Stretch(a, by=10))
    pulled = Stretch(b, until=datetime(2026, 12, 11))  # from 3 to 9 December, as it was seen
    assert _act(workspace, roadmap_id, pulled, seen=2).laid.plan.task(b).duration == 7


def test_a_row_goes_into_the_stage_that_was_above_it_though_rows_were_moved_since(
    workspace, other, make
) -> None:
    roadmap_id, (_a, b, c) = make(plan_of(3, 5, 7, start=START))
    _act(other, roadmap_id, Shift(c, Move.UP))
    plan = _act(workspace, roadmap_id, Shift(b, Move.INTO), seen=2).laid.plan
    assert _rows(plan) == "A A>B C"


def test_a_task_put_by_units_from_where_it_was_seen_stands_there(workspace, other, make) -> None:
    roadmap_id, (a, b) = make(plan_of(3, 5, links="A-B", start=START))
    _act(other, roadmap_id, Stretch(a, by=10))
    laid = _act(workspace, roadmap_id, Place(b, by=1), seen=2).laid
    assert laid.plan.task(b).placed_at == datetime(2026, 12, 4)


def test_two_new_tasks_of_one_name_are_two_where_requests_are_named(workspace, make) -> None:
    roadmap_id, _ids = make(plan_of(1, start=START))
    for key in ("one", "other", "other"):
        asked = Asked(2, (Add("Новая"),), key=key)
        service.act_on_plan(workspace, roadmap_id=roadmap_id, asked=asked)
    assert _rows(_plan(workspace, roadmap_id)) == "A Новая Новая"


def test_a_row_done_again_goes_with_its_stage_that_was_moved_since(workspace, other, make) -> None:
    roadmap_id, (a, _b, c, d) = make(plan_of(1, 1, 1, 1, start=START))
    _act(workspace, roadmap_id, Shift(d, Move.INTO))
    _act(workspace, roadmap_id, Step.UNDO)
    _act(other, roadmap_id, Drag(c, a, Where.BELOW))
    assert _rows(_act(workspace, roadmap_id, Step.REDO).laid.plan) == "A C C>D B"


def test_a_stage_put_back_gathers_its_parts_between_which_others_put_rows(
    workspace, other, make
) -> None:
    plan = plan_of(1, 1, 1, 1, start=START)
    staged = tuple(replace(task, parent_id=1 if task.id in {2, 3} else None) for task in plan.tasks)
    roadmap_id, (a, b, _c, d) = make(replace(plan, tasks=staged))
    _act(workspace, roadmap_id, Remove(a))
    _act(other, roadmap_id, Drag(d, b, Where.BELOW))
    assert _rows(_plan(workspace, roadmap_id)) == "B D C"
    assert _rows(_act(workspace, roadmap_id, Step.UNDO).laid.plan) == "A A>B A>C D"


def test_a_stage_is_dragged_with_the_part_that_another_put_into_it_since(
    workspace, other, make
) -> None:
    plan = plan_of(1, 1, 1, start=START)
    staged = tuple(replace(task, parent_id=1 if task.id == 2 else None) for task in plan.tasks)
    roadmap_id, (a, b, c) = make(replace(plan, tasks=staged))
    _act(other, roadmap_id, Add("Новая", below=b))
    moved = _act(workspace, roadmap_id, Drag(a, c, Where.BELOW), seen=2)
    assert _rows(moved.laid.plan) == "C A A>B A>Новая"


def test_a_change_that_nothing_is_left_of_is_taken_back_and_those_before_it_after(
    workspace, other, make
) -> None:
    roadmap_id, (a, b, c) = make(plan_of(3, 5, 2, start=START))
    _act(workspace, roadmap_id, Call(c, "Мой"))
    _act(workspace, roadmap_id, Shift(b, Move.UP))
    _act(other, roadmap_id, Shift(a, Move.UP))
    desk = _act(workspace, roadmap_id, Step.UNDO)
    assert (_rows(desk.laid.plan), desk.undo.seq) == ("A B Мой", 2)
    told = service.view_past(workspace, roadmap_id=roadmap_id, language="en").changes[0].told
    assert told == "nothing was left to change"
    desk = _act(workspace, roadmap_id, Step.UNDO)
    assert (_rows(desk.laid.plan), desk.undo) == ("A B C", None)
    assert _rows(_act(workspace, roadmap_id, Step.REDO).laid.plan) == "A B Мой"
    assert _rows(_act(workspace, roadmap_id, Step.REDO).laid.plan) == "A B Мой"


def _restored(database, clock, workspace: Workspace, roadmap_id: int, task_id: int) -> None:
    """Lose the last change as a backup put back does, and make another in its place."""
    edit = PlanEditRow.roadmap_id == roadmap_id
    with database.writing() as db:
        db.execute(delete(PlanEditRow).where(edit))
        db.execute(update(RoadmapRow).where(RoadmapRow.id == roadmap_id).values(version=2))
    forget(database.engine)
    clock.now += timedelta(minutes=5)
    _act(workspace, roadmap_id, Call(task_id, "После"))


def test_a_picture_of_what_a_restoring_lost_is_shown_anew_and_overwrites_nothing(
    workspace, other, make, database, clock
) -> None:
    roadmap_id, (a, _b) = make(plan_of(3, 5, start=START))
    lost = _act(workspace, roadmap_id, Call(a, "До"))
    assert service.view_desk(workspace, roadmap_id=roadmap_id, since=lost.stamp) is None
    _restored(database, clock, other, roadmap_id, a)
    shown = service.view_desk(workspace, roadmap_id=roadmap_id, since=lost.stamp)
    assert (shown.roadmap.version, _rows(shown.laid.plan)) == (3, "После B")
    asked = Asked(3, (Call(a, "Старое"),), stamp=lost.stamp)
    with pytest.raises(StaleError):
        service.act_on_plan(workspace, roadmap_id=roadmap_id, asked=asked)
    undone = replace(asked, acts=Step.UNDO)
    desk = service.act_on_plan(other, roadmap_id=roadmap_id, asked=undone)
    assert _rows(desk.laid.plan) == "После B"
    seen = replace(asked, stamp=shown.stamp)
    desk = service.act_on_plan(workspace, roadmap_id=roadmap_id, asked=seen)
    assert _rows(desk.laid.plan) == "Старое B"


def test_a_picture_is_another_on_the_next_day_and_for_who_may_only_look(
    workspace, workspaces, make, clock
) -> None:
    roadmap_id, (a, b) = make(plan_of(3, 5, start=START))
    expert = workspaces(Role.CONSULTANT)
    mine, theirs = (service.view_desk(who, roadmap_id=roadmap_id) for who in (workspace, expert))
    assert (mine.may_edit, theirs.may_edit) == (True, False)
    assert mine.stamp != theirs.stamp
    clock.now += timedelta(days=1)
    assert service.view_desk(workspace, roadmap_id=roadmap_id, since=mine.stamp) is not None
    _act(workspace, roadmap_id, Call(a, "Мой"))
    asked = Asked(2, (Call(b, "Мой же"),), stamp=mine.stamp)
    desk = service.act_on_plan(workspace, roadmap_id=roadmap_id, asked=asked)
    assert _rows(desk.laid.plan) == "Мой Мой же"


def test_only_the_step_that_was_offered_is_taken(workspace, make) -> None:
    roadmap_id, (a, b) = make(plan_of(3, 5, start=START))
    offered = _act(workspace, roadmap_id, Call(a, "Раз")).undo.seq
    _act(workspace, roadmap_id, Call(b, "Два"))

    def turn(step: Step, seq: int) -> Desk:
        asked = Asked(3, Turn(step, seq))
        return service.act_on_plan(workspace, roadmap_id=roadmap_id, asked=asked)

    desk = turn(Step.UNDO, offered)
    assert (_rows(desk.laid.plan), desk.roadmap.version) == ("Раз Два", 4)
    desk = turn(Step.UNDO, desk.undo.seq)
    assert _rows(desk.laid.plan) == "Раз B"
    assert _rows(turn(Step.REDO, desk.redo.seq - 1).laid.plan) == "Раз B"
    assert _rows(turn(Step.REDO, desk.redo.seq).laid.plan) == "Раз Два"


def test_a_plan_with_six_days_of_its_own_asks_for_more_than_people_have(
    workspace, make, me
) -> None:
    plan = replace(plan_of(6, start=START), own_calendar=OwnCalendar(weekdays=(0, 1, 2, 3, 4, 5)))
    tasks = tuple(replace(task, responsible_id=me) for task in plan.tasks)
    roadmap_id, (a,) = make(replace(plan, tasks=tasks))
    asked = service.view_desk(workspace, roadmap_id=roadmap_id).asked
    assert (asked[a].minutes, asked[a].has) == (48 * 60, 40 * 60)

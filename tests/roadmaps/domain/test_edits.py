import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DomainError, NotFoundError, OutOfRangeError, RequiredError, TooLongError
from roadmaps.domain.calendar import OwnCalendar
from roadmaps.domain.edit_data import edit_from_data, edit_to_data
from roadmaps.domain.edits import (
    AddLink,
    AddTask,
    Batch,
    ChangeLink,
    ChangePlan,
    ChangeTask,
    Edit,
    MoveTask,
    RemoveLink,
    RemoveTask,
    apply,
    inverse,
)
from roadmaps.domain.errors import (
    CycleError,
    DuplicateLinkError,
    NoWorkingTimeError,
    SelfLinkError,
    StageLoopError,
    TooManyTasksError,
)
from roadmaps.domain.plan import (
    Dependency,
    LinkKey,
    LinkKind,
    Plan,
    PlanUnit,
    Task,
)
from tests.roadmaps.plans import START, plan_of, plans


@st.composite
def edits(draw, plan: Plan) -> Edit:
    """Edits of a plan, some of them refused."""
    ids = [task.id for task in plan.tasks] or [1]
    one, other = st.sampled_from(ids), st.sampled_from(ids)
    kinds, lags = st.sampled_from(LinkKind), st.integers(-3, 3)
    links = st.builds(Dependency, one, other, kinds, lags)
    parents = st.none() | one
    position = st.integers(0, len(ids) + 1)
    changes = st.builds(
        Task, one, st.sampled_from(["Новое", "x"]), st.integers(0, 5), parent_id=parents
    )
    added = st.builds(
        Task, st.just(500), st.just("new"), st.integers(0, 5), position=position, parent_id=parents
    )
    known = [st.builds(RemoveLink, st.just(link.key)) for link in plan.dependencies]
    known += [
        st.builds(ChangeLink, st.just(Dependency(*link.key, lag=9))) for link in plan.dependencies
    ]
    single = st.one_of(
        st.builds(AddTask, added),
        st.builds(RemoveTask, one),
        st.builds(ChangeTask, changes),
        st.builds(MoveTask, one, position),
        st.builds(AddLink, links),
        st.builds(ChangePlan, st.dates(START, START.replace(year=2030))),
        *known,
    )
    some = draw(st.lists(single, min_size=1, max_size=4))
    return some[0] if len(some) == 1 else Batch(tuple(some))


@settings(max_examples=60)
@given(st.data())
def test_an_edit_survives_json_and_with_its_inverse_gives_the_plan_back(
    data: st.DataObject,
) -> None:
    plan = data.draw(plans(max_tasks=6))
    edit = data.draw(edits(plan))
    assert edit_from_data(json.loads(json.dumps(edit_to_data(edit)))) == edit
    try:
        changed = apply(plan, edit)
    except DomainError:
        return
    assert apply(changed, inverse(plan, edit)) == plan


def test_a_second_link_of_one_kind_is_refused_even_if_its_task_goes_next() -> None:
    plan = plan_of(1, 1, links="A-B:ss+1")
    with pytest.raises(DuplicateLinkError):
        apply(plan, Batch((AddLink(Dependency(1, 2, LinkKind.SS)), RemoveTask(2))))


def test_own_calendars_survive_json() -> None:
    own = OwnCalendar((8, 9), (0, 5), frozenset({START}))
    edit = ChangePlan(START, 480, PlanUnit.HOUR, "own", own)
    assert edit_from_data(json.loads(json.dumps(edit_to_data(edit)))) == edit


def test_rows_are_numbered_without_gaps() -> None:
    plan = apply(plan_of(1, 1, 1), AddTask(Task(9, "new", position=2)))
    assert [(t.title, t.position) for t in plan.tasks] == [("A", 1), ("new", 2), ("B", 3), ("C", 4)]
    plan = apply(plan, RemoveTask(1))
    assert [(t.title, t.position) for t in plan.tasks] == [("new", 1), ("B", 2), ("C", 3)]
    plan = apply(plan, MoveTask(3, 1))
    assert [t.title for t in plan.tasks] == ["C", "new", "B"]


def test_removing_a_stage_moves_its_parts_up_and_undo_brings_it_back() -> None:
    plan = Plan(START, (Task(1, "Stage"), Task(2, "Part", parent_id=1)))
    edit = RemoveTask(1)
    removed = apply(plan, edit)
    assert removed.tasks == (Task(2, "Part", position=1),)
    assert apply(removed, inverse(plan, edit)) == plan


@pytest.mark.parametrize(
    ("edit", "error"),
    [
        (AddLink(Dependency(2, 1)), CycleError),
        (AddLink(Dependency(1, 1)), SelfLinkError),
        (AddLink(Dependency(1, 2)), DuplicateLinkError),
        (AddLink(Dependency(1, 7)), NotFoundError),
        (AddLink(Dependency(1, 3, LinkKind.FS, 1_000_000)), OutOfRangeError),
        (RemoveLink(LinkKey(1, 2, LinkKind.SS)), NotFoundError),
        (RemoveTask(7), NotFoundError),
        (ChangeTask(Task(1, "  ")), RequiredError),
        (ChangeTask(Task(1, "x" * 301)), TooLongError),
        (ChangeTask(Task(1, "A", -1)), OutOfRangeError),
        (ChangeTask(Task(1, "A", done_percent=101)), OutOfRangeError),
        (ChangeTask(Task(1, "A", parent_id=1)), StageLoopError),
        (ChangePlan(START.replace(year=1)), OutOfRangeError),
        (ChangePlan(START, own_calendar=OwnCalendar(weekdays=())), NoWorkingTimeError),
        (Batch(tuple(AddTask(Task(n, "t")) for n in range(10, 2_011))), TooManyTasksError),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else type(value).__name__,
)
def test_an_unsound_edit_is_refused(edit: Edit, error: type[DomainError]) -> None:
    with pytest.raises(error):
        apply(plan_of(1, 1, 1, links="A-B"), edit)


def test_two_links_of_different_kinds_may_join_the_same_tasks() -> None:
    plan = apply(plan_of(1, 1, links="A-B:ss"), AddLink(Dependency(1, 2, LinkKind.FF)))
    assert len(plan.dependencies) == 2

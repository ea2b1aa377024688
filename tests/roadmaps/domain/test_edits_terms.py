"""Edits of single fields, of status, calendars and baselines."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DomainError, NotFoundError, OutOfRangeError, TooLongError
from roadmaps.domain.calendar import NamedCalendar, OwnCalendar
from roadmaps.domain.edit_data import edit_from_data, edit_to_data
from roadmaps.domain.edits import AddLink, AddTask, Batch, Edit, RemoveTask, apply, inverse
from roadmaps.domain.edits_many import ForMany, edits_for_many
from roadmaps.domain.edits_new import numbered
from roadmaps.domain.edits_plan import (
    RemoveBaseline,
    RenameBaseline,
    SetCalendars,
    SetStatus,
    TakeBaseline,
    baseline_of,
)
from roadmaps.domain.edits_task import (
    LeaveOut,
    PlaceTask,
    Rename,
    SetCalendar,
    SetConstraint,
    SetCounting,
    SetDeadline,
    SetDuration,
    SetEstimate,
    SetProgress,
    SetResponsible,
    differing,
    happened,
)
from roadmaps.domain.errors import (
    ConstraintBeforeStartError,
    ConstraintDateError,
    DuplicateBaselineError,
    EmptyBaselineError,
    EstimateOrderError,
    ProgressOrderError,
    StageConstraintError,
    StageFieldError,
    TermDateError,
    TooManyBaselinesError,
)
from roadmaps.domain.laid import lay
from roadmaps.domain.plan import Dependency, Plan, Task
from roadmaps.domain.terms import (
    Assignment,
    Baseline,
    BaselineDates,
    Constraint,
    ConstraintKind,
    Counting,
    Estimate,
    Progress,
)
from tests.roadmaps.plans import START, plan_of
from tests.roadmaps.rich import START as RICH_START
from tests.roadmaps.rich import rich_plans

NOON = datetime(2026, 6, 9, 12)
SNET = ConstraintKind.SNET


def edits_of(task_id: int) -> list[Edit]:
    """One edit of every kind that this feature added."""
    return [
        Rename(task_id, "Ёлка"),
        SetDuration(task_id, 77),
        SetCounting(task_id, Counting.CALENDAR),
        SetCalendar(task_id, "2"),
        SetConstraint(task_id, Constraint(SNET, NOON)),
        SetConstraint(task_id),
        SetDeadline(task_id, NOON),
        SetEstimate(task_id, Estimate(1, 2, 3)),
        PlaceTask(task_id, NOON),
        LeaveOut(task_id),
        SetResponsible(task_id, None, "Лидер"),
        SetProgress(task_id, 40, Progress(NOON, None, 5)),
        happened(task_id, 10),
        SetStatus(NOON),
        SetStatus(),
        SetCalendars((NamedCalendar("2", "другой", OwnCalendar(weekdays=(5, 6))),)),
        TakeBaseline(Baseline(9, (BaselineDates(task_id, NOON, NOON, 0),), "Ё", NOON_UTC, 3)),
        RemoveBaseline(0),
        RenameBaseline(3, "Второй"),
        RemoveTask(task_id),
    ]


NOON_UTC = NOON.replace(tzinfo=UTC)


@given(rich_plans(), st.data())
@settings(max_examples=60)
def test_every_kind_of_edit_and_its_inverse_give_the_plan_back(plan, data) -> None:
    number = data.draw(st.sampled_from([task.id for task in plan.tasks]))
    edits = data.draw(st.lists(st.sampled_from(edits_of(number)), min_size=1, max_size=3))
    edit = Batch(tuple(edits))
    try:
        changed = apply(plan, edit)
        back = inverse(plan, edit)
    except DomainError:
        return
    assert apply(changed, back) == plan
    assert edit_from_data(json.loads(json.dumps(edit_to_data(back)))) == back


@pytest.mark.parametrize("edit", edits_of(2), ids=lambda edit: type(edit).__name__)
def test_every_kind_of_edit_survives_json(edit: Edit) -> None:
    assert edit_from_data(json.loads(json.dumps(edit_to_data(edit)))) == edit


STAGED = Plan(START, (Task(1, "Этап"), Task(2, "Часть", 3, parent_id=1), Task(3, "Конец", 2)))
AT = datetime(2026, 2, 9)
KEPT = Baseline(0, (BaselineDates(2, AT, AT, 1),))


@pytest.mark.parametrize(
    ("edit", "error", "task"),
    [
        (SetConstraint(2, Constraint(SNET)), ConstraintDateError, "Часть"),
        (SetConstraint(2, Constraint(ConstraintKind.ALAP, AT)), ConstraintDateError, "Часть"),
        (
            SetConstraint(2, Constraint(SNET, datetime(2026, 1, 1))),
            ConstraintBeforeStartError,
            "Часть",
        ),
        (
            SetConstraint(1, Constraint(ConstraintKind.MSO, AT)),
            StageConstraintError,
            "Этап",
        ),
        (PlaceTask(2, datetime(2026, 1, 1)), ConstraintBeforeStartError, "Часть"),
        (PlaceTask(1, AT), StageFieldError, "Этап"),
        (SetDuration(1, 4), StageFieldError, "Этап"),
        (SetEstimate(1, Estimate(1, 2, 3)), StageFieldError, "Этап"),
        (SetProgress(1, 50), StageFieldError, "Этап"),
        (SetCounting(1, Counting.CALENDAR), StageFieldError, "Этап"),
        (SetCalendar(1, "x"), StageFieldError, "Этап"),
        (SetEstimate(2, Estimate(3, 2, 4)), EstimateOrderError, "Часть"),
        (SetDeadline(2, datetime(9999, 1, 1)), TermDateError, "Часть"),
        (SetProgress(2, 100, Progress(AT, AT - timedelta(1))), ProgressOrderError, "Часть"),
        (SetProgress(2, 100, Progress(None, AT)), ProgressOrderError, "Часть"),
        (SetProgress(2, 0, Progress(AT, None, -1)), OutOfRangeError, None),
        (SetProgress(2, 120), OutOfRangeError, None),
        (SetCalendar(2, "nights"), NotFoundError, None),
        (SetStatus(datetime(1900, 1, 1)), OutOfRangeError, None),
        (RemoveBaseline(4), NotFoundError, None),
        (RenameBaseline(4, "x"), NotFoundError, None),
        (Batch((TakeBaseline(KEPT), TakeBaseline(KEPT))), DuplicateBaselineError, None),
        (Batch((TakeBaseline(KEPT), RenameBaseline(0, "x" * 301))), TooLongError, None),
        (
            Batch(tuple(TakeBaseline(Baseline(n, ())) for n in range(51))),
            TooManyBaselinesError,
            None,
        ),
        (SetDeadline(9, AT), NotFoundError, None),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_a_refused_edit_names_the_task(edit, error, task) -> None:
    with pytest.raises(error) as refused:
        apply(STAGED, edit)
    assert refused.value.details.get("task") == task


def test_a_finished_task_is_done_in_full() -> None:
    assert happened(2, 30, AT, AT) == SetProgress(2, 100, Progress(AT, AT))
    assert happened(2, 30, AT, None, 4) == SetProgress(2, 30, Progress(AT, None, 4))
    assert happened(2, 30) == SetProgress(2, 30)


def test_what_differs_between_two_states_of_a_task_is_one_edit_for_each_field() -> None:
    old = Task(2, "Часть", 3)
    new = Task(2, "Часть", 3, deadline=AT, done_percent=10)
    assert differing(old, new) == (SetDeadline(2, AT), SetProgress(2, 10))
    assert differing(old, old) == ()


def test_a_baseline_keeps_the_dates_of_every_task_under_the_next_number() -> None:
    plan = apply(STAGED, TakeBaseline(KEPT))
    taken = baseline_of(lay(plan), " Согласовано ", NOON_UTC, 7)
    assert (taken.number, taken.title, taken.taken_at, taken.taken_by) == (
        1, "Согласовано", NOON_UTC, 7,
    )  # fmt: skip
    first, third = datetime(2026, 2, 2), datetime(2026, 2, 4)
    assert taken.dates == (
        BaselineDates(1, first, third, 3),
        BaselineDates(2, first, third, 3),
        BaselineDates(3, first, datetime(2026, 2, 3), 2),
    )
    with pytest.raises(EmptyBaselineError):
        baseline_of(lay(Plan(START)), "x", NOON_UTC, 7)


@given(rich_plans())
@settings(max_examples=20)
def test_removing_a_task_takes_its_helpers_along_and_undo_brings_them_back(plan) -> None:
    number = plan.assignments[0].task_id
    changed = apply(plan, RemoveTask(number))
    assert changed.assignments == ()
    assert changed.baselines == plan.baselines
    assert apply(changed, inverse(plan, RemoveTask(number))) == plan
    assert plan.starts_on == RICH_START


def test_new_tasks_get_ids_by_which_their_links_follow() -> None:
    plan = plan_of(1, 1)
    edit = Batch((
        AddTask(Task(-1, " Новая ", 2)),
        AddTask(Task(0, "Ещё", parent_id=-1), (Dependency(1, 0),)),
        AddLink(Dependency(2, -1)),
        SetDeadline(-1, AT),
    ))  # fmt: skip
    named = numbered(edit, plan, 5, (31, 32))
    assert named == Batch((
        AddTask(Task(31, "Новая", 2, uid="5-31")),
        AddTask(Task(32, "Ещё", uid="5-32", parent_id=31), (Dependency(1, 32),)),
        AddLink(Dependency(2, 31)),
        SetDeadline(31, AT),
    ))  # fmt: skip
    with pytest.raises(NotFoundError):
        numbered(AddTask(Task(7, "x")), plan, 5, ())


def test_new_tasks_get_ids_by_which_their_helpers_follow() -> None:
    edit = Batch((
        AddTask(Task(-1, "Первая"), (), (Assignment(-1, 4, 0.5),)),
        AddTask(Task(0, "Вторая"), (), (Assignment(0, 4),)),
    ))  # fmt: skip
    assert numbered(edit, plan_of(1), 5, (31, 32)) == Batch((
        AddTask(Task(31, "Первая", uid="5-31"), (), (Assignment(31, 4, 0.5),)),
        AddTask(Task(32, "Вторая", uid="5-32"), (), (Assignment(32, 4),)),
    ))  # fmt: skip


def test_several_tasks_are_changed_in_what_is_filled_in() -> None:
    bound = Constraint(SNET, AT)
    tasks = (STAGED.tasks[0], replace(STAGED.tasks[1], constraint=bound), STAGED.tasks[2])
    plan = replace(STAGED, tasks=tasks)
    edits = edits_for_many(plan, (1, 2), ForMany(responsible=(None, "Лидер"), done_percent=50))
    assert edits == (
        SetResponsible(1, None, "Лидер"),
        SetResponsible(2, None, "Лидер"),
        SetProgress(2, 50),
    )
    week = ForMany(deadline=AT, later=timedelta(7))
    assert edits_for_many(plan, (2, 3), week) == (
        SetConstraint(2, Constraint(SNET, AT + timedelta(7))),
        SetDeadline(2, AT),
        SetDeadline(3, AT),
    )
    assert edits_for_many(plan, (2,), ForMany()) == ()
    assert edits_for_many(plan, (2,), ForMany(calendar="x")) == (SetCalendar(2, "x"),)

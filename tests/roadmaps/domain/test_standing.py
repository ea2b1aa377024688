"""Two people at one plan: each takes back their own, and nobody's work is lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DomainError
from roadmaps.domain.acting import edit_of
from roadmaps.domain.acts import Act, Add, Call, Done, Drag, Link, Place, Remove, Shift, Stretch
from roadmaps.domain.carrying import carried
from roadmaps.domain.chain import Mark, chain_of
from roadmaps.domain.edits import (
    AddLink,
    AddTask,
    Batch,
    ChangePlan,
    ChangeTask,
    Edit,
    MoveTask,
    RemoveLink,
    RemoveTask,
    apply,
    inverse,
)
from roadmaps.domain.edits_new import new_tasks, numbered
from roadmaps.domain.edits_task import PlaceTask, Rename, SetDuration, SetProgress
from roadmaps.domain.laid import lay
from roadmaps.domain.plan import Dependency, LinkKind, Plan, Task
from roadmaps.domain.roadmap import PlanEdit
from roadmaps.domain.rows import Move, Where
from roadmaps.domain.standing import touch_of, way_back
from roadmaps.domain.touching import Key, touched
from tests.roadmaps.plans import plan_of, plans

AT = datetime(2026, 1, 1, tzinfo=UTC)
ME, OTHER = 1, 2


class Desk:
    """A plan with its history, changed by two people as the service would."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.history: list[PlanEdit] = []
        self._last_id = max(plan.by_id, default=0)

    def act(self, who: int, act: Act) -> bool:
        try:
            edit: Edit = edit_of(lay(self.plan), [act])
            ids = range(self._last_id + 1, self._last_id + 1 + len(new_tasks(edit)))
            return self.make(who, numbered(edit, self.plan, 1, ids))
        except DomainError:
            return False

    def make(self, who: int, edit: Edit, undoes: int | None = None) -> bool:
        changed = apply(self.plan, edit)
        if changed == self.plan:
            return False
        seq = len(self.history) + 1
        back = inverse(self.plan, edit)
        self.history.append(PlanEdit(seq, edit, back, who, AT, undoes))
        self.plan = changed
        self._last_id = max(self._last_id, *changed.by_id, 0)
        return True

    def step(self, who: int, *, again: bool = False) -> bool:
        chain = chain_of((Mark(x.seq, x.undoes, x.by) for x in self.history), who)
        seq = chain.redo if again else chain.undo
        if seq is None:
            return False
        edit = way_back(self.plan, self.history[seq - 1], self.history[seq:])
        if edit is None:
            return False
        try:
            return self.make(who, edit, seq)
        except DomainError:
            return False

    def standing(self, who: int) -> tuple[int, ...]:
        return chain_of((Mark(x.seq, x.undoes, x.by) for x in self.history), who).standing


def value(plan: Plan, key: Key) -> object:
    """What a plan has in a place that a change can touch."""
    kind, *ids = key
    if kind == "life":
        return ids[0] in plan.by_id
    if kind == "link":
        return [x for x in plan.dependencies if [x.predecessor, x.successor] == ids]
    if kind in {"task", "row"}:
        task = plan.by_id.get(ids[0])
        if task is None:
            return None
        return task.parent_id if kind == "row" else replace(task, position=0, parent_id=None)
    return (plan.starts_on, plan.status_at, plan.unit)


def by_stages(plan: Plan, stage: int | None = None) -> Iterator[int]:
    """The rows of a plan with every stage's parts right below it."""
    for task in plan.tasks:
        if task.parent_id == stage:
            yield task.id
            yield from by_stages(plan, task.id)


ids = st.integers(1, 14)
acts = st.one_of(
    st.builds(Place, ids, by=st.integers(-3, 6)),
    st.builds(Stretch, ids, by=st.integers(-3, 6)),
    st.builds(Call, ids, st.sampled_from(["Сад", "Смета"])),
    st.builds(Done, ids, st.sampled_from([0, 50, 100])),
    st.builds(Shift, ids, st.sampled_from(Move)),
    st.builds(Drag, ids, ids, st.sampled_from(Where)),
    st.builds(Link, st.builds(Dependency, ids, ids, st.sampled_from(LinkKind))),
    st.builds(Add, st.just("Новая"), st.none() | ids),
    st.builds(Remove, ids),
)
steps = st.tuples(st.sampled_from([ME, OTHER]), acts | st.sampled_from(["undo", "undo", "redo"]))


def play(desk: Desk, who: int, what: Act | str) -> None:
    if isinstance(what, str):
        desk.step(who, again=what == "redo")
    else:
        desk.act(who, what)


@settings(max_examples=60)
@given(plans(max_tasks=8), st.lists(steps, max_size=14))
def test_whoever_takes_their_own_back_loses_nothing_of_the_others(start, taken) -> None:
    desk = Desk(start)
    for who, what in taken:
        play(desk, who, what)
    while desk.standing(ME):
        since, their = desk.standing(ME)[-1], desk.standing(OTHER)
        later = [x for x in desk.history if x.seq in their and x.seq > since]
        keys = set().union(*(touched(x.forward, x.backward).writes for x in later))
        kept = {key: value(desk.plan, key) for key in keys}
        if not desk.step(ME):
            break
        assert {key: value(desk.plan, key) for key in keys} == kept


@settings(max_examples=60)
@given(plans(max_tasks=8), st.lists(acts | st.sampled_from(["undo", "redo"]), max_size=14))
def test_who_works_alone_comes_back_to_the_start_and_on_to_the_end(start, taken) -> None:
    desk = Desk(start)
    for what in taken:
        play(desk, ME, what)
    end, count = desk.plan, len(desk.standing(ME))
    for _number in range(count):
        assert desk.step(ME)
    assert desk.plan == start
    for _number in range(count):
        assert desk.step(ME, again=True)
    assert desk.plan == end


@settings(max_examples=60)
@given(plans(max_tasks=8), st.lists(steps, max_size=14))
def test_two_who_both_take_all_back_that_they_may_leave_no_row_twice_or_lost(start, taken) -> None:
    desk = Desk(start)
    for who, what in taken:
        play(desk, who, what)
    while desk.step(ME) or desk.step(OTHER):
        rows = [task.position for task in desk.plan.tasks]
        assert rows == list(range(1, len(rows) + 1))
    if not desk.standing(ME) and not desk.standing(OTHER):
        assert set(desk.plan.by_id) == set(start.by_id)
        assert desk.plan.dependencies == start.dependencies
        assert [value(desk.plan, ("task", x)) for x in start.by_id] == [
            value(start, ("task", x)) for x in start.by_id
        ]


rows = st.one_of(
    st.builds(Shift, st.integers(1, 8), st.sampled_from([Move.INTO, Move.INTO, *Move])),
    st.builds(Drag, st.integers(1, 8), st.integers(1, 8), st.sampled_from(Where)),
    st.builds(Add, st.just("Новая"), st.integers(1, 8)),
    st.builds(Remove, st.integers(1, 8)),
)


@settings(max_examples=80)
@given(st.lists(rows, max_size=8), st.lists(rows, min_size=1, max_size=3), rows)
def test_a_row_carried_over_what_another_did_stays_with_its_stage(before, theirs, mine) -> None:
    desk = Desk(plan_of(*[1] * 8))
    for act in before:
        desk.act(ME, act)
    seen, since = desk.plan, len(desk.history)
    for act in theirs:
        desk.act(OTHER, act)
    try:
        meant = edit_of(lay(seen), [mine])
        edit = carried(numbered(meant, seen, 1, [99] * len(new_tasks(meant))), seen, desk.plan)
        later = touch_of(desk.history[since:])
        plan = desk.plan if touched(edit).meets(later) else apply(desk.plan, edit)
    except DomainError:
        return
    assert [task.id for task in plan.tasks] == list(by_stages(plan))


A, B, C = 1, 2, 3
PAIRS: dict[str, tuple[Edit, Edit, bool]] = {
    "two fields of one task": (Rename(A, "x"), SetDuration(A, 9), True),
    "fields of two tasks": (Rename(A, "x"), SetDuration(B, 9), False),
    "a task and its row": (Rename(A, "x"), MoveTask(A, 2), False),
    "one row twice": (MoveTask(A, 2), MoveTask(A, 3), True),
    "two rows": (MoveTask(A, 2), MoveTask(B, 3), False),
    "a task and a link to it": (PlaceTask(A), AddLink(Dependency(C, A)), False),
    "a task removed and a link to it": (RemoveTask(A), AddLink(Dependency(C, A)), True),
    "a task removed and its fields": (RemoveTask(A), SetProgress(A, 50), True),
    "a task removed and another's fields": (RemoveTask(A), SetProgress(B, 50), False),
    "a task removed and a part put into it": (
        RemoveTask(A), AddTask(Task(9, "x", parent_id=A)), True,
    ),
    "two parts of one stage": (
        AddTask(Task(8, "x", parent_id=A)), AddTask(Task(9, "x", parent_id=A)), False,
    ),
    "a part put into what is stretched": (
        AddTask(Task(9, "x", parent_id=A)), SetDuration(A, 9), True,
    ),
    "one link twice": (AddLink(Dependency(A, C)), AddLink(Dependency(A, C, LinkKind.SS)), True),
    "two links": (AddLink(Dependency(A, C)), RemoveLink(Dependency(A, B).key), False),
    "the start twice": (
        ChangePlan(date(2026, 3, 2)), ChangePlan(date(2026, 3, 3)), True,
    ),
    "the start and a task": (ChangePlan(date(2026, 3, 2)), ChangeTask(Task(A, "x")), False),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_two_changes_meet_where_they_touch_the_same(name: str) -> None:
    one, other, meets = PAIRS[name]
    plan = plan_of(2, 3, 1, links="A-B")
    both = [touched(x, inverse(plan, x)) for x in (one, other)]
    assert both[0].meets(both[1]) is both[1].meets(both[0]) is meets


def test_another_unit_meets_every_duration_but_another_start_none() -> None:
    plan = plan_of(2)
    by_hours = ChangePlan(plan.starts_on, 0, plan.unit.__class__.HOUR)
    change = touched(by_hours, inverse(plan, by_hours))
    assert change.meets(touched(SetDuration(A, 3)))
    assert not change.meets(touched(Rename(A, "x")))


def test_a_row_comes_after_the_one_it_came_after_though_others_moved() -> None:
    seen = plan_of(1, 1, 1, 1)
    now = apply(seen, Batch((MoveTask(2, 4), AddTask(Task(9, "x", position=1)))))
    assert [task.id for task in now.tasks] == [9, 1, 3, 4, 2]
    moved = apply(now, carried(MoveTask(1, 3), seen, now))  # after C, as the person saw it
    assert [task.id for task in moved.tasks] == [9, 3, 1, 4, 2]
    added = apply(now, carried(AddTask(Task(8, "y", position=2)), seen, now))  # after A
    assert [task.id for task in added.tasks] == [9, 1, 8, 3, 4, 2]

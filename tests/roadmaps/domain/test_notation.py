import pytest
from hypothesis import given, settings

from core.errors import DomainError
from roadmaps.domain.edits import apply
from roadmaps.domain.errors import DuplicateLinkError, NotationError, UnknownRowError
from roadmaps.domain.notation import format_waits, parse_waits
from roadmaps.domain.plan import Dependency, LinkKind, Plan, PlanUnit
from roadmaps.domain.table import Row, plan_of, rows_of, table_edit
from tests.roadmaps import plans as made
from tests.roadmaps.plans import START, plans

ROWS = {3: 30, 5: 50}
FS, SS, FF, SF = LinkKind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" ; ", []),
        ("3", [(30, FS, 0)]),
        ("3FS+2; 5SS", [(30, FS, 2), (50, SS, 0)]),
        ("3ff-1,5 sf + 4", [(30, FF, -1), (50, SF, 4)]),
        ("3ОН+2; 5нн", [(30, FS, 2), (50, SS, 0)]),
        ("3ОО−2", [(30, FF, -2)]),
        ("3OO–2", [(30, FF, -2)]),
        ("5HO", [(50, SF, 0)]),
        ("3+2", [(30, FS, 2)]),
        ("3FS+2 дн.; 5SS+1 days", [(30, FS, 2), (50, SS, 1)]),
    ],
)
def test_predecessors_are_read(text: str, expected: list[tuple[int, LinkKind, int]]) -> None:
    wanted = tuple(Dependency(before, 7, kind, lag) for before, kind, lag in expected)
    assert parse_waits(text, ROWS, 7, row=4) == wanted


@pytest.mark.parametrize(
    "text", ["x", "3FX", "3FS+", "3FS2", "3FS+2w", "-3", "3FS+1.5", "3 5", "<b>"]
)
def test_what_is_no_predecessor_is_refused_with_row_and_text(text: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse_waits(text, ROWS, 7, row=4)
    assert caught.value.details == {"row": 4, "text": text}


def test_a_row_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownRowError) as caught:
        parse_waits("3; 9SS", ROWS, 7, row=4)
    assert caught.value.details == {"row": 4, "number": 9, "last": 5}


def test_a_lag_in_another_unit_than_the_plans_is_refused() -> None:
    assert parse_waits("3FS+2 ч", ROWS, 7, 4, PlanUnit.HOUR) == (Dependency(30, 7, FS, 2),)
    with pytest.raises(NotationError):
        parse_waits("3FS+2 ч", ROWS, 7, 4, PlanUnit.DAY)


@settings(max_examples=40)
@given(plans())
def test_written_predecessors_are_read_back_in_both_languages(plan: Plan) -> None:
    rows = {task.position: task.id for task in plan.tasks}
    for task in plan.tasks:
        for language in ("en", "ru"):
            text = format_waits(plan, task.id, language)
            assert parse_waits(text, rows, task.id, task.position) == plan.waits_for(task.id)


@settings(max_examples=40)
@given(plans())
def test_a_plan_made_of_its_own_table_is_the_same_plan(plan: Plan) -> None:
    again = plan_of(Plan(START), rows_of(plan))
    assert rows_of(again)[0:0] == ()
    assert [(r.title, r.duration, r.waits) for r in rows_of(again)] == [
        (" ".join(r.title.split()), r.duration, r.waits) for r in rows_of(plan)
    ]


@settings(max_examples=40)
@given(plans(max_tasks=6), plans(max_tasks=6))
def test_a_table_turned_into_another_is_that_other(before: Plan, after: Plan) -> None:
    kept = len(before.tasks)
    rows = [
        Row(**{**_fields(row), "task_id": old.id if old else None, "number": row.number})
        for row, old in zip(
            rows_of(after), [*before.tasks, *[None] * len(after.tasks)], strict=False
        )
    ]
    fresh = range(1_000, 1_000 + len(rows))
    changed = apply(before, table_edit(before, rows, fresh))
    assert kept >= 0
    assert [(r.title, r.duration, r.waits) for r in rows_of(changed)] == [
        (r.title, r.duration, r.waits) for r in rows
    ]


def _fields(row: Row) -> dict[str, object]:
    return {name: getattr(row, name) for name in Row.__slots__}


def test_an_untouched_table_is_no_edit() -> None:
    plan = made.plan_of(1, 2, 3, links="A-B B-C:ss+1")
    assert table_edit(plan, rows_of(plan, "ru"), (), "ru").edits == ()


def test_removing_a_row_takes_its_links_along_and_leaves_other_cells_alone() -> None:
    plan = made.plan_of(1, 2, 3, links="A-B B-C A-C")
    rows = [row for row in rows_of(plan) if row.number != 2]
    changed = apply(plan, table_edit(plan, rows, ()))
    assert changed.dependencies == (Dependency(1, 3),)


def test_the_same_predecessor_twice_is_refused() -> None:
    plan = made.plan_of(1, 2)
    first, second = rows_of(plan)
    rows = [first, Row(**{**_fields(second), "waits": "1; 1FS+3"})]
    with pytest.raises(DuplicateLinkError):
        apply(plan, table_edit(plan, rows, ()))


def test_a_part_of_an_unknown_row_is_refused() -> None:
    with pytest.raises(DomainError):
        plan_of(Plan(START), [Row(1, "A", 1, part_of=4)])

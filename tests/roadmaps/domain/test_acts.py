"""What a hand does in the editor, over plans in days, hours and minutes."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from core.errors import DomainError, InvalidError, NotFoundError, OutOfRangeError
from roadmaps.domain.acting import edit_of
from roadmaps.domain.acts import (
    Act,
    Add,
    Call,
    Done,
    Drag,
    Free,
    Lag,
    Link,
    Place,
    Remove,
    Shift,
    Step,
    Stretch,
    Turn,
    Unlink,
    acts_of,
)
from roadmaps.domain.calendar import NamedCalendar, OwnCalendar
from roadmaps.domain.edits import apply
from roadmaps.domain.errors import (
    BegunError,
    ConstraintBeforeStartError,
    CycleError,
    PlanTooLongError,
    StageFieldError,
    StageLoopError,
    TermDateError,
)
from roadmaps.domain.laid import Laid, lay
from roadmaps.domain.layout import gantt_layout
from roadmaps.domain.plan import Dependency, LinkKey, LinkKind, Plan, PlanUnit, Task
from roadmaps.domain.rows import Move, Where
from roadmaps.domain.terms import Counting, Progress
from roadmaps.formats.exchange import PlanFile
from roadmaps.formats.mspdi_write import write_mspdi
from tests.roadmaps.plans import plan_of

MONDAY = date(2026, 2, 2)
A, B, C, D = 1, 2, 3, 4
STAGE = 9


def days(*durations: int, links: str = "") -> Plan:
    return plan_of(*durations, links=links, start=MONDAY)


def done(plan: Plan, *acts: Act) -> Laid:
    return lay(apply(plan, edit_of(lay(plan), acts)))


def dates(laid: Laid, task_id: int) -> tuple[str, str]:
    span = laid.span(task_id)
    is_day = laid.plan.unit is PlanUnit.DAY
    form = "%d.%m" if is_day else "%d.%m %H:%M"
    return span.start.strftime(form), span.finish.strftime(form)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def rows(laid: Laid) -> str:
    return "".join(task.title for task in laid.plan.tasks)


def staged(*durations: int, links: str = "") -> Plan:
    """A plan whose tasks but the last are parts of a stage S."""
    plan = days(*durations, links=links)
    parts = [replace(t, parent_id=STAGE, position=t.position + 1) for t in plan.tasks[:-1]]
    last = replace(plan.tasks[-1], position=len(durations) + 1)
    return replace(plan, tasks=(Task(STAGE, "S", position=1), *parts, last))


# ---- moving


def test_a_task_is_put_on_a_day_and_its_followers_come_along() -> None:
    laid = done(days(2, 3, links="A-B"), Place(A, at("2026-02-05")))
    assert (dates(laid, A), dates(laid, B)) == (("05.02", "06.02"), ("09.02", "11.02"))
    assert laid.plan.task(A).placed_at == at("2026-02-05")


def test_a_day_off_means_the_next_working_day() -> None:
    laid = done(days(2), Place(A, at("2026-02-07")))
    assert laid.plan.task(A).placed_at == at("2026-02-09")


def test_a_hand_puts_a_task_before_what_it_waits_for() -> None:
    laid = done(days(5, 3, links="A-B"), Place(B, at("2026-02-03")))
    assert dates(laid, B) == ("03.02", "05.02")
    assert dates(done(laid.plan, Free(B)), B) == ("09.02", "11.02")


@pytest.mark.parametrize(("by", "day"), [(1, "09.02"), (-1, "05.02"), (3, "11.02"), (-4, "02.02")])
def test_a_key_moves_by_working_days_from_where_the_task_stands(by: int, day: str) -> None:
    laid = done(days(4, 1, links="A-B"), Place(B, by=by))
    assert dates(laid, B)[0] == day


@pytest.mark.parametrize(
    ("by", "milestone", "follower"),
    [
        (1, "09.02", "10.02"),
        (2, "10.02", "11.02"),
        (-1, "05.02", "06.02"),
        (-2, "04.02", "05.02"),
        (-5, "02.02", "02.02"),  # the morning of the plan's first day: no evening lies before it
    ],
)
def test_a_milestone_that_ends_work_moves_from_its_end_and_takes_along_what_follows(
    by: int, milestone: str, follower: str
) -> None:
    plan = days(5, 0, 2, links="A-B B-C")
    assert (dates(lay(plan), B), dates(lay(plan), C)[0]) == (("06.02", "06.02"), "09.02")
    laid = done(plan, Place(B, by=by))
    assert (dates(laid, B), dates(laid, C)[0]) == ((milestone, milestone), follower)


def test_a_milestone_is_put_where_the_hand_drops_its_diamond() -> None:
    plan = days(5, 0, 2, links="A-B B-C")
    dropped = (
        ("2026-02-10", "10.02", "11.02"),
        ("2026-02-07", "09.02", "10.02"),
        ("2026-02-05", "05.02", "06.02"),
        ("2026-02-01", "02.02", "02.02"),
    )
    for day, stands, follower in dropped:
        laid = done(plan, Place(B, at(day)))
        assert (dates(laid, B)[0], dates(laid, C)[0]) == (stands, follower)


@pytest.mark.parametrize("links", ["A-B", ""])
@pytest.mark.parametrize("by", [1, 2, -1])
def test_a_milestone_moves_by_a_day_on_the_chart_as_in_its_date(links: str, by: int) -> None:
    """Behind work it ends days, by itself it begins them: pressed or dragged, it goes on so."""
    plan = days(3, 0, links=links)
    laid = lay(plan) if links else done(plan, Place(B, at("2026-02-04")))
    before = gantt_layout(laid, MONDAY).bars[1]
    for act in (Place(B, by=by), Place(B, before.span.start + timedelta(by))):
        after = gantt_layout(done(laid.plan, act), MONDAY).bars[1]
        assert (after.start - before.start, after.span.start - before.span.start) == (
            by,
            timedelta(by),
        )


def test_a_milestone_put_at_the_end_of_a_day_stays_there_whatever_ends_on_days_off() -> None:
    weekend = NamedCalendar("w", "Weekends", OwnCalendar(weekdays=(5, 6)))
    plan = replace(days(5, 2, 0, links="A-B B-C"), calendars=(weekend,))
    a, b, c = plan.tasks
    plan = replace(plan, tasks=(a, replace(b, calendar="w"), c))
    assert dates(lay(plan), C)[0] == "08.02"
    moves = {1: "09.02", -1: "06.02", -2: "05.02"}
    assert {by: dates(done(plan, Place(C, by=by)), C)[0] for by in moves} == moves


def test_a_milestone_at_the_end_of_a_day_leaves_for_project_with_the_hour_at_which_work_ends() -> (
    None
):
    laid = done(days(3, 0, links="A-B"), Place(B, by=1))
    written = write_mspdi(PlanFile("P", laid.plan), laid).decode()
    ends = "2026-02-05T18:00:00"
    for name in ("Start", "Finish", "ManualStart"):
        assert f"<{name}>{ends}</{name}>" in written.partition("<Name>B</Name>")[2]


def test_what_a_hand_has_put_before_is_told_and_stands_as_it_did() -> None:
    """Midnight is the morning of a day, in plans kept and in files of before."""
    plan = days(3, 0, links="A-B")
    old = replace(plan, tasks=(plan.tasks[0], replace(plan.tasks[1], placed_at=at("2026-02-09"))))
    bar = gantt_layout(lay(old), MONDAY).bars[1]
    assert (bar.start, bar.span.start) == (8.0, at("2026-02-09"))


def test_hours_and_minutes_move_through_nights_and_days_off() -> None:
    plan = replace(days(8, 4, links="A-B"), unit=PlanUnit.HOUR)
    assert dates(lay(plan), B) == ("03.02 09:00", "03.02 13:00")
    assert dates(done(plan, Place(B, by=-1)), B)[0] == "02.02 17:00"
    laid = done(plan, Place(B, at("2026-02-06T19:30")))
    assert laid.plan.task(B).placed_at == at("2026-02-09T09:00")
    plan = replace(days(30, 60, links="A-B"), unit=PlanUnit.MINUTE)
    assert dates(done(plan, Place(B, by=5)), B) == ("02.02 09:35", "02.02 10:35")


def test_a_task_with_its_own_calendar_moves_by_its_days() -> None:
    weekend = NamedCalendar("w", "Weekends", OwnCalendar(weekdays=(5, 6)))
    plan = days(1, 1)
    plan = replace(
        plan, calendars=(weekend,), tasks=(replace(plan.tasks[0], calendar="w"), plan.tasks[1])
    )
    assert dates(lay(plan), A)[0] == "07.02"
    assert dates(done(plan, Place(A, by=2)), A)[0] == "14.02"


def test_what_runs_in_calendar_days_moves_and_stretches_by_any_day() -> None:
    plan = days(3, 1)
    plan = replace(plan, tasks=(replace(plan.tasks[0], counting=Counting.CALENDAR), plan.tasks[1]))
    assert dates(done(plan, Place(A, by=5)), A)[0] == "07.02"
    laid = done(plan, Stretch(A, until=at("2026-02-11")))
    assert laid.plan.task(A).duration == 10
    assert dates(laid, A) == ("02.02", "11.02")


def test_nothing_is_put_before_the_plan_or_beyond_the_calendars() -> None:
    plan = days(2, 1)
    for act, error in (
        (Place(A, by=-1), ConstraintBeforeStartError),
        (Place(A, at("2026-01-30")), ConstraintBeforeStartError),
        (Place(A, at("9999-12-31")), TermDateError),
        (Place(A, at("0001-01-01")), TermDateError),
        (Place(A, at("2199-01-01")), PlanTooLongError),
        (Place(A, by=2**31 - 1), OutOfRangeError),
        (Place(404, by=1), NotFoundError),
        (Stretch(A, until=at("9999-12-31")), TermDateError),
        (Stretch(A, by=2**31 - 1), OutOfRangeError),
    ):
        with pytest.raises(error):
            done(plan, act)


def test_what_has_begun_is_not_moved() -> None:
    plan = days(4, 1)
    begun = replace(plan.tasks[0], progress=Progress(at("2026-02-02")), done_percent=50)
    plan = replace(plan, tasks=(begun, plan.tasks[1]))
    for act in (Place(A, by=1), Place(A, at("2026-02-05"))):
        with pytest.raises(BegunError):
            done(plan, act)
    assert dates(done(plan, Stretch(A, by=2)), A) == ("02.02", "09.02")
    assert dates(done(plan, Stretch(A, until=at("2026-02-06"))), A) == ("02.02", "06.02")
    left = replace(begun, progress=Progress(at("2026-02-02"), remaining=1))
    plan = replace(plan, tasks=(left, plan.tasks[1]))
    assert dates(done(plan, Stretch(A, until=at("2026-02-06"))), A) == ("02.02", "06.02")
    whole = Progress(at("2026-02-02"), at("2026-02-04"))
    plan = replace(plan, tasks=(replace(begun, progress=whole, done_percent=100), plan.tasks[1]))
    with pytest.raises(BegunError):
        done(plan, Stretch(A, by=2))


# ---- stages


def test_a_stage_moves_its_first_parts_and_the_others_follow() -> None:
    plan = staged(2, 2, 1, 1, links="A-B B-D")
    laid = done(plan, Place(STAGE, at("2026-02-04")))
    placed = {x.title for x in laid.plan.tasks if x.placed_at is not None}
    assert placed == {"A", "C"}
    assert [dates(laid, x)[0] for x in (A, B, C, D)] == ["04.02", "06.02", "04.02", "10.02"]
    laid = done(laid.plan, Place(STAGE, by=-1))
    assert [dates(laid, x)[0] for x in (A, B, C)] == ["03.02", "05.02", "03.02"]


def test_parts_of_a_stage_keep_their_distances() -> None:
    plan = done(staged(2, 2, 1), Place(B, at("2026-02-06"))).plan
    laid = done(plan, Place(STAGE, at("2026-02-03")))
    assert [dates(laid, x)[0] for x in (A, B)] == ["03.02", "09.02"]


def test_a_stage_has_no_length_of_its_own_and_stays_where_all_its_parts_have_begun() -> None:
    plan = staged(2, 1)
    with pytest.raises(StageFieldError):
        done(plan, Stretch(STAGE, by=1))
    with pytest.raises(StageFieldError):
        done(plan, Done(STAGE, 50))
    tasks = [
        replace(x, progress=Progress(at("2026-02-02"))) if x.id == A else x for x in plan.tasks
    ]
    with pytest.raises(BegunError):
        done(replace(plan, tasks=tuple(tasks)), Place(STAGE, by=1))


# ---- stretching


@pytest.mark.parametrize(
    ("until", "length"),
    [("2026-02-02", 1), ("2026-02-06", 5), ("2026-02-08", 5), ("2026-01-30", 1)],
)
def test_a_task_is_stretched_until_its_last_day(until: str, length: int) -> None:
    assert done(days(3), Stretch(A, until=at(until))).plan.task(A).duration == length


def test_a_milestone_becomes_a_task_and_by_no_pull_of_its_end_one_again() -> None:
    plan = days(3, 0, links="A-B")
    laid = done(plan, Stretch(B, until=at("2026-02-06")))
    assert dates(laid, B) == ("05.02", "06.02")
    assert done(laid.plan, Stretch(B, by=-2)).plan.task(B).duration == 1
    assert done(laid.plan, Stretch(B, by=-9)).plan.task(B).duration == 1
    assert done(plan, Stretch(B, until=at("2026-01-30"))).plan.task(B).is_milestone
    with pytest.raises(OutOfRangeError):
        done(plan, Stretch(B, by=-1))
    assert dates(done(plan, Stretch(B, by=1)), B) == ("05.02", "05.02")


def test_hours_are_counted_within_the_working_day() -> None:
    plan = replace(days(2), unit=PlanUnit.HOUR)
    laid = done(plan, Stretch(A, until=at("2026-02-03T10:00")))
    assert laid.plan.task(A).duration == 9
    plan = replace(days(2), unit=PlanUnit.MINUTE)
    assert done(plan, Stretch(A, until=at("2026-02-02T09:45"))).plan.task(A).duration == 45


# ---- the rest


def test_names_progress_links_and_lags() -> None:
    plan = days(2, 3, 1, links="A-B")
    key = LinkKey(A, B, LinkKind.FS)
    laid = done(
        plan, Call(A, " Сад \n у реки "), Done(A, 40), Link(Dependency(B, C, LinkKind.SS, 1)),
        Lag(key, 2),
    )  # fmt: skip
    assert (laid.plan.task(A).title, laid.plan.task(A).done_percent) == ("Сад у реки", 40)
    assert [x.lag for x in laid.plan.dependencies] == [2, 1]
    assert done(laid.plan, Unlink(key)).plan.dependencies == (Dependency(B, C, LinkKind.SS, 1),)
    with pytest.raises(CycleError) as caught:
        done(plan, Link(Dependency(B, A)))
    assert caught.value.details == {"tasks": "A → B → A"}
    for act in (Unlink(LinkKey(A, C, LinkKind.FS)), Lag(LinkKey(A, C, LinkKind.FS), 1)):
        with pytest.raises(NotFoundError):
            done(plan, act)


def test_progress_in_full_leaves_nothing_to_be_done() -> None:
    plan = days(4)
    begun = replace(plan.tasks[0], progress=Progress(at("2026-02-02"), remaining=2))
    task = done(replace(plan, tasks=(begun,)), Done(A, 100)).plan.task(A)
    assert (task.done_percent, task.progress) == (100, Progress(at("2026-02-02")))


def test_a_new_task_comes_below_a_row_into_its_stage() -> None:
    plan = staged(2, 2, 1)
    edit = edit_of(lay(plan), (Add("N", below=A),))
    laid = lay(apply(plan, edit))
    assert rows(laid) == "SANBC"
    assert laid.plan.task(-1).parent_id == STAGE
    assert rows(lay(apply(plan, edit_of(lay(plan), (Add("N", below=STAGE),))))) == "SABNC"
    last = apply(plan, edit_of(lay(plan), (Add("N", length=0),)))
    assert (rows(lay(last)), last.task(-1).is_milestone) == ("SABCN", True)


def test_several_acts_are_one_edit_each_over_what_the_former_left() -> None:
    plan = days(2, 1, links="A-B")
    laid = done(plan, Place(A, by=1), Place(A, by=1), Stretch(A, by=1), Remove(B))
    assert dates(laid, A) == ("04.02", "06.02")
    assert rows(laid) == "A"


@pytest.mark.parametrize(
    ("act", "order"),
    [
        (Shift(B, Move.UP), "SBAC"), (Shift(C, Move.UP), "CSAB"),
        (Drag(B, A, Where.ABOVE), "SBAC"), (Drag(A, B, Where.BELOW), "SBAC"),
        (Drag(C, A, Where.BELOW), "SACB"), (Drag(STAGE, C, Where.BELOW), "CSAB"),
        (Drag(A, STAGE, Where.ABOVE), "ASBC"), (Drag(A, STAGE, Where.BELOW), "SBAC"),
        (Drag(C, STAGE, Where.INSIDE), "SABC"), (Drag(A, C, Where.INSIDE), "SBCA"),
        (Drag(STAGE, C, Where.ABOVE), "SABC"), (Drag(A, STAGE, Where.INSIDE), "SBAC"),
    ],
)  # fmt: skip
def test_rows_are_dragged_with_their_parts(act: Act, order: str) -> None:
    plan = staged(2, 2, 1)
    laid = done(plan, act)
    assert rows(laid) == order
    if isinstance(act, Drag):
        wanted = act.beside if act.where is Where.INSIDE else plan.task(act.beside).parent_id
        assert laid.plan.task(act.task).parent_id == wanted


def test_no_row_is_dragged_into_itself() -> None:
    for act in (Drag(STAGE, A, Where.BELOW), Drag(A, A, Where.INSIDE), Drag(A, A, Where.ABOVE)):
        with pytest.raises(StageLoopError):
            done(staged(2, 2, 1), act)


def test_a_link_of_another_kind_counts_its_lag_as_the_one_it_replaces() -> None:
    plan = days(2, 2, 1)
    link = Dependency(A, B, LinkKind.FS, 3, Counting.CALENDAR)
    plan = replace(plan, dependencies=(link,))
    other = Dependency(A, B, LinkKind.SS, 3)
    found = done(plan, Unlink(link.key), Link(other), Link(Dependency(B, C))).plan
    assert found.dependencies == (
        replace(other, counting=Counting.CALENDAR), Dependency(B, C),
    )  # fmt: skip


# ---- what comes from the browser


def test_acts_are_read_as_the_browser_sends_them() -> None:
    sent = [
        {"do": "move", "task": 1, "at": "2026-12-01"}, {"do": "move", "task": 1, "by": -1},
        {"do": "free", "task": 1}, {"do": "stretch", "task": 1, "until": "2026-12-05T10:00"},
        {"do": "stretch", "task": 1, "by": 1}, {"do": "progress", "task": 1, "percent": 40},
        {"do": "rename", "task": 1, "title": "Ё"}, {"do": "shift", "task": 1, "move": "into"},
        {"do": "row", "task": 1, "beside": 2, "where": "inside"},
        {"do": "link", "from": 1, "to": 2, "kind": "SF", "lag": -2},
        {"do": "unlink", "from": 1, "to": 2, "kind": "FS"},
        {"do": "lag", "from": 1, "to": 2, "kind": "FS", "lag": 2},
        {"do": "add", "below": None, "title": "Ё", "length": 3}, {"do": "remove", "task": 1},
    ]  # fmt: skip
    key = LinkKey(1, 2, LinkKind.FS)
    assert acts_of(sent) == (
        Place(1, at("2026-12-01")), Place(1, by=-1), Free(1),
        Stretch(1, at("2026-12-05T10:00")), Stretch(1, by=1), Done(1, 40), Call(1, "Ё"),
        Shift(1, Move.INTO), Drag(1, 2, Where.INSIDE), Link(Dependency(1, 2, LinkKind.SF, -2)),
        Unlink(key), Lag(key, 2), Add("Ё", None, 3), Remove(1),
    )  # fmt: skip
    assert acts_of([{"do": "undo"}]) is Step.UNDO
    assert acts_of([{"do": "redo"}]) is Step.REDO
    assert acts_of([{"do": "undo", "seq": 7}]) == Turn(Step.UNDO, 7)
    assert acts_of([{"do": "rename", "task": 1, "title": "a\ud800b"}]) == (Call(1, "a?b"),)


def test_a_hand_does_no_more_at_once_than_is_counted_in_a_moment() -> None:
    many = [{"do": "free", "task": 1}] * 21
    assert len(acts_of(many[:20])) == 20
    with pytest.raises(InvalidError):
        acts_of(many)


def test_what_is_refused_is_told_in_letters_that_can_be_sent() -> None:
    with pytest.raises(InvalidError) as caught:
        acts_of([{"do": "a\ud800b"}])
    assert caught.value.details["value"] == "a?b"


@pytest.mark.parametrize(
    "sent",
    [
        None, {}, [], "undo", [{"do": "fly"}], [{"do": ["move"]}], [{}], ["x"], [{"do": "move"}],
        [{"do": "move", "task": "1", "by": 1}], [{"do": "move", "task": True, "by": 1}],
        [{"do": "move", "task": 1.5, "by": 1}], [{"do": "move", "task": 2**40, "by": 1}],
        [{"do": "move", "task": 1, "at": "tomorrow"}], [{"do": "move", "task": 1, "at": 5}],
        [{"do": "move", "task": 1, "at": "2026-12-01T00:00:00Z"}],
        [{"do": "shift", "task": 1, "move": "away"}], [{"do": "rename", "task": 1, "title": None}],
        [{"do": "rename", "task": 1, "title": "x" * 3_000}],
        [{"do": "row", "task": 1, "beside": 2, "where": "under"}],
        [{"do": "link", "from": 1, "to": 2, "kind": "XX"}], [{"do": "link", "from": 1}],
        [{"do": "undo"}, {"do": "undo"}], [{"do": "free", "task": 1}] * 201,
    ],
)  # fmt: skip
def test_what_is_no_act_is_refused_in_words(sent: object) -> None:
    with pytest.raises(InvalidError):
        acts_of(sent)


@pytest.mark.parametrize("task", [0, -1, 404, 2**31 - 1])
def test_a_task_that_is_not_there_is_not_found_by_any_act(task: int) -> None:
    plan = days(1, 1, links="A-B")
    for act in (
        Place(task, by=1), Free(task), Stretch(task, by=1), Done(task, 1), Call(task, "x"),
        Shift(task, Move.UP), Drag(task, A, Where.ABOVE), Drag(A, task, Where.ABOVE),
        Link(Dependency(A, task)), Add("x", below=task), Remove(task),
    ):  # fmt: skip
        with pytest.raises(NotFoundError):
            done(plan, act)


def test_an_empty_name_and_too_much_progress_are_refused() -> None:
    plan = days(1)
    for act in (Call(A, "  "), Done(A, 101), Done(A, -1), Add(""), Add("x", length=-1)):
        with pytest.raises(DomainError):
            done(plan, act)

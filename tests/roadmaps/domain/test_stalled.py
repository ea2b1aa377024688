"""When something was last done on a plan, as its history and its dates tell."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmaps.domain.edit_data import edit_to_data
from roadmaps.domain.edits import Batch, ChangeTask, Edit
from roadmaps.domain.edits_task import Rename, SetProgress
from roadmaps.domain.plan import Task
from roadmaps.domain.portfolio_lines import Flag, flags_of
from roadmaps.domain.roadmap import RoadmapLine, RoadmapState
from roadmaps.domain.stalled import (
    Signs,
    WorkMark,
    is_stalled,
    last_marks,
    reaching_back,
    tells_of_work,
)

TODAY = date(2026, 6, 30)
AT = datetime(2026, 6, 1, tzinfo=UTC)


def _line(
    state: RoadmapState = RoadmapState.UNDER_WAY, starts: date = date(2026, 1, 12), late: int = 0
) -> RoadmapLine:
    return RoadmapLine(1, 1, "Путь", "", state, starts, TODAY, 4, 1, late, "", None)


@pytest.mark.parametrize(
    ("signs", "starts", "stalled"),
    [
        (Signs(date(2026, 1, 10), marked_at=TODAY - timedelta(days=30)), date(2026, 1, 12), True),
        (Signs(date(2026, 1, 10), marked_at=TODAY - timedelta(days=29)), date(2026, 1, 12), False),
        # the later of a mark and an actual date counts
        (
            Signs(date(2026, 1, 10), date(2026, 1, 20), actual_on=date(2026, 6, 25)),
            date(2026, 1, 12),
            False,
        ),
        # nothing done yet: from the first day of the plan, or the day the roadmap was made
        (Signs(date(2026, 1, 10)), date(2026, 6, 10), False),
        (Signs(date(2026, 6, 10)), date(2026, 1, 12), False),
        (Signs(date(2026, 1, 10)), date(2026, 1, 12), True),
    ],
)
def test_a_plan_under_way_is_stalled_when_nothing_was_done_for_thirty_days(
    signs: Signs, starts: date, stalled: bool
) -> None:
    assert is_stalled(_line(starts=starts), signs, TODAY) is stalled
    for state in set(RoadmapState) - {RoadmapState.UNDER_WAY}:
        assert is_stalled(_line(state, starts), signs, TODAY) is False


def test_flags_say_late_stalled_and_ending_this_month() -> None:
    assert flags_of(_line(late=2), TODAY, is_stalled=True) == {*Flag}
    assert flags_of(_line(RoadmapState.DONE), TODAY, is_stalled=False) == set()
    next_month = TODAY + timedelta(days=1)
    assert flags_of(_line(), next_month, is_stalled=False) == set()


def test_a_mark_taken_back_is_no_sign_of_work_until_it_is_done_again() -> None:
    def at(day: int) -> datetime:
        return AT + timedelta(days=day)

    marks = [WorkMark(1, 3, None, at(1)), WorkMark(1, 5, None, at(2)), WorkMark(2, 3, None, at(9))]
    assert last_marks(marks) == {1: at(2), 2: at(9)}
    undone = [*marks, WorkMark(1, 6, 5, at(3))]
    assert last_marks(undone) == {1: at(1), 2: at(9)}
    again = [*undone, WorkMark(1, 7, 6, at(4))]
    assert last_marks(again) == {1: at(4), 2: at(9)}
    assert last_marks([*again, WorkMark(1, 8, 7, at(5))]) == {1: at(1), 2: at(9)}
    assert last_marks([WorkMark(1, 3, None, at(1)), WorkMark(1, 4, 3, at(2))]) == {}


@given(st.lists(st.integers(-20, 20), max_size=20), st.integers(1, 20))
def test_what_the_newest_marks_tell_is_what_all_of_them_tell(
    takes_back: list[int], newest: int
) -> None:
    marks = [
        WorkMark(1, seq, seq - back if 0 < back < seq else None, AT + timedelta(seq))
        for seq, back in enumerate(takes_back, start=1)
    ]
    latest = marks[-newest:]
    told = last_marks(latest)
    if told and not reaching_back(latest):
        assert told == last_marks(marks)


@pytest.mark.parametrize(
    ("forward", "backward", "tells"),
    [
        (SetProgress(1, 40), SetProgress(1, 0), True),
        (Rename(1, '"edit": "SetProgress"'), Rename(1, "A"), False),
        (ChangeTask(Task(1, "A", done_percent=40)), ChangeTask(Task(1, "A")), True),
        (ChangeTask(Task(1, "B")), ChangeTask(Task(1, "A")), False),
        (
            Batch((Rename(1, "B"), ChangeTask(Task(2, "A", done_percent=40)))),
            Batch((ChangeTask(Task(2, "A")), Rename(1, "A"))),
            True,
        ),
    ],
)
def test_only_what_says_how_far_a_task_is_tells_of_work(
    forward: Edit, backward: Edit, tells: bool
) -> None:
    assert tells_of_work(edit_to_data(forward), edit_to_data(backward)) is tells

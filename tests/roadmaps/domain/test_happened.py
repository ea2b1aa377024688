"""How far a task is and what has happened to it: never one against the other."""

from dataclasses import replace
from datetime import datetime

import pytest

from roadmaps.domain.edits import ChangeTask, apply
from roadmaps.domain.edits_many import ForMany, edits_for_many
from roadmaps.domain.edits_task import SetProgress, happened
from roadmaps.domain.plan import Plan
from roadmaps.domain.table import rows_of, table_edit
from roadmaps.domain.terms import Progress
from tests.roadmaps.plans import plan_of

BEGUN, ENDED = datetime(2026, 2, 2), datetime(2026, 2, 4)
SAID = [
    (80, Progress(BEGUN, None, 5), 100, Progress(BEGUN)),
    (0, Progress(None, None, 5), 100, None),
    (100, Progress(BEGUN, ENDED), 0, Progress(BEGUN)),
    (0, Progress(BEGUN, None, 5), 30, Progress(BEGUN, None, 5)),
    (30, Progress(BEGUN, ENDED), 100, Progress(BEGUN, ENDED)),
]


def _plan(percent: int, known: Progress) -> Plan:
    plan = plan_of(3, 1, links="A-B")
    first = replace(plan.tasks[0], done_percent=percent, progress=known)
    return apply(plan, ChangeTask(first))


@pytest.mark.parametrize(("before", "known", "percent", "left"), SAID)
def test_what_several_tasks_are_said_to_be_takes_along_what_cannot_have_happened(
    before: int, known: Progress, percent: int, left: Progress | None
) -> None:
    edits = edits_for_many(_plan(before, known), (1,), ForMany(done_percent=percent))
    assert edits == (SetProgress(1, percent, left),)


@pytest.mark.parametrize(("before", "known", "percent", "left"), SAID)
def test_a_percentage_in_the_table_takes_along_what_cannot_have_happened(
    before: int, known: Progress, percent: int, left: Progress | None
) -> None:
    plan = _plan(before, known)
    first, second = rows_of(plan)
    after = apply(plan, table_edit(plan, [replace(first, done_percent=percent), second], ()))
    assert (after.task(1).done_percent, after.task(1).progress) == (percent, left)


def test_a_row_whose_percentage_stays_keeps_what_has_happened() -> None:
    plan = _plan(50, Progress(BEGUN, ENDED))
    first, second = rows_of(plan)
    after = apply(plan, table_edit(plan, [replace(first, title="New"), second], ()))
    assert after.task(1).progress == Progress(BEGUN, ENDED)


def test_nothing_is_left_of_a_task_that_a_person_says_is_done_in_full() -> None:
    assert happened(1, 100, BEGUN, None, 5) == SetProgress(1, 100, Progress(BEGUN))
    assert happened(1, 100, None, None, 5) == SetProgress(1, 100)

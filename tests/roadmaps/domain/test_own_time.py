"""Where a hand has put a task before what it waits for."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from roadmaps.domain.edits import apply
from roadmaps.domain.edits_task import PlaceTask
from roadmaps.domain.laid import lay
from roadmaps.domain.own_time import ahead_of
from tests.roadmaps.plans import plan_of

MONDAY = date(2026, 2, 2)


@pytest.mark.parametrize(
    ("links", "day", "is_ahead"),
    [
        ("A-B", 4, True), ("A-B", 5, False), ("A-B:fs+1", 5, True), ("A-B:fs+1", 6, False),
        ("A-B:fs-1", 4, False), ("A-B:fs-1", 3, True), ("A-B:ss", 2, False), ("A-B:ss+2", 3, True),
        ("A-B:ff", 3, False), ("A-B:ff", 2, True), ("", 2, False),
    ],
)  # fmt: skip
def test_a_link_is_kept_from_the_day_on_that_it_allows(
    links: str, day: int, is_ahead: bool
) -> None:
    plan = plan_of(3, 2, links=links, start=MONDAY)
    laid = lay(apply(plan, PlaceTask(2, datetime(2026, 2, day))))
    assert bool(ahead_of(laid, laid.plan.task(2))) is is_ahead


def test_what_its_links_have_placed_is_never_ahead_and_a_stage_s_links_hold_its_parts() -> None:
    plan = plan_of(3, 2, 1, links="A-C", start=MONDAY)
    a, b, c = plan.tasks
    plan = replace(plan, tasks=(a, replace(b, parent_id=3, position=4), c))
    assert not ahead_of(lay(plan), plan.task(2))
    laid = lay(apply(plan, PlaceTask(2, datetime(2026, 2, 3))))
    assert [link.predecessor for link in ahead_of(laid, laid.plan.task(2))] == [1]

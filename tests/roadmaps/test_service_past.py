"""The history of a roadmap: what each change did to the end, who and what to ask for, pages."""

from datetime import date, timedelta

import pytest

from core.errors import ForbiddenError, NotFoundError
from core.permissions import Role
from roadmaps import service
from roadmaps.domain.edits import Edit, RemoveTask
from roadmaps.domain.edits_task import Rename, SetDuration
from roadmaps.domain.past import PastSearch, PastState
from roadmaps.service import NewPlan
from tests.roadmaps.plans import plan_of

START = date(2026, 11, 23)


@pytest.fixture
def roadmap_id(workspace, case_id) -> int:
    plan = plan_of(2, 5, 3, links="A-B", start=START)
    return service.create_roadmap(workspace, new=NewPlan(case_id, "Путь", plan))


def _change(workspace, roadmap_id: int, edit: Edit) -> None:
    version = service.view_plan(workspace, roadmap_id=roadmap_id).roadmap.version
    service.edit_plan(workspace, roadmap_id=roadmap_id, edit=edit, version=version)


def _past(workspace, roadmap_id: int, **search: object) -> service.PastView:
    return service.view_past(workspace, roadmap_id=roadmap_id, search=PastSearch(**search))


def _tasks(workspace, roadmap_id: int) -> tuple[int, ...]:
    plan = service.view_plan(workspace, roadmap_id=roadmap_id).plan
    return tuple(task.id for task in plan.tasks)


def test_each_change_is_told_with_what_it_did_to_the_end(workspace, roadmap_id, me) -> None:
    a, b, c = _tasks(workspace, roadmap_id)
    _change(workspace, roadmap_id, SetDuration(a, 4))
    _change(workspace, roadmap_id, Rename(c, "Смета"))
    _change(workspace, roadmap_id, SetDuration(b, 1))
    service.undo_edit(workspace, roadmap_id=roadmap_id)
    past = _past(workspace, roadmap_id)
    day = timedelta(days=1)
    assert [(x.state, x.stands, x.end_by) for x in past.changes] == [
        (PastState.TAKING_BACK, False, 6 * day),
        (PastState.TAKEN_BACK, False, -6 * day),
        (PastState.STANDS, True, 0 * day),
        (PastState.STANDS, True, 2 * day),
    ]
    assert "Смета" in past.changes[2].told
    assert past.changes[0].told == past.changes[1].told == "«B»: длительность 5 → 1"
    assert set(past.people) == {me}
    assert past.tasks == {a: "1. A", b: "2. B", c: "3. Смета"}
    service.redo_edit(workspace, roadmap_id=roadmap_id)
    again = _past(workspace, roadmap_id).changes
    assert [(x.state, x.stands) for x in again[:3]] == [
        (PastState.AGAIN, True),
        (PastState.TAKING_BACK, False),
        (PastState.TAKEN_BACK, False),
    ]


def test_history_is_narrowed_by_person_task_and_words_also_of_tasks_that_are_gone(
    workspace, workspaces, roadmap_id, me
) -> None:
    a, _b, c = _tasks(workspace, roadmap_id)
    manager = workspaces(Role.MANAGER, name="Мария")
    _change(manager, roadmap_id, Rename(a, "Ёлка"))
    _change(workspace, roadmap_id, RemoveTask(c))
    past = _past(workspace, roadmap_id)
    maria = next(key for key in past.people if key != me)
    assert past.tasks[c] == "C"
    assert [x.seq for x in _past(workspace, roadmap_id, person_id=maria).changes] == [2]
    assert [x.seq for x in _past(workspace, roadmap_id, task_id=c).changes] == [3]
    assert [x.seq for x in _past(workspace, roadmap_id, text="елк").changes] == [2]
    none = _past(workspace, roadmap_id, text="нет")
    assert (none.changes, none.total, none.page) == ((), 0, 1)


def test_a_long_history_comes_by_fifty_and_a_page_too_far_is_the_last(
    workspace, roadmap_id
) -> None:
    a, *_rest = _tasks(workspace, roadmap_id)
    for number in range(51):
        _change(workspace, roadmap_id, SetDuration(a, 3 + number % 2))
    first, last = (_past(workspace, roadmap_id, page=page) for page in (1, 9))
    assert (len(first.changes), first.total, last.page, len(last.changes)) == (50, 51, 2, 1)
    assert last.changes[0].end_by == timedelta(days=1)


def test_who_may_not_see_a_roadmap_sees_no_history(workspace, workspaces, roadmap_id) -> None:
    with pytest.raises(ForbiddenError):
        _past(workspaces(Role.EXPERT), roadmap_id)
    with pytest.raises(NotFoundError):
        _past(workspace, 404)

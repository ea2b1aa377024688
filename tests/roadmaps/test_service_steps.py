"""Undo and redo, rows moved by hand, the head of a plan: on both databases."""

from datetime import date

import pytest

from core.errors import RequiredError, StaleError
from core.i18n import Term
from core.permissions import Role
from core.workspace import Workspace
from roadmaps import service
from roadmaps.domain.edits import ChangeTask
from roadmaps.domain.errors import (
    CannotMoveError,
    NothingToRedoError,
    NothingToUndoError,
    NotLastEditError,
)
from roadmaps.domain.plan import Plan, Task
from roadmaps.domain.roadmap import Head
from roadmaps.domain.rows import Move
from roadmaps.service import NewPlan, TaskDraft
from tests import factories
from tests.roadmaps.plans import plan_of

START = date(2026, 11, 23)
SEEN = Head("Путь", START)


@pytest.fixture
def people(workspace, workspaces, database) -> tuple[Workspace, Workspace]:
    """Two who work on one case."""
    with database.writing() as db:
        second = factories.make_person(db, roles=[Role.CONSULTANT])
    return workspace, workspaces(Role.CONSULTANT, person_id=second)


@pytest.fixture
def roadmap_id(people, database) -> int:
    first, second = (_me(one) for one in people)
    with database.writing() as db:
        case = factories.make_case(db, first, members=[second])
    plan = plan_of(2, 5, 3, 1, links="A-B A-C B-D C-D", start=START)
    return service.create_roadmap(people[0], new=NewPlan(case, "Путь", plan))


def _me(workspace: Workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


def _view(workspace: Workspace, roadmap_id: int):
    return service.view_plan(workspace, roadmap_id=roadmap_id)


def _plan(workspace: Workspace, roadmap_id: int) -> Plan:
    return _view(workspace, roadmap_id).plan


def _lengthen(workspace: Workspace, roadmap_id: int, row: int, days: int) -> Plan:
    view = _view(workspace, roadmap_id)
    old = view.plan.tasks[row]
    edit = ChangeTask(Task(old.id, old.title, days, uid=old.uid))
    service.edit_plan(workspace, roadmap_id=roadmap_id, edit=edit, version=view.roadmap.version)
    return _plan(workspace, roadmap_id)


def test_undo_and_redo_walk_the_same_plans_back_and_forth(workspace, roadmap_id) -> None:
    which = {"roadmap_id": roadmap_id}
    states = [_plan(workspace, roadmap_id)]
    states += [_lengthen(workspace, roadmap_id, row, 9) for row in range(3)]
    for _round in range(2):
        for expected in reversed(states[:-1]):
            service.undo_edit(workspace, **which)
            assert _plan(workspace, roadmap_id) == expected
        with pytest.raises(NothingToUndoError):
            service.undo_edit(workspace, **which)
        for expected in states[1:]:
            service.redo_edit(workspace, **which)
            assert _plan(workspace, roadmap_id) == expected
        with pytest.raises(NothingToRedoError):
            service.redo_edit(workspace, **which)


def test_an_edit_after_an_undo_leaves_nothing_to_redo(workspace, roadmap_id) -> None:
    which = {"roadmap_id": roadmap_id}
    _lengthen(workspace, roadmap_id, 0, 9)
    service.undo_edit(workspace, **which)
    assert _view(workspace, roadmap_id).chain.redo is not None
    changed = _lengthen(workspace, roadmap_id, 1, 9)
    assert _view(workspace, roadmap_id).chain.redo is None
    with pytest.raises(NothingToRedoError):
        service.redo_edit(workspace, **which)
    assert _plan(workspace, roadmap_id) == changed


def test_a_redo_over_anothers_edit_shows_all_three_and_changes_nothing(people, roadmap_id) -> None:
    mine, other = people
    _lengthen(mine, roadmap_id, 0, 9)
    service.undo_edit(mine, roadmap_id=roadmap_id)
    seen = _view(mine, roadmap_id).chain.redo
    changed = _lengthen(other, roadmap_id, 0, 7)
    with pytest.raises(StaleError) as caught:
        service.redo_edit(mine, roadmap_id=roadmap_id, seq=seen)
    shown = {
        name: list(caught.value.details[name].values()) for name in ("original", "current", "yours")
    }
    assert shown == {
        "original": [2], "current": [7], "yours": [9],
    }  # fmt: skip
    assert _plan(mine, roadmap_id) == changed


def test_the_same_redo_pressed_twice_is_done_once(workspace, roadmap_id) -> None:
    plan = _lengthen(workspace, roadmap_id, 0, 9)
    service.undo_edit(workspace, roadmap_id=roadmap_id)
    seen = _view(workspace, roadmap_id).chain.redo
    made = service.redo_edit(workspace, roadmap_id=roadmap_id, seq=seen)
    with pytest.raises(NothingToRedoError):
        service.redo_edit(workspace, roadmap_id=roadmap_id, seq=seen)
    assert _plan(workspace, roadmap_id) == plan
    assert service.undo_edit(workspace, roadmap_id=roadmap_id, seq=made) == made


def test_only_what_was_undone_last_is_redone(workspace, roadmap_id) -> None:
    for row in (0, 1):
        _lengthen(workspace, roadmap_id, row, 9)
    service.undo_edit(workspace, roadmap_id=roadmap_id)
    first = _view(workspace, roadmap_id).chain.redo
    service.undo_edit(workspace, roadmap_id=roadmap_id)
    with pytest.raises(NotLastEditError):
        service.redo_edit(workspace, roadmap_id=roadmap_id, seq=first)


def test_a_removed_task_comes_back_and_goes_again_under_its_id(workspace, roadmap_id) -> None:
    version = _view(workspace, roadmap_id).roadmap.version
    draft = TaskDraft("Отчёт", 2, waits="4")
    made = service.add_task(workspace, roadmap_id=roadmap_id, version=version, draft=draft)
    with_it = _plan(workspace, roadmap_id)
    service.undo_edit(workspace, roadmap_id=roadmap_id)
    assert made.task_id not in _plan(workspace, roadmap_id).by_id
    service.redo_edit(workspace, roadmap_id=roadmap_id)
    assert _plan(workspace, roadmap_id) == with_it


def test_a_row_moved_by_hand_is_kept_told_and_taken_back(workspace, roadmap_id) -> None:
    before = _view(workspace, roadmap_id)
    where = {"roadmap_id": roadmap_id, "version": before.roadmap.version}
    task_id = before.plan.tasks[1].id
    service.move_task(workspace, **where, task_id=task_id, move=Move.DOWN)
    after = _plan(workspace, roadmap_id)
    assert [task.title for task in after.tasks] == ["A", "C", "B", "D"]
    assert after.dependencies == before.plan.dependencies
    service.undo_edit(workspace, roadmap_id=roadmap_id)
    assert _plan(workspace, roadmap_id) == before.plan
    service.redo_edit(workspace, roadmap_id=roadmap_id)
    assert _plan(workspace, roadmap_id) == after


def test_a_row_that_another_moved_too_shows_the_places(people, roadmap_id) -> None:
    mine, other = people
    seen = _view(mine, roadmap_id)
    where = {"roadmap_id": roadmap_id, "version": seen.roadmap.version}
    service.move_task(other, **where, task_id=seen.plan.tasks[1].id, move=Move.DOWN)
    with pytest.raises(StaleError) as caught:
        service.move_task(mine, **where, task_id=seen.plan.tasks[1].id, move=Move.UP)
    row = ("2. B", Term("field.row"))
    shown = [caught.value.details[x][row] for x in ("original", "yours", "current")]
    assert shown == [2, 1, 3]


def test_the_first_row_has_no_room_above(workspace, roadmap_id) -> None:
    view = _view(workspace, roadmap_id)
    where = {"roadmap_id": roadmap_id, "version": view.roadmap.version}
    with pytest.raises(CannotMoveError):
        service.move_task(workspace, **where, task_id=view.plan.tasks[0].id, move=Move.UP)
    assert _view(workspace, roadmap_id).roadmap.version == view.roadmap.version


def test_title_and_start_are_saved_together_and_taken_back_together(workspace, roadmap_id) -> None:
    wanted = Head("Новый путь", date(2026, 12, 1))
    made = service.edit_head(workspace, roadmap_id=roadmap_id, seen=SEEN, wanted=wanted)
    assert _head(workspace, roadmap_id) == wanted
    service.take_back_head(
        workspace, roadmap_id=roadmap_id, title="Путь", seen="Новый путь", seq=made
    )
    assert _head(workspace, roadmap_id) == SEEN


def test_a_head_saved_by_two_keeps_the_first_and_shows_the_second_all_three(
    people, roadmap_id
) -> None:
    mine, other = people
    service.edit_head(mine, roadmap_id=roadmap_id, seen=SEEN, wanted=Head("Первое", START))
    wanted = Head("Второе", date(2026, 12, 1))
    with pytest.raises(StaleError) as caught:
        service.edit_head(other, roadmap_id=roadmap_id, seen=SEEN, wanted=wanted)
    title = Term("field.roadmap_title")
    shown = [caught.value.details[name][title] for name in ("original", "current", "yours")]
    assert shown == ["Путь", "Первое", "Второе"]
    assert _head(mine, roadmap_id) == Head("Первое", START)


def test_a_title_changed_meanwhile_is_not_taken_back(people, roadmap_id) -> None:
    mine, other = people
    first, second = Head("Первое", START), Head("Второе", START)
    service.edit_head(mine, roadmap_id=roadmap_id, seen=SEEN, wanted=first)
    service.edit_head(other, roadmap_id=roadmap_id, seen=first, wanted=second)
    with pytest.raises(StaleError):
        service.take_back_head(mine, roadmap_id=roadmap_id, title="Путь", seen="Первое", seq=None)
    assert _head(mine, roadmap_id) == second


def test_a_start_is_taken_back_from_under_anothers_edit_but_not_from_under_another_start(
    people, roadmap_id
) -> None:
    mine, other = people
    wanted, later = Head("Путь", date(2026, 12, 1)), Head("Путь", date(2026, 12, 2))
    back = {"roadmap_id": roadmap_id, "title": "Путь", "seen": "Путь"}
    made = service.edit_head(mine, roadmap_id=roadmap_id, seen=SEEN, wanted=wanted)
    _lengthen(other, roadmap_id, 0, 7)
    service.take_back_head(mine, **back, seq=made)
    assert _head(mine, roadmap_id) == SEEN
    assert _plan(mine, roadmap_id).tasks[0].duration == 7
    made = service.edit_head(mine, roadmap_id=roadmap_id, seen=SEEN, wanted=wanted)
    service.edit_head(other, roadmap_id=roadmap_id, seen=wanted, wanted=later)
    with pytest.raises(StaleError):
        service.take_back_head(mine, **back, seq=made)
    assert _head(mine, roadmap_id) == later


def test_a_head_without_a_title_is_refused_whole(workspace, roadmap_id) -> None:
    wanted = Head("  ", date(2026, 12, 1))
    with pytest.raises(RequiredError):
        service.edit_head(workspace, roadmap_id=roadmap_id, seen=SEEN, wanted=wanted)
    assert _head(workspace, roadmap_id) == SEEN


def _head(workspace: Workspace, roadmap_id: int) -> Head:
    view = _view(workspace, roadmap_id)
    return Head(view.roadmap.title, view.plan.starts_on)

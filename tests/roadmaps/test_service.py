import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa

from casework.domain.need import NeedKind
from casework.service import (
    NeedState,
    change_need,
    note_need,
    remove_need,
    restore_need,
    timeline,
    view_case,
)
from core.audit import AuditEntry
from core.database import Base, tallied
from core.errors import (
    DomainError,
    ForbiddenError,
    NotFoundError,
    OutOfRangeError,
    RequiredError,
    StaleError,
)
from core.permissions import Role
from core.workspace import Workspace
from roadmaps import service
from roadmaps.domain.edits import AddLink, ChangePlan, ChangeTask, MoveTask, RemoveTask
from roadmaps.domain.errors import (
    CycleError,
    NothingToUndoError,
    NotStandingError,
    UnknownRowError,
)
from roadmaps.domain.graph import find_cycle
from roadmaps.domain.plan import Dependency, LinkKind, Plan, Task
from roadmaps.domain.roadmap import RoadmapSearch, RoadmapState
from roadmaps.domain.schedule import critical_tasks
from roadmaps.domain.table import Row, rows_of
from roadmaps.service import NewPlan, TaskDraft
from tests import factories
from tests.roadmaps.plans import plan_of

START = date(2026, 11, 23)


@pytest.fixture
def case_id(database, workspace) -> int:
    with database.writing() as db:
        initiative = factories.make_initiative(db, "Двор на Речной")
        return factories.make_case(db, _me(workspace), initiative_id=initiative)


@pytest.fixture
def roadmap_id(workspace, case_id) -> int:
    plan = plan_of(2, 5, 3, 1, links="A-B A-C B-D C-D", start=START)
    return service.create_roadmap(workspace, new=NewPlan(case_id, "Путь", plan))


def _me(workspace: Workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


def _plan(workspace: Workspace, roadmap_id: int) -> Plan:
    return service.view_plan(workspace, roadmap_id=roadmap_id).plan


def _version(workspace: Workspace, roadmap_id: int) -> int:
    return service.view_plan(workspace, roadmap_id=roadmap_id).roadmap.version


def _count(database, table: str) -> int:
    with database.reading() as db:
        return db.scalar(sa.select(sa.func.count()).select_from(Base.metadata.tables[table]))


def test_a_roadmap_is_made_with_its_tasks_and_told_on_the_timeline(
    workspace, case_id, roadmap_id
) -> None:
    view = service.view_plan(workspace, roadmap_id=roadmap_id)
    assert [task.title for task in view.plan.tasks] == ["A", "B", "C", "D"]
    assert view.schedule.length == 8
    assert [t.title for t in critical_tasks(view.plan, view.schedule)] == ["A", "B", "D"]
    assert view.finish.date() == date(2026, 12, 2)
    assert view.initiative == "Двор на Речной"
    told = [e.source for e in timeline(workspace, case_id=case_id)]
    assert ("roadmap", roadmap_id) in told


def test_the_same_form_sent_twice_makes_one_roadmap(workspace, case_id, database) -> None:
    new = NewPlan(case_id, "Once", Plan(START), token="t" * 32)
    first = service.create_roadmap(workspace, new=new)
    assert service.create_roadmap(workspace, new=new) == first
    assert _count(database, "roadmap") == 1


def test_a_roadmap_without_a_title_is_refused(workspace, case_id, database) -> None:
    with pytest.raises(RequiredError):
        service.create_roadmap(workspace, new=NewPlan(case_id, "  ", Plan(START)))
    assert _count(database, "roadmap") == 0


def test_only_who_works_on_the_case_changes_its_plan(workspaces, roadmap_id) -> None:
    other, manager = workspaces(Role.CONSULTANT), workspaces(Role.MANAGER)
    assert not service.view_plan(other, roadmap_id=roadmap_id).may_edit
    with pytest.raises(ForbiddenError):
        service.add_task(other, roadmap_id=roadmap_id, version=2, draft=TaskDraft("X", 1))
    assert service.view_plan(manager, roadmap_id=roadmap_id).may_edit
    with pytest.raises(ForbiddenError):
        service.view_plan(workspaces(Role.EXPERT), roadmap_id=roadmap_id)


def test_a_roadmap_that_is_not_there_is_not_found(workspace) -> None:
    with pytest.raises(NotFoundError):
        service.view_plan(workspace, roadmap_id=404)


def test_a_task_is_added_with_what_it_waits_for(workspace, roadmap_id) -> None:
    draft = TaskDraft("Отчёт", 2, waits="4FS+1", responsible="Лидер")
    version = _version(workspace, roadmap_id)
    made = service.add_task(workspace, roadmap_id=roadmap_id, version=version, draft=draft)
    view = service.view_plan(workspace, roadmap_id=roadmap_id)
    task = view.plan.task(made.task_id)
    assert (task.title, task.position, task.responsible) == ("Отчёт", 5, "Лидер")
    assert view.schedule.length == 11
    assert task.uid
    service.undo_edit(workspace, roadmap_id=roadmap_id)
    assert len(_plan(workspace, roadmap_id).tasks) == 4


def test_a_task_added_twice_by_the_same_form_is_refused_the_second_time(
    workspace, roadmap_id
) -> None:
    version = _version(workspace, roadmap_id)
    draft = TaskDraft("Once", 1)
    service.add_task(workspace, roadmap_id=roadmap_id, version=version, draft=draft)
    with pytest.raises(StaleError):
        service.add_task(workspace, roadmap_id=roadmap_id, version=version, draft=draft)
    assert len(_plan(workspace, roadmap_id).tasks) == 5


def test_a_refused_task_leaves_no_row_behind(workspace, roadmap_id, database) -> None:
    for draft, error in (
        (TaskDraft(" ", 1), RequiredError),
        (TaskDraft("X", -1), OutOfRangeError),
        (TaskDraft("X", 1, waits="9"), UnknownRowError),
    ):
        with pytest.raises(error):
            service.add_task(workspace, roadmap_id=roadmap_id, version=2, draft=draft)
    assert _count(database, "task") == 4
    assert _count(database, "plan_edit") == 0


def test_a_person_whom_the_centre_does_not_know_is_refused(workspace, roadmap_id) -> None:
    draft = TaskDraft("X", 1, responsible_id=404)
    with pytest.raises(NotFoundError):
        service.add_task(workspace, roadmap_id=roadmap_id, version=2, draft=draft)
    me = TaskDraft("X", 1, responsible_id=_me(workspace))
    made = service.add_task(workspace, roadmap_id=roadmap_id, version=2, draft=me)
    view = service.view_plan(workspace, roadmap_id=roadmap_id)
    assert view.plan.task(made.task_id).responsible_id in view.people


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_the_same_few_things(
    workspace, case_id, database, count
) -> None:
    for number in range(count):
        plan = plan_of(2, 5, links="A-B", start=START)
        service.create_roadmap(workspace, new=NewPlan(case_id, f"Путь {number}", plan))
    with tallied() as tally:
        assert len(service.list_roadmaps(workspace)) == count
    assert tally.statements - database.is_sqlite == 5  # its BEGIN is counted too


def test_link_tasks_into_a_cycle_changes_nothing(workspace, roadmap_id, database) -> None:
    before = _plan(workspace, roadmap_id)
    first, *_rest, last = before.tasks
    with pytest.raises(CycleError) as caught:
        service.link_tasks(workspace, roadmap_id=roadmap_id, link=Dependency(last.id, first.id))
    assert "A → " in str(caught.value.details["tasks"])
    assert _plan(workspace, roadmap_id) == before
    assert _count(database, "plan_edit") == 0


def test_every_kind_of_edit_is_kept_and_undone_one_after_another(workspace, roadmap_id) -> None:
    plan = _plan(workspace, roadmap_id)
    a, b, c, d = plan.tasks
    edits = (
        ChangeTask(Task(a.id, "Новое имя", 4, uid=a.uid, done_percent=30)),
        AddLink(Dependency(a.id, d.id, LinkKind.SS, -2)),
        MoveTask(d.id, 1),
        ChangeTask(Task(c.id, "C", 3, uid=c.uid, parent_id=None, responsible="кто-то")),
        RemoveTask(b.id),
        ChangePlan(date(2026, 12, 1)),
    )
    states = [plan]
    for edit in edits:
        version = _version(workspace, roadmap_id)
        service.edit_plan(workspace, roadmap_id=roadmap_id, edit=edit, version=version)
        states.append(_plan(workspace, roadmap_id))
        assert states[-1] != states[-2]
    for expected in reversed(states[:-1]):
        service.undo_edit(workspace, roadmap_id=roadmap_id)
        assert _plan(workspace, roadmap_id) == expected
    with pytest.raises(NothingToUndoError):
        service.undo_edit(workspace, roadmap_id=roadmap_id)


def test_a_change_that_a_later_one_builds_upon_is_not_undone_by_its_number(
    workspace, roadmap_id
) -> None:
    a = _plan(workspace, roadmap_id).tasks[0]
    for days in (7, 8):
        version = _version(workspace, roadmap_id)
        edit = ChangeTask(Task(a.id, "A", days, uid=a.uid))
        service.edit_plan(workspace, roadmap_id=roadmap_id, edit=edit, version=version)
    first, second = (change.seq for change in reversed(_history(workspace, roadmap_id)))
    with pytest.raises(StaleError):
        service.undo_edit(workspace, roadmap_id=roadmap_id, seq=first)
    assert service.undo_edit(workspace, roadmap_id=roadmap_id, seq=second) == second
    assert service.undo_edit(workspace, roadmap_id=roadmap_id, seq=first) == first
    with pytest.raises(NotStandingError):
        service.undo_edit(workspace, roadmap_id=roadmap_id, seq=first)


def _history(workspace: Workspace, roadmap_id: int):
    return service.view_past(workspace, roadmap_id=roadmap_id).changes


def test_the_second_of_two_people_is_shown_what_the_first_saved(workspace, roadmap_id) -> None:
    version = _version(workspace, roadmap_id)
    a = _plan(workspace, roadmap_id).tasks[0]
    for days in (7, 9):
        edit = ChangeTask(Task(a.id, "A", days, uid=a.uid))
        if days == 7:
            service.edit_plan(workspace, roadmap_id=roadmap_id, edit=edit, version=version)
            continue
        with pytest.raises(StaleError) as caught:
            service.edit_plan(workspace, roadmap_id=roadmap_id, edit=edit, version=version)
    shown = {
        name: list(caught.value.details[name].values()) for name in ("original", "current", "yours")
    }
    assert shown == {
        "original": [2],
        "current": [7],
        "yours": [9],
    }
    assert _plan(workspace, roadmap_id).tasks[0].duration == 7


def test_the_table_is_saved_as_one_change(workspace, roadmap_id) -> None:
    plan = _plan(workspace, roadmap_id)
    rows = [row for row in rows_of(plan, "ru") if row.number != 3]
    rows[0] = _with(rows[0], duration=4, title="А — начало")
    rows.append(Row(5, "Новая", 2, waits="4ОН+1; 1НН"))
    rows.append(Row(6, "Ещё", 1, waits="5"))
    version = _version(workspace, roadmap_id)
    made = service.edit_table(
        workspace, roadmap_id=roadmap_id, version=version, rows=rows, language="ru"
    )
    assert (made.edits, made.seq) == (7, version)
    changed = _plan(workspace, roadmap_id)
    assert [t.title for t in changed.tasks] == ["А — начало", "B", "D", "Новая", "Ещё"]
    assert [row.waits for row in rows_of(changed)] == ["", "1", "2", "1SS; 3FS+1", "4"]
    assert len(_history(workspace, roadmap_id)) == 1
    service.undo_edit(workspace, roadmap_id=roadmap_id)
    assert _plan(workspace, roadmap_id) == plan


def test_a_table_with_one_bad_cell_saves_nothing(workspace, roadmap_id) -> None:
    plan = _plan(workspace, roadmap_id)
    rows = list(rows_of(plan, "ru"))
    rows[0] = _with(rows[0], duration=9)
    for waits in ("4", "сначала", "77"):
        rows[1] = _with(rows[1], waits=waits)
        with pytest.raises(DomainError):
            service.edit_table(
                workspace, roadmap_id=roadmap_id, version=2, rows=rows, language="ru"
            )
    assert _plan(workspace, roadmap_id) == plan


def test_an_untouched_table_writes_no_history(workspace, roadmap_id) -> None:
    rows = rows_of(_plan(workspace, roadmap_id), "en")
    service.edit_table(workspace, roadmap_id=roadmap_id, version=2, rows=rows, language="en")
    assert _history(workspace, roadmap_id) == ()


def _with(row: Row, **fields: object) -> Row:
    return Row(**({name: getattr(row, name) for name in Row.__slots__} | fields))


def test_a_need_becomes_planned_by_its_roadmap_and_met_by_its_end(
    workspace, workspaces, database, case_id
) -> None:
    need = note_need(workspace, case_id=case_id, kind=NeedKind.STATED, title="Деньги")
    new = NewPlan(case_id, "Путь", Plan(START), need_id=need)
    roadmap_id = service.create_roadmap(workspace, new=new)
    assert view_case(workspace, case_id=case_id).needs[0].state is NeedState.PLANNED
    service.answer_need(workspace, roadmap_id=roadmap_id, state=NeedState.MET)
    assert view_case(workspace, case_id=case_id).needs[0].state is NeedState.MET
    assert not service.view_plan(workspace, roadmap_id=roadmap_id).need_is_open
    change_need(workspace, need_id=need, state="open", seen="met")


def test_a_need_is_open_again_when_its_last_roadmap_is_removed_and_planned_when_it_is_back(
    workspace, case_id
) -> None:
    need = note_need(workspace, case_id=case_id, kind=NeedKind.STATED, title="Деньги")
    first, second = (
        service.create_roadmap(workspace, new=NewPlan(case_id, title, Plan(START), need_id=need))
        for title in ("Путь", "Другой путь")
    )

    def state() -> NeedState:
        return view_case(workspace, case_id=case_id).needs[0].state

    service.remove_roadmap(workspace, roadmap_id=first)
    assert state() is NeedState.PLANNED
    service.remove_roadmap(workspace, roadmap_id=second)
    assert state() is NeedState.OPEN
    service.restore_roadmap(workspace, roadmap_id=first)
    assert state() is NeedState.PLANNED
    change_need(workspace, need_id=need, state="met", seen="planned")
    service.remove_roadmap(workspace, roadmap_id=first)
    assert state() is NeedState.MET
    remove_need(workspace, need_id=need)
    service.restore_roadmap(workspace, roadmap_id=first)
    service.remove_roadmap(workspace, roadmap_id=first)
    restore_need(workspace, need_id=need)
    assert state() is NeedState.MET


def test_a_need_of_another_case_is_not_touched(workspace, workspaces, database, case_id) -> None:
    other = workspaces(Role.CONSULTANT)
    with database.writing() as db:
        foreign_case = factories.make_case(db, _me(other))
    need = note_need(other, case_id=foreign_case, kind=NeedKind.STATED, title="Чужое")
    with pytest.raises(NotFoundError):
        service.create_roadmap(workspace, new=NewPlan(case_id, "X", Plan(START), need_id=need))
    assert view_case(other, case_id=foreign_case).needs[0].state is NeedState.OPEN
    assert service.view_need(workspace, case_id=case_id, need_id=need) is None


def test_a_removed_roadmap_is_gone_until_it_is_restored(workspace, roadmap_id) -> None:
    service.remove_roadmap(workspace, roadmap_id=roadmap_id)
    assert service.list_roadmaps(workspace) == ()
    with pytest.raises(NotFoundError):
        service.view_plan(workspace, roadmap_id=roadmap_id)
    service.restore_roadmap(workspace, roadmap_id=roadmap_id)
    assert len(service.list_roadmaps(workspace)) == 1


def test_the_list_knows_what_is_next_and_what_is_late(
    workspace, roadmap_id, clock, case_id
) -> None:
    service.create_roadmap(workspace, new=NewPlan(case_id, "Пустая", Plan(START)))
    a = _plan(workspace, roadmap_id).tasks[0]
    done = ChangeTask(Task(a.id, "A", 2, uid=a.uid, done_percent=100))
    version = _version(workspace, roadmap_id)
    service.edit_plan(workspace, roadmap_id=roadmap_id, edit=done, version=version)
    clock.now = clock.now.replace(day=30)
    line = service.list_roadmaps(workspace, RoadmapSearch(text="ПУТЬ"))[0]
    assert (line.tasks, line.done, line.late) == (4, 1, 1)
    assert (line.next_title, line.next_on) == ("C", date(2026, 11, 27))
    assert (line.state, line.initiative) == (RoadmapState.UNDER_WAY, "Двор на Речной")
    empty = service.list_roadmaps(workspace, RoadmapSearch(state=RoadmapState.EMPTY))
    assert [found.title for found in empty] == ["Пустая"]
    late = service.list_roadmaps(workspace, RoadmapSearch(late_only=True, case_id=case_id))
    assert [found.id for found in late] == [roadmap_id]
    assert service.list_roadmaps(workspace, RoadmapSearch(initiative_id=404)) == ()


def test_the_trail_holds_ids_and_counts_but_no_names(workspace, roadmap_id, database) -> None:
    draft = TaskDraft("Тайное имя", 1, responsible="Иван Петров")
    service.add_task(workspace, roadmap_id=roadmap_id, version=2, draft=draft)
    with database.reading() as db:
        lines = db.scalars(sa.select(AuditEntry.details)).all()
        actions = db.scalars(sa.select(AuditEntry.action)).all()
    assert {"roadmap.created", "roadmap.edited"} <= set(actions)
    assert not any("Петров" in str(json.loads(line)) for line in lines)


def _race(make: Callable[[], Workspace], roadmap_id: int, ends: tuple[int, int]) -> None:
    barrier = Barrier(2)

    def link(before: int, after: int) -> None:
        own = make()
        barrier.wait()
        with suppress(DomainError):
            service.link_tasks(own, roadmap_id=roadmap_id, link=Dependency(before, after))

    a, b = ends
    threads = [Thread(target=link, args=ends) for ends in ((a, b), (b, a))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize(
    "trials", [pytest.param(20, id="20"), pytest.param(200, id="200", marks=pytest.mark.slow)]
)
def test_two_people_linking_there_and_back_never_make_a_cycle(
    workspace, workspaces, case_id, trials
) -> None:
    me = _me(workspace)

    def make() -> Workspace:
        return workspaces(Role.CONSULTANT, person_id=me)

    roadmap_id = service.create_roadmap(
        workspace, new=NewPlan(case_id, "Гонка", plan_of(1, 1, start=START))
    )
    a, b = (task.id for task in _plan(workspace, roadmap_id).tasks)
    for _trial in range(trials):
        _race(make, roadmap_id, (a, b))
        plan = _plan(workspace, roadmap_id)
        assert find_cycle(plan) == ()
        assert len(plan.dependencies) == 1
        service.undo_edit(workspace, roadmap_id=roadmap_id)

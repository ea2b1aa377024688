"""Plans in full: what the app keeps of them, edits of single fields, baselines, files."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.audit import AuditEntry
from core.database import tallied
from core.errors import DomainError, ForbiddenError, NotFoundError, RequiredError, StaleError
from core.i18n import Term
from core.permissions import Role
from core.workspace import Workspace
from roadmaps import service
from roadmaps.domain.calendar import NamedCalendar, OwnCalendar
from roadmaps.domain.checks import check_plan
from roadmaps.domain.edits import AddLink, AddTask, Edit, RemoveLink, RemoveTask
from roadmaps.domain.edits_plan import RemoveBaseline, RenameBaseline, SetCalendars, SetStatus
from roadmaps.domain.edits_task import (
    LeaveOut,
    PlaceTask,
    SetCalendar,
    SetConstraint,
    SetCounting,
    SetDeadline,
    SetDuration,
    SetEstimate,
    happened,
)
from roadmaps.domain.errors import ActualInFutureError, CycleError
from roadmaps.domain.laid import lay
from roadmaps.domain.moves import ChangeKind
from roadmaps.domain.plan import EVENING, Dependency, Plan, Task
from roadmaps.domain.table import rows_of, with_ids
from roadmaps.domain.terms import Constraint, ConstraintKind, Counting, Estimate
from roadmaps.formats.exchange import Lost, PlanFile
from roadmaps.formats.plan_json import write_plan_json
from roadmaps.service import File, NewPlan
from tests import factories
from tests.roadmaps.plans import plan_of
from tests.roadmaps.rich import rich_plans

START = date(2026, 11, 23)
LATER = datetime(2026, 12, 7)
EVERY_DAY = NamedCalendar("every_day", "Без выходных", OwnCalendar(weekdays=tuple(range(7))))


@pytest.fixture
def case_id(database, workspace) -> int:
    with workspace.reading() as tx:
        me = tx.actor.person_id
    with database.writing() as db:
        return factories.make_case(db, me)


@pytest.fixture
def roadmap_id(workspace, case_id) -> int:
    plan = plan_of(2, 5, 3, 1, links="A-B A-C B-D C-D", start=START)
    return service.create_roadmap(workspace, new=NewPlan(case_id, "Путь", plan))


def _plan(workspace: Workspace, roadmap_id: int) -> Plan:
    return service.view_plan(workspace, roadmap_id=roadmap_id).plan


def _change(workspace: Workspace, roadmap_id: int, *edits: Edit):
    version = service.view_plan(workspace, roadmap_id=roadmap_id).roadmap.version
    return service.change_plan(workspace, roadmap_id=roadmap_id, edits=edits, version=version)


@given(data=st.data())
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_plan_comes_back_from_the_database_as_it_was(workspace, case_id, data) -> None:
    plan = data.draw(rich_plans())
    try:
        check_plan(plan)
        lay(plan)
    except DomainError:
        return
    made = service.create_roadmap(workspace, new=NewPlan(case_id, "Всё", plan))
    kept = _plan(workspace, made)
    known = {old.id: new.id for old, new in zip(plan.tasks, kept.tasks, strict=True)}
    assert kept == with_ids(plan, known)
    changed = _change(workspace, made, RemoveTask(kept.tasks[-1].id))
    assert _plan(workspace, made) == changed.laid.plan
    service.undo_edit(workspace, roadmap_id=made)
    assert _plan(workspace, made) == kept


def _edits(task: int) -> dict[str, tuple[Edit, ...]]:
    return {
        "constraint": (SetConstraint(task, Constraint(ConstraintKind.SNET, LATER)),),
        "deadline": (SetDeadline(task, LATER),),
        "calendar": (SetCalendars((EVERY_DAY,)), SetCalendar(task, EVERY_DAY.id)),
        "counting": (SetCounting(task, Counting.CALENDAR),),
        "estimate": (SetEstimate(task, Estimate(1, 5, 9)),),
        "placing": (PlaceTask(task, LATER),),
        "leaving out": (LeaveOut(task),),
        "progress": (happened(task, 20, datetime(2026, 11, 23), remaining=4),),
        "status": (SetStatus(datetime(2026, 11, 25)),),
        "several": (SetDuration(task, 9), SetDeadline(task, LATER), LeaveOut(task)),
    }


@pytest.mark.parametrize("name", _edits(0))
def test_each_edit_is_saved_undone_and_done_again(workspace, roadmap_id, name) -> None:
    before = _plan(workspace, roadmap_id)
    made = _change(workspace, roadmap_id, *_edits(before.tasks[0].id)[name])
    after = _plan(workspace, roadmap_id)
    assert (after == before, after == made.laid.plan) == (False, True)
    assert service.undo_edit(workspace, roadmap_id=roadmap_id) == made.seq
    assert _plan(workspace, roadmap_id) == before
    service.redo_edit(workspace, roadmap_id=roadmap_id)
    assert _plan(workspace, roadmap_id) == after


def test_an_edit_tells_what_moved_by_how_much_and_why(workspace, roadmap_id) -> None:
    a, b, c, d = (task.id for task in _plan(workspace, roadmap_id).tasks)
    made = _change(workspace, roadmap_id, SetConstraint(a, _no_earlier(LATER)))
    fortnight = timedelta(14)
    assert [(m.task_id, m.start_by, m.because.kind) for m in made.moves] == [
        (x, fortnight, ChangeKind.CONSTRAINT) for x in (a, b, c, d)
    ]
    assert (made.end_by, made.moves[3].through) == (fortnight, b)
    last = service.view_last_change(workspace, roadmap_id=roadmap_id)
    assert last is not None
    assert (last.outcome.moves, last.edit.seq) == (made.moves, made.seq)


def _no_earlier(at: datetime) -> Constraint:
    return Constraint(ConstraintKind.SNET, at)


def test_a_plan_that_was_never_changed_has_no_last_change(workspace, roadmap_id) -> None:
    assert service.view_last_change(workspace, roadmap_id=roadmap_id) is None


def test_an_edit_that_changes_nothing_leaves_no_trace(workspace, roadmap_id, database) -> None:
    view = service.view_plan(workspace, roadmap_id=roadmap_id)
    made = _change(workspace, roadmap_id, SetDuration(view.plan.tasks[0].id, 2))
    assert (made.seq, made.moves) == (None, ())
    assert service.view_plan(workspace, roadmap_id=roadmap_id).roadmap == view.roadmap
    assert service.view_past(workspace, roadmap_id=roadmap_id).changes == ()


def test_edits_happen_together_or_not_at_all(workspace, roadmap_id) -> None:
    before = _plan(workspace, roadmap_id)
    a, *_, d = (task.id for task in before.tasks)
    with pytest.raises(CycleError):
        _change(workspace, roadmap_id, SetDuration(a, 9), AddLink(Dependency(d, a)))
    assert _plan(workspace, roadmap_id) == before


def test_new_tasks_in_a_list_of_edits_get_ids_from_the_database(workspace, roadmap_id) -> None:
    d = _plan(workspace, roadmap_id).tasks[-1].id
    new = AddTask(Task(-1, "Отчёт", 2))
    made = _change(workspace, roadmap_id, new, AddLink(Dependency(d, -1)), SetDeadline(-1, LATER))
    task = _plan(workspace, roadmap_id).tasks[-1]
    assert (task.title, task.deadline, task.uid) == ("Отчёт", LATER, f"{roadmap_id}-{task.id}")
    assert (task.id > d, made.laid.result.length) == (True, 10)
    with pytest.raises(NotFoundError):
        _change(workspace, roadmap_id, AddTask(Task(999_999, "Чужая")))


def test_what_has_not_happened_yet_cannot_be_said_to_have(workspace, roadmap_id) -> None:
    a = _plan(workspace, roadmap_id).tasks[0].id
    with workspace.reading() as tx:
        tomorrow = datetime.combine(tx.today, datetime.min.time()) + timedelta(1)
    with pytest.raises(ActualInFutureError) as refused:
        _change(workspace, roadmap_id, happened(a, 10, tomorrow))
    assert refused.value.details["task"] == "A"


def test_a_stale_edit_shows_dates_that_tables_do_not(workspace, roadmap_id) -> None:
    a = _plan(workspace, roadmap_id).tasks[0]
    version = service.view_plan(workspace, roadmap_id=roadmap_id).roadmap.version
    _change(workspace, roadmap_id, SetDeadline(a.id, LATER))
    edits = (SetConstraint(a.id, _no_earlier(LATER)),)
    with pytest.raises(StaleError) as refused:
        service.change_plan(workspace, roadmap_id=roadmap_id, edits=edits, version=version)
    bound, deadline = (("1. A", Term(f"field.{name}")) for name in ("constraint", "deadline"))
    assert refused.value.details == {
        "kind": Term("object.roadmap"),
        "original": {bound: (), deadline: ""},
        "current": {bound: (), deadline: "07.12.2026"},
        "yours": {bound: (ConstraintKind.SNET, "07.12.2026"), deadline: ""},
    }


def test_a_stale_status_date_shows_the_one_that_stands(workspace, roadmap_id) -> None:
    version = service.view_plan(workspace, roadmap_id=roadmap_id).roadmap.version
    _change(workspace, roadmap_id, SetStatus(datetime(2026, 11, 24)))
    edits = (SetStatus(datetime(2026, 11, 25)),)
    with pytest.raises(StaleError) as refused:
        service.change_plan(workspace, roadmap_id=roadmap_id, edits=edits, version=version)
    shown = [refused.value.details[name] for name in ("original", "current", "yours")]
    field = Term("field.status_date")
    assert shown == [{field: ""}, {field: "24.11.2026"}, {field: "25.11.2026"}]


def test_the_table_keeps_what_it_does_not_show(workspace, roadmap_id) -> None:
    plan = _plan(workspace, roadmap_id)
    a, b = plan.tasks[0], plan.tasks[1]
    made = _change(
        workspace, roadmap_id, *_edits(a.id)["several"], SetEstimate(a.id, Estimate(1, 2, 3))
    )
    rows = [
        replace(row, title="Ё", waits="1FS+3" if row.task_id == b.id else row.waits)
        for row in rows_of(made.laid.plan)
    ]
    service.edit_table(
        workspace, roadmap_id=roadmap_id, version=made.seq + 1, rows=rows, language="en"
    )
    kept = _plan(workspace, roadmap_id)
    assert kept.task(a.id) == replace(made.laid.plan.task(a.id), title="Ё")
    assert [link.lag for link in kept.dependencies] == [3, 0, 0, 0]


def test_a_baseline_is_taken_renamed_and_removed(
    workspace, workspaces, roadmap_id, database
) -> None:
    version = service.view_plan(workspace, roadmap_id=roadmap_id).roadmap.version
    which = {"roadmap_id": roadmap_id, "version": version, "title": " Согласовано "}
    assert service.take_baseline(workspace, **which) == version
    view = service.view_plan(workspace, roadmap_id=roadmap_id)
    (baseline,) = view.plan.baselines
    with workspace.reading() as tx:
        assert (baseline.title, baseline.taken_by) == ("Согласовано", tx.actor.person_id)
    assert (len(baseline.dates), set(view.people)) == (4, {baseline.taken_by})
    with pytest.raises(StaleError):
        service.take_baseline(workspace, **which)
    with pytest.raises(RequiredError):
        service.take_baseline(workspace, **which | {"version": version + 1, "title": " "})
    _change(workspace, roadmap_id, RenameBaseline(0, "Было"))
    assert _plan(workspace, roadmap_id).baselines == (replace(baseline, title="Было"),)
    _change(workspace, roadmap_id, RemoveBaseline(0))
    assert _plan(workspace, roadmap_id).baselines == ()
    service.undo_edit(workspace, roadmap_id=roadmap_id)
    assert _plan(workspace, roadmap_id).baselines == (replace(baseline, title="Было"),)
    with pytest.raises(ForbiddenError):
        service.take_baseline(workspaces(Role.CONSULTANT), **which)
    with database.reading() as db:
        details = db.scalars(sa.select(AuditEntry.details)).all()
    assert not [x for x in details if "Согласовано" in str(x)]


def test_a_plan_is_read_by_as_many_queries_whatever_it_holds(workspace, case_id) -> None:
    def queries(count: int) -> int:
        plan = plan_of(*[1] * count, links="A-B", start=START)
        made = service.create_roadmap(workspace, new=NewPlan(case_id, f"{count}", plan))
        for number in range(count):
            service.take_baseline(
                workspace, roadmap_id=made, version=1 + bool(plan.tasks) + number, title="Ё"
            )
        with tallied() as tally:
            service.view_plan(workspace, roadmap_id=made)
        return tally.statements

    assert queries(2) == queries(6)


def test_any_number_of_links_is_taken_away_at_once(workspace, case_id) -> None:
    def statements(links: str) -> int:
        plan = plan_of(1, 1, 1, 1, links=links, start=START)
        made = service.create_roadmap(workspace, new=NewPlan(case_id, "Путь", plan))
        kept = _plan(workspace, made).dependencies
        edits = [RemoveLink(link.key) for link in kept[1:]]
        with tallied() as tally:
            service.change_plan(workspace, roadmap_id=made, version=2, edits=edits)
        assert _plan(workspace, made).dependencies == kept[:1]
        return tally.statements

    assert statements("A-B A-C") == statements("A-B A-B:ss A-C B-C C-D:ff")


@given(data=st.data())
@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_plan_in_json_is_imported_whole(workspace, case_id, data) -> None:
    plan = data.draw(rich_plans())
    try:
        check_plan(plan)
        lay(plan)
    except DomainError:
        return
    file = File("plan.json", write_plan_json(PlanFile("Всё", plan)).encode())
    which = {"case_id": case_id, "file": file, "starts_on": START}
    preview = service.preview_import(workspace, **which)
    assert (preview.title, preview.plan, preview.lost) == ("Всё", plan, {})
    made = service.import_roadmap(workspace, new=NewPlan(case_id, "", Plan(START)), file=file)
    kept = _plan(workspace, made)
    known = {old.id: new.id for old, new in zip(plan.tasks, kept.tasks, strict=True)}
    assert kept == with_ids(plan, known)


def test_people_of_another_centre_are_not_taken_for_ours(workspace, case_id) -> None:
    tasks = (Task(1, "A\n\x00B", responsible_id=1, uid="x"), Task(2, "C", uid="x"))
    file = File("plan.json", write_plan_json(PlanFile("Чужой", Plan(START, tasks))).encode())
    preview = service.preview_import(workspace, case_id=case_id, file=file, starts_on=START)
    assert preview.lost == {Lost.RESOURCES: 1}
    assert preview.plan.tasks == (Task(1, "A B", uid="x", position=1), Task(2, "C", position=2))
    made = service.import_roadmap(workspace, new=NewPlan(case_id, "", Plan(START)), file=file)
    assert [task.title for task in _plan(workspace, made).tasks] == ["A B", "C"]


def test_the_evening_of_a_milestone_is_told_as_its_day_when_two_have_moved_it(
    workspace, case_id
) -> None:
    plan = Plan(date(2026, 11, 23), (Task(1, "Открытие", 0),))
    made = service.create_roadmap(workspace, new=NewPlan(case_id, "Путь", plan))
    view = service.view_plan(workspace, roadmap_id=made)
    first, second = (
        PlaceTask(view.plan.tasks[0].id, datetime.combine(day, EVENING))
        for day in (date(2026, 12, 4), date(2026, 12, 9))
    )
    known = {"roadmap_id": made, "version": view.roadmap.version}
    service.edit_plan(workspace, edit=first, **known)
    with pytest.raises(StaleError) as caught:
        service.edit_plan(workspace, edit=second, **known)
    shown = caught.value.details
    assert [*shown["current"].values(), *shown["yours"].values()] == ["04.12.2026", "09.12.2026"]

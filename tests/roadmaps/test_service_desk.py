"""The plan editor's services on both databases: what is kept, undone, carried over and asked."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.cache import SWITCH
from core.calendar import CalendarDay
from core.database import tallied
from core.errors import DomainError, StaleError
from core.i18n import translator
from core.permissions import Role
from core.workspace import Workspace
from roadmaps import service
from roadmaps.charts.desk_data import picture_text
from roadmaps.domain.acts import Add, Call, Done, Drag, Link, Place, Remove, Shift, Step, Stretch
from roadmaps.domain.axis import Zoom
from roadmaps.domain.desk import Desk
from roadmaps.domain.edits import AddLink, RemoveTask
from roadmaps.domain.edits_task import Rename, SetDuration
from roadmaps.domain.errors import NothingToUndoError, NotStandingError
from roadmaps.domain.layout import Look
from roadmaps.domain.plan import Dependency, Plan
from roadmaps.domain.roadmap import Pulse
from roadmaps.domain.rows import Move, Where
from roadmaps.domain.table import rows_of
from roadmaps.service import Asked, NewPlan
from tests import factories
from tests.roadmaps.plans import plan_of

START = date(2026, 11, 23)
_ = translator("en")


@pytest.fixture
def people(workspace, workspaces, database) -> tuple[Workspace, Workspace]:
    """Two who work on one case."""
    with database.writing() as db:
        second = factories.make_person(db, "Борис", roles=[Role.CONSULTANT])
    return workspace, workspaces(Role.CONSULTANT, person_id=second)


@pytest.fixture
def roadmap_id(people, database) -> int:
    first, second = (_me(one) for one in people)
    with database.writing() as db:
        case = factories.make_case(db, first, members=[second])
    plan = plan_of(2, 5, 3, 1, links="A-B A-C B-D C-D", start=START)
    tasks = tuple(replace(task, responsible_id=first) for task in plan.tasks)
    return service.create_roadmap(people[0], new=NewPlan(case, "Путь", replace(plan, tasks=tasks)))


def _me(workspace: Workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


def _look(who: Workspace, roadmap_id: int, **asked) -> Desk:
    desk = service.view_desk(who, roadmap_id=roadmap_id, **asked)
    assert desk is not None
    return desk


def _plan(who: Workspace, roadmap_id: int) -> Plan:
    return service.view_plan(who, roadmap_id=roadmap_id).plan


def _ids(who: Workspace, roadmap_id: int) -> list[int]:
    return [task.id for task in _plan(who, roadmap_id).tasks]


def _act(who: Workspace, roadmap_id: int, *acts, version: int | None = None) -> Desk:
    if version is None:
        version = service.plan_pulse(who, roadmap_id=roadmap_id).version
    wanted = acts[0] if isinstance(acts[0], Step) else acts
    return service.act_on_plan(who, roadmap_id=roadmap_id, asked=Asked(version, wanted))


def _titles(desk: Desk) -> str:
    return " ".join(task.title for task in desk.laid.plan.tasks)


def test_undo_takes_back_ones_own_last_change_whatever_others_did_since(people, roadmap_id) -> None:
    mine, other = people
    a, b, c, _d = _ids(mine, roadmap_id)
    _act(mine, roadmap_id, Call(a, "Мой"))
    _act(other, roadmap_id, Call(b, "Их"))
    _act(mine, roadmap_id, Shift(c, Move.DOWN))
    _act(other, roadmap_id, Add("Новая", below=a))
    assert _titles(_look(mine, roadmap_id)) == "Мой Новая Их D C"
    assert _titles(_act(mine, roadmap_id, Step.UNDO)) == "Мой Новая Их C D"
    assert _titles(_act(mine, roadmap_id, Step.UNDO)) == "A Новая Их C D"
    with pytest.raises(NothingToUndoError):
        _act(mine, roadmap_id, Step.UNDO)
    assert _titles(_act(other, roadmap_id, Step.UNDO)) == "A Их C D"
    assert _titles(_act(mine, roadmap_id, Step.REDO)) == "Мой Их C D"
    assert _titles(_act(mine, roadmap_id, Step.REDO)) == "Мой Их D C"
    assert _titles(_act(other, roadmap_id, Step.REDO)) == "Мой Новая Их D C"


MEETING = {
    "a link to a task that was added": (
        lambda _ids: Add("Новая"), lambda ids, new: AddLink(Dependency(ids[0], new)),
    ),
    "the stage of a task that was removed": (
        lambda ids: Remove(ids[1]), lambda ids, _new: RemoveTask(ids[2]),
    ),
    "the other end of a link that was removed": (
        lambda ids: Remove(ids[3]), lambda ids, _new: RemoveTask(ids[1]),
    ),
    "the same task": (
        lambda ids: Stretch(ids[0], by=2), lambda ids, _new: Rename(ids[0], "Их"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MEETING)
def test_undo_stops_where_another_built_upon_the_change(people, roadmap_id, name: str) -> None:
    mine, other = people
    ids = _ids(mine, roadmap_id)
    _act(mine, roadmap_id, Drag(ids[1], ids[2], Where.INSIDE))
    act, theirs = MEETING[name]
    desk = _act(mine, roadmap_id, act(ids))
    new = desk.added[0] if desk.added else 0
    version = desk.roadmap.version
    service.edit_plan(other, roadmap_id=roadmap_id, edit=theirs(ids, new), version=version)
    changed = _plan(mine, roadmap_id)
    with pytest.raises(StaleError):
        _act(mine, roadmap_id, Step.UNDO)
    assert _plan(mine, roadmap_id) == changed
    _act(other, roadmap_id, Step.UNDO)
    _act(mine, roadmap_id, Step.UNDO)
    _act(mine, roadmap_id, Step.UNDO)
    assert _look(mine, roadmap_id).undo is None


def test_anybodys_change_is_taken_back_by_its_number_once(people, roadmap_id) -> None:
    mine, other = people
    a, b, *_rest = _ids(mine, roadmap_id)
    _act(other, roadmap_id, Call(a, "Их"))
    seq = _look(mine, roadmap_id).change.edit.seq
    _act(other, roadmap_id, Call(b, "Ещё"))
    assert service.undo_edit(mine, roadmap_id=roadmap_id, seq=seq) == seq
    assert _titles(_look(mine, roadmap_id)) == "A Ещё C D"
    with pytest.raises(NotStandingError):
        service.undo_edit(other, roadmap_id=roadmap_id, seq=seq)
    assert _look(other, roadmap_id).undo.seq == seq + 1
    assert _titles(_act(mine, roadmap_id, Step.REDO)) == "Их Ещё C D"


def test_two_tabs_of_one_person_meet_like_two_people(workspace, roadmap_id) -> None:
    a, b, *_rest = _ids(workspace, roadmap_id)
    seen = _look(workspace, roadmap_id).roadmap.version
    _act(workspace, roadmap_id, Call(a, "Раз"), version=seen)
    _act(workspace, roadmap_id, Call(b, "Два"), version=seen)
    with pytest.raises(StaleError):
        _act(workspace, roadmap_id, Call(a, "Три"), version=seen)
    assert _titles(_look(workspace, roadmap_id)) == "Раз Два C D"


def test_an_edit_of_a_form_is_carried_over_what_others_changed_since(people, roadmap_id) -> None:
    mine, other = people
    seen = service.view_plan(mine, roadmap_id=roadmap_id)
    a, b, c, d = (task.id for task in seen.plan.tasks)
    version = seen.roadmap.version
    _act(other, roadmap_id, Remove(b))
    made = service.edit_plan(mine, roadmap_id=roadmap_id, edit=SetDuration(a, 9), version=version)
    assert made.seq == version + 1
    added = service.add_task(
        mine, roadmap_id=roadmap_id, version=version, draft=service.TaskDraft("E", 1, waits="3")
    )
    plan = _plan(mine, roadmap_id)
    assert [(task.title, task.position) for task in plan.tasks] == [
        ("A", 1), ("C", 2), ("D", 3), ("E", 4),
    ]  # fmt: skip
    assert plan.waits_for(added.task_id)[0].predecessor == c
    service.undo_edit(mine, roadmap_id=roadmap_id, seq=added.seq)
    service.undo_edit(mine, roadmap_id=roadmap_id, seq=made.seq)
    assert [task.id for task in _plan(mine, roadmap_id).tasks] == [a, c, d]


def test_a_table_is_saved_beside_what_another_changed_since_but_not_over_it(
    people, roadmap_id
) -> None:
    mine, other = people
    seen = service.view_plan(mine, roadmap_id=roadmap_id)
    a, b, *_rest = (task.id for task in seen.plan.tasks)
    where = {"roadmap_id": roadmap_id, "version": seen.roadmap.version, "language": "en"}
    _act(other, roadmap_id, Call(b, "Их"))
    rows = list(rows_of(seen.plan))
    first = [
        replace(rows[0], duration=9),
        *rows[1:],
        replace(rows[3], number=5, title="E", task_id=None),
    ]
    assert service.edit_table(mine, **where, rows=first).seq == seen.roadmap.version + 1
    assert _titles(_look(mine, roadmap_id)) == "A Их C D E"
    assert _plan(mine, roadmap_id).task(a).duration == 9
    with pytest.raises(StaleError):
        service.edit_table(mine, **where, rows=[rows[0], replace(rows[1], duration=9), *rows[2:]])


def test_nothing_new_is_known_by_few_queries_and_a_pulse_tells_whose_it_was(
    people, roadmap_id, clock
) -> None:
    mine, other = people
    version = _look(mine, roadmap_id).roadmap.version
    assert service.plan_pulse(mine, roadmap_id=roadmap_id) == Pulse(version)
    _act(other, roadmap_id, Call(_ids(mine, roadmap_id)[0], "Их"))
    pulse = service.plan_pulse(mine, roadmap_id=roadmap_id)
    assert pulse == Pulse(version + 1, "Борис", is_mine=False, at=clock.now)
    assert service.plan_pulse(other, roadmap_id=roadmap_id).is_mine
    stamp = _look(mine, roadmap_id).stamp
    for since, most in ((version + 1, 6), (stamp, 7)):
        with tallied() as tally:
            assert service.view_desk(mine, roadmap_id=roadmap_id, since=since) is None
        assert tally.statements <= most


def test_an_act_asks_as_many_queries_whatever_the_plan_holds(workspace, database) -> None:
    with database.writing() as db:
        case = factories.make_case(db, _me(workspace))

    def queries(count: int) -> int:
        plan = plan_of(*[1] * count, links="A-B", start=START)
        made = service.create_roadmap(workspace, new=NewPlan(case, f"{count}", plan))
        first = _ids(workspace, made)[0]
        for number in range(count):
            _act(workspace, made, Call(first, f"{number}"))
        with tallied() as tally:
            _act(workspace, made, Stretch(first, by=1))
        return tally.statements

    assert queries(2) == queries(7)


def test_a_refused_act_changes_nothing_and_keeps_nothing_in_memory(people, roadmap_id) -> None:
    mine, other = people
    a, b, *_rest = _ids(mine, roadmap_id)
    before = picture_text(_look(mine, roadmap_id), _)
    with pytest.raises(DomainError):
        _act(mine, roadmap_id, Stretch(a, by=3), Link(Dependency(b, a)))
    assert picture_text(_look(mine, roadmap_id), _) == before
    _act(other, roadmap_id, Call(a, "Их"))
    assert _titles(_look(mine, roadmap_id)) == "Их B C D"


def test_a_day_off_of_the_centre_moves_the_plan_at_once(workspace, roadmap_id, database) -> None:
    before = _look(workspace, roadmap_id).laid.finish
    with database.writing() as db:
        db.add(CalendarDay(calendar="ru", on=START, is_working=False))
    assert _look(workspace, roadmap_id).laid.finish == before + timedelta(days=1)


def test_who_is_asked_for_too_much_is_told_at_their_tasks(workspace, roadmap_id) -> None:
    _a, b, c, _d = _ids(workspace, roadmap_id)
    asked = _look(workspace, roadmap_id).asked
    assert set(asked) == {_a, b, c}
    assert (asked[b].minutes, asked[b].has) == (64 * 60, 40 * 60)
    _act(workspace, roadmap_id, Done(c, 100))
    assert not _look(workspace, roadmap_id).asked


def test_hands_at_once_lose_nothing_of_each_other_and_leave_one_history(
    people, workspaces, roadmap_id
) -> None:
    ids, start = _ids(people[0], roadmap_id), _look(people[0], roadmap_id).roadmap.version
    me = _me(people[0])

    def work(task_id: int) -> None:
        own = workspaces(Role.CONSULTANT, person_id=me)
        for number in range(5):
            seen = _act(own, roadmap_id, Call(task_id, f"{task_id}/{number}"))
            assert seen.laid.plan.task(task_id).title == f"{task_id}/{number}"

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, ids))
    assert [task.title for task in _plan(people[0], roadmap_id).tasks] == [f"{x}/4" for x in ids]
    past = service.view_past(people[0], roadmap_id=roadmap_id)
    assert [change.seq for change in reversed(past.changes)] == list(range(start, start + 20))


_ACTS = st.one_of(
    st.builds(lambda row, by: lambda ids: Place(ids[row % len(ids)], by=by), st.integers(0, 5),
              st.integers(-2, 5)),
    st.builds(lambda row, by: lambda ids: Stretch(ids[row % len(ids)], by=by), st.integers(0, 5),
              st.integers(-2, 3)),
    st.builds(lambda row: lambda ids: Remove(ids[row % len(ids)]), st.integers(0, 5)),
    st.builds(lambda row: lambda ids: Add("Новая", ids[row % len(ids)]), st.integers(0, 5)),
    st.builds(lambda row, move: lambda ids: Shift(ids[row % len(ids)], move), st.integers(0, 5),
              st.sampled_from(Move)),
    st.sampled_from([lambda _ids: Step.UNDO, lambda _ids: Step.REDO]),
)  # fmt: skip


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 1), _ACTS), min_size=3, max_size=8))
def test_what_is_kept_in_memory_is_what_the_database_says(people, roadmap_id, steps) -> None:
    look = Look(zoom=Zoom.WEEKS)
    for is_mine, late, act in steps:
        who = people[is_mine]
        version = service.plan_pulse(who, roadmap_id=roadmap_id).version - late
        ids = _ids(who, roadmap_id)
        wanted = act(ids) if ids else Add("Первая")
        asked = Asked(version, wanted if isinstance(wanted, Step) else (wanted,), look)
        try:
            given_back = service.act_on_plan(who, roadmap_id=roadmap_id, asked=asked)
        except DomainError:
            given_back = None
        kept = picture_text(_look(who, roadmap_id, look=look), _)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(SWITCH, "off")
            anew = picture_text(_look(who, roadmap_id, look=look), _)
        assert kept == anew
        if given_back is not None:
            assert picture_text(replace(given_back, added=()), _) == anew


def test_a_version_that_is_known_is_not_scheduled_again(workspace, roadmap_id) -> None:
    assert _look(workspace, roadmap_id).laid is _look(workspace, roadmap_id).laid

"""A leader's marks on the timeline of the case: that they were made, and nothing more."""

from datetime import timedelta

import pytest

from casework import service as casework
from casework.domain.timeline import Entry
from casework.service import TimelineKind
from core.errors import ForbiddenError
from core.permissions import Actor, Role
from core.workspace import Workspace
from roadmaps import service
from roadmaps.service import NewPlan
from tests import factories
from tests.roadmaps.plans import plan_of
from tests.roadmaps.test_service_links import join


@pytest.fixture
def roadmap_id(workspace, case_id) -> int:
    plan = plan_of(2, 1, links="A-B")
    return service.create_roadmap(workspace, new=NewPlan(case_id, "Обращение", plan))


@pytest.fixture
def token(workspace, roadmap_id, initiative) -> str:
    leader = join(workspace, initiative, "Нина Лидер")
    return service.make_roadmap_link(workspace, roadmap_id=roadmap_id, person_id=leader)


def _marks(workspace: Workspace, case_id: int) -> list[Entry]:
    entries = casework.timeline(workspace, case_id=case_id)
    return [entry for entry in entries if entry.kind is TimelineKind.LEADER_MARK]


def _mark(database, clock, workspace, roadmap_id: int, token: str) -> None:
    for task in service.view_plan(workspace, roadmap_id=roadmap_id).plan.tasks:
        service.mark_by_link(database, token, task_id=task.id, is_done=True, clock=clock)


def test_marks_stand_on_the_timeline_once_with_their_last_day_and_no_words_of_the_plan(
    database, clock, workspace, case_id, roadmap_id, token
) -> None:
    assert _marks(workspace, case_id) == []
    _mark(database, clock, workspace, roadmap_id, token)
    with workspace.reading() as tx:
        today = tx.today
    assert _marks(workspace, case_id) == [
        Entry(TimelineKind.LEADER_MARK, today, ("roadmap", roadmap_id))
    ]
    first = service.view_plan(workspace, roadmap_id=roadmap_id).plan.tasks[0].id
    clock.now += timedelta(days=2)
    service.mark_by_link(database, token, task_id=first, is_done=False, clock=clock)
    assert [x.happened_on for x in _marks(workspace, case_id)] == [today + timedelta(days=2)]


def test_marks_leave_the_timeline_with_the_roadmap_and_come_back_with_it(
    database, clock, workspace, case_id, roadmap_id, token
) -> None:
    _mark(database, clock, workspace, roadmap_id, token)
    before = _marks(workspace, case_id)
    service.remove_roadmap(workspace, roadmap_id=roadmap_id)
    assert _marks(workspace, case_id) == []
    clock.now += timedelta(days=3)
    service.restore_roadmap(workspace, roadmap_id=roadmap_id)
    assert _marks(workspace, case_id) == before


def test_whoever_may_not_open_the_case_learns_nothing_of_marks(
    database, clock, workspace, case_id, roadmap_id, token
) -> None:
    _mark(database, clock, workspace, roadmap_id, token)
    with database.writing() as db:
        expert = factories.make_person(db, roles=(Role.EXPERT,))
    outsider = Workspace.of(database, Actor(expert, frozenset({Role.EXPERT})), clock)
    with pytest.raises(ForbiddenError):
        casework.timeline(outsider, case_id=case_id)


def test_the_timeline_shows_the_roadmap_and_its_marks_as_two_links(
    open_page, database, clock, workspace, me, case_id, roadmap_id, token
) -> None:
    _mark(database, clock, workspace, roadmap_id, token)
    page = open_page("case", person_id=me, case=case_id)
    assert not page.exception
    told = [link.proto.label for link in page.get("page_link")]
    assert sum("Лидер отметил шаги" in label for label in told) == 1

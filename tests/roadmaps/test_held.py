"""A meeting made private after its steps went into a roadmap: its people are told where they stand."""

import pytest

from casework.domain.consultation import Draft, Topic, Work
from casework.domain.plain import draft_from
from casework.domain.step import NewStep
from casework.service import Submission, edit_consultation, record_consultation, view_consultation
from core.errors import ForbiddenError, NotFoundError
from core.permissions import Actor, Role, Secrecy
from core.workspace import Workspace
from roadmaps import service
from roadmaps.service import NewPlan
from tests import factories
from tests.roadmaps.plans import plan_of


@pytest.fixture
def meeting(workspace, me, case_id) -> int:
    with workspace.reading() as tx:
        today = tx.today
    draft = Draft(
        today,
        frozenset({Topic.BUDGET}),
        (Work(me, 30),),
        cases=frozenset({case_id}),
        steps=(NewStep("Поговорить с мужем о деньгах"), NewStep("Позвонить в банк")),
    )
    return record_consultation(workspace, draft=draft, sent=Submission(note_key="x"))


def _taken(workspace, case_id: int) -> int:
    plan = plan_of(1)
    roadmap = service.create_roadmap(workspace, new=NewPlan(case_id, "Путь", plan))
    steps = service.view_additions(workspace, case_id=case_id).steps
    service.take_steps(workspace, roadmap_id=roadmap, step_ids=[steps[0].id])
    return roadmap


def _make_private(workspace, meeting: int) -> None:
    view = view_consultation(workspace, consultation_id=meeting)
    assert view.consultation is not None
    start = draft_from(view.consultation, view.works, None)
    draft = Draft(
        start.held_on, start.topics, start.consultants, cases=start.cases, secrecy=Secrecy.PRIVATE
    )
    edit_consultation(
        workspace, consultation_id=meeting, version=view.consultation.version, draft=draft
    )


def test_whoever_reads_the_note_is_told_which_roadmaps_hold_its_steps(
    workspace, case_id, meeting
) -> None:
    assert service.view_held_steps(workspace, consultation_id=meeting) == ()
    roadmap = _taken(workspace, case_id)
    _make_private(workspace, meeting)
    (held,) = service.view_held_steps(workspace, consultation_id=meeting)
    assert (held.roadmap_id, held.title, held.initiative) == (roadmap, "Путь", "Двор на Речной")
    assert list(held.tasks.values()) == ["Поговорить с мужем о деньгах"]
    assert service.view_additions(workspace, case_id=case_id).steps == ()


def test_a_roadmap_taken_away_holds_nothing(workspace, case_id, meeting) -> None:
    service.remove_roadmap(workspace, roadmap_id=_taken(workspace, case_id))
    assert service.view_held_steps(workspace, consultation_id=meeting) == ()


def test_nobody_else_learns_which_steps_came_of_a_private_talk(
    database, clock, workspace, case_id, meeting
) -> None:
    _taken(workspace, case_id)
    _make_private(workspace, meeting)
    for role in (Role.CONSULTANT, Role.MANAGER, Role.ADMINISTRATOR):
        with database.writing() as db:
            person = factories.make_person(db, roles=(role,))
        other = Workspace.of(database, Actor(person, frozenset({role})), clock)
        with pytest.raises(ForbiddenError):
            service.view_held_steps(other, consultation_id=meeting)
    with pytest.raises(NotFoundError):
        service.view_held_steps(workspace, consultation_id=10**6)


def test_the_page_names_the_roadmap_with_links_and_says_when_there_is_none(
    open_page, workspace, me, case_id, meeting
) -> None:
    page = open_page("roadmap_held", person_id=me, consultation=meeting)
    assert not page.exception
    assert "Ни в одной дорожной карте" in page.success[0].value
    roadmap = _taken(workspace, case_id)
    _make_private(workspace, meeting)
    page = open_page("roadmap_held", person_id=me, consultation=meeting)
    links = {link.proto.label: link.proto.query_string for link in page.get("page_link")}
    assert f"roadmap={roadmap}" in links["Путь · Двор на Речной"]
    assert f"roadmap={roadmap}&task=" in links["Поговорить с мужем о деньгах"]


def test_making_a_meeting_private_leads_to_the_roadmaps_that_hold_its_steps(
    open_page, workspace, me, case_id, meeting
) -> None:
    _taken(workspace, case_id)
    page = open_page("consultation", person_id=me, consultation=meeting, edit=1)
    (field,) = [x for x in page.get("button_group") + list(page.selectbox) + list(page.radio)
                if (x.key or "").endswith("_secrecy")]  # fmt: skip
    field.set_value(Secrecy.PRIVATE)
    page.button(key="consultation_save").click().run()
    assert not page.exception
    assert page.title[0].value == "Шаги личной встречи"
    assert "Поговорить с мужем о деньгах" in {x.proto.label for x in page.get("page_link")}

"""The same form sent twice makes one thing, or is told so."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from accounts.domain.person import AddressTakenError
from accounts.service import invite_person
from casework import service as casework
from casework.domain.case import NewCase
from casework.domain.consultation import Draft, Topic, Work
from casework.domain.initiative import InitiativeForm, NewInitiative
from casework.domain.need import NeedKind
from core.errors import DomainError, StaleError
from core.permissions import Role
from core.workspace import Workspace
from diagnostics.domain.assessment import NewAssessment, RespondentKind
from diagnostics.service import publish_builtin, start_assessment
from panels import service as panels
from panels.domain.errors import DuplicateSubmissionError
from panels.domain.panel import NewPanel, NewSubmission, PanelKind
from roadmaps import service as roadmaps
from roadmaps.domain.plan import Plan
from tests import factories
from tests.filling import counts
from tests.full_centre import INSTRUMENT, TODAY

Send = Callable[[Workspace, int, dict[str, int]], Any]


def _consultation(here: Workspace, me: int, ids: dict[str, int]) -> int:
    work = (Work(me, 60),)
    draft = Draft(TODAY, frozenset({Topic.BUDGET}), work, cases=frozenset({ids["case"]}))
    return casework.record_consultation(here, draft=draft, sent=casework.Submission("token"))


TWICE: Final[dict[str, Send]] = {
    "initiative": lambda here, _, __: casework.register_initiative(
        here, new=NewInitiative(InitiativeForm("Сад", "", (), ""), token="token"), is_sure=True
    ),
    "case": lambda here, me, ids: casework.open_case(
        here, new=NewCase(ids["initiative"], me, "Помогите", token="token")
    ),
    "consultation": _consultation,
    "roadmap": lambda here, _, ids: roadmaps.create_roadmap(
        here, new=roadmaps.NewPlan(ids["case"], "Путь", Plan(TODAY), token="token")
    ),
    "diagnostic": lambda here, _, ids: start_assessment(
        here,
        NewAssessment(ids["case"], INSTRUMENT, RespondentKind.TEAM, TODAY, token="token"),
    ),
    "council": lambda here, me, _: panels.create_panel(
        here, new=NewPanel("Совет", PanelKind.CONSILIUM, me, token="token")
    ),
    "step": lambda here, _, ids: casework.agree_step(
        here, case_id=ids["case"], text=" Позвонить ", due_on=TODAY
    ),
    "need": lambda here, _, ids: casework.note_need(
        here, case_id=ids["case"], kind=NeedKind.STATED, title=" Нет места"
    ),
}
REFUSED: Final[dict[str, tuple[Send, type[DomainError]]]] = {
    "task": (
        lambda here, _, ids: roadmaps.add_task(
            here, roadmap_id=ids["roadmap"], version=1, draft=roadmaps.TaskDraft("Смета", 2)
        ),
        StaleError,
    ),
    "submission": (
        lambda here, _, ids: panels.add_submission(
            here, panel_id=ids["panel"], new=NewSubmission("Сад", "Текст", case_id=ids["case"])
        ),
        DuplicateSubmissionError,
    ),
}


@pytest.fixture
def ids(workspace, database, me) -> dict[str, int]:
    """What the forms need to be there."""
    with database.writing() as db:
        initiative = factories.make_initiative(db, "Двор", me)
        case = factories.make_case(db, me, initiative_id=initiative)
    with workspace.transaction() as tx:
        publish_builtin(tx)
    new = roadmaps.NewPlan(case, "План", Plan(TODAY))
    roadmap = roadmaps.create_roadmap(workspace, new=new)
    panel = panels.create_panel(workspace, new=NewPanel("Совет", PanelKind.CONSILIUM, me))
    return {"initiative": initiative, "case": case, "roadmap": roadmap, "panel": panel}


@pytest.mark.both
@pytest.mark.parametrize("name", TWICE)
def test_a_form_sent_twice_makes_one_thing(workspace, database, me, ids, name: str) -> None:
    first = TWICE[name](workspace, me, ids)
    with database.engine.connect() as connection:
        before = counts(connection)
    assert first == TWICE[name](workspace, me, ids)
    with database.engine.connect() as connection:
        assert before == counts(connection)


@pytest.mark.parametrize("name", REFUSED)
def test_a_form_sent_twice_is_refused_in_words(workspace, database, me, ids, name: str) -> None:
    send, error = REFUSED[name]
    send(workspace, me, ids)
    with database.engine.connect() as connection:
        before = counts(connection)
    with pytest.raises(error):
        send(workspace, me, ids)
    with database.engine.connect() as connection:
        assert before == counts(connection)


def test_an_invitation_sent_twice_is_refused_in_words(workspaces) -> None:
    administrator = workspaces(Role.ADMINISTRATOR)
    person = {"name": "Анна", "address": "anna@example.org", "roles": [Role.EXPERT]}
    invite_person(administrator, **person)
    with pytest.raises(AddressTakenError):
        invite_person(administrator, **person)


def test_a_step_agreed_anew_after_it_was_done_is_another(workspace, ids) -> None:
    agree = {"case_id": ids["case"], "text": "Позвонить"}
    first = casework.agree_step(workspace, **agree)
    casework.tick_step(workspace, step_id=first)
    assert first != casework.agree_step(workspace, **agree)

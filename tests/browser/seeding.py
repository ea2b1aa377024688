"""People and things put straight into a running server's database, by the services."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from playwright.sync_api import BrowserContext

import migrations.tables  # noqa: F401 — registers every table
from accounts import store
from accounts.domain import passwords
from casework.domain.consultation import Draft, Topic, Work
from casework.domain.need import NeedKind
from casework.domain.request import RequestForm
from casework.domain.step import NewStep
from casework.service import Submission, note_need, record_consultation, take_request
from core.database import Database
from core.permissions import Actor, Role
from core.workspace import Workspace
from diagnostics import service as diagnostics
from diagnostics.domain.assessment import NewAssessment, RespondentKind, Response
from hours import service as hours
from panels import service as panels
from panels.domain.panel import NewPanel, NewSubmission, PanelKind
from roadmaps import service as roadmaps
from tests import factories
from tests.browser.serving import Server
from tests.panels.conftest import own_criterion
from tests.roadmaps.plans import plan_of

ALL_ROLES = tuple(Role)
PASSWORD = "семь тихих цапель"


@dataclass(frozen=True)
class Someone:
    """A person of the centre, and the token of a sign-in of theirs."""

    id: int
    address: str
    token: str
    workspace: Workspace

    def carries(self, context: BrowserContext, server: Server) -> BrowserContext:
        """Give a browser this person's cookie."""
        context.add_cookies(
            [{"name": "casework_session", "value": self.token, "url": server.url, "httpOnly": True}]
        )
        return context


@contextmanager
def opened(server: Server) -> Iterator[Database]:
    """Open the database of a server beside it."""
    database = Database(server.database)
    yield database
    database.dispose()


def arrive(
    database: Database, *roles: Role, name: str = "", language: str = "ru", password: str = ""
) -> Someone:
    """Let a person with these roles work at the centre and be signed in."""
    with database.writing() as db:
        person_id = factories.make_person(db, name=name, roles=roles, language=language)
        if password:
            store.set_password(db, person_id, passwords.hash_password(password))
        token = factories.make_sign_in(db, person_id, now=datetime.now(UTC))
        address = store.load_person(db, person_id).address
    actor = Actor(person_id, frozenset(roles), name, language)
    return Someone(person_id, address, token, Workspace.of(database, actor))


def begin_work(database: Database, director: Someone, expert: Someone) -> dict[str, int]:
    """Make one of everything; ids by the names that pages ask for them."""
    here, today = director.workspace, datetime.now(UTC).date()
    with database.writing() as db:
        initiative = factories.make_initiative(db, "Сад у дома <b>", director.id)
        case = factories.make_case(db, director.id, initiative_id=initiative)
    consultation = record_consultation(
        here,
        draft=Draft(
            held_on=today,
            topics=frozenset({Topic.BUDGET}),
            consultants=(Work(director.id, contact=60, preparation=15),),
            cases=frozenset({case}),
            note="Говорили о деньгах. " * 20,
            steps=(NewStep("позвонить", due_on=today + timedelta(days=2)),),
        ),
        sent=Submission(note_key="consultation:new"),
    )
    need = note_need(here, case_id=case, kind=NeedKind.STATED, title="Нет денег на саженцы")
    return {
        "initiative": initiative,
        "case": case,
        "consultation": consultation,
        "need": need,
        "request": take_request(here, form=RequestForm("Нас не слышат", name="Двор")),
        "person": expert.id,
        "agreement": _promise(here),
        "assessment": _diagnose(here, case),
        "roadmap": roadmaps.create_roadmap(
            here,
            new=roadmaps.NewPlan(case, "Путь", plan_of(2, 5, 0, links="A-B A-C B-C", start=today)),
        ),
        **_judge(here, director, expert, case),
    }


def _promise(here: Workspace) -> int:
    plan = hours.AgreementPlan(hours.Activity.CONSULTING, hours.Measure.STAFF, 6000)
    starts_on = datetime.now(UTC).date().replace(day=1)
    terms = hours.Terms("Грант города", starts_on, None, "Город <b>", 3, plans=(plan,))
    return hours.add_agreement(here, terms=terms)


def _diagnose(here: Workspace, case: int) -> int:
    started = NewAssessment(
        case_id=case,
        instrument="health_of_an_initiative",
        kind=RespondentKind.TEAM,
        held_on=datetime.now(UTC).date(),
    )
    run = diagnostics.start_assessment(here, started)
    view = diagnostics.view_assessment(here, assessment_id=run)
    answers = {item.name: Response("level_2") for item in view.instrument.items}
    diagnostics.answer_items(here, assessment_id=run, responses=answers)
    version = diagnostics.view_assessment(here, assessment_id=run).assessment.version
    diagnostics.submit_assessment(here, assessment_id=run, version=version)
    return run


def _judge(here: Workspace, chair: Someone, expert: Someone, case: int) -> dict[str, int]:
    new = NewPanel("Осенний совет", PanelKind.CONSILIUM, chair.id, expert_ids=(expert.id,))
    panel = panels.create_panel(here, new=new)
    panels.add_criterion(here, panel_id=panel, criterion=own_criterion())
    project = NewSubmission("Сад у дома", "Посадим сад.", case_id=case)
    submission = panels.add_submission(here, panel_id=panel, new=project)
    sheet = panels.list_own_sheets(expert.workspace)[0].id
    return {"panel": panel, "submission": submission, "sheet": sheet}

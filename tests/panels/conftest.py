"""A council at work: a chair, two experts, a case's project before them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.database import Database
from core.permissions import Role
from core.workspace import Workspace
from panels import service
from panels.domain.criteria import Criterion, Scale
from panels.domain.panel import NewPanel, NewSubmission, PanelKind
from panels.domain.sheet import Opinion, Score
from tests import factories

TEXT = "Мы посадим сад во дворе на Ленина, 5. 🌳 <script>alert(1)</script>"


def own_criterion(title: str = "Нужность", weight: str = "1", high: int = 5) -> Criterion:
    """Make a criterion as a chair would write it."""
    return Criterion(
        id=0,
        title={"ru": title},
        question={"ru": "Кому это нужно?"},
        weight=Decimal(weight),
        scale=Scale(1, high),
        levels={mark: {"ru": f"Уровень {mark}"} for mark in range(1, high + 1)},
    )


@dataclass
class Council:
    """Who is who, and the ids of what they work on."""

    chair: Workspace
    experts: tuple[Workspace, ...]
    panel_id: int
    case_id: int
    initiative_id: int
    submission_id: int
    criteria: tuple[int, ...]

    def sheet_id(self, expert: Workspace, submission_id: int | None = None) -> int:
        """Find the sheet of an expert on a project."""
        wanted = submission_id or self.submission_id
        lines = service.list_own_sheets(expert)
        return next(line.id for line in lines if line.submission_id == wanted)

    def opinion(self, *marks: int | None, comment: str = "", recommendation: str = "") -> Opinion:
        """Put marks on the criteria in their order."""
        scores = tuple(
            Score(criterion, mark) for criterion, mark in zip(self.criteria, marks, strict=False)
        )
        return Opinion(scores, comment, recommendation)

    def submit(self, expert: Workspace, opinion: Opinion, submission_id: int | None = None) -> int:
        """Let an expert hand in a sheet and give its id."""
        sheet_id = self.sheet_id(expert, submission_id)
        version = service.view_sheet(expert, sheet_id).sheet.version
        service.submit_sheet(expert, sheet_id=sheet_id, version=version, opinion=opinion)
        return sheet_id


def person(workspace: Workspace) -> int:
    """Give the id of the person of a workspace."""
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def council(database: Database, workspaces: Callable[..., Any]) -> Council:
    """A consultant chairs; two experts; two criteria of weight 3 and 1; one project of a case."""
    chair = workspaces(Role.CONSULTANT, name="Ольга Председатель")
    experts = (
        workspaces(Role.EXPERT, name="Пётр Первый"),
        workspaces(Role.EXPERT, name="Вера Вторая"),
    )
    with database.writing() as db:
        initiative_id = factories.make_initiative(db, "Сад у дома", person(chair))
        case_id = factories.make_case(db, person(chair), initiative_id=initiative_id)
    panel_id = service.create_panel(
        chair,
        new=NewPanel(
            "Осенний совет",
            PanelKind.CONSILIUM,
            person(chair),
            due_on=date(2026, 12, 1),
            expert_ids=tuple(person(expert) for expert in experts),
        ),
    )
    criteria = tuple(
        service.add_criterion(chair, panel_id=panel_id, criterion=own_criterion(title, weight))
        for title, weight in (("Нужность", "3"), ("Команда", "1"))
    )
    submission_id = service.add_submission(
        chair, panel_id=panel_id, new=NewSubmission("Сад у дома", TEXT, case_id=case_id)
    )
    return Council(chair, experts, panel_id, case_id, initiative_id, submission_id, criteria)

"""A consultant with a case, and the built-in instrument published."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from core.audit import AuditEntry
from core.workspace import Workspace
from diagnostics import service
from diagnostics.domain.assessment import NewAssessment, RespondentKind, Response
from diagnostics.domain.instrument import Missing
from diagnostics.service import (
    answer_item,
    start_assessment,
    submit_assessment,
    view_assessment,
)

TODAY = date(2026, 11, 23)
HEALTH = "health_of_an_initiative"
NOT_ANSWERED = Missing.NOT_ANSWERED


@dataclass
class Scene:
    here: Workspace
    case_id: int
    workspaces: Callable[..., Workspace]

    def start(self, **changes) -> int:
        known = {"case_id": self.case_id, "instrument": HEALTH, "kind": RespondentKind.TEAM}
        return start_assessment(self.here, NewAssessment(**{**known, "held_on": TODAY, **changes}))

    def answer(self, run: int, item: str, answer, seen=NOT_ANSWERED) -> None:
        answer_item(self.here, assessment_id=run, item=item, answer=answer, seen=seen)

    def fill(self, run: int, level: int = 2) -> None:
        items = self.view(run).instrument.items
        responses = {item.name: Response(f"level_{level}") for item in items}
        service.answer_items(self.here, assessment_id=run, responses=responses)

    def view(self, run: int, **changes):
        return view_assessment(self.here, assessment_id=run, **changes)

    def submit(self, run: int) -> None:
        version = self.view(run).assessment.version
        submit_assessment(self.here, assessment_id=run, version=version)

    def submitted(self, level: int = 2, **changes) -> int:
        run = self.start(**changes)
        self.fill(run, level)
        self.submit(run)
        return run

    def count(self, table) -> int:
        with self.here.reading() as tx:
            return tx.db.scalar(sa.select(sa.func.count()).select_from(table))

    def actions(self) -> list[str]:
        with self.here.reading() as tx:
            return list(tx.db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))

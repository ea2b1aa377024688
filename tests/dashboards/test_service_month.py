"""A person's month with initiatives, for whoever approves it."""

from collections.abc import Callable
from datetime import date

from casework.domain.consultation import Draft, Topic, Work
from casework.service import record_consultation
from core.database import Database
from core.permissions import Role
from core.workspace import Workspace
from dashboards.service import view_named_month
from hours.service import WorkDraft, record_work
from tests import factories

TODAY = date(2026, 11, 23)


def test_open_meetings_have_their_initiatives_and_private_ones_neither_those_nor_topics(
    workspaces: Callable[..., Workspace], database: Database
) -> None:
    ivan, manager = workspaces(Role.CONSULTANT), workspaces(Role.MANAGER)
    with ivan.reading() as tx:
        me = tx.actor.person_id
    with database.writing() as db:
        cases = [
            factories.make_case(db, me, initiative_id=factories.make_initiative(db, name))
            for name in ("Двор", "Аптечка", "Тайна 5f1c")
        ]
    open_draft = Draft(
        TODAY, frozenset({Topic.BUDGET}), (Work(me, 60),), cases=frozenset(cases[:2])
    )
    private = Draft(
        TODAY, frozenset({Topic.PSYCHOLOGIST}), (Work(me, 45),), cases=frozenset({cases[2]})
    )
    for draft in (open_draft, private):
        record_consultation(ivan, draft=draft)
    record_work(ivan, draft=WorkDraft(TODAY, 30))

    named = view_named_month(manager, me, "2026-11")
    rows = {
        entry.minutes: (entry.topics, named.initiatives.get(entry.id))
        for entry in named.month.entries
    }
    assert rows == {60: (("budget",), "Аптечка, Двор"), 45: ((), None), 30: ((), None)}

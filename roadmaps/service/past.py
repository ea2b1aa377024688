"""The history of a roadmap: who changed what when, and what that did to the end of the plan."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from accounts.service import person_names
from casework.service import case_guard
from core.cache import remembered
from core.calendar import load_calendar
from core.errors import DomainError
from core.i18n import sort_key, translator
from core.permissions import Permission
from core.revision import revision
from core.workspace import Transaction, Workspace
from roadmaps import store
from roadmaps.domain.history_words import told_edit, turned
from roadmaps.domain.laid import lay
from roadmaps.domain.past import (
    PastChange,
    PastSearch,
    PastState,
    concerned,
    end_moves,
    named,
    states_of,
    titles_of,
)
from roadmaps.domain.plan import Plan
from roadmaps.domain.roadmap import PlanEdit, Roadmap
from roadmaps.service.common import AREA

PAST_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class PastView:
    """One page of a history, newest first; `total` counts what was found on all pages.

    `people` made changes, `tasks` were concerned by them: what can be asked for.
    """

    changes: tuple[PastChange, ...]
    total: int
    page: int
    people: Mapping[int, str]
    tasks: Mapping[int, str]


def view_past(
    workspace: Workspace,
    *,
    roadmap_id: int,
    search: PastSearch | None = None,
    language: str = "ru",
) -> PastView:
    """Show a page of the changes of a roadmap, told in a language, newest first."""
    wanted, _ = search or PastSearch(), translator(language)
    with workspace.reading() as tx:
        roadmap, plan = store.load_plan(tx.db, roadmap_id)
        workspace.require(Permission.VIEW_ROADMAP, case_guard(tx, roadmap.case_id))
        edits = store.list_edits(tx.db, roadmap_id)
        people = person_names(tx, {edit.by for edit in edits})
        states, standing = states_of(edits)
        taking = {seq for seq, state in states.items() if state is PastState.TAKING_BACK}
        told = {
            edit.seq: told_edit(_, turned(edit) if edit.seq in taking else edit, plan)
            for edit in edits
        }
        found = [e for e in reversed(edits) if _fits(e, wanted, told[e.seq], people)]
        pages = max(-(-len(found) // PAST_PAGE), 1)
        page = min(max(wanted.page, 1), pages)
        shown = found[(page - 1) * PAST_PAGE : page * PAST_PAGE]
        ends = _ends(tx, (roadmap, plan), edits, tuple(edit.seq for edit in shown))
        tasks = {task_id for edit in edits for task_id in concerned(edit)}
        names = named(plan, titles_of(edits))
        return PastView(
            changes=tuple(
                PastChange(
                    seq=edit.seq,
                    made_at=edit.made_at,
                    name=people.get(edit.by, ""),
                    told=told[edit.seq],
                    state=states[edit.seq],
                    stands=edit.seq in standing,
                    end_by=ends.get(edit.seq),
                )
                for edit in shown
            ),
            total=len(found),
            page=page,
            people=dict(sorted(people.items(), key=lambda pair: sort_key(pair[1]))),
            tasks={key: title for key, title in names.items() if key in tasks},
        )


def _fits(edit: PlanEdit, search: PastSearch, told: str, people: Mapping[int, str]) -> bool:
    if search.person_id is not None and edit.by != search.person_id:
        return False
    if search.task_id is not None and search.task_id not in concerned(edit):
        return False
    words = sort_key(search.text).split()
    text = sort_key(f"{told} {people.get(edit.by, '')}") if words else ""
    return all(word in text for word in words)


def _ends(
    tx: Transaction,
    loaded: tuple[Roadmap, Plan],
    edits: Sequence[PlanEdit],
    wanted: tuple[int, ...],
) -> Mapping[int, timedelta | None]:
    roadmap, plan = loaded

    def finish(one: Plan) -> datetime | None:
        with suppress(DomainError):
            return lay(one, load_calendar(tx.db, one.calendar_id)).finish
        return None

    key = ("roadmaps.ends", roadmap.id, wanted, revision(tx.db, AREA))
    return remembered(tx.db, key, lambda: end_moves(plan, edits, wanted, finish))

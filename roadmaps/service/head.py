"""The head of a roadmap: its title and its first day, saved together."""

from dataclasses import replace
from datetime import date

from core.errors import require_seen
from core.i18n import Term
from core.workspace import Transaction, Workspace
from roadmaps import store
from roadmaps.domain.edits import ChangePlan
from roadmaps.domain.plan import Plan
from roadmaps.domain.roadmap import Head, Roadmap, clean_name
from roadmaps.service.carry import undo
from roadmaps.service.common import AREA, load_for_change, write_change


def edit_head(workspace: Workspace, *, roadmap_id: int, seen: Head, wanted: Head) -> int | None:
    """Give a roadmap another title or first day, over the head that was `seen`.

    Gives the number of the change of the plan; None if only the title is new.

    Raises
    ------
    StaleError
        If somebody has changed title or first day since; nothing changes.
    """
    with workspace.transaction() as tx:
        roadmap, plan = loaded = load_for_change(workspace, tx, roadmap_id)
        clean = replace(wanted, title=clean_name(wanted.title))
        _require_seen(loaded, seen, clean)
        _save_title(tx, roadmap, clean.title)
        if clean.starts_on == plan.starts_on:
            return None
        write_change(tx, loaded, _starting(plan, clean.starts_on))
        return roadmap.version


def take_back_head(
    workspace: Workspace, *, roadmap_id: int, title: str, seen: str, seq: int | None
) -> None:
    """Take an edit of the head back: the title was `title` and became `seen`.

    The first day goes back by its change `seq`. Raises `StaleError` if title or first day are
    others by now.
    """
    with workspace.transaction() as tx:
        roadmap, plan = loaded = load_for_change(workspace, tx, roadmap_id)
        now = Head(clean_name(seen), plan.starts_on)
        _require_seen(loaded, now, replace(now, title=title))
        _save_title(tx, roadmap, title)
        if seq is None:
            return
        undo(tx, loaded, seq)


def _require_seen(loaded: tuple[Roadmap, Plan], seen: Head, wanted: Head) -> None:
    roadmap, plan = loaded
    require_seen(
        Term("object.roadmap"),
        original=_shown(seen),
        current=_shown(Head(roadmap.title, plan.starts_on)),
        yours=_shown(wanted),
    )


def _save_title(tx: Transaction, roadmap: Roadmap, title: str) -> None:
    if title == roadmap.title:
        return
    store.save_title(tx.db, roadmap.id, title, tx.now)
    tx.audit("roadmap.renamed", f"roadmap:{roadmap.id}")
    tx.touched(AREA)


def _starting(plan: Plan, day: date) -> ChangePlan:
    return ChangePlan(day, plan.starts_minute, plan.unit, plan.calendar_id, plan.own_calendar)


def _shown(head: Head) -> dict[str, object]:
    return {Term("field.roadmap_title"): head.title, Term("field.plan_start"): head.starts_on}

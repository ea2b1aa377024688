"""The editor of a plan: what it shows, and the acts of a hand in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo

from sqlalchemy.engine import Engine

from accounts.service import person_names
from casework.service import case_guard
from core.permissions import Permission, may
from core.workspace import Transaction, Workspace
from roadmaps import store
from roadmaps.domain.acting import edit_of
from roadmaps.domain.acts import Act, Step, Turn
from roadmaps.domain.chain import Mark, chain_of
from roadmaps.domain.desk import Desk, desk_stamp, is_of, plan_stamp
from roadmaps.domain.edits import AddTask, flat
from roadmaps.domain.edits_new import new_tasks, numbered
from roadmaps.domain.layout import Look
from roadmaps.domain.outcome import Outcome
from roadmaps.domain.plan import Plan, Task
from roadmaps.domain.roadmap import LastChange, PlanEdit, Roadmap
from roadmaps.service.carry import carry_over, redo, undo
from roadmaps.service.common import load_for_change, write_change
from roadmaps.service.kept import (
    Version,
    draw,
    keep_version,
    lay_both,
    lay_loaded,
    load_rest,
    load_version,
)
from roadmaps.service.stale import plan_at, stale


@dataclass(frozen=True, slots=True)
class Asked:
    """What a hand asks for: acts over the version it saw; `key` names the request.

    `stamp` is that of the picture it saw, by which a version is known that is another by now.
    """

    version: int
    acts: tuple[Act, ...] | Step | Turn
    look: Look = field(default_factory=Look)
    key: str | None = None
    stamp: str | None = None


@dataclass(frozen=True, slots=True)
class _Reader:
    """What an answer owes to who reads it, and when."""

    me: int
    may_edit: bool
    today: date
    zone: tzinfo
    names: Mapping[int, str]
    undo: PlanEdit | None
    redo: PlanEdit | None


def view_desk(
    workspace: Workspace,
    *,
    roadmap_id: int,
    look: Look | None = None,
    since: int | str | None = None,
) -> Desk | None:
    """Show a plan in its editor; None if it is still the version, or the stamp, `since`."""
    with workspace.reading() as tx:
        head = store.load_head(tx.db, roadmap_id)
        guard = case_guard(tx, head.case_id)
        workspace.require(Permission.VIEW_ROADMAP, guard)
        may_edit = may(tx.actor, Permission.EDIT_ROADMAP, guard)
        if since is not None and _is_still(tx, head, since, may_edit=may_edit):
            return None
        version = load_version(tx, head, load_rest(tx, head))
        reader = _reader(tx, version, may_edit=may_edit)
    return _desk(workspace.database.engine, version, reader, look or Look())


def _is_still(tx: Transaction, head: Roadmap, since: int | str, *, may_edit: bool) -> bool:
    if isinstance(since, int):
        return head.version == since
    return since == desk_stamp(_made(tx, head), tx.today, may_edit=may_edit)


def act_on_plan(workspace: Workspace, *, roadmap_id: int, asked: Asked) -> Desk:
    """Do what a hand asks for, as one change, and show the plan in its editor.

    What others changed since stays; the acts are done to the plan of now. A request that was
    answered already does nothing.

    Raises
    ------
    StaleError
        If what the acts touch was touched since.
    DomainError
        If an act asks for what cannot be; nothing changes.
    """
    with workspace.transaction() as tx:
        loaded = load_for_change(workspace, tx, roadmap_id)
        before, key = load_version(tx, *loaded), asked.key
        known = key and store.find_made(tx.db, roadmap_id, tx.actor.person_id, key)
        if known:
            version, added = before, tuple(task.id for task in _added(known))
        else:
            made, added = _do(tx, loaded, asked)
            version = _next(tx, before, made)
        reader = _reader(tx, version, may_edit=True)
    engine = workspace.database.engine
    keep_version(engine, version)
    return replace(_desk(engine, version, reader, asked.look), added=added)


def _do(
    tx: Transaction, loaded: tuple[Roadmap, Plan], asked: Asked
) -> tuple[Outcome | None, tuple[int, ...]]:
    if isinstance(asked.acts, Step | Turn):
        return _turn(tx, loaded, asked, asked.acts), ()
    return _act(tx, loaded, asked, asked.acts)


def _turn(
    tx: Transaction, loaded: tuple[Roadmap, Plan], asked: Asked, turn: Step | Turn
) -> Outcome | None:
    """Go one step back or on; nowhere if the one that was offered is not the next any more."""
    if not _is_seen(tx, loaded[0], asked):
        return None
    step = turn.step if isinstance(turn, Turn) else turn
    if isinstance(turn, Turn):
        chain = chain_of(store.list_marks(tx.db, loaded[0].id), tx.actor.person_id)
        if turn.seq != (chain.undo if step is Step.UNDO else chain.redo):
            return None
    if step is Step.UNDO:
        return undo(tx, loaded, None, asked.key)[1]
    return redo(tx, loaded, None, asked.key)


def _is_seen(tx: Transaction, roadmap: Roadmap, asked: Asked) -> bool:
    """Tell whether the version that a hand saw is this plan's, not one lost by a restoring."""
    return asked.stamp is None or is_of(asked.stamp, _made(tx, roadmap, asked.version))


def _made(tx: Transaction, roadmap: Roadmap, version: int | None = None) -> str:
    number = roadmap.version if version is None else version
    return plan_stamp(number, store.find_made_at(tx.db, roadmap.id, number))


def _act(
    tx: Transaction, loaded: tuple[Roadmap, Plan], asked: Asked, acts: tuple[Act, ...]
) -> tuple[Outcome | None, tuple[int, ...]]:
    roadmap, plan = loaded
    seen = lay_loaded(tx, roadmap, plan)
    if asked.version != roadmap.version:
        # A hand means dates and rows as it saw them.
        seen, _now = lay_both(tx, plan_at(tx, loaded, asked.version), seen)
    edit = edit_of(seen, acts)
    if not edit.edits:
        return None, ()
    ids = store.new_task_ids(tx.db, roadmap.id, len(new_tasks(edit)))
    named = numbered(edit, plan, roadmap.id, ids)
    if not _is_seen(tx, roadmap, asked):
        raise stale(tx, loaded, asked.version, named)
    is_named = asked.key is not None
    meant = carry_over(tx, loaded, asked.version, named, is_named=is_named)
    return write_change(tx, loaded, meant, key=asked.key), tuple(ids)


def _added(made: PlanEdit) -> Iterator[Task]:
    return (edit.task for edit in flat(made.forward) if isinstance(edit, AddTask))


def _next(tx: Transaction, before: Version, made: Outcome | None) -> Version:
    """Give the version that a change has led to; the same one where nothing was changed."""
    if made is None or made.seq is None:
        return before
    edit = store.load_edit(tx.db, before.roadmap.id, made.seq)
    roadmap = replace(before.roadmap, version=made.seq + 1, changed_at=tx.now)
    marks = (*before.marks, Mark(edit.seq, edit.undoes, edit.by))
    return Version(roadmap, made.laid, marks, before.centre, edit, made)


def _reader(tx: Transaction, version: Version, *, may_edit: bool) -> _Reader:
    me, plan = tx.actor.person_id, version.laid.plan
    people = {task.responsible_id for task in plan.tasks if task.responsible_id is not None}
    people |= {version.made.by} if version.made else set()
    chain = chain_of(version.marks, me) if may_edit else None

    def edit(seq: int | None) -> PlanEdit | None:
        return None if seq is None else store.load_edit(tx.db, version.roadmap.id, seq)

    return _Reader(
        me,
        may_edit,
        tx.today,
        tx.zone,
        person_names(tx, people),
        edit(chain.undo if chain else None),
        edit(chain.redo if chain else None),
    )


def _desk(engine: Engine, version: Version, reader: _Reader, look: Look) -> Desk:
    made, change = version.made, None
    if made is not None and version.outcome is not None:
        change = LastChange(made, reader.names.get(made.by, ""), version.outcome)
    return Desk(
        roadmap=version.roadmap,
        laid=version.laid,
        drawn=draw(engine, version, look, reader.today),
        today=reader.today,
        zone=reader.zone,
        people=reader.names,
        may_edit=reader.may_edit,
        undo=reader.undo,
        redo=reader.redo,
        change=change,
        is_mine=made is not None and made.by == reader.me,
        is_again=made is not None and _is_again(version, made),
        asked=version.asked,
        reasons=version.reasons,
        stamp=desk_stamp(
            plan_stamp(version.roadmap.version, made.made_at if made else None),
            reader.today,
            may_edit=reader.may_edit,
        ),
    )


def _is_again(version: Version, made: PlanEdit) -> bool:
    """Tell whether a change does what was taken back; most take nothing back and cost nothing."""
    return made.undoes is not None and made.seq in chain_of(version.marks).again

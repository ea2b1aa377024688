"""Changes that meet: carrying one over what others did since, or taking one back below them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.workspace import Transaction
from roadmaps import store
from roadmaps.domain.carrying import carried, rows_of
from roadmaps.domain.chain import chain_of, standing_of
from roadmaps.domain.edits import AddTask, Batch, Edit, MoveTask, flat, inverse
from roadmaps.domain.errors import (
    NothingToRedoError,
    NothingToUndoError,
    NotLastEditError,
    NotStandingError,
)
from roadmaps.domain.outcome import Outcome
from roadmaps.domain.plan import Plan, Task
from roadmaps.domain.roadmap import PlanEdit, Roadmap
from roadmaps.domain.standing import plan_before, touch_of, way_back
from roadmaps.domain.touching import touched
from roadmaps.service.common import write_change
from roadmaps.service.stale import stale


def carry_over(
    tx: Transaction,
    loaded: tuple[Roadmap, Plan],
    version: int,
    edit: Edit,
    *,
    is_named: bool = False,
) -> Edit:
    """Bring an edit of the plan that the person saw to the plan of now.

    A request that `is_named` is known by its name when it is sent again; of others a task that
    looks like one just added is taken for the same.

    Raises
    ------
    StaleError
        If what it touches was touched since, with the tasks concerned as they were seen, as
        they are and as they would be.
    """
    roadmap, plan = loaded
    if roadmap.version == version:
        return edit
    later = store.find_edits_since(tx.db, roadmap.id, version)
    require_apart(tx, loaded, version, edit, later)
    if not is_named and _is_sent_again(edit, [x for x in later if x.by == tx.actor.person_id]):
        raise stale(tx, loaded, version, edit)
    seen = plan_before(plan, later)
    found = carried(edit, seen, plan)
    own = Batch(tuple(_own(found, rows_of(edit, seen))))
    if touched(own, inverse(plan, own)).meets(touch_of(later)):
        raise stale(tx, loaded, version, edit)
    return found


def _own(found: Edit, rows: set[int]) -> Iterator[Edit]:
    """Give what a person asked for, without the parts that only follow their stage."""
    for part in flat(found):
        if not isinstance(part, MoveTask) or part.task_id in rows:
            yield part


def require_apart(
    tx: Transaction,
    loaded: tuple[Roadmap, Plan],
    version: int,
    edit: Edit,
    later: Sequence[PlanEdit],
) -> None:
    """Raise `StaleError` if an edit touches what was touched since the person saw the plan."""
    if version > loaded[0].version or touched(edit).meets(touch_of(later)):
        raise stale(tx, loaded, version, edit)


def _is_sent_again(edit: Edit, mine: Sequence[PlanEdit]) -> bool:
    """Tell whether a person has just added such a task: by a form that was sent twice."""
    made = {_look(task) for change in mine for task in _added(change.forward)}
    return any(_look(task) in made for task in _added(edit))


def _added(edit: Edit) -> Iterator[Task]:
    for part in flat(edit):
        if isinstance(part, AddTask):
            yield part.task


def _look(task: Task) -> Task:
    return replace(task, id=0, uid="", position=0)


def take_back(
    tx: Transaction,
    loaded: tuple[Roadmap, Plan],
    seq: int,
    *,
    again: bool = False,
    key: str | None = None,
) -> Outcome:
    """Take a change back from the plan of now; `again`: it is a taking back itself.

    Raises
    ------
    StaleError
        If what it touched was touched since, with the tasks concerned as the change left
        them, as they are and as they would be.
    """
    roadmap, plan = loaded
    made, *later = store.find_edits_since(tx.db, roadmap.id, seq)
    edit = way_back(plan, made, later)
    if edit is None:
        raise stale(tx, loaded, seq + 1, made.backward)
    return write_change(tx, loaded, edit, undoes=seq, again=again, key=key)


def undo(
    tx: Transaction, loaded: tuple[Roadmap, Plan], seq: int | None, key: str | None = None
) -> tuple[int, Outcome]:
    """Take the actor's last standing change back, or the change `seq`, anybody's."""
    marks = store.list_marks(tx.db, loaded[0].id)
    wanted = chain_of(marks, tx.actor.person_id).undo if seq is None else seq
    if wanted is None:
        raise NothingToUndoError
    if wanted not in standing_of(marks):
        raise NotStandingError
    return wanted, take_back(tx, loaded, wanted, key=key)


def redo(
    tx: Transaction, loaded: tuple[Roadmap, Plan], seq: int | None, key: str | None = None
) -> Outcome:
    """Do again what the actor took back last; `seq` is the taking back that they saw."""
    chain = chain_of(store.list_marks(tx.db, loaded[0].id), tx.actor.person_id)
    wanted = chain.redo if seq is None else seq
    if wanted is None or wanted not in chain.taken_back:
        raise NothingToRedoError
    if wanted != chain.redo:
        raise NotLastEditError
    return take_back(tx, loaded, wanted, again=True, key=key)

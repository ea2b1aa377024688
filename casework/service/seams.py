"""What later features do to a case inside their own transaction."""

from collections.abc import Iterable
from datetime import date

from casework import store
from casework.domain.initiative import InitiativePart
from casework.domain.leader import agreed
from casework.domain.need import Need, NeedKind, NeedState, Origin, clean_title
from casework.domain.step import NewStep, Step, StepKind, clean_step
from casework.domain.timeline import Entry, TimelineKind
from casework.domain.views import CaseBrief, MeetingBrief
from casework.store import Stamp
from core.errors import ForbiddenError, NotFoundError
from core.i18n import Term
from core.permissions import Guard, NoteReach, Permission, may, may_read_note
from core.workspace import Transaction

OUTSIDE = NoteReach(0, team=False, every_case=False, own_cases=False)
"""What somebody without an account may know of: nothing of private talks."""


def stamp(tx: Transaction) -> Stamp:
    """Say who writes in this transaction, and when."""
    return Stamp(tx.actor.person_id, tx.now, tx.today)


def case_guard(tx: Transaction, case_id: int, *, lock: bool = False) -> Guard:
    """Load who leads a case and who works on it, to decide what the actor may do there.

    Raises `NotFoundError` if there is no such case. Lock it before writing into it.
    """
    return store.load_guard(tx.db, case_id, lock=lock)


def add_to_timeline(
    tx: Transaction,
    case_id: int,
    kind: TimelineKind,
    happened_on: date,
    source: tuple[str, int],
) -> None:
    """Tell on the case's timeline that something happened; told twice, it stands once."""
    store.add_entry(tx.db, case_id, Entry(kind, happened_on, source), stamp(tx))
    tx.touched("casework")


def remove_from_timeline(tx: Transaction, source: tuple[str, int]) -> None:
    """Take what was told of a thing off every timeline."""
    store.delete_entries(tx.db, source)
    tx.touched("casework")


def add_need(
    tx: Transaction,
    case_id: int,
    kind: NeedKind,
    title: str,
    origin: Origin | None = None,
) -> int:
    """Note what the initiative of a case lacks; give the need's id."""
    need_id = store.add_need(tx.db, (case_id, kind, clean_title(title)), origin, stamp(tx))
    tx.audit("need.added", f"need:{need_id}", case=case_id, kind=kind)
    tx.touched("casework")
    return need_id


def need_of(tx: Transaction, need_id: int) -> Need:
    """Load a need: what it is, in which case, what has become of it."""
    return store.load_need(tx.db, need_id)


def set_need_state(tx: Transaction, need_id: int, state: NeedState) -> None:
    """Say what has become of a need."""
    need = store.load_need(tx.db, need_id)
    store.save_need_state(tx.db, need_id, state)
    tx.audit("need.state_set", f"need:{need_id}", case=need.case_id, state=state)
    tx.touched("casework")


def add_next_step(
    tx: Transaction,
    case_id: int,
    text: str,
    due_on: date | None = None,
    responsible_id: int | None = None,
    origin: Origin | None = None,
) -> int:
    """Agree a next step of a case; give its id."""
    step = clean_step(NewStep(text, due_on, responsible_id))
    step_id = store.add_step(tx.db, case_id, step, origin, stamp(tx))
    tx.audit("step.added", f"step:{step_id}", case=case_id, due_on=due_on)
    tx.touched("casework")
    return step_id


def open_steps(tx: Transaction, case_id: int) -> tuple[Step, ...]:
    """List what was agreed with the initiative and is not done; nothing of a private talk.

    A roadmap is shown to everybody who may see the case, and to its leader.
    """
    steps = agreed(store.list_case_steps(tx.db, case_id, OUTSIDE))
    return tuple(s for s in steps if s.done_on is None and s.kind is StepKind.STEP)


def steps_of_meeting(tx: Transaction, consultation_id: int) -> tuple[Step, ...]:
    """List the steps agreed at a meeting whose note is open to the actor.

    Raises `ForbiddenError` to everybody else: which steps came of a private talk is a secret.
    """
    _found, guard = store.load_consultation(tx.db, consultation_id)
    if not (may(tx.actor, Permission.VIEW_CONSULTATION, guard) and may_read_note(tx.actor, guard)):
        raise ForbiddenError(permission=Permission.VIEW_CONSULTATION)
    return store.list_steps_of(tx.db, ("consultation", consultation_id))


def waiting_of(tx: Transaction, case_id: int, kind: str) -> frozenset[int]:
    """Give the things of one kind whose steps in a case are not done yet, by their ids."""
    return frozenset(store.list_waiting_origins(tx.db, case_id, kind))


def set_steps_removed(tx: Transaction, origin: Origin, *, is_removed: bool) -> None:
    """Take the steps that came of a thing away with it, or give them back with it."""
    steps = store.list_steps_of(tx.db, origin, removed=not is_removed)
    for step in steps:
        store.save_step_removed(tx.db, step.id, tx.now if is_removed else None)
    tx.touched("casework")


def people_of_case(tx: Transaction, case_id: int) -> tuple[int, ...]:
    """List the people of the initiative of a case: those who may get a private link to it."""
    return store.list_people_of_cases(tx.db, [case_id])


def leaders_of_case(tx: Transaction, case_id: int) -> tuple[int, ...]:
    """List those of the people of the initiative of a case who lead it."""
    return store.list_people_of_cases(tx.db, [case_id], [InitiativePart.LEADER])


def initiative_names(tx: Transaction, ids: Iterable[int]) -> dict[int, str]:
    """Map initiatives to their names; unknown ones are absent."""
    return store.find_initiative_names(tx.db, ids)


def cases_told(tx: Transaction, ids: Iterable[int]) -> dict[int, CaseBrief]:
    """Map cases to their initiative, its themes and who leads them; unknown ones are absent."""
    return store.find_briefs(tx.db, ids)


def meetings_told(tx: Transaction, ids: Iterable[int]) -> dict[int, MeetingBrief]:
    """Map meetings to what paper says of them; private and removed ones are absent."""
    return store.list_briefs(tx.db, ids)


def initiative_of(tx: Transaction, case_id: int) -> int:
    """Give the initiative that a case accompanies. Raises `NotFoundError` if there is no such case."""
    found = store.find_initiatives_of(tx.db, [case_id]).get(case_id)
    if found is None:
        raise NotFoundError(kind=Term("object.case"), id=case_id)
    return found

"""Feedback by a one-time link: asked by the consultant, given without an account."""

from datetime import timedelta
from typing import Final

from casework import store
from casework.domain.consultation import Consultation, ConsultationStatus
from casework.domain.feedback import Asked, Feedback, NotHeldError, clean_feedback
from casework.service.writing import load_for_change
from core import links
from core.database import Database
from core.errors import NotFoundError
from core.permissions import Actor, Guard, Role, Secrecy, may_read_note
from core.settings import load_centre
from core.workspace import Clock, Transaction, Workspace, system_clock

PURPOSE: Final = "feedback"
_LIVES: Final = timedelta(days=60)
_NOBODY: Final = Actor(0, frozenset())


def offer_feedback(workspace: Workspace, *, consultation_id: int) -> str:
    """Make a one-time link by which one person of the initiative says how the meeting was.

    Raises `NotHeldError` if the meeting was not held.
    """
    with workspace.transaction() as tx:
        found = load_for_change(workspace, tx, consultation_id)
        if found.status is not ConsultationStatus.HELD:
            raise NotHeldError
        token = links.create(
            tx.db, PURPOSE, f"consultation:{consultation_id}", now=tx.now, lives=_LIVES,
            created_by=tx.actor.person_id,
        )  # fmt: skip
        tx.audit("feedback.offered", f"consultation:{consultation_id}")
    return token


def look_feedback(database: Database, token: str, clock: Clock = system_clock) -> Asked:
    """Say what the link asks about. Raises `LinkEndedError` if it is used, old or unknown."""
    with Workspace.of(database, _NOBODY, clock).reading() as tx:
        opened = links.look(tx.db, PURPOSE, token, now=tx.now)
        return _asked(tx, _meeting(tx, opened.subject_id))


def give_feedback(
    database: Database, token: str, given: Feedback, clock: Clock = system_clock
) -> Asked:
    """Take an answer and end its link.

    Raises `LinkEndedError` to a second answer, `OutOfRangeError` and `TooLongError` to one
    that cannot be kept; the link then still works.
    """
    with Workspace.of(database, _NOBODY, clock).transaction() as tx:
        cleaned = clean_feedback(given)
        opened = links.use(tx.db, PURPOSE, token, now=tx.now)
        found = _meeting(tx, opened.subject_id)
        store.add_feedback(tx.db, found.id, cleaned, tx.now)
        told = {} if found.secrecy is Secrecy.PRIVATE else {"usefulness": cleaned.usefulness}
        tx.audit("feedback.given", f"consultation:{found.id}", **told)
        tx.touched("casework")
        return _asked(tx, found)


def feedback_of(tx: Transaction, found: Consultation, guard: Guard) -> tuple[Feedback, ...]:
    """Give the answers on a meeting to its consultants, its author and to managers.

    On a private meeting only to those to whom its note is open: people answer about the talk.
    """
    me = tx.actor.person_id
    leads = me == found.author_id or me in found.consultants or Role.MANAGER in tx.actor.roles
    if found.secrecy is Secrecy.PRIVATE:
        leads = may_read_note(tx.actor, guard)
    return store.list_feedback(tx.db, found.id) if leads else ()


def _meeting(tx: Transaction, consultation_id: int) -> Consultation:
    """Load the meeting behind a link; one that was taken away ends the link."""
    try:
        found, _guard = store.load_consultation(tx.db, consultation_id)
    except NotFoundError:
        raise links.LinkEndedError from None
    return found


def _asked(tx: Transaction, found: Consultation) -> Asked:
    is_private = found.secrecy is Secrecy.PRIVATE
    return Asked(load_centre(tx.db).name, None if is_private else found.held_on)

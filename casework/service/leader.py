"""The leader's link: given by the centre, taken back by it, opened without an account."""

from datetime import timedelta
from typing import Final

from accounts.service import contacts_of, person_names, withdraw_consent
from casework import store
from casework.domain.case import Case
from casework.domain.consultation import ConsultationStatus
from casework.domain.leader import (
    OPEN_LIMIT,
    Appointment,
    LeaderLinks,
    LeaderView,
    TooManyQuestionsError,
    agreed,
    asked_by,
    clean_question,
    read_subject,
    subject_of,
)
from casework.domain.step import QUESTION
from casework.service import seams
from core import links
from core.database import Database
from core.errors import NotFoundError
from core.i18n import Term
from core.permissions import Actor, Permission
from core.settings import load_centre
from core.workspace import Clock, Transaction, Workspace, system_clock

PURPOSE: Final = "leader"
_LIVES: Final = timedelta(days=366)
_NOBODY: Final = Actor(0, frozenset())
_SHOWN_DONE: Final = 10


def view_leader_links(workspace: Workspace, *, case_id: int) -> LeaderLinks:
    """Show the people of the initiative, and who has a link that works."""
    with workspace.reading() as tx:
        workspace.require(Permission.EDIT_CASE, seams.case_guard(tx, case_id))
        ids = store.list_people_of_cases(tx.db, [case_id])
        names = person_names(tx, ids)
        subjects = {subject_of(case_id, person): person for person in ids}
        live = links.live_subjects(tx.db, PURPOSE, subjects.keys(), now=tx.now)
        shown = {person: names.get(person, "") for person in ids}
        return LeaderLinks(shown, frozenset(subjects[x] for x in live))


def make_leader_link(workspace: Workspace, *, case_id: int, person_id: int) -> str:
    """Give a person of the initiative a link to what was agreed; an earlier one stops.

    Raises `NotFoundError` if the person is not of the initiative.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_CASE, seams.case_guard(tx, case_id, lock=True))
        if person_id not in store.list_people_of_cases(tx.db, [case_id]):
            raise NotFoundError(kind=Term("object.person"), id=person_id)
        subject = subject_of(case_id, person_id)
        links.revoke(tx.db, PURPOSE, subject, now=tx.now)
        token = links.create(
            tx.db, PURPOSE, subject, now=tx.now, lives=_LIVES, max_uses=None,
            created_by=tx.actor.person_id,
        )  # fmt: skip
        tx.audit("leader.link_made", f"case:{case_id}", person=person_id)
    return token


def revoke_leader_link(workspace: Workspace, *, case_id: int, person_id: int) -> None:
    """Take a person's link back: it opens nothing from now on."""
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_CASE, seams.case_guard(tx, case_id, lock=True))
        ended = links.revoke(tx.db, PURPOSE, subject_of(case_id, person_id), now=tx.now)
        tx.audit("leader.link_revoked", f"case:{case_id}", person=person_id, links=ended)


def view_for_leader(database: Database, token: str, clock: Clock = system_clock) -> LeaderView:
    """Show what was agreed to whoever holds the link.

    Raises `LinkEndedError` if it is unknown, revoked or old, or its person left the initiative.
    """
    with Workspace.of(database, _NOBODY, clock).reading() as tx:
        case, person_id = _opened(tx, token)
        steps = store.list_case_steps(tx.db, case.id, seams.OUTSIDE)
        done = [step for step in agreed(steps) if step.done_on is not None]
        contact = contacts_of(tx, [person_id])[person_id]
        names = store.find_initiative_names(tx.db, [case.initiative_id])
        return LeaderView(
            centre=load_centre(tx.db).name,
            initiative=names.get(case.initiative_id, ""),
            name=contact.name,
            today=tx.today,
            waiting=tuple(step for step in agreed(steps) if step.done_on is None),
            done=tuple(
                sorted(done, key=lambda s: s.done_on or tx.today, reverse=True)[:_SHOWN_DONE]
            ),
            meetings=_meetings(tx, case.id),
            questions=asked_by(steps, person_id),
            consents=contact.consents,
        )


def ask_question(database: Database, token: str, text: str, clock: Clock = system_clock) -> None:
    """Put a leader's question on the case and the desk of its lead; sent twice it stands once.

    Raises
    ------
    LinkEndedError
        If the link does not open anything any more.
    TooManyQuestionsError
        If ten questions wait for an answer.
    """
    with Workspace.of(database, _NOBODY, clock).transaction() as tx:
        case, person_id = _opened(tx, token)
        guard = seams.case_guard(tx, case.id, lock=True)
        question = clean_question(text)
        asked = asked_by(store.list_case_steps(tx.db, case.id, seams.OUTSIDE), person_id)
        waiting = [step for step in asked if step.done_on is None]
        if any(step.text == question for step in waiting):
            return
        if len(waiting) >= OPEN_LIMIT:
            raise TooManyQuestionsError(limit=OPEN_LIMIT)
        seams.add_next_step(tx, case.id, question, tx.today, guard.lead, (QUESTION, person_id))
        tx.audit("leader.asked", f"case:{case.id}", person=person_id)


def take_consent_back(
    database: Database, token: str, consent_id: int, clock: Clock = system_clock
) -> None:
    """Let a leader take one of their own consents back, today.

    Raises `LinkEndedError` as `ask_question` does, `NotFoundError` if it is not theirs.
    """
    with Workspace.of(database, _NOBODY, clock).transaction() as tx:
        _case, person_id = _opened(tx, token)
        contact = contacts_of(tx, [person_id])[person_id]
        if any(c.id == consent_id and c.withdrawn_on is not None for c in contact.consents):
            return
        withdraw_consent(tx, person_id, consent_id, tx.today)


def _opened(tx: Transaction, token: str) -> tuple[Case, int]:
    """Load the case and the person behind a link."""
    case_id, person_id = read_subject(links.look(tx.db, PURPOSE, token, now=tx.now).subject)
    if person_id not in store.list_people_of_cases(tx.db, [case_id]):
        raise links.LinkEndedError
    try:
        case, _guard = store.load_case(tx.db, case_id)
    except NotFoundError:
        raise links.LinkEndedError from None
    return case, person_id


def _meetings(tx: Transaction, case_id: int) -> tuple[Appointment, ...]:
    lines = store.list_case_consultations(tx.db, case_id, seams.OUTSIDE)
    return tuple(
        Appointment(line.held_on, line.starts_at, line.form)
        for line in reversed(lines)
        if line.status is ConsultationStatus.PLANNED and line.held_on >= tx.today
    )

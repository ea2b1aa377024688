"""The half-yearly roll call: every initiative ever helped, one after the other.

Nobody is pushed: the centre asks whom it wants to, and a leader gets a link only from a
consultant's own hand.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from accounts.service import contacts_of
from casework import store
from casework.domain.life import LifeSource, clean_event
from casework.domain.roll_call import (
    OFFERED,
    RollAnswer,
    RollAsked,
    RollCall,
    RollOutcome,
    clean_roll,
    event_of,
    half_of,
    kept_contact,
)
from casework.service.seams import stamp
from core import links
from core.database import Database
from core.errors import InvalidError, NotFoundError, RequiredError, StaleError
from core.i18n import Term
from core.permissions import Actor, Permission, may, note_reach
from core.settings import load_centre
from core.workspace import Clock, Transaction, Workspace, system_clock

PURPOSE: Final = "roll_call"
LINK_LIVES: Final = timedelta(days=30)
_LEADER: Final = Actor(0, frozenset())
"""Whoever holds a link: nobody the centre knows by account."""


def begin_roll_call(workspace: Workspace) -> int:
    """Begin the roll call of the running half-year; give its id, also if it has begun already."""
    with workspace.transaction() as tx:
        workspace.require(Permission.RUN_ROLL_CALL)
        half = half_of(tx.today)
        is_new = store.add_roll_call(tx.db, half, stamp(tx))
        found = store.find_roll_call(tx.db, half)
        roll_call_id = found[0] if found else 0
        tx.audit("roll_call.begun", f"roll_call:{roll_call_id}", half=half, new=is_new)
    return roll_call_id


def view_roll_call(workspace: Workspace, *, half_on: date | None = None) -> RollCall | None:
    """Show the worklist of a half-year, or of the latest; None if it was never begun."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_ROLL_CALL)
        found = store.find_roll_call(tx.db, half_on)
        if found is None:
            return None
        lines = store.list_roll_lines(tx.db, found[0], note_reach(tx.actor))
        people = contacts_of(tx, {leader for _line, leader in lines if leader is not None})
        shown = []
        for line, leader in lines:
            person = people.get(leader or 0)
            reach = (person.phone or person.email) if person else ""
            shown.append(replace(line, leader=person.name if person else "", contact=reach))
        may_run = may(tx.actor, Permission.RUN_ROLL_CALL)
        return RollCall(found[0], found[1], tuple(shown), may_run, store.list_halves(tx.db))


def answer_roll_call(
    workspace: Workspace, *, roll_call_id: int, initiative_id: int, answer: RollAnswer
) -> None:
    """Write down how an initiative was found; the event of its life follows from it.

    Raises `StaleError` if somebody else answered since it was seen (`answer.version`).
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.RUN_ROLL_CALL)
        now = _answer(tx, roll_call_id, initiative_id, answer, seen=answer.version)
        tx.audit(
            "roll_call.answered",
            f"initiative:{initiative_id}",
            roll_call=roll_call_id,
            outcome=now.outcome,
            source=now.source,
        )


def unanswer_roll_call(workspace: Workspace, *, roll_call_id: int, initiative_id: int) -> None:
    """Take an answer back, with the event that followed from it."""
    with workspace.transaction() as tx:
        store.load_initiative(tx.db, initiative_id, lock=True)
        workspace.require(Permission.RUN_ROLL_CALL)
        _forget_event(tx, roll_call_id, initiative_id)
        store.delete_roll_answer(tx.db, roll_call_id, initiative_id)
        tx.audit("roll_call.unanswered", f"initiative:{initiative_id}", roll_call=roll_call_id)
        tx.touched("casework")


def roll_call_link(workspace: Workspace, *, roll_call_id: int, initiative_id: int) -> str:
    """Make the one-time link by which a leader answers; give its token.

    It is shown once, to be handed over by the consultant; an earlier one ends.
    """
    with workspace.transaction() as tx:
        store.load_initiative(tx.db, initiative_id)
        workspace.require(Permission.RUN_ROLL_CALL)
        _require_asked(tx, roll_call_id, initiative_id)
        subject = _subject(roll_call_id, initiative_id)
        links.revoke(tx.db, PURPOSE, subject, now=tx.now)
        token = links.create(
            tx.db,
            PURPOSE,
            subject,
            now=tx.now,
            lives=LINK_LIVES,
            created_by=tx.actor.person_id,
        )
        tx.audit("roll_call.link_made", f"initiative:{initiative_id}", roll_call=roll_call_id)
    return token


def look_roll_call(database: Database, token: str, *, clock: Clock = system_clock) -> RollAsked:
    """Say what a leader's link asks about, without using it. Raises `LinkEndedError`."""
    with Workspace.of(database, _LEADER, clock).reading() as tx:
        opened = links.look(tx.db, PURPOSE, token, now=tx.now)
        return _asked(tx, opened)


def answer_by_link(
    database: Database,
    token: str,
    outcome: RollOutcome | None,
    note: str = "",
    *,
    clock: Clock = system_clock,
) -> None:
    """Write down what a leader says of their own initiative; the link ends.

    Raises
    ------
    LinkEndedError
        If it was used, revoked or is too old.
    RequiredError, InvalidError
        If nothing is chosen, or what a leader is not asked about.
    """
    with Workspace.of(database, _LEADER, clock).transaction() as tx:
        if outcome is None:
            raise RequiredError(field=Term("field.roll_outcome"))
        if outcome not in OFFERED:
            raise InvalidError(field=Term("field.roll_outcome"), value=outcome)
        asked = _asked(tx, links.use(tx.db, PURPOSE, token, now=tx.now))
        answer = RollAnswer(outcome, LifeSource.LEADER, tx.today, note)
        _answer(tx, asked.roll_call_id, asked.initiative_id, answer)
        tx.audit(
            "roll_call.answered_by_leader",
            f"initiative:{asked.initiative_id}",
            roll_call=asked.roll_call_id,
            outcome=outcome,
        )


def _answer(
    tx: Transaction,
    roll_call_id: int,
    initiative_id: int,
    answer: RollAnswer,
    *,
    seen: int | None = None,
) -> RollAnswer:
    store.load_initiative(tx.db, initiative_id, lock=True)
    _require_asked(tx, roll_call_id, initiative_id)
    clean = clean_roll(answer, tx.today)
    before = store.find_roll_answer(tx.db, roll_call_id, initiative_id)
    _require_fresh(before, clean, seen)
    if clean.outcome is RollOutcome.NOT_REACHED:
        # By open meetings only: everybody who opens the roll call reads the day.
        earlier = store.find_last_heard(tx.db, roll_call_id, initiative_id, note_reach(_LEADER))
        clean = kept_contact(clean, earlier, tx.today)
    _forget_event(tx, roll_call_id, initiative_id)
    initiative = store.load_initiative(tx.db, initiative_id)
    event = event_of(clean, initiative.life.state, tx.today)
    event_id = None
    if event is not None:
        event = clean_event(event, initiative.events, tx.today)
        event_id = store.add_life_event(tx.db, initiative_id, event, stamp(tx))
    store.save_roll_answer(
        tx.db, (roll_call_id, initiative_id), replace(clean, event_id=event_id), stamp(tx)
    )
    store.save_touched(tx.db, initiative_id, tx.now)
    tx.touched("casework")
    return clean


def _forget_event(tx: Transaction, roll_call_id: int, initiative_id: int) -> None:
    before = store.find_roll_answer(tx.db, roll_call_id, initiative_id)
    if before is None or before.event_id is None:
        return
    known = {event.id for event in store.list_life_events(tx.db, initiative_id)}
    if before.event_id in known:  # nobody took it back on the initiative's own page
        store.save_life_event_removed(tx.db, initiative_id, before.event_id, tx.now)


def _require_asked(tx: Transaction, roll_call_id: int, initiative_id: int) -> None:
    """Refuse what is on no worklist. Raises `NotFoundError`."""
    store.load_roll_call(tx.db, roll_call_id)
    if not store.is_helped(tx.db, initiative_id):
        raise NotFoundError(kind=Term("object.initiative"), id=initiative_id)


def _require_fresh(before: RollAnswer | None, wanted: RollAnswer, seen: int | None) -> None:
    version = before.version if before else 0
    if seen is None or seen == version:
        return
    raise StaleError(
        kind=Term("object.roll_call"),
        current={Term("field.roll_outcome"): before.outcome if before else None},
        yours={Term("field.roll_outcome"): wanted.outcome},
        original={},
    )


def _asked(tx: Transaction, opened: links.Opened) -> RollAsked:
    _kind, roll_call, initiative = opened.subject.split(":")
    names = store.find_initiative_names(tx.db, [int(initiative)])
    if int(initiative) not in names:
        raise links.LinkEndedError
    centre = load_centre(tx.db).name
    return RollAsked(int(roll_call), int(initiative), names[int(initiative)], centre)


def _subject(roll_call_id: int, initiative_id: int) -> str:
    return f"roll_call:{roll_call_id}:{initiative_id}"

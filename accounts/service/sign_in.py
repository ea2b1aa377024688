"""Signing in and out: server-side sessions, invitations, the first claim of a server.

The only place that knows how a person proves who they are.
"""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from accounts import store
from accounts.domain import passwords, throttle
from accounts.domain.person import PersonBrief, clean_address, clean_name
from accounts.domain.throttle import Client, SignInRefusedError, TooManyFailuresError
from core import links, settings
from core.database import Database
from core.errors import BusyError, SignedOutError, StorageFullError
from core.permissions import Actor, Role
from core.workspace import Clock, Identify, Transaction, Workspace, system_clock

SET_UP: Final = "set_up"
INVITATION: Final = "invitation"
_TICKET: Final = "ticket"
_TICKET_LIVES: Final = timedelta(minutes=1)
_SET_UP_LIVES: Final = timedelta(days=1)
_TOUCH_AFTER: Final = timedelta(minutes=5)
NOBODY: Final = Actor(0, frozenset())


@dataclass(frozen=True, slots=True)
class Entry:
    """A fresh sign-in: the tab's token, and the ticket that fetches the browser's cookie."""

    token: str
    ticket: str


def idle_limit() -> timedelta:
    """How long a sign-in lives unused (`SESSION_IDLE_HOURS`, default 12)."""
    return timedelta(hours=float(os.environ.get("SESSION_IDLE_HOURS") or 12))


def absolute_limit() -> timedelta:
    """How long a sign-in lives at most (`SESSION_DAYS`, default 14)."""
    return timedelta(days=float(os.environ.get("SESSION_DAYS") or 14))


def identify(token: str) -> Identify:
    """Make the function by which a workspace recognises the person behind a token."""

    def recognise(db: Session, now: datetime) -> Actor:
        actor = None
        if token:
            actor = store.find_actor(
                db, links.digest(token), now=now, idle=idle_limit(), absolute=absolute_limit()
            )
        if actor is None:
            raise SignedOutError
        return actor

    return recognise


def who(workspace: Workspace) -> Actor:
    """Say who acts. Raises `SignedOutError`."""
    with workspace.reading() as tx:
        return tx.actor


def keep_alive(workspace: Workspace, token: str) -> None:
    """Note that a sign-in is in use: at most one small write in five minutes.

    A database that cannot write at the moment closes no page: the next click notes it.
    """
    digest = links.digest(token)
    with workspace.reading() as tx:
        due = store.needs_touch(tx.db, digest, now=tx.now, older_than=_TOUCH_AFTER)
    if due:
        with suppress(BusyError, StorageFullError), workspace.transaction() as tx:
            store.touch_sign_in(tx.db, digest, now=tx.now, older_than=_TOUCH_AFTER)


def sign_in(
    database: Database,
    address: str,
    password: str,
    *,
    client: Client,
    clock: Clock = system_clock,
) -> Entry:
    """Check address and password and open a session.

    Raises `SignInRefusedError` and, after too many failures, `TooManyFailuresError`; both say
    the same of unknown accounts as of known ones.
    """
    door = Workspace.of(database, NOBODY, clock)
    account = _knocked(door, address, client)
    fits = passwords.matches(password, account[1] if account else "")
    if account is None or not fits or not account[2]:
        _refused(door, address, client)
        raise SignInRefusedError
    fresh = passwords.hash_password(password) if passwords.is_outdated(account[1]) else ""
    with door.transaction() as tx:
        store.lock_accounts(tx.db)
        _bear(tx, address, client)
        tx.actor = Actor(account[0], frozenset())
        store.forget_failures(tx.db, throttle.buckets(address, client)[0][0])
        if fresh:
            store.set_password(tx.db, account[0], fresh)
        return _open(tx, account[0])


def sign_out(database: Database, token: str, *, clock: Clock = system_clock) -> None:
    """End a sign-in in all its tabs; an unknown token is no error."""
    with Workspace.of(database, NOBODY, clock).transaction() as tx:
        person_id = store.end_family(tx.db, links.digest(token))
        if person_id is not None:
            tx.actor = Actor(person_id, frozenset())
            tx.audit("account.signed_out", f"person:{person_id}")


def exchange_ticket(database: Database, ticket: str, *, clock: Clock = system_clock) -> str:
    """Burn a ticket and return the cookie's fresh token. Raises `LinkEndedError`."""
    with Workspace.of(database, NOBODY, clock).transaction() as tx:
        opened = links.use(tx.db, _TICKET, ticket, now=tx.now)
        found = store.find_sign_in(tx.db, opened.subject_id)
        if found is None:
            raise links.LinkEndedError
        token = links.new_token()
        store.add_sign_in(
            tx.db, found[0], token_hash=links.digest(token), family=found[1], now=tx.now
        )
    return token


def set_up_open(database: Database) -> bool:
    """Tell whether nobody has claimed this server yet."""
    with database.reading() as db:
        return store.count_accounts(db) == 0


def offer_set_up(database: Database, *, clock: Clock = system_clock) -> str | None:
    """Make the one-time set-up token of an unclaimed server; None where it is claimed."""
    with Workspace.of(database, NOBODY, clock).transaction() as tx:
        if store.count_accounts(tx.db):
            return None
        links.revoke(tx.db, SET_UP, "centre:1", now=tx.now)
        return links.create(tx.db, SET_UP, "centre:1", now=tx.now, lives=_SET_UP_LIVES)


def claim_server(
    tx: Transaction,
    token: str,
    *,
    centre: settings.Centre,
    name: str,
    address: str,
    password_hash: str,
) -> Entry:
    """Claim an empty server: the centre and its first administrator, in an open transaction."""
    links.use(tx.db, SET_UP, token, now=tx.now)
    if store.count_accounts(tx.db):
        raise links.LinkEndedError
    settings.save_centre(tx.db, centre)
    person_id = store.add_person(tx.db, clean_name(name), now=tx.now, language=centre.language)
    store.add_account(tx.db, person_id, clean_address(address), [Role.ADMINISTRATOR], now=tx.now)
    store.set_password(tx.db, person_id, password_hash)
    tx.actor = Actor(person_id, frozenset({Role.ADMINISTRATOR}))
    tx.audit("centre.claimed", "centre:1", person=person_id)
    tx.touched("accounts", "settings")
    return _open(tx, person_id)


def invited_person(database: Database, token: str, *, clock: Clock = system_clock) -> PersonBrief:
    """Say whom an invitation or reset link is for. Raises `LinkEndedError`."""
    with Workspace.of(database, NOBODY, clock).reading() as tx:
        opened = links.look(tx.db, INVITATION, token, now=tx.now)
        person = store.load_person(tx.db, opened.subject_id)
    return PersonBrief(person.id, person.name)


def accept_invitation(
    database: Database, token: str, password: str, repeated: str, *, clock: Clock = system_clock
) -> Entry:
    """Set the password an invitation or reset link allows, end older sign-ins, sign in."""
    door = Workspace.of(database, NOBODY, clock)
    with door.reading() as tx:
        opened = links.look(tx.db, INVITATION, token, now=tx.now)
        address = store.load_person(tx.db, opened.subject_id).address
    stored = checked_hash(password, repeated, address)
    with door.transaction() as tx:
        person_id = links.use(tx.db, INVITATION, token, now=tx.now).subject_id
        tx.actor = Actor(person_id, frozenset())
        store.set_password(tx.db, person_id, stored)
        store.end_all(tx.db, person_id)
        tx.audit("account.password_set", f"person:{person_id}")
        tx.touched("accounts")
        return _open(tx, person_id)


def checked_hash(password: str, repeated: str, address: str) -> str:
    """Check a new password and hash it, outside any transaction."""
    if password != repeated:
        raise passwords.PasswordsDifferError
    passwords.check(password, address)
    return passwords.hash_password(password)


def _open(tx: Transaction, person_id: int) -> Entry:
    token = links.new_token()
    sign_in_id = store.add_sign_in(
        tx.db,
        person_id,
        token_hash=links.digest(token),
        family=secrets.token_hex(16),
        now=tx.now,
    )
    ticket = links.create(tx.db, _TICKET, f"sign_in:{sign_in_id}", now=tx.now, lives=_TICKET_LIVES)
    tx.audit("account.signed_in", f"person:{person_id}")
    return Entry(token, ticket)


def _knocked(door: Workspace, address: str, client: Client) -> tuple[int, str, bool] | None:
    with door.reading() as tx:
        _bear(tx, address, client)
        return store.find_account(tx.db, address.strip().casefold())


def _bear(tx: Transaction, address: str, client: Client) -> None:
    """Refuse after too many failures.

    It is asked before the password is computed, and again, one sign-in at a time, before the
    answer: guesses sent at the same moment all pass the first question.
    """
    since = tx.now - throttle.WINDOW
    for bucket, allowed in throttle.buckets(address, client):
        if store.count_failures(tx.db, bucket, since=since) >= allowed:
            raise TooManyFailuresError(minutes=int(throttle.WINDOW.total_seconds() // 60))


def _refused(door: Workspace, address: str, client: Client) -> None:
    with door.transaction() as tx:
        store.lock_accounts(tx.db)
        _bear(tx, address, client)
        names = [bucket for bucket, _allowed in throttle.buckets(address, client)]
        store.add_failures(tx.db, names, now=tx.now)
        store.sweep(
            tx.db,
            ended_before=tx.now - absolute_limit(),
            failures_before=tx.now - throttle.WINDOW,
        )
        tx.audit("account.sign_in_refused", "sign_in")


def count_sign_ins(db: Session, *, since: datetime) -> int:
    """Count the sign-in sessions in use since an instant."""
    return store.count_sign_ins(db, since=since)

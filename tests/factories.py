"""Rows for tests, made with as little as each needs."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count

from sqlalchemy.orm import Session

from accounts import store as accounts
from casework import store as casework
from casework.domain.case import NewCase
from casework.domain.initiative import InitiativeForm
from core import links
from core.permissions import Role

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
_numbers = count(1)


def make_person(
    db: Session, name: str = "", roles: Iterable[Role] = (), language: str = "ru"
) -> int:
    """Add a person; with roles also an active account without a password."""
    number = next(_numbers)
    person_id = accounts.add_person(db, name or f"Person {number}", now=NOW, language=language)
    chosen = tuple(roles)
    if chosen:
        accounts.add_account(db, person_id, f"person{number}@example.org", chosen, now=NOW)
    return person_id


def make_sign_in(db: Session, person_id: int, *, now: datetime = NOW) -> str:
    """Open a sign-in session and return its token."""
    token = links.new_token()
    accounts.add_sign_in(db, person_id, token_hash=links.digest(token), family=token[:16], now=now)
    return token


def make_initiative(db: Session, name: str = "", person_id: int | None = None) -> int:
    """Add an initiative with a name and nothing else."""
    stamp = casework.Stamp(person_id or 0, NOW, NOW.date())
    form = InitiativeForm(name or f"Initiative {next(_numbers)}", "", (), "")
    initiative_id = casework.add_initiative(db, form, stamp)
    assert initiative_id is not None
    return initiative_id


def make_case(
    db: Session,
    lead_id: int,
    *,
    initiative_id: int | None = None,
    members: Iterable[int] = (),
    request: str = "Help us begin",
) -> int:
    """Open a case led by a person, with an initiative of its own when none is given."""
    stamp = casework.Stamp(lead_id, NOW, NOW.date())
    new = NewCase(
        initiative_id=initiative_id or make_initiative(db),
        lead_id=lead_id,
        request=request,
        members=frozenset(members),
    )
    case_id = casework.add_case(db, new, stamp)
    assert case_id is not None
    return case_id

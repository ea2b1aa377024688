"""Standing in during an absence: the substitute acts as the lead of the absent one's cases."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from accounts.service import active_roles, identify, person_names
from casework import store
from casework.domain.substitution import (
    NotAConsultantError,
    Substitution,
    SubstitutionLine,
    check_substitution,
)
from casework.service.seams import stamp
from core.permissions import Actor, Guard, Permission, Role, Scope, scope
from core.workspace import Identify, Transaction, Workspace


def recognise(token: str) -> Identify:
    """Make the function that recognises a person, and for whom they stand in today."""
    known = identify(token)

    def who(db: Session, now: datetime) -> Actor:
        return with_absent(db, known(db, now), now)

    return who


def with_absent(db: Session, actor: Actor, now: datetime) -> Actor:
    """Say of an actor for whom they stand in at this moment."""
    if Role.CONSULTANT not in actor.roles:
        return actor
    near = store.list_stood_in_for(db, actor.person_id, now.date())
    if not near:
        return actor
    today = Transaction(db, actor, now).today
    absent = frozenset(one.person_id for one in near if one.holds_on(today))
    return replace(actor, stands_in_for=absent)


def arrange_substitution(workspace: Workspace, *, wanted: Substitution) -> int:
    """Let somebody lead the cases of another for some days; give the substitution's id.

    Private notes stay closed to the substitute.

    Raises `NotAConsultantError` if the substitute cannot lead cases.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.ARRANGE_SUBSTITUTION, Guard(author=wanted.person_id))
        known = store.list_substitutions(tx.db, wanted.since, wanted.person_id)
        check_substitution(wanted, known, tx.today)
        require_consultants(tx, {wanted.person_id, wanted.substitute_id})
        found = store.add_substitution(tx.db, wanted, stamp(tx))
        tx.audit(
            "substitution.arranged",
            f"substitution:{found}",
            person=wanted.person_id,
            substitute=wanted.substitute_id,
            since=wanted.since,
            until=wanted.until,
        )
        tx.touched("casework")
    return found


def end_substitution(workspace: Workspace, *, substitution_id: int) -> date:
    """End a substitution before its day; give the last day it had.

    The days on which it held stay written down.
    """
    with workspace.transaction() as tx:
        found = store.load_substitution(tx.db, substitution_id)
        workspace.require(Permission.ARRANGE_SUBSTITUTION, Guard(author=found.person_id))
        if found.since < tx.today:
            until = min(found.until, tx.today - timedelta(days=1))
            store.save_substitution(tx.db, substitution_id, until, None)
        else:
            store.save_substitution(tx.db, substitution_id, found.until, tx.now)
        tx.audit("substitution.ended", f"substitution:{substitution_id}")
        tx.touched("casework")
    return found.until


def restore_substitution(workspace: Workspace, *, substitution_id: int, until: date) -> None:
    """Take the ending of a substitution back."""
    with workspace.transaction() as tx:
        found = store.load_substitution(tx.db, substitution_id, removed=True)
        workspace.require(Permission.ARRANGE_SUBSTITUTION, Guard(author=found.person_id))
        others = store.list_substitutions(tx.db, found.since, found.person_id)
        known = [other for other in others if other.id != substitution_id]
        check_substitution(replace(found, until=until), known, tx.today)
        store.save_substitution(tx.db, substitution_id, until, None)
        tx.audit("substitution.restored", f"substitution:{substitution_id}", until=until)
        tx.touched("casework")


def list_substitutions(workspace: Workspace) -> tuple[SubstitutionLine, ...]:
    """List who stands in for whom, now and later; a consultant sees those that touch them."""
    with workspace.reading() as tx:
        workspace.require(Permission.ARRANGE_SUBSTITUTION)
        found = store.list_substitutions(tx.db, tx.today)
        if scope(tx.actor, Permission.ARRANGE_SUBSTITUTION) is not Scope.ALL:
            me = tx.actor.person_id
            found = tuple(one for one in found if me in {one.person_id, one.substitute_id})
        return named(tx, found)


def named(tx: Transaction, found: Iterable[Substitution]) -> tuple[SubstitutionLine, ...]:
    """Name the two of each substitution."""
    found = tuple(found)
    people = {who for one in found for who in (one.person_id, one.substitute_id)}
    names = person_names(tx, people)
    return tuple(
        SubstitutionLine(one, names.get(one.person_id, ""), names.get(one.substitute_id, ""))
        for one in found
    )


def require_consultants(tx: Transaction, people: Iterable[int]) -> None:
    """Refuse people who cannot lead cases. Raises `NotAConsultantError`."""
    for person in sorted(set(people)):
        if Role.CONSULTANT not in active_roles(tx, person):
            raise NotAConsultantError(name=person_names(tx, [person]).get(person, ""))

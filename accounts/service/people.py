"""People, their accounts and roles."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from accounts import store
from accounts.domain import passwords
from accounts.domain.person import (
    AddressTakenError,
    LastAdministratorError,
    NoRolesError,
    PersonBrief,
    PersonDetails,
    PersonRow,
    clean_address,
    clean_details,
    clean_name,
)
from accounts.domain.throttle import SignInRefusedError
from accounts.service.sign_in import INVITATION, checked_hash
from core import links
from core.errors import StaleError, require_seen
from core.i18n import LANGUAGES, Term
from core.permissions import Permission, Role
from core.workspace import Transaction, Workspace

_INVITATION_LIVES: Final = timedelta(days=7)
_CONTACT_LIMIT: Final = 2000


def list_people(
    workspace: Workspace, role: Role | None = None, *, active: bool = True
) -> tuple[PersonBrief, ...]:
    """List people of the centre for choosing from, by name."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_PEOPLE)
        return store.list_people(tx.db, role, active=active)


def people_in(tx: Transaction, role: Role | None = None) -> tuple[PersonBrief, ...]:
    """List active people of the centre by name, in an open transaction."""
    return store.list_people(tx.db, role)


def person_names(tx: Transaction, ids: Iterable[int]) -> dict[int, str]:
    """Map ids to names, in an open transaction."""
    return store.find_names(tx.db, ids)


def hold_people(tx: Transaction, ids: Iterable[int]) -> None:
    """Do what concerns these people one transaction after another, in an open transaction."""
    store.hold_people(tx.db, ids)


def find_roles(tx: Transaction, ids: Iterable[int]) -> dict[int, frozenset[Role]]:
    """Map ids to the roles of their accounts, in an open transaction; who has none is absent."""
    return store.find_roles(tx.db, ids)


def find_left(tx: Transaction, ids: Iterable[int]) -> frozenset[int]:
    """Return whose accounts are deactivated, in an open transaction."""
    return store.find_left(tx.db, ids)


def active_roles(tx: Transaction, person_id: int) -> frozenset[Role]:
    """Give the roles a person acts in now, in an open transaction; none when deactivated."""
    person = store.load_person(tx.db, person_id)
    return person.roles if person.active else frozenset()


def add_contact_person(tx: Transaction, name: str, *, email: str = "", phone: str = "") -> int:
    """Add a person without an account, in an open transaction; returns the id."""
    person_id = store.add_person(
        tx.db,
        clean_name(name),
        now=tx.now,
        email=email.strip()[:_CONTACT_LIMIT],
        phone=phone.strip()[:_CONTACT_LIMIT],
    )
    tx.audit("person.added", f"person:{person_id}")
    tx.touched("accounts")
    return person_id


def list_accounts(workspace: Workspace) -> tuple[PersonRow, ...]:
    """List everybody with an account."""
    with workspace.reading() as tx:
        workspace.require(Permission.MANAGE_PEOPLE)
        return store.list_accounts(tx.db)


def view_person(workspace: Workspace, person_id: int) -> PersonDetails:
    """Show one person: oneself, or anybody to an administrator."""
    with workspace.reading() as tx:
        if tx.actor.person_id != person_id:
            workspace.require(Permission.MANAGE_PEOPLE)
        return store.load_person(tx.db, person_id)


def invite_person(
    workspace: Workspace, *, name: str, address: str, roles: Iterable[Role]
) -> tuple[int, str]:
    """Add a person with an account and return the id and the invitation's token."""
    tidy_name, tidy_address, chosen = clean_name(name), clean_address(address), set(roles)
    if not chosen:
        raise NoRolesError
    with workspace.transaction() as tx:
        workspace.require(Permission.MANAGE_PEOPLE)
        if store.find_account(tx.db, tidy_address):
            raise AddressTakenError(value=tidy_address)
        person_id = store.add_person(tx.db, tidy_name, now=tx.now, email=tidy_address)
        store.add_account(tx.db, person_id, tidy_address, chosen, now=tx.now)
        token = _invitation(tx, person_id)
        tx.audit("account.invited", f"person:{person_id}", roles=sorted(chosen))
        tx.touched("accounts")
    return person_id, token


def hand_link(workspace: Workspace, person_id: int) -> str:
    """Make a new invitation or reset link, ending older ones; returns its token."""
    with workspace.transaction() as tx:
        workspace.require(Permission.MANAGE_PEOPLE)
        store.load_person(tx.db, person_id)
        token = _invitation(tx, person_id)
        tx.audit("account.link_handed", f"person:{person_id}")
    return token


def set_account_roles(
    workspace: Workspace, person_id: int, roles: Iterable[Role], *, seen: Iterable[Role]
) -> None:
    """Change a person's roles from those that were `seen`.

    Raises
    ------
    StaleError
        If somebody else has meanwhile given other roles.
    LastAdministratorError, NoRolesError
        If nobody could manage the centre, or the account could do nothing.
    """
    chosen = set(roles)
    if not chosen:
        raise NoRolesError
    with workspace.transaction() as tx:
        workspace.require(Permission.MANAGE_PEOPLE)
        store.lock_accounts(tx.db)
        before = store.load_person(tx.db, person_id)
        require_seen(
            Term("object.person"),
            original=_shown_roles(seen),
            current=_shown_roles(before.roles),
            yours=_shown_roles(chosen),
        )
        if Role.ADMINISTRATOR not in chosen and before.active:
            _keep_an_administrator(tx, before)
        store.set_roles(tx.db, person_id, chosen)
        tx.audit("account.roles_set", f"person:{person_id}", roles=sorted(chosen))
        tx.touched("accounts")


def set_account_active(workspace: Workspace, person_id: int, *, active: bool) -> None:
    """Open or close an account; closing ends every sign-in. Raises `LastAdministratorError`."""
    with workspace.transaction() as tx:
        workspace.require(Permission.MANAGE_PEOPLE)
        store.lock_accounts(tx.db)
        before = store.load_person(tx.db, person_id)
        if not active:
            _keep_an_administrator(tx, before)
            store.end_all(tx.db, person_id)
        store.set_active(tx.db, person_id, active=active)
        tx.audit("account.opened" if active else "account.closed", f"person:{person_id}")
        tx.touched("accounts")


def restore_account(workspace: Workspace, person_id: int) -> None:
    """Take back the closing of an account."""
    set_account_active(workspace, person_id, active=True)


def edit_profile(
    workspace: Workspace, details: PersonDetails, *, seen: PersonDetails | None = None
) -> None:
    """Save a person's own fields: by themselves or an administrator.

    `details.version` is the one the person saw; `seen`, what the fields held then, is for
    telling them. Raises `StaleError` if somebody has saved since.
    """
    wanted = clean_details(details)
    if wanted.language not in (*LANGUAGES, ""):
        wanted = replace(wanted, language="")
    with workspace.transaction() as tx:
        if tx.actor.person_id != details.id:
            workspace.require(Permission.MANAGE_PEOPLE)
        before = store.load_person(tx.db, details.id)
        if not store.save_person(tx.db, wanted, details.version):
            raise StaleError(
                kind=Term("object.person"),
                original=_shown(seen) if seen else None,
                current=_shown(before),
                yours=_shown(wanted),
            )
        fields = [key for key, value in _shown(wanted).items() if _shown(before)[key] != value]
        tx.audit("person.edited", f"person:{details.id}", fields=[str(name) for name in fields])
        tx.touched("accounts")


def put_back_profile(
    workspace: Workspace, *, person_id: int, version: int, fields: Mapping[str, Any]
) -> None:
    """Take an edit of a person's own fields back: they become what they were."""
    before = PersonDetails(id=person_id, version=version, **fields)
    edit_profile(workspace, before, seen=before)


def change_password(workspace: Workspace, old: str, new: str, repeated: str) -> None:
    """Change one's own password. Raises `SignInRefusedError` when the old one is wrong."""
    with workspace.reading() as tx:
        person = store.load_person(tx.db, tx.actor.person_id)
        account = store.find_account(tx.db, person.address)
    if account is None or not passwords.matches(old, account[1]):
        raise SignInRefusedError
    stored = checked_hash(new, repeated, person.address)
    with workspace.transaction() as tx:
        store.set_password(tx.db, person.id, stored)
        tx.audit("account.password_set", f"person:{person.id}")


def _invitation(tx: Transaction, person_id: int) -> str:
    subject = f"person:{person_id}"
    links.revoke(tx.db, INVITATION, subject, now=tx.now)
    return links.create(
        tx.db,
        INVITATION,
        subject,
        now=tx.now,
        lives=_INVITATION_LIVES,
        created_by=tx.actor.person_id,
    )


def _keep_an_administrator(tx: Transaction, person: PersonDetails) -> None:
    if Role.ADMINISTRATOR in person.roles and not store.count_administrators(
        tx.db, without=person.id
    ):
        raise LastAdministratorError


def _shown_roles(roles: Iterable[Role]) -> dict[str, tuple[Role, ...]]:
    return {Term("field.roles"): tuple(sorted(set(roles)))}


def _shown(person: PersonDetails) -> dict[str, str]:
    return {
        Term("field.person_name"): person.name,
        Term("field.email"): person.email,
        Term("field.phone"): person.phone,
        Term("field.competences"): person.competences,
        Term("field.language"): person.language,
    }

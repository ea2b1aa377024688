"""People, their accounts and their roles, to values and back."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.domain.person import PersonBrief, PersonDetails, PersonRow
from accounts.tables import Account, Person, PersonRole
from core.database import rows_changed
from core.errors import NotFoundError
from core.i18n import Term, sort_key
from core.permissions import Role


def add_person(
    db: Session, name: str, *, now: datetime, email: str = "", phone: str = "", language: str = ""
) -> int:
    """Add a person and return the id."""
    person = Person(
        name=name,
        sort_key=sort_key(name),
        email=email,
        phone=phone,
        language=language,
        created_at=now,
    )
    db.add(person)
    db.flush()
    return person.id


def save_person(db: Session, details: PersonDetails, seen_version: int) -> bool:
    """Write a person's own fields if the version is still the one seen."""
    changed = rows_changed(
        db,
        sa.update(Person)
        .where(Person.id == details.id, Person.version == seen_version)
        .values(
            name=details.name,
            sort_key=sort_key(details.name),
            email=details.email,
            phone=details.phone,
            competences=details.competences,
            language=details.language,
            version=seen_version + 1,
        ),
    )
    return bool(changed)


def load_person(db: Session, person_id: int) -> PersonDetails:
    """Load one person with the account, if any. Raises `NotFoundError`."""
    row = db.execute(
        sa.select(Person, Account)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(Person.id == person_id)
    ).one_or_none()
    if row is None:
        raise NotFoundError(kind=Term("object.person"), id=person_id)
    person, account = row
    roles = db.scalars(sa.select(PersonRole.role).where(PersonRole.person_id == person_id))
    return PersonDetails(
        id=person.id,
        name=person.name,
        email=person.email,
        phone=person.phone,
        competences=person.competences,
        language=person.language,
        version=person.version,
        address=account.address if account else "",
        roles=frozenset(roles),
        active=bool(account and account.active),
        has_password=bool(account and account.password_hash),
    )


def list_accounts(db: Session) -> tuple[PersonRow, ...]:
    """List everybody who has or had an account, by name."""
    roles: dict[int, set[Role]] = {}
    for role in db.execute(sa.select(PersonRole.person_id, PersonRole.role)):
        roles.setdefault(role.person_id, set()).add(role.role)
    query = (
        sa.select(
            Person.id, Person.name, Account.address, Account.active,
            (Account.password_hash != "").label("has_password"),
        )
        .join(Account, Account.person_id == Person.id)
        .order_by(Person.sort_key, Person.id)
    )  # fmt: skip
    return tuple(
        PersonRow(
            row.id, row.name, row.address, frozenset(roles.get(row.id, ())), row.active,
            row.has_password,
        )
        for row in db.execute(query)
    )  # fmt: skip


def list_people(
    db: Session, role: Role | None = None, *, active: bool = True
) -> tuple[PersonBrief, ...]:
    """List people who hold a role (any account when None), by name."""
    query = (
        sa.select(Person.id, Person.name)
        .join(Account, Account.person_id == Person.id)
        .order_by(Person.sort_key, Person.id)
    )
    if role is not None:
        query = query.join(
            PersonRole, sa.and_(PersonRole.person_id == Person.id, PersonRole.role == role)
        )
    if active:
        query = query.where(Account.active)
    return tuple(PersonBrief(row.id, row.name) for row in db.execute(query))


def hold_people(db: Session, ids: Iterable[int]) -> None:
    """Let nobody else hold these people until the transaction ends; in order, so none waits for ever.

    The rows stay open to links that others write to them.
    """
    query = sa.select(Person.id).where(Person.id.in_(set(ids))).order_by(Person.id)
    db.execute(query.with_for_update(key_share=True)).all()


def find_roles(db: Session, ids: Iterable[int]) -> dict[int, frozenset[Role]]:
    """Map ids to the roles of their accounts, active or not; who has none is absent."""
    query = sa.select(PersonRole.person_id, PersonRole.role).where(
        PersonRole.person_id.in_(set(ids))
    )
    found: dict[int, frozenset[Role]] = {}
    for person_id, role in db.execute(query):
        found[person_id] = found.get(person_id, frozenset()) | {role}
    return found


def find_left(db: Session, ids: Iterable[int]) -> frozenset[int]:
    """Return whose accounts are deactivated; who never had one is not among them."""
    query = sa.select(Account.person_id).where(
        Account.person_id.in_(set(ids)), Account.active.is_(False)
    )
    return frozenset(db.scalars(query))


def find_names(db: Session, ids: Iterable[int]) -> dict[int, str]:
    """Map ids to names; unknown ids are absent."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = db.execute(sa.select(Person.id, Person.name).where(Person.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def add_account(
    db: Session, person_id: int, address: str, roles: Iterable[Role], *, now: datetime
) -> None:
    """Give a person an account without a password."""
    db.add(Account(person_id=person_id, address=address, created_at=now))
    db.flush()
    set_roles(db, person_id, roles)


def set_roles(db: Session, person_id: int, roles: Iterable[Role]) -> None:
    """Replace the roles of an account."""
    db.execute(sa.delete(PersonRole).where(PersonRole.person_id == person_id))
    db.add_all(PersonRole(person_id=person_id, role=role) for role in sorted(set(roles)))
    db.flush()


def set_active(db: Session, person_id: int, *, active: bool) -> None:
    """Open or close an account."""
    db.execute(sa.update(Account).where(Account.person_id == person_id).values(active=active))


def set_password(db: Session, person_id: int, password_hash: str) -> None:
    """Store a password's hash."""
    db.execute(
        sa.update(Account).where(Account.person_id == person_id).values(password_hash=password_hash)
    )


def find_account(db: Session, address: str) -> tuple[int, str, bool] | None:
    """Find person id, password hash and whether active, by the tidy sign-in address."""
    row = db.execute(
        sa.select(Account.person_id, Account.password_hash, Account.active).where(
            Account.address == address
        )
    ).one_or_none()
    return None if row is None else (row.person_id, row.password_hash, row.active)


def count_accounts(db: Session) -> int:
    """Count all accounts: none means that nobody has claimed the server."""
    return db.scalar(sa.select(sa.func.count()).select_from(Account)) or 0


def count_administrators(db: Session, *, without: int) -> int:
    """Count the active administrators beside one person."""
    query = (
        sa.select(sa.func.count())
        .select_from(Account)
        .join(PersonRole, PersonRole.person_id == Account.person_id)
        .where(PersonRole.role == Role.ADMINISTRATOR, Account.active, Account.person_id != without)
    )
    return db.scalar(query) or 0


def lock_accounts(db: Session) -> None:
    """Make changes of accounts wait for each other (a no-op where writers already do)."""
    db.execute(sa.select(Account.person_id).order_by(Account.person_id).with_for_update()).all()

"""Rows of people, accounts and sign-ins ↔ values."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from accounts.domain.contact import Consent as GivenConsent
from accounts.domain.contact import Contact
from accounts.domain.person import PersonBrief, PersonDetails, PersonRow
from accounts.tables import Account, Consent, Person, PersonRole, SignIn, SignInFailure
from core.database import rows_changed
from core.errors import NotFoundError
from core.i18n import Term, sort_key
from core.permissions import Actor, Role


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


def add_sign_in(db: Session, person_id: int, *, token_hash: str, family: str, now: datetime) -> int:
    """Open a sign-in session."""
    row = SignIn(
        token_hash=token_hash, family=family, person_id=person_id, created_at=now, seen_at=now
    )
    db.add(row)
    db.flush()
    return row.id


def find_actor(
    db: Session, token_hash: str, *, now: datetime, idle: timedelta, absolute: timedelta
) -> Actor | None:
    """Recognise the person behind a token: one indexed statement."""
    rows = db.execute(
        sa.select(Person.id, Person.name, Person.language, PersonRole.role)
        .select_from(SignIn)
        .join(Account, Account.person_id == SignIn.person_id)
        .join(Person, Person.id == SignIn.person_id)
        .outerjoin(PersonRole, PersonRole.person_id == SignIn.person_id)
        .where(
            SignIn.token_hash == token_hash,
            SignIn.seen_at > now - idle,
            SignIn.created_at > now - absolute,
            Account.active,
        )
    ).all()
    if not rows:
        return None
    roles = frozenset(row.role for row in rows if row.role is not None)
    return Actor(rows[0].id, roles, rows[0].name, rows[0].language)


def find_sign_in(db: Session, sign_in_id: int) -> tuple[int, str] | None:
    """Find the person and family of a sign-in."""
    row = db.execute(
        sa.select(SignIn.person_id, SignIn.family).where(SignIn.id == sign_in_id)
    ).one_or_none()
    return None if row is None else (row.person_id, row.family)


def touch_sign_in(db: Session, token_hash: str, *, now: datetime, older_than: timedelta) -> bool:
    """Note that a session is in use, if that was noted long enough ago."""
    noted = rows_changed(
        db,
        sa.update(SignIn)
        .where(SignIn.token_hash == token_hash, SignIn.seen_at < now - older_than)
        .values(seen_at=now),
    )
    return bool(noted)


def needs_touch(db: Session, token_hash: str, *, now: datetime, older_than: timedelta) -> bool:
    """Tell whether a session's last use was noted too long ago."""
    seen = db.scalar(sa.select(SignIn.seen_at).where(SignIn.token_hash == token_hash))
    return seen is not None and seen < now - older_than


def end_family(db: Session, token_hash: str) -> int | None:
    """End a sign-in in all its tabs; returns whose it was."""
    row = db.execute(
        sa.select(SignIn.family, SignIn.person_id).where(SignIn.token_hash == token_hash)
    ).one_or_none()
    if row is None:
        return None
    db.execute(sa.delete(SignIn).where(SignIn.family == row.family))
    return int(row.person_id)


def end_all(db: Session, person_id: int) -> None:
    """End every sign-in of a person."""
    db.execute(sa.delete(SignIn).where(SignIn.person_id == person_id))


def count_sign_ins(db: Session, *, since: datetime) -> int:
    """Count the sign-in sessions used since an instant."""
    return (
        db.scalar(sa.select(sa.func.count()).select_from(SignIn).where(SignIn.seen_at > since)) or 0
    )


def sweep(db: Session, *, ended_before: datetime, failures_before: datetime) -> None:
    """Forget sessions and failures past their time."""
    db.execute(sa.delete(SignIn).where(SignIn.created_at < ended_before))
    db.execute(sa.delete(SignInFailure).where(SignInFailure.at < failures_before))


def add_failures(db: Session, buckets: Iterable[str], *, now: datetime) -> None:
    """Count one failed sign-in in each bucket."""
    db.add_all(SignInFailure(bucket=bucket, at=now) for bucket in buckets)
    db.flush()


def count_failures(db: Session, bucket: str, *, since: datetime) -> int:
    """Count the failures of a bucket in the window."""
    query = (
        sa.select(sa.func.count())
        .select_from(SignInFailure)
        .where(SignInFailure.bucket == bucket, SignInFailure.at > since)
    )
    return db.scalar(query) or 0


def forget_failures(db: Session, bucket: str) -> None:
    """Forget a bucket's failures after a success."""
    db.execute(sa.delete(SignInFailure).where(SignInFailure.bucket == bucket))


def add_consent(
    db: Session, person_id: int, scope: str, given_on: date, *, ground: str = ""
) -> int:
    """Record what a person agreed to and return the consent's id."""
    consent = Consent(person_id=person_id, scope=scope, given_on=given_on, ground=ground)
    db.add(consent)
    db.flush()
    return consent.id


def lock_consents(db: Session, person_id: int) -> None:
    """Make changes of one person's consents wait for each other."""
    db.execute(sa.select(Consent.id).where(Consent.person_id == person_id).with_for_update())


def save_withdrawn(db: Session, consent_id: int, on: date | None) -> None:
    """Write on which day a consent was taken back; None when it holds."""
    db.execute(sa.update(Consent).where(Consent.id == consent_id).values(withdrawn_on=on))


def find_contacts(db: Session, ids: Iterable[int]) -> dict[int, Contact]:
    """Map ids to contacts with their consents, two statements; unknown ids are absent."""
    wanted = sorted(set(ids))
    consents: dict[int, list[GivenConsent]] = {}
    for row in db.scalars(
        sa.select(Consent).where(Consent.person_id.in_(wanted)).order_by(Consent.id)
    ):
        consents.setdefault(row.person_id, []).append(
            GivenConsent(row.id, row.scope, row.given_on, row.ground, row.withdrawn_on)
        )
    query = sa.select(Person.id, Person.name, Person.email, Person.phone, Person.version)
    return {
        row.id: Contact(
            row.id, row.name, row.email, row.phone, tuple(consents.get(row.id, ())), row.version
        )
        for row in db.execute(query.where(Person.id.in_(wanted)))
    }


def save_contact(db: Session, contact: Contact) -> bool:
    """Write a person's name and contacts if the version is still the one seen."""
    changed = db.scalar(
        sa.update(Person)
        .where(Person.id == contact.id, Person.version == contact.version)
        .values(
            name=contact.name,
            sort_key=sort_key(contact.name),
            email=contact.email,
            phone=contact.phone,
            version=contact.version + 1,
        )
        .returning(Person.id)
    )
    return changed is not None


def has_account(db: Session, person_id: int) -> bool:
    """Tell whether a person signs in, and so keeps their own name and contacts."""
    return db.get(Account, person_id) is not None


def find_namesakes(db: Session, name: str) -> tuple[PersonBrief, ...]:
    """List people of one name, the earliest known first."""
    query = sa.select(Person.id, Person.name).where(Person.sort_key == sort_key(name))
    return tuple(PersonBrief(row.id, row.name) for row in db.execute(query.order_by(Person.id)))


def delete_contact(db: Session, person_id: int) -> bool:
    """Delete a person without an account; False if they have one or something mentions them."""
    if db.get(Account, person_id) is not None:
        return False
    try:
        with db.begin_nested():
            db.execute(sa.delete(Person).where(Person.id == person_id))
    except IntegrityError:
        return False
    return True

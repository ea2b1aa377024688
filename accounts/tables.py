"""People and how they sign in."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, coded
from core.permissions import Role


class Person(Base):
    """Anybody the centre knows: account, consultant, expert, leader are roles of it."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.Text)
    sort_key: Mapped[str] = mapped_column(sa.Text, index=True)
    email: Mapped[str] = mapped_column(sa.Text, default="")
    phone: Mapped[str] = mapped_column(sa.Text, default="")
    competences: Mapped[str] = mapped_column(sa.Text, default="")
    language: Mapped[str] = mapped_column(sa.String(5), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)


class Account(Base):
    """A person's right to sign in; without a password hash the invitation is still open."""

    __tablename__ = "account"

    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    address: Mapped[str] = mapped_column(sa.Text, unique=True)
    password_hash: Mapped[str] = mapped_column(sa.Text, default="")
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    __table_args__ = ()


class PersonRole(Base):
    """One role of one account."""

    __tablename__ = "person_role"

    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("account.person_id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[Role] = mapped_column(coded(Role), primary_key=True)
    __table_args__ = ()


class SignIn(Base):
    """One sign-in on one browser; its tabs are a family that ends together."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    family: Mapped[str] = mapped_column(sa.String(32), index=True)
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("account.person_id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class SignInFailure(Base):
    """One failed sign-in, counted by account and by network address, both hashed."""

    __tablename__ = "sign_in_failure"

    id: Mapped[int] = mapped_column(primary_key=True)
    bucket: Mapped[str] = mapped_column(sa.String(64), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Consent(Base):
    """What a person agreed to, when, and whether they took it back."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    scope: Mapped[str] = mapped_column(sa.String(40))
    ground: Mapped[str] = mapped_column(sa.Text, default="")
    given_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    __table_args__ = (
        sa.CheckConstraint("withdrawn_on IS NULL OR withdrawn_on >= given_on", name="order"),
        {"sqlite_autoincrement": True},
    )

"""What goes beyond the centre: referrals, contacts with authorities, harm and complaints."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from casework.domain.authority import AuthorityKind, AuthorityResult
from casework.domain.harm import HarmKind
from casework.domain.referral import Ground, ReferralState, ReferralTarget
from core.database import Base, UtcDateTime, coded


class ReferralRow(Base):
    """An initiative referred to somebody else, and what came of it."""

    __tablename__ = "referral"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    target: Mapped[ReferralTarget] = mapped_column(coded(ReferralTarget))
    to_whom: Mapped[str] = mapped_column(Text)
    what_for: Mapped[str] = mapped_column(Text)
    ground: Mapped[Ground] = mapped_column(coded(Ground))
    consent_on: Mapped[date | None]
    state: Mapped[ReferralState] = mapped_column(coded(ReferralState))
    asked_on: Mapped[date]
    due_on: Mapped[date | None] = mapped_column(index=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    token: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("(ground = 'consent') = (consent_on IS NOT NULL)", name="consent"),
        Index("ix_referral_state_due_on", "state", "due_on"),
        *Base.__table_args__,
    )


class ReferralMoveRow(Base):
    """One move of a referral between its states, with the day and who wrote it down."""

    __tablename__ = "referral_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    state: Mapped[ReferralState] = mapped_column(coded(ReferralState))
    moved_on: Mapped[date]
    comment: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class AuthorityContactRow(Base):
    """An appeal, hearing, proposal or meeting with an authority, and its answer."""

    __tablename__ = "authority_contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    kind: Mapped[AuthorityKind] = mapped_column(coded(AuthorityKind))
    addressee: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    number: Mapped[str] = mapped_column(Text, default="")
    registered_on: Mapped[date]
    due_on: Mapped[date | None] = mapped_column(index=True)
    result: Mapped[AuthorityResult | None] = mapped_column(coded(AuthorityResult))
    answered_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey("document.id", ondelete="SET NULL"), index=True
    )
    recorded_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    token: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("(result IS NULL) = (answered_on IS NULL)", name="answered"),
        *Base.__table_args__,
    )


class HarmRow(Base):
    """Harm done to an initiative or its complaint, and how it was handled."""

    __tablename__ = "harm"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    kind: Mapped[HarmKind] = mapped_column(coded(HarmKind))
    happened_on: Mapped[date] = mapped_column(index=True)
    by_whom: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    handling: Mapped[str] = mapped_column(Text, default="")
    handled_on: Mapped[date | None]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    token: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

"""Requests: who asks for help, with what, and what became of that."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from casework.domain.request import RefusalReason, RequestSource, RequestState
from core.database import Base, UtcDateTime, coded


class RequestRow(Base):
    """An initiative's asking for help, in its own words, before there is a case or even an entry.

    `source` is absent where a case was opened at once.
    """

    __tablename__ = "request"

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int | None] = mapped_column(ForeignKey("initiative.id"), index=True)
    name: Mapped[str] = mapped_column(Text, default="")
    asked_on: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[RequestSource | None] = mapped_column(coded(RequestSource))
    asker: Mapped[str] = mapped_column(Text, default="")
    contact: Mapped[str] = mapped_column(Text, default="")
    has_consent: Mapped[bool] = mapped_column(default=False)
    state: Mapped[RequestState] = mapped_column(coded(RequestState))
    refusal: Mapped[RefusalReason | None] = mapped_column(coded(RefusalReason))
    referred_to: Mapped[str] = mapped_column(Text, default="")
    comment: Mapped[str] = mapped_column(Text, default="")
    decided_on: Mapped[date | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    recorded_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    token: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name="refused"),
        CheckConstraint("(decided_by IS NULL) = (decided_on IS NULL)", name="decided"),
        CheckConstraint("state <> 'assigned' OR initiative_id IS NOT NULL", name="assigned"),
        Index("ix_request_state_asked_on", "state", "asked_on"),
        *Base.__table_args__,
    )

"""The half-yearly roll call: how every initiative ever helped is doing."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.domain.life import LifeSource
from casework.domain.roll_call import RollOutcome
from core.database import Base, UtcDateTime, coded


class RollCallRow(Base):
    """The roll call of one half-year."""

    __tablename__ = "roll_call"

    id: Mapped[int] = mapped_column(primary_key=True)
    half_on: Mapped[date] = mapped_column(unique=True)
    begun_on: Mapped[date]
    begun_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RollAnswerRow(Base):
    """What was learnt of one initiative; `by_id` is absent where its leader wrote it."""

    __tablename__ = "roll_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    roll_call_id: Mapped[int] = mapped_column(ForeignKey("roll_call.id"))
    initiative_id: Mapped[int] = mapped_column(
        ForeignKey("initiative.id", ondelete="CASCADE"), index=True
    )
    outcome: Mapped[RollOutcome] = mapped_column(coded(RollOutcome))
    source: Mapped[LifeSource] = mapped_column(coded(LifeSource))
    last_contact_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    event_id: Mapped[int | None] = mapped_column(
        ForeignKey("life_event.id", ondelete="SET NULL"), index=True
    )
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (UniqueConstraint("roll_call_id", "initiative_id"), *Base.__table_args__)

"""Who stands in for whom during an absence."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime


class SubstitutionRow(Base):
    """Days on which one person leads the cases of another; both days belong to them."""

    __tablename__ = "substitution"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    substitute_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    since: Mapped[date]
    until: Mapped[date]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("until >= since", name="span"),
        CheckConstraint("person_id <> substitute_id", name="two_people"),
        Index("ix_substitution_substitute_id_since", "substitute_id", "since"),
        *Base.__table_args__,
    )

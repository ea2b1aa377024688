"""Numbers that grow with every change of an area, so that caches of several processes agree."""

from typing import Final, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.database import Base, rows_changed


class Revision(Base):
    """How often an area has changed."""

    __tablename__ = "revision"

    area: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    number: Mapped[int] = mapped_column(sa.BigInteger)
    __table_args__ = ()


_TABLE: Final = cast("sa.Table", Revision.__table__)


def revision(db: Session, area: str) -> int:
    """Read an area's revision; an area that never changed has 0."""
    number = db.scalar(sa.select(Revision.number).where(Revision.area == area))
    return number or 0


def bump(db: Session, areas: set[str]) -> None:
    """Count one change of each area: the last statements of a writing transaction.

    Areas are taken in the order of their names, so that two writers cannot wait for each other.
    """
    for area in sorted(areas):
        count = _TABLE.update().where(_TABLE.c.area == area).values(number=_TABLE.c.number + 1)
        if not rows_changed(db, count):
            _first(db, area)


def _first(db: Session, area: str) -> None:
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    db.execute(
        insert(Revision)
        .values(area=area, number=1)
        .on_conflict_do_update(index_elements=[Revision.area], set_={"number": Revision.number + 1})
    )

"""Lists that a centre may word and extend itself: themes, territories, topics."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.database import Base
from core.i18n import LANGUAGES, Translator


class CatalogueItem(Base):
    """One entry of a list: the code is for ever, the labels may be reworded."""

    __tablename__ = "catalogue_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(40))
    code: Mapped[str] = mapped_column(sa.String(40))
    label_en: Mapped[str] = mapped_column(sa.Text, default="")
    label_ru: Mapped[str] = mapped_column(sa.Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    valid_from: Mapped[date | None]
    __table_args__ = (sa.UniqueConstraint("kind", "code"), {"sqlite_autoincrement": True})


@dataclass(frozen=True, slots=True)
class Item:
    """One entry as it is read; labels by language, an empty one is missing."""

    kind: str
    code: str
    labels: Mapping[str, str]
    position: int = 0
    active: bool = True


def list_items(db: Session, kind: str, *, active: bool = True) -> tuple[Item, ...]:
    """List a catalogue in its own order; retired entries only when asked."""
    query = (
        sa.select(CatalogueItem)
        .where(CatalogueItem.kind == kind)
        .order_by(CatalogueItem.position, CatalogueItem.id)
    )
    if active:
        query = query.where(CatalogueItem.active)
    return tuple(_item(row) for row in db.scalars(query))


def add_missing(db: Session, items: Iterable[Item]) -> int:
    """Add the entries that the database lacks, leaving reworded ones alone."""
    wanted = list(items)
    kinds = {item.kind for item in wanted}
    known = {
        (row.kind, row.code)
        for row in db.execute(
            sa.select(CatalogueItem.kind, CatalogueItem.code).where(CatalogueItem.kind.in_(kinds))
        )
    }
    fresh = [item for item in wanted if (item.kind, item.code) not in known]
    db.add_all(
        CatalogueItem(
            kind=item.kind,
            code=item.code,
            label_en=item.labels.get("en", ""),
            label_ru=item.labels.get("ru", ""),
            position=item.position,
            active=item.active,
        )
        for item in fresh
    )
    db.flush()
    return len(fresh)


def label(item: Item, _: Translator) -> str:
    """Give the label in the reader's language; another language's is marked as such."""
    own = item.labels.get(_.language)
    if own:
        return own
    for language in LANGUAGES:
        other = item.labels.get(language)
        if other:
            return f"{other} ({language})"
    return item.code


def labels(items: Iterable[Item], _: Translator) -> dict[str, str]:
    """Map codes to labels in the reader's language."""
    return {item.code: label(item, _) for item in items}


def _item(row: CatalogueItem) -> Item:
    names = {"en": row.label_en, "ru": row.label_ru}
    return Item(row.kind, row.code, names, row.position, row.active)

"""Initiatives in lists: searched, filtered and paged by the database."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from casework.domain.initiative import InitiativeFilter, InitiativeLine, InitiativePart
from casework.domain.life import When
from casework.tables import InitiativePersonRow, InitiativeRow, InitiativeThemeRow
from core.i18n import sort_key

T = TypeVar("T")


def list_initiatives(db: Session, wanted: InitiativeFilter) -> tuple[InitiativeLine, ...]:
    """List one page of initiatives by name, with themes and leaders: three statements."""
    query = (
        select(
            InitiativeRow.id,
            InitiativeRow.name,
            InitiativeRow.state,
            InitiativeRow.territory,
            InitiativeRow.founded_on,
            InitiativeRow.founded_precision,
            InitiativeRow.registered_on,
        )
        .where(*_narrowing(wanted))
        .order_by(InitiativeRow.sort_key, InitiativeRow.id)
    )
    if wanted.size is not None:
        query = query.limit(wanted.size).offset((max(wanted.page, 1) - 1) * wanted.size)
    rows = db.execute(query).all()
    ids = [row.id for row in rows]
    themes, leaders = _themes(db, ids), _leaders(db, ids)
    return tuple(
        InitiativeLine(
            id=row.id,
            name=row.name,
            state=row.state,
            territory=row.territory,
            founded=When(row.founded_on, row.founded_precision) if row.founded_on else None,
            registered_on=row.registered_on,
            themes=tuple(themes[row.id]),
            leader_ids=tuple(leaders[row.id]),
        )
        for row in rows
    )


def count_initiatives(db: Session, wanted: InitiativeFilter) -> int:
    """Count the initiatives on all pages of a list."""
    query = select(func.count()).select_from(InitiativeRow).where(*_narrowing(wanted))
    return db.scalar(query) or 0


def find_initiative_names(db: Session, ids: Iterable[int]) -> dict[int, str]:
    """Map ids to names; unknown ids are absent."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = db.execute(
        select(InitiativeRow.id, InitiativeRow.name).where(InitiativeRow.id.in_(wanted))
    )
    return {row.id: row.name for row in rows}


def list_initiative_names(db: Session, *, archived: bool = True) -> tuple[tuple[int, str], ...]:
    """List ids and names of all initiatives, by name."""
    query = select(InitiativeRow.id, InitiativeRow.name).order_by(
        InitiativeRow.sort_key, InitiativeRow.id
    )
    if not archived:
        query = query.where(InitiativeRow.archived_on.is_(None))
    return tuple((row.id, row.name) for row in db.execute(query))


def list_initiatives_of_person(db: Session, person_id: int) -> tuple[tuple[int, str], ...]:
    """List ids and names of the initiatives that a person belongs to, by name."""
    query = (
        select(InitiativeRow.id, InitiativeRow.name)
        .join(InitiativePersonRow, InitiativePersonRow.initiative_id == InitiativeRow.id)
        .where(InitiativePersonRow.person_id == person_id, InitiativePersonRow.removed_at.is_(None))
        .order_by(InitiativeRow.sort_key, InitiativeRow.id)
        .distinct()
    )
    return tuple(
        (row.id, row.name) for row in db.execute(query.add_columns(InitiativeRow.sort_key))
    )


def _narrowing(wanted: InitiativeFilter) -> list[ColumnElement[bool]]:
    archived = InitiativeRow.archived_on.is_not(None)
    clauses: list[ColumnElement[bool]] = [archived if wanted.archived else ~archived]
    # Each word may stand anywhere in the name: "сад дети" finds «Детский сад во дворе».
    clauses += [
        InitiativeRow.sort_key.contains(word, autoescape=True)
        for word in sort_key(wanted.text).split()
    ]
    if wanted.territory:
        clauses.append(InitiativeRow.territory == wanted.territory)
    if wanted.state is not None:
        clauses.append(InitiativeRow.state == wanted.state)
    if wanted.theme:
        clauses.append(
            exists().where(
                InitiativeThemeRow.initiative_id == InitiativeRow.id,
                InitiativeThemeRow.theme == wanted.theme,
            )
        )
    return clauses


def _themes(db: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    query = (
        select(InitiativeThemeRow.initiative_id, InitiativeThemeRow.theme)
        .where(InitiativeThemeRow.initiative_id.in_(ids))
        .order_by(InitiativeThemeRow.theme)
    )
    return _grouped((row.initiative_id, row.theme) for row in db.execute(query))


def _leaders(db: Session, ids: Sequence[int]) -> dict[int, list[int]]:
    query = (
        select(InitiativePersonRow.initiative_id, InitiativePersonRow.person_id)
        .where(
            InitiativePersonRow.initiative_id.in_(ids),
            InitiativePersonRow.part == InitiativePart.LEADER,
            InitiativePersonRow.removed_at.is_(None),
        )
        .order_by(InitiativePersonRow.id)
    )
    return _grouped((row.initiative_id, row.person_id) for row in db.execute(query))


def _grouped(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found

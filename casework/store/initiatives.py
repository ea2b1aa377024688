"""Initiatives, their people and the events of their lives."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import delete, exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from casework.domain.initiative import Initiative, InitiativeForm, InitiativePart, Participant
from casework.domain.life import InitiativeState, LifeEvent, When, life_of
from casework.store.cases import Stamp
from casework.store.once import insert_once
from casework.tables import (
    InitiativePersonRow,
    InitiativeRow,
    InitiativeThemeRow,
    LifeEventRow,
)
from core.errors import NotFoundError
from core.i18n import Term, sort_key

KIND = Term("object.initiative")


def load_initiative(db: Session, initiative_id: int, *, lock: bool = False) -> Initiative:
    """Load an initiative with its events and people. Raises `NotFoundError`."""
    query = select(InitiativeRow).where(InitiativeRow.id == initiative_id)
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFoundError(kind=KIND, id=initiative_id)
    themes = db.scalars(
        select(InitiativeThemeRow.theme)
        .where(InitiativeThemeRow.initiative_id == initiative_id)
        .order_by(InitiativeThemeRow.theme)
    )
    events = list_life_events(db, initiative_id)
    return Initiative(
        id=row.id,
        uid=row.uid,
        form=InitiativeForm(row.name, row.summary, tuple(themes), row.territory),
        life=life_of(events),
        version=row.version,
        registered_on=row.registered_on,
        events=events,
        participants=_participants(db, initiative_id),
        archived_on=row.archived_on,
        is_touched=row.touched_at is not None,
    )


def find_initiative_by_token(db: Session, token: str | None) -> int | None:
    """Find the initiative that this very form has already registered."""
    if token is None:
        return None
    return db.scalar(select(InitiativeRow.id).where(InitiativeRow.token == token))


def add_initiative(
    db: Session,
    form: InitiativeForm,
    stamp: Stamp,
    *,
    token: str | None = None,
    import_id: int | None = None,
) -> int | None:
    """Write an initiative without events and people; None if this form already registered one."""
    initiative_id = insert_once(
        db,
        InitiativeRow,
        uid=str(uuid4()),
        name=form.name,
        sort_key=sort_key(form.name),
        summary=form.summary,
        territory=form.territory,
        state=InitiativeState.UNKNOWN,
        registered_on=stamp.today,
        registered_by=stamp.person_id or None,
        import_id=import_id,
        token=token,
        created_at=stamp.now,
    )
    if initiative_id is not None:
        _add_themes(db, initiative_id, form.themes)
    return initiative_id


def save_initiative(db: Session, initiative_id: int, form: InitiativeForm, version: int) -> None:
    """Write what the form holds; `version` is the one that this makes."""
    db.execute(
        update(InitiativeRow)
        .where(InitiativeRow.id == initiative_id)
        .values(
            name=form.name,
            sort_key=sort_key(form.name),
            summary=form.summary,
            territory=form.territory,
            version=version,
        )
    )
    db.execute(delete(InitiativeThemeRow).where(InitiativeThemeRow.initiative_id == initiative_id))
    _add_themes(db, initiative_id, form.themes)


def save_archived(db: Session, initiative_id: int, on: date | None) -> None:
    """Put an initiative into the archive, or take it out."""
    db.execute(
        update(InitiativeRow).where(InitiativeRow.id == initiative_id).values(archived_on=on)
    )


def save_touched(db: Session, initiative_id: int, at: datetime) -> None:
    """Note that somebody has worked on the initiative since it was made."""
    db.execute(update(InitiativeRow).where(InitiativeRow.id == initiative_id).values(touched_at=at))


def delete_initiative(db: Session, initiative_id: int) -> bool:
    """Take an initiative away with its events; False if other work stands on it."""
    try:
        with db.begin_nested():
            db.execute(delete(InitiativeRow).where(InitiativeRow.id == initiative_id))
    except IntegrityError:
        return False
    return True


def list_life_events(db: Session, initiative_id: int) -> tuple[LifeEvent, ...]:
    """List the events of an initiative's life, the earliest first."""
    rows = db.scalars(
        select(LifeEventRow)
        .where(LifeEventRow.initiative_id == initiative_id, LifeEventRow.removed_at.is_(None))
        .order_by(LifeEventRow.happened_on, LifeEventRow.id)
    )
    return tuple(map(_event, rows))


def load_removed_event(db: Session, initiative_id: int, event_id: int) -> LifeEvent:
    """Load an event that was taken away. Raises `NotFoundError`."""
    row = db.get(LifeEventRow, event_id)
    if row is None or row.initiative_id != initiative_id or row.removed_at is None:
        raise NotFoundError(kind=Term("object.life_event"), id=event_id)
    return _event(row)


def add_life_event(db: Session, initiative_id: int, event: LifeEvent, stamp: Stamp) -> int:
    """Write an event and what now follows for the initiative's state."""
    row = LifeEventRow(
        initiative_id=initiative_id,
        type=event.type,
        happened_on=event.when.on,
        precision=event.when.precision,
        source=event.source,
        certainty=event.certainty,
        note=event.note,
        recorded_by=stamp.person_id or None,
        created_at=stamp.now,
    )
    db.add(row)
    db.flush()
    _derive(db, initiative_id)
    return row.id


def save_life_event_removed(
    db: Session, initiative_id: int, event_id: int, at: datetime | None
) -> None:
    """Take an event away or give it back, and rewrite the state. Raises `NotFoundError`."""
    there = (
        LifeEventRow.removed_at.is_not(None) if at is None else LifeEventRow.removed_at.is_(None)
    )
    changed = db.scalar(
        update(LifeEventRow)
        .where(LifeEventRow.id == event_id, LifeEventRow.initiative_id == initiative_id, there)
        .values(removed_at=at)
        .returning(LifeEventRow.id)
    )
    if changed is None:
        raise NotFoundError(kind=Term("object.life_event"), id=event_id)
    _derive(db, initiative_id)


def add_participant(db: Session, initiative_id: int, participant: Participant) -> int:
    """Write that a person belongs to an initiative; give the id of the bond."""
    row = InitiativePersonRow(
        initiative_id=initiative_id,
        person_id=participant.person_id,
        part=participant.part,
        is_made=participant.is_made,
    )
    db.add(row)
    db.flush()
    return row.id


def load_participant(
    db: Session, initiative_id: int, bond_id: int, *, removed: bool = False
) -> Participant:
    """Load one bond of a person, present or removed. Raises `NotFoundError`."""
    row = db.get(InitiativePersonRow, bond_id)
    if row is None or row.initiative_id != initiative_id or (row.removed_at is None) == removed:
        raise NotFoundError(kind=Term("object.participant"), id=bond_id)
    return Participant(row.person_id, row.part, row.id, row.is_made)


def save_participant_removed(db: Session, bond_id: int, at: datetime | None) -> None:
    """Take a person out of an initiative, or give them back."""
    db.execute(
        update(InitiativePersonRow).where(InitiativePersonRow.id == bond_id).values(removed_at=at)
    )


def is_participant(
    db: Session, initiative_id: int, person_id: int, part: InitiativePart | None = None
) -> bool:
    """Tell whether a person belongs to an initiative, in a part or in any."""
    query = exists().where(
        InitiativePersonRow.initiative_id == initiative_id,
        InitiativePersonRow.person_id == person_id,
        InitiativePersonRow.removed_at.is_(None),
    )
    if part is not None:
        query = query.where(InitiativePersonRow.part == part)
    return bool(db.scalar(select(query)))


def _event(row: LifeEventRow) -> LifeEvent:
    return LifeEvent(
        type=row.type,
        when=When(row.happened_on, row.precision),
        source=row.source,
        certainty=row.certainty,
        note=row.note,
        id=row.id,
    )


def _participants(db: Session, initiative_id: int) -> tuple[Participant, ...]:
    rows = db.scalars(
        select(InitiativePersonRow)
        .where(
            InitiativePersonRow.initiative_id == initiative_id,
            InitiativePersonRow.removed_at.is_(None),
        )
        .order_by(InitiativePersonRow.id)
    )
    return tuple(Participant(row.person_id, row.part, row.id, row.is_made) for row in rows)


def _add_themes(db: Session, initiative_id: int, themes: Iterable[str]) -> None:
    db.add_all(InitiativeThemeRow(initiative_id=initiative_id, theme=theme) for theme in themes)
    db.flush()


def _derive(db: Session, initiative_id: int) -> None:
    life = life_of(list_life_events(db, initiative_id))
    db.execute(
        update(InitiativeRow)
        .where(InitiativeRow.id == initiative_id)
        .values(
            state=life.state,
            founded_on=life.founded.on if life.founded else None,
            founded_precision=life.founded.precision if life.founded else None,
        )
    )

"""Registering initiatives and changing what is known of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from accounts.service import remove_contact_person
from casework import store
from casework.domain.initiative import (
    Codes,
    Initiative,
    InitiativeForm,
    InitiativeInUseError,
    NewInitiative,
    clean_form,
)
from casework.domain.life import LifeEvent, LifeEventType, When, clean_event
from casework.domain.similar import NameIndex
from casework.service.catalogues import known_codes
from casework.service.initiative_people import join
from casework.service.seams import stamp
from core.catalogue import labels, list_items
from core.errors import StaleError
from core.i18n import Term, translator
from core.permissions import Permission
from core.workspace import Transaction, Workspace


@dataclass(frozen=True, slots=True)
class Registration:
    """What became of a form: the initiative's id; or none, and the known ones it is like."""

    id: int | None
    similar: tuple[tuple[int, str], ...] = ()


def register_initiative(
    workspace: Workspace, *, new: NewInitiative, is_sure: bool = False
) -> Registration:
    """Register an initiative, unless one of a similar name is known and nobody said it differs.

    The same form sent twice registers one initiative.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_INITIATIVE)
        form = clean_form(new.form, known_codes(tx))
        known = store.find_initiative_by_token(tx.db, new.token)
        if known is not None:
            return Registration(known)
        similar = () if is_sure else _similar(tx, form.name)
        if similar:
            return Registration(None, similar)
        initiative_id = add_registered(tx, replace(new, form=form))
        if initiative_id is None:
            return Registration(store.find_initiative_by_token(tx.db, new.token))
        if new.leader is not None:
            join(tx, initiative_id, new.leader)
    return Registration(initiative_id)


def add_registered(
    tx: Transaction, new: NewInitiative, *, import_id: int | None = None
) -> int | None:
    """Write an initiative whose form is clean, with what is known of its life.

    None if its form has registered one already.
    """
    by = stamp(tx)
    events = [_founded(tx, new.founded)] if new.founded else []
    if new.is_active:
        events.append(LifeEvent(LifeEventType.SEEN_ACTIVE, When(tx.today)))
    initiative_id = store.add_initiative(tx.db, new.form, by, token=new.token, import_id=import_id)
    if initiative_id is None:
        return None
    for event in events:
        store.add_life_event(tx.db, initiative_id, event, by)
    tx.audit(
        "initiative.registered",
        f"initiative:{initiative_id}",
        themes=len(new.form.themes),
        events=len(events),
    )
    tx.touched("casework")
    return initiative_id


def remove_initiative(workspace: Workspace, *, initiative_id: int) -> None:
    """Take away an initiative registered by mistake, with the people only it mentioned.

    Raises `InitiativeInUseError` if somebody has worked on it since or a case stands on it.
    """
    with workspace.transaction() as tx:
        initiative = store.load_initiative(tx.db, initiative_id, lock=True)
        workspace.require(Permission.EDIT_INITIATIVE)
        if remove_untouched(tx, [initiative]):
            raise InitiativeInUseError(name=initiative.form.name)


def remove_untouched(tx: Transaction, initiatives: Iterable[Initiative]) -> int:
    """Remove initiatives nobody has worked on since they were made; give how many stay.

    The people first heard of there go too, unless something else mentions them.
    """
    stay, met = 0, set()
    for initiative in initiatives:
        if initiative.is_touched or not store.delete_initiative(tx.db, initiative.id):
            stay += 1
            continue
        tx.audit("initiative.removed", f"initiative:{initiative.id}")
        met |= {bond.person_id for bond in initiative.participants if bond.is_made}
    for person_id in sorted(met):
        remove_contact_person(tx, person_id)
    tx.touched("casework")
    return stay


def edit_initiative(
    workspace: Workspace,
    *,
    initiative_id: int,
    version: int,
    seen: InitiativeForm,
    wanted: InitiativeForm,
) -> int:
    """Save what a form holds, if nobody saved since the person saw it; give the new version.

    Raises
    ------
    StaleError
        If somebody did, with what they saved, what was seen and what is wanted.
    """
    with workspace.transaction() as tx:
        initiative = store.load_initiative(tx.db, initiative_id, lock=True)
        workspace.require(Permission.EDIT_INITIATIVE)
        now = initiative.form
        chosen = Codes(frozenset(now.themes), frozenset({now.territory}))
        form = clean_form(wanted, known_codes(tx, chosen))
        if initiative.version != version:
            shown = {"current": now, "yours": form, "original": seen}
            raise StaleError(
                kind=Term("object.initiative"),
                **{name: _shown(tx, value) for name, value in shown.items()},
            )
        store.save_initiative(tx.db, initiative_id, form, version + 1)
        store.save_touched(tx.db, initiative_id, tx.now)
        fields = tuple(
            name for name in InitiativeForm.__slots__ if getattr(now, name) != getattr(form, name)
        )
        tx.audit("initiative.edited", f"initiative:{initiative_id}", fields=fields)
        tx.touched("casework")
    return version + 1


def revert_initiative(
    workspace: Workspace, *, initiative_id: int, version: int, form: Mapping[str, Any]
) -> None:
    """Take an edit back: the form becomes what it was, given as a plain mapping."""
    before = InitiativeForm(**{**form, "themes": tuple(form["themes"])})
    edit_initiative(
        workspace, initiative_id=initiative_id, version=version, seen=before, wanted=before
    )


def archive_initiative(workspace: Workspace, *, initiative_id: int) -> None:
    """Put an initiative away: lists no longer show it, its page and history stay."""
    _set_archived(workspace, initiative_id, is_archived=True)


def unarchive_initiative(workspace: Workspace, *, initiative_id: int) -> None:
    """Take an initiative out of the archive."""
    _set_archived(workspace, initiative_id, is_archived=False)


def _set_archived(workspace: Workspace, initiative_id: int, *, is_archived: bool) -> None:
    with workspace.transaction() as tx:
        store.load_initiative(tx.db, initiative_id, lock=True)
        workspace.require(Permission.EDIT_INITIATIVE)
        store.save_archived(tx.db, initiative_id, tx.today if is_archived else None)
        store.save_touched(tx.db, initiative_id, tx.now)
        action = "initiative.archived" if is_archived else "initiative.unarchived"
        tx.audit(action, f"initiative:{initiative_id}")
        tx.touched("casework")


def _similar(tx: Transaction, name: str) -> tuple[tuple[int, str], ...]:
    names = dict(store.list_initiative_names(tx.db))
    return tuple((found, names[found]) for found in NameIndex(names.items()).find(name))


def _founded(tx: Transaction, when: When) -> LifeEvent:
    return clean_event(LifeEvent(LifeEventType.FOUNDED, when), (), tx.today)


def _shown(tx: Transaction, form: InitiativeForm) -> dict[Term, object]:
    _ = translator(tx.actor.language)
    themes = labels(list_items(tx.db, "theme", active=False), _)
    territories = labels(list_items(tx.db, "territory", active=False), _)
    return {
        Term("field.initiative_name"): form.name,
        Term("field.initiative_summary"): form.summary,
        Term("field.themes"): tuple(themes.get(theme, theme) for theme in form.themes),
        Term("field.territory"): territories.get(form.territory, form.territory),
    }

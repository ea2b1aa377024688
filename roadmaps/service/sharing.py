"""Handing a roadmap out: private links, calendar feeds, and what came back by them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from accounts.service import contacts_of, person_names
from casework.service import case_guard
from casework.service.seams import leaders_of_case, people_of_case, set_steps_removed
from core import links
from core.errors import NotFoundError
from core.i18n import Term
from core.permissions import Permission, may
from core.workspace import Transaction, Workspace
from roadmaps import store
from roadmaps.domain.remark import REMARK, Remark
from roadmaps.service.common import AREA

PAGE: Final = "roadmap"
FEED: Final = "roadmap_feed"
"""The feed that goes with a leader's page: taken back with it, and with nothing else."""
OWN_FEED: Final = "roadmap_own_feed"
_LIVES: Final = timedelta(days=366)
_ONE_MAIL: Final = re.compile(r"[^\s,;<>@]+@[^\s,;<>@]+")  # the field is free: it may say anything


@dataclass(frozen=True, slots=True)
class SharedLinks:
    """The people of the initiative by id, its leaders first; who of them holds a link.

    `has_feed` tells whether the actor's calendar reads the roadmap. `mails` are the addresses
    that are known, for who sees them on the page of the initiative; nothing for anybody else.
    """

    people: dict[int, str]
    live: frozenset[int]
    has_feed: bool
    leaders: frozenset[int] = frozenset()
    mails: Mapping[int, str] = field(default_factory=dict)


def view_roadmap_links(workspace: Workspace, *, roadmap_id: int) -> SharedLinks:
    """Show to whom a roadmap was handed out, and whether the actor's calendar reads it."""
    with workspace.reading() as tx:
        case_id = _case_of(workspace, tx, roadmap_id, Permission.VIEW_ROADMAP)
        ids = people_of_case(tx, case_id)
        names = person_names(tx, ids)
        subjects = {subject_of(roadmap_id, x): x for x in ids}
        live = links.live_subjects(tx.db, PAGE, subjects.keys(), now=tx.now)
        own = subject_of(roadmap_id, tx.actor.person_id)
        mine = links.is_live(tx.db, OWN_FEED, own, now=tx.now)
        leaders = frozenset(leaders_of_case(tx, case_id))
        people = sorted(ids, key=lambda x: x not in leaders)
        shown = {x: names.get(x, "") for x in people}
        mails = _mails(tx, ids)
        return SharedLinks(shown, frozenset(subjects[x] for x in live), mine, leaders, mails)


def make_roadmap_link(workspace: Workspace, *, roadmap_id: int, person_id: int) -> str:
    """Give a person of the initiative a link to the roadmap; an earlier one stops.

    The token of its calendar feed follows from it: `core.links.derived`. Raises
    `NotFoundError` if the person is not of the initiative.
    """
    with workspace.transaction() as tx:
        case_id = _case_of(workspace, tx, roadmap_id, Permission.EDIT_ROADMAP, lock=True)
        if person_id not in people_of_case(tx, case_id):
            raise NotFoundError(kind=Term("object.person"), id=person_id)
        _revoke(tx, roadmap_id, person_id, PAGE, FEED)
        token = _make(tx, roadmap_id, person_id, PAGE)
        _make(tx, roadmap_id, person_id, FEED, links.derived(token, FEED))
        tx.audit("roadmap.link_made", f"roadmap:{roadmap_id}", person=person_id)
    return token


def revoke_roadmap_link(workspace: Workspace, *, roadmap_id: int, person_id: int) -> None:
    """Take a person's link back with its feed: they open nothing from now on."""
    with workspace.transaction() as tx:
        _case_of(workspace, tx, roadmap_id, Permission.EDIT_ROADMAP, lock=True)
        ended = _revoke(tx, roadmap_id, person_id, PAGE, FEED)
        tx.audit("roadmap.link_revoked", f"roadmap:{roadmap_id}", person=person_id, links=ended)


def make_roadmap_feed(workspace: Workspace, *, roadmap_id: int) -> str:
    """Make a link by which the actor's own calendar reads a roadmap; an earlier one stops."""
    with workspace.transaction() as tx:
        _case_of(workspace, tx, roadmap_id, Permission.VIEW_ROADMAP, lock=True)
        _revoke(tx, roadmap_id, tx.actor.person_id, OWN_FEED)
        token = _make(tx, roadmap_id, tx.actor.person_id, OWN_FEED)
        tx.audit("roadmap.feed_made", f"roadmap:{roadmap_id}")
    return token


def revoke_roadmap_feed(workspace: Workspace, *, roadmap_id: int) -> None:
    """Switch the actor's own feed off."""
    with workspace.transaction() as tx:
        _case_of(workspace, tx, roadmap_id, Permission.VIEW_ROADMAP, lock=True)
        ended = _revoke(tx, roadmap_id, tx.actor.person_id, OWN_FEED)
        tx.audit("roadmap.feed_revoked", f"roadmap:{roadmap_id}", links=ended)


def list_remarks(workspace: Workspace, *, roadmap_id: int) -> tuple[tuple[Remark, str], ...]:
    """List what was written on a roadmap by private links, with names, the newest first."""
    with workspace.reading() as tx:
        _case_of(workspace, tx, roadmap_id, Permission.VIEW_ROADMAP)
        remarks = store.list_remarks(tx.db, roadmap_id)
        names = person_names(tx, {remark.person_id for remark in remarks})
        return tuple((one, names.get(one.person_id, "")) for one in reversed(remarks))


def remove_remark(workspace: Workspace, *, remark_id: int) -> None:
    """Take a remark away, with the step that asked to read it."""
    with workspace.transaction() as tx:
        remark = store.load_remark(tx.db, remark_id)
        _case_of(workspace, tx, remark.roadmap_id, Permission.EDIT_ROADMAP, lock=True)
        take_remark_away(tx, remark)


def restore_remark(workspace: Workspace, *, remark_id: int) -> None:
    """Give a removed remark back."""
    with workspace.transaction() as tx:
        remark = store.load_remark(tx.db, remark_id, removed=True)
        _case_of(workspace, tx, remark.roadmap_id, Permission.EDIT_ROADMAP, lock=True)
        store.save_remark_removed(tx.db, remark_id, None)
        set_steps_removed(tx, (REMARK, remark_id), is_removed=False)
        tx.audit("roadmap.remark_restored", f"roadmap:{remark.roadmap_id}", remark=remark_id)
        tx.touched(AREA)


def take_remark_away(tx: Transaction, remark: Remark) -> None:
    """Take a remark away inside a transaction whose actor was allowed to."""
    store.save_remark_removed(tx.db, remark.id, tx.now)
    set_steps_removed(tx, (REMARK, remark.id), is_removed=True)
    tx.audit("roadmap.remark_removed", f"roadmap:{remark.roadmap_id}", remark=remark.id)
    tx.touched(AREA)


def subject_of(roadmap_id: int, person_id: int) -> str:
    """Name what a link opens: one roadmap, for one person."""
    return f"roadmap:{roadmap_id}/person:{person_id}"


def read_subject(subject: str) -> tuple[int, int]:
    """Give the roadmap and the person of a link's subject."""
    roadmap, person = subject.split("/")
    return int(roadmap.partition(":")[2]), int(person.partition(":")[2])


def _case_of(
    workspace: Workspace,
    tx: Transaction,
    roadmap_id: int,
    permission: Permission,
    *,
    lock: bool = False,
) -> int:
    """Give the case of a roadmap if the actor may do this with it."""
    case_id = store.load_case_of(tx.db, roadmap_id, lock=lock)
    workspace.require(permission, case_guard(tx, case_id))
    return case_id


def _mails(tx: Transaction, ids: Iterable[int]) -> dict[int, str]:
    if not may(tx.actor, Permission.VIEW_INITIATIVE):
        return {}
    known = contacts_of(tx, ids).values()
    return {x.id: x.email for x in known if _ONE_MAIL.fullmatch(x.email)}


def _make(
    tx: Transaction, roadmap_id: int, person_id: int, purpose: str, token: str | None = None
) -> str:
    return links.create(
        tx.db, purpose, subject_of(roadmap_id, person_id), now=tx.now, lives=_LIVES,
        max_uses=None, created_by=tx.actor.person_id, token=token,
    )  # fmt: skip


def _revoke(tx: Transaction, roadmap_id: int, person_id: int, *purposes: str) -> int:
    subject = subject_of(roadmap_id, person_id)
    return sum(links.revoke(tx.db, purpose, subject, now=tx.now) for purpose in purposes)

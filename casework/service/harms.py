"""Harm and complaints: open to managers, to the lead of the case and to who wrote them down."""

from datetime import date

from casework import store
from casework.domain.harm import HarmFigures, HarmForm, clean_handling, clean_harm
from casework.domain.outside import HarmLine
from casework.service import seams
from core.errors import ForbiddenError, StaleError
from core.i18n import Term
from core.permissions import Permission, Scope, may, scope
from core.workspace import Transaction, Workspace


def report_harm(
    workspace: Workspace, *, case_id: int, form: HarmForm, token: str | None = None
) -> int:
    """Write down harm or a complaint, as whoever works on the case; give its id."""
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_CASE, seams.case_guard(tx, case_id, lock=True))
        clean = clean_harm(form, tx.today)
        harm_id = store.add_harm(tx.db, case_id, clean, token, seams.stamp(tx))
        if harm_id is None:
            return store.find_harm_by_token(tx.db, token or "") or 0
        tx.audit("harm.reported", f"harm:{harm_id}", case=case_id, kind=clean.kind)
        tx.touched("casework")
    return harm_id


def handle_harm(workspace: Workspace, *, harm_id: int, version: int, handling: str) -> None:
    """Say how it was handled."""
    with workspace.transaction() as tx:
        _require(workspace, tx, harm_id, version)
        store.save_handling(tx.db, harm_id, clean_handling(handling), tx.today)
        tx.audit("harm.handled", f"harm:{harm_id}")
        tx.touched("casework")


def unhandle_harm(workspace: Workspace, *, harm_id: int, version: int) -> None:
    """Take the handling back: it waits again."""
    with workspace.transaction() as tx:
        _require(workspace, tx, harm_id, version)
        store.save_handling(tx.db, harm_id, "", None)
        tx.audit("harm.unhandled", f"harm:{harm_id}")
        tx.touched("casework")


def remove_harm(workspace: Workspace, *, harm_id: int) -> None:
    """Take away what was written down by mistake; who wrote it, and managers, may."""
    with workspace.transaction() as tx:
        found, guard = store.load_harm(tx.db, harm_id)
        workspace.require(Permission.VIEW_HARM, guard)
        is_manager = scope(tx.actor, Permission.VIEW_HARM) is Scope.ALL
        if found.recorded_by != tx.actor.person_id and not is_manager:
            raise ForbiddenError(permission=Permission.VIEW_HARM)
        store.save_harm_removed(tx.db, harm_id, tx.now)
        tx.audit("harm.removed", f"harm:{harm_id}")
        tx.touched("casework")


def list_harms(
    workspace: Workspace, *, since: date, until: date
) -> tuple[tuple[HarmLine, ...], HarmFigures | None]:
    """List harm and complaints that the actor may know of, what waits on top.

    Managers also get how many different initiatives were harmed or complained in the days from
    `since` until before `until`.
    """
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_HARM)
        lines = tuple(
            line
            for line, guard in store.list_harms(tx.db)
            if may(tx.actor, Permission.VIEW_HARM, guard)
        )
        sees_all = scope(tx.actor, Permission.VIEW_HARM) is Scope.ALL
        return lines, store.count_harms(tx.db, since, until) if sees_all else None


def _require(workspace: Workspace, tx: Transaction, harm_id: int, version: int) -> None:
    """Let managers and the lead handle it, but not who merely wrote it down."""
    found, guard = store.load_harm(tx.db, harm_id)
    seams.case_guard(tx, found.case_id, lock=True)
    found, guard = store.load_harm(tx.db, harm_id)
    workspace.require(Permission.VIEW_HARM, guard)
    if scope(tx.actor, Permission.VIEW_HARM) is not Scope.ALL:
        leads = {tx.actor.person_id} | tx.actor.stands_in_for
        if leads.isdisjoint(guard.leads):
            raise ForbiddenError(permission=Permission.VIEW_HARM)
    if found.version != version:
        raise StaleError(
            kind=Term("object.harm"),
            current={Term("field.handling"): found.handling},
            yours={Term("field.handling"): ""},
            original={},
        )

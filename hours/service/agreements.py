"""Agreements: who pays for hours, what is promised to them, and what it serves."""

from core.errors import NotFoundError, StaleError
from core.i18n import Term
from core.permissions import Permission
from core.workspace import Transaction, Workspace
from hours import store
from hours.domain.agreements import Agreement, Served, Terms
from hours.service.cache import AREA


def add_agreement(workspace: Workspace, *, terms: Terms) -> int:
    """Record an agreement with what it promises, and return its id.

    Raises `RequiredError`, `TooLongError`, `OutOfRangeError`.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_PLANS)
        terms = terms.checked()
        agreement_id = store.add_agreement(tx.db, terms)
        tx.audit(
            "hours.agreement_added", f"agreement:{agreement_id}",
            starts_on=terms.starts_on, plans=len(terms.plans),
        )  # fmt: skip
        tx.touched(AREA)
    return agreement_id


def edit_agreement(workspace: Workspace, *, agreement_id: int, version: int, terms: Terms) -> None:
    """Change an agreement and what it promises.

    Raises `StaleError` if somebody changed it since, and what `add_agreement` raises.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_PLANS)
        found = agreement_in(tx, agreement_id, lock=True)
        terms = terms.checked()
        if not store.save_agreement(tx.db, agreement_id, terms, seen_version=version):
            raise StaleError(
                kind=Term("object.agreement"), current=_shown(found.terms), yours=_shown(terms)
            )
        tx.audit(
            "hours.agreement_edited", f"agreement:{agreement_id}",
            starts_on=terms.starts_on, plans=len(terms.plans),
        )  # fmt: skip
        tx.touched(AREA)


def list_agreements(workspace: Workspace) -> tuple[Agreement, ...]:
    """List the agreements, newest first."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_ALL_HOURS)
        return store.list_agreements(tx.db)


def serve_agreement(workspace: Workspace, *, served: Served) -> None:
    """Say which agreement new minutes of an activity serve, from a date on.

    Minutes that are recorded already stay where they count. Raises `NotFoundError`.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_PLANS)
        if served.agreement_id is not None:
            agreement_in(tx, served.agreement_id, lock=True)
        store.save_served(tx.db, served)
        tx.audit(
            "hours.agreement_served", f"agreement:{served.agreement_id or 0}",
            activity=served.activity, valid_from=served.valid_from,
        )  # fmt: skip
        tx.touched(AREA)


def agreement_in(tx: Transaction, agreement_id: int, *, lock: bool = False) -> Agreement:
    """Return an agreement in an open transaction. Raises `NotFoundError`."""
    found = store.find_agreement(tx.db, agreement_id, lock=lock)
    if found is None:
        raise NotFoundError(kind=Term("object.agreement"), id=agreement_id)
    return found


def _shown(terms: Terms) -> dict[Term, object]:
    return {
        Term("field.agreement"): terms.name,
        Term("field.payer"): terms.payer,
        Term("field.starts_on"): terms.starts_on,
        Term("field.ends_on"): terms.ends_on,
        Term("field.period_months"): terms.period_months,
        Term("field.planned_hours"): tuple(plan.minutes // 60 for plan in terms.plans),
    }

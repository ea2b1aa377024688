"""Agreements and what they promise to values and back."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.database import rows_changed
from hours.domain.agreements import Agreement, AgreementPlan, Terms
from hours.tables import Agreement as AgreementRow
from hours.tables import AgreementPlan as PlanRow


def add_agreement(db: Session, terms: Terms) -> int:
    """Write a new agreement and return its id."""
    row = AgreementRow(**_columns(terms))
    db.add(row)
    db.flush()
    _save_plans(db, row.id, terms.plans)
    return row.id


def save_agreement(db: Session, agreement_id: int, terms: Terms, *, seen_version: int) -> bool:
    """Write an agreement over the version somebody saw; tell whether it was still that one."""
    changed = rows_changed(
        db,
        sa.update(AgreementRow)
        .where(AgreementRow.id == agreement_id, AgreementRow.version == seen_version)
        .values(version=seen_version + 1, **_columns(terms)),
    )
    if changed:
        db.execute(sa.delete(PlanRow).where(PlanRow.agreement_id == agreement_id))
        _save_plans(db, agreement_id, terms.plans)
    return bool(changed)


def find_agreement(db: Session, agreement_id: int, *, lock: bool = False) -> Agreement | None:
    """Return an agreement, None if there is none of this id."""
    query = sa.select(AgreementRow).where(AgreementRow.id == agreement_id)
    row = db.scalar(query.with_for_update() if lock else query)
    return None if row is None else _agreements(db, [row])[0]


def list_agreements(db: Session) -> tuple[Agreement, ...]:
    """List the agreements, newest first."""
    order = (AgreementRow.starts_on.desc(), AgreementRow.id.desc())
    return _agreements(db, db.scalars(sa.select(AgreementRow).order_by(*order)).all())


def _agreements(db: Session, rows: Iterable[AgreementRow]) -> tuple[Agreement, ...]:
    rows = tuple(rows)
    plans: dict[int, tuple[AgreementPlan, ...]] = {}
    query = (
        sa.select(PlanRow)
        .where(PlanRow.agreement_id.in_([row.id for row in rows]))
        .order_by(PlanRow.id)
    )
    for plan in db.scalars(query):
        value = AgreementPlan(plan.activity, plan.measure, plan.minutes, plan.person_id)
        plans[plan.agreement_id] = (*plans.get(plan.agreement_id, ()), value)
    return tuple(
        Agreement(
            row.id,
            Terms(
                row.name, row.starts_on, row.ends_on, row.payer, row.period_months, row.pro_rata,
                row.carries_over, plans.get(row.id, ()),
            ),
            row.version,
        )
        for row in rows
    )  # fmt: skip


def _columns(terms: Terms) -> dict[str, object]:
    return {
        "name": terms.name,
        "payer": terms.payer,
        "starts_on": terms.starts_on,
        "ends_on": terms.ends_on,
        "period_months": terms.period_months,
        "pro_rata": terms.pro_rata,
        "carries_over": terms.carries_over,
    }


def _save_plans(db: Session, agreement_id: int, plans: Iterable[AgreementPlan]) -> None:
    rows = [
        {
            "agreement_id": agreement_id, "activity": plan.activity, "measure": plan.measure,
            "person_id": plan.person_id, "minutes": plan.minutes,
        }
        for plan in plans
    ]  # fmt: skip
    if rows:
        db.execute(sa.insert(PlanRow), rows)

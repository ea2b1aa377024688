"""Promises of hours a quarter to values and back."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from hours.domain.entries import Activity
from hours.domain.periods import Period
from hours.domain.plans import HourPlan
from hours.tables import HourPlan as PlanRow


def list_plans(db: Session, period: Period) -> tuple[HourPlan, ...]:
    """List the plans that hold on some day of the period, oldest first."""
    query = (
        sa.select(PlanRow)
        .where(
            PlanRow.valid_from < period.ends_before,
            sa.or_(PlanRow.valid_until.is_(None), PlanRow.valid_until > period.starts_on),
        )
        .order_by(PlanRow.valid_from, PlanRow.id)
    )
    return tuple(_plan(row) for row in db.scalars(query))


def list_neighbours(
    db: Session, activity: Activity, agreement_id: int | None, *, lock: bool = False
) -> tuple[HourPlan, ...]:
    """List every plan of one activity under one agreement, oldest first; `lock` for a change."""
    query = (
        sa.select(PlanRow)
        .where(
            PlanRow.activity == activity, PlanRow.agreement_id.is_not_distinct_from(agreement_id)
        )
        .order_by(PlanRow.valid_from)
    )
    if lock:  # whoever waited for the locks looks again: plans may have been added meanwhile
        db.execute(query.with_for_update())
        db.expire_all()
    return tuple(_plan(row) for row in db.scalars(query))


def save_plan(db: Session, plan: HourPlan) -> int:
    """Write a plan, a new one when it has no id, and return its id."""
    row = PlanRow() if plan.id is None else db.get_one(PlanRow, plan.id)
    row.activity, row.minutes = plan.activity, plan.minutes
    row.valid_from, row.valid_until = plan.valid_from, plan.valid_until
    row.agreement_id = plan.agreement_id
    db.add(row)
    db.flush()
    return row.id


def delete_plan(db: Session, plan_id: int | None) -> None:
    """Delete a plan."""
    db.execute(sa.delete(PlanRow).where(PlanRow.id == plan_id))


def _plan(row: PlanRow) -> HourPlan:
    return HourPlan(
        id=row.id,
        activity=row.activity,
        minutes=row.minutes,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        agreement_id=row.agreement_id,
    )

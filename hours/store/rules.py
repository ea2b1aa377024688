"""The rules that managers set with dates: what counts, and which agreement an activity serves."""

from datetime import date, datetime
from types import MappingProxyType
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from hours.domain.agreements import Served
from hours.domain.counting import CountingRule, rules_with
from hours.domain.entries import Activity, TimeKind
from hours.tables import CountedKind, ServedAgreement
from hours.tables import CountingRule as RuleRow

_RULES: Final = "hours.rules"


def load_rules(db: Session) -> tuple[CountingRule, ...]:
    """Return every rule of what counts, the one from the beginning first.

    Read once per transaction: every figure asks for it.
    """
    if _RULES not in db.info:
        db.info[_RULES] = rules_with(list_rules(db))
    rules: tuple[CountingRule, ...] = db.info[_RULES]
    return rules


def list_rules(db: Session) -> tuple[CountingRule, ...]:
    """List the rules that were set, oldest first."""
    kinds: dict[int, dict[Activity, set[TimeKind]]] = {}
    rows = db.scalars(sa.select(RuleRow).order_by(RuleRow.valid_from)).all()
    if rows:
        for rule_id, activity, kind in db.execute(
            sa.select(CountedKind.rule_id, CountedKind.activity, CountedKind.kind)
        ):
            kinds.setdefault(rule_id, {}).setdefault(activity, set()).add(kind)
    return tuple(
        CountingRule(
            row.valid_from,
            MappingProxyType(
                {each: frozenset(kinds.get(row.id, {}).get(each, ())) for each in Activity}
            ),
            row.outside_counts, row.id, row.made_at, row.made_by,
        )
        for row in rows
    )  # fmt: skip


def save_rule(db: Session, rule: CountingRule, by: int, at: datetime) -> int:
    """Write a rule over the one of the same date, and return its id."""
    db.info.pop(_RULES, None)
    row = db.scalar(sa.select(RuleRow).where(RuleRow.valid_from == rule.valid_from))
    if row is None:
        row = RuleRow(valid_from=rule.valid_from)
        db.add(row)
    row.outside_counts, row.made_at, row.made_by = rule.outside_counts, at, by
    db.flush()
    db.execute(sa.delete(CountedKind).where(CountedKind.rule_id == row.id))
    kinds = [
        {"rule_id": row.id, "activity": activity, "kind": kind}
        for activity, counted in rule.kinds.items()
        for kind in sorted(counted)
    ]
    if kinds:
        db.execute(sa.insert(CountedKind), kinds)
    return row.id


def delete_rule(db: Session, rule_id: int) -> bool:
    """Delete a rule; tell whether there was one."""
    db.info.pop(_RULES, None)
    row = db.get(RuleRow, rule_id)
    if row is None:
        return False
    db.execute(sa.delete(CountedKind).where(CountedKind.rule_id == rule_id))
    db.delete(row)
    db.flush()
    return True


def list_served(db: Session) -> tuple[Served, ...]:
    """List which agreement each activity serves since when, oldest first."""
    query = sa.select(ServedAgreement).order_by(ServedAgreement.valid_from)
    return tuple(
        Served(row.activity, row.valid_from, row.agreement_id) for row in db.scalars(query)
    )


def save_served(db: Session, served: Served) -> None:
    """Write which agreement an activity serves from a date on, over what was said of that date."""
    row = db.scalar(
        sa.select(ServedAgreement).where(
            ServedAgreement.activity == served.activity,
            ServedAgreement.valid_from == served.valid_from,
        )
    )
    if row is None:
        row = ServedAgreement(activity=served.activity, valid_from=served.valid_from)
        db.add(row)
    row.agreement_id = served.agreement_id
    db.flush()


def delete_served(db: Session, activity: Activity, valid_from: date) -> None:
    """Forget what was said of an activity from a date on."""
    db.execute(
        sa.delete(ServedAgreement).where(
            ServedAgreement.activity == activity, ServedAgreement.valid_from == valid_from
        )
    )

"""Plan and fact of agreements, each measure by itself."""

from dataclasses import replace
from datetime import date, timedelta

from accounts.service import people_in, person_names
from core.errors import InvalidError
from core.i18n import Term
from core.permissions import Permission, Role
from core.workspace import Transaction, Workspace
from hours import store
from hours.domain.agreements import Agreement, AgreementPlan, Measure
from hours.domain.events import EventQuery
from hours.domain.figures import HoursFigure, HoursQuery
from hours.domain.periods import Period
from hours.domain.promises import (
    AgreementLine,
    AgreementView,
    PlanFact,
    plan_fact,
    staff_plans,
)
from hours.service.agreements import agreement_in
from hours.service.closing import policy_in
from hours.service.events import events_in
from hours.service.figures import calendar_in, figure_in
from hours.service.months import overrides_in

_ONE_DAY = timedelta(days=1)


def view_agreements(workspace: Workspace) -> tuple[AgreementLine, ...]:
    """List the agreements, newest first, each with its present period's staff time."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_ALL_HOURS)
        return tuple(_listed(tx, agreement) for agreement in store.list_agreements(tx.db))


def view_agreement(workspace: Workspace, *, agreement_id: int, since: str = "") -> AgreementView:
    """Show one agreement: plan and fact of one of its periods, the present one without `since`.

    Raises `NotFoundError`; `InvalidError` if no period begins on that (ISO) date.
    """
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_ALL_HOURS)
        agreement, periods, period = period_in(tx, agreement_id, since)
        staff = figure_in(tx, HoursQuery(period, agreement_id=agreement_id))
        lines = tuple(_line(tx, agreement, plan, period) for plan in agreement.terms.plans)
        overrides = overrides_in(tx, period)
        people = {each.person_id for each in overrides} | {each.made_by for each in overrides}
        people |= {plan.person_id for plan in agreement.terms.plans if plan.person_id is not None}
        return AgreementView(
            agreement=agreement,
            today=tx.today,
            period=period,
            periods=periods,
            lines=lines,
            staff=staff.minutes,
            approved=staff.approved,
            events=events_in(tx, EventQuery(period, agreement_id=agreement_id)),
            serves=tuple(
                rule for rule in store.list_served(tx.db) if rule.agreement_id == agreement_id
            ),
            overrides=overrides,
            names=person_names(tx, people),
            rounding=policy_in(tx).rounding,
        )


def period_in(
    tx: Transaction, agreement_id: int, since: str = ""
) -> tuple[Agreement, tuple[Period, ...], Period]:
    """Give an agreement, its periods until today, and the one asked for or the present one.

    Raises `NotFoundError`; `InvalidError` if no period begins on that (ISO) date.
    """
    agreement = agreement_in(tx, agreement_id)
    periods = agreement.terms.periods(max(tx.today, agreement.terms.starts_on) + _ONE_DAY)
    return agreement, periods, _chosen(periods, since)


def edit_choices(
    workspace: Workspace, *, agreement_id: int | None = None
) -> tuple[Agreement | None, dict[int, str], date]:
    """Give what the form of an agreement needs: itself, the consultants, and today."""
    with workspace.reading() as tx:
        workspace.require(Permission.EDIT_PLANS)
        found = None if agreement_id is None else agreement_in(tx, agreement_id)
        people = {person.id: person.name for person in people_in(tx, Role.CONSULTANT)}
        planned = {plan.person_id for plan in found.terms.plans if plan.person_id} if found else ()
        return found, people | person_names(tx, planned), tx.today


def export_agreement(workspace: Workspace, *, agreement_id: int, lines: int) -> None:
    """Write into the trail that plan and fact of an agreement were taken away as a file."""
    with workspace.transaction() as tx:
        workspace.require(Permission.EXPORT)
        workspace.require(Permission.VIEW_ALL_HOURS)
        agreement_in(tx, agreement_id)
        tx.audit("hours.exported", f"agreement:{agreement_id}", rows=lines)


def over_own(tx: Transaction, person_id: int) -> tuple[tuple[str, int], ...]:
    """Name the agreements of which a person's own part is exceeded today, with by how much [min].

    Asks for the actor's own hours, or the right to see all.
    """
    found: list[tuple[str, int]] = []
    for agreement in store.list_agreements(tx.db):
        period = agreement.terms.period_at(tx.today)
        for plan in agreement.terms.plans:
            if plan.person_id == person_id and period is not None:
                line = _line(tx, agreement, plan, period)
                if line.pace.done > line.pace.plan:
                    found.append((agreement.name, line.pace.done - line.pace.plan))
    return tuple(found)


def _listed(tx: Transaction, agreement: Agreement) -> AgreementLine:
    terms = agreement.terms
    period = terms.period_at(tx.today)
    if period is None:
        return AgreementLine(agreement, None, 0, 0)
    plans = staff_plans(terms)
    lines = [_line(tx, agreement, plan, period) for plan in plans]
    done = sum(line.pace.done for line in lines)
    if not plans:
        done = figure_in(tx, HoursQuery(period, agreement_id=agreement.id)).minutes
    return AgreementLine(agreement, period, sum(line.pace.plan for line in lines), done)


def _line(tx: Transaction, agreement: Agreement, plan: AgreementPlan, period: Period) -> PlanFact:
    terms = agreement.terms
    whole = Period(terms.starts_on, min(terms.days.ends_before, max(period.ends_before, tx.today)))
    done, approved = _facts(tx, agreement.id, plan, whole, period)
    found = plan_fact(terms, plan, period, done, tx.today, calendar_in(tx))
    return replace(found, approved=approved)


def _facts(
    tx: Transaction, agreement_id: int, plan: AgreementPlan, whole: Period, period: Period
) -> tuple[dict[date, int], int]:
    """Give the facts of a plan by day, and how much of the period's is approved."""
    if plan.measure is Measure.STAFF:
        query = HoursQuery(whole, plan.activity, plan.person_id, agreement_id=agreement_id)
        facts: HoursFigure = figure_in(tx, query)
        return dict(facts.by_day), figure_in(tx, replace(query, period=period)).approved
    asked = EventQuery(whole, plan.activity, agreement_id)
    by_event = plan.measure is Measure.EVENT
    days = {day: once if by_event else each for day, once, each in events_in(tx, asked).by_day}
    once, each = events_in(tx, replace(asked, period=period)).approved
    return days, once if by_event else each


def _chosen(periods: tuple[Period, ...], since: str) -> Period:
    if not since:
        return periods[-1]
    for period in periods:
        if period.starts_on.isoformat() == since:
            return period
    raise InvalidError(field=Term("field.period"), value=since[:40])

"""Amounts and moments of a plan in the reader's language."""

from datetime import UTC, datetime

from core.i18n import Translator
from roadmaps.domain.calendar import MINUTES_OF_HOUR
from roadmaps.domain.plan import PlanUnit
from roadmaps.domain.worktime import Span


def amount(_: Translator, units: int, unit: PlanUnit) -> str:
    """Say how long something is: 5 working days, 40 working hours (of minutes, whole hours too)."""
    if unit is PlanUnit.MINUTE and units and not units % MINUTES_OF_HOUR:
        return amount(_, units // MINUTES_OF_HOUR, PlanUnit.HOUR)
    if unit is PlanUnit.DAY:
        return _.plural("{n} working day", "{n} working days", units)
    if unit is PlanUnit.HOUR:
        return _.plural("{n} working hour", "{n} working hours", units)
    return _.plural("{n} working minute", "{n} working minutes", units)


def moment(_: Translator, at: datetime, unit: PlanUnit) -> str:
    """Say when something is: the day, and the time of day where the plan counts hours."""
    if unit is PlanUnit.DAY:
        return _.date(at.date())
    return _.moment(at.replace(tzinfo=UTC), UTC)


def period(_: Translator, span: Span, unit: PlanUnit) -> str:
    """Say from when until when a task lasts; one moment for a milestone or a single day."""
    first, last = moment(_, span.start, unit), moment(_, span.finish, unit)
    return first if first == last else f"{first} – {last}"

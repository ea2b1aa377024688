"""Tables of work time, of the hours that were promised, and of the rules of counting."""

from hours.tables.entries import (
    DayLock,
    DaySum,
    HeldEvent,
    LockOverride,
    TimeEntry,
    TimeEntryShare,
    TimeEntryTopic,
    Work,
)
from hours.tables.plans import (
    Agreement,
    AgreementPlan,
    CountedKind,
    CountingRule,
    HourPlan,
    ServedAgreement,
)

__all__ = [
    "Agreement",
    "AgreementPlan",
    "CountedKind",
    "CountingRule",
    "DayLock",
    "DaySum",
    "HeldEvent",
    "HourPlan",
    "LockOverride",
    "ServedAgreement",
    "TimeEntry",
    "TimeEntryShare",
    "TimeEntryTopic",
    "Work",
]

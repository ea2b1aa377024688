"""What readers and writers of Microsoft Project's XML (MSPDI) share: names, codes, durations."""

import re
from typing import Final

from roadmaps.domain.plan import LinkKind
from roadmaps.domain.terms import ConstraintKind

NAMESPACE: Final = "http://schemas.microsoft.com/project"
LINK_CODES: Final = {LinkKind.FF: "0", LinkKind.FS: "1", LinkKind.SF: "2", LinkKind.SS: "3"}
CONSTRAINT_CODES: Final = {
    ConstraintKind.ASAP: "0",
    ConstraintKind.ALAP: "1",
    ConstraintKind.MSO: "2",
    ConstraintKind.MFO: "3",
    ConstraintKind.SNET: "4",
    ConstraintKind.SNLT: "5",
    ConstraintKind.FNET: "6",
    ConstraintKind.FNLT: "7",
}
ELAPSED_FORMATS: Final = {"4", "6", "8", "10", "12", "36", "38", "40", "42", "44"}
PERCENT_FORMATS: Final = {"19", "20", "51", "52"}
ELAPSED_DAYS, WORKING_DAYS = "8", "7"
TENTHS: Final = 10
UNASSIGNED: Final = -65535
NO_CALENDAR: Final = "-1"
# Custom fields of Project in which our own values travel, by their published numbers.
OPTIMISTIC, LIKELY, PESSIMISTIC = "188743783", "188743784", "188743785"
OFF_PATH: Final = "188743752"
ALIASES: Final = {
    OPTIMISTIC: ("Duration1", "Optimistic duration"),
    LIKELY: ("Duration2", "Likely duration"),
    PESSIMISTIC: ("Duration3", "Pessimistic duration"),
    OFF_PATH: ("Flag1", "Left out of the critical path"),
}
_DURATION: Final = re.compile(
    r"-?P(?:(\d{1,7})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.\d+)?S)?)?"
)
_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60


def seconds_of(text: str) -> int:
    """Read a duration such as `PT8H0M0S` [s]; ValueError if it is none."""
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ValueError(text[:40])
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return days * _DAY + hours * _HOUR + minutes * _MINUTE + seconds


def duration_of(minutes: int) -> str:
    """Write a duration of minutes."""
    return f"PT{minutes // _MINUTE}H{minutes % _MINUTE}M0S"

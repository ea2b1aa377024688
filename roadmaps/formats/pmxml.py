"""What the readers of Primavera's XML (PMXML) share: names, codes, texts, moments.

Its elements may stand in one of many namespaces, one for each release, or in none: `bare` takes
them away.
"""

import math
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element

from roadmaps.domain.calendar import MINUTES_OF_HOUR
from roadmaps.domain.plan import LinkKind
from roadmaps.domain.terms import ConstraintKind

LINKS: Final = {
    "Finish to Start": LinkKind.FS,
    "Start to Start": LinkKind.SS,
    "Finish to Finish": LinkKind.FF,
    "Start to Finish": LinkKind.SF,
}
# A mandatory date breaks links in Primavera; here links are kept and the float is negative.
CONSTRAINTS: Final = {
    "Start On": ConstraintKind.MSO,
    "Start On or After": ConstraintKind.SNET,
    "Start On or Before": ConstraintKind.SNLT,
    "Mandatory Start": ConstraintKind.MSO,
    "Finish On": ConstraintKind.MFO,
    "Finish On or After": ConstraintKind.FNET,
    "Finish On or Before": ConstraintKind.FNLT,
    "Mandatory Finish": ConstraintKind.MFO,
    "As Late As Possible": ConstraintKind.ALAP,
}
MILESTONES: Final = {"Start Milestone", "Finish Milestone"}
SPANNING: Final = {"Level of Effort", "WBS Summary"}
ON_RESOURCE: Final = "Resource Dependent"
ALL_HOURS: Final = "24 Hour Calendar"
OF_SUCCESSOR: Final = "Successor Activity Calendar"
OF_PROJECT: Final = "Project Default Calendar"


def bare(root: Element) -> Element:
    """Take the namespaces off the names of all elements."""
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def text(element: Element, name: str) -> str:
    """Give the text of a child; empty where it has none or is nil."""
    return (element.findtext(name) or "").strip()


def moment(element: Element, name: str) -> datetime | None:
    """Give the moment of a child, to the minute."""
    written = text(element, name)
    if not written:
        return None
    return datetime.fromisoformat(written).replace(tzinfo=None, second=0, microsecond=0)


def minutes(element: Element, *names: str) -> int | None:
    """Give the first of several numbers of hours that is there [min]; ValueError if it is none."""
    for name in names:
        written = text(element, name)
        if written:
            hours = float(written)
            if not math.isfinite(hours):
                raise ValueError(written[:40])
            return round(hours * MINUTES_OF_HOUR)
    return None


def number(element: Element, name: str, usual: float) -> float:
    """Give a number of a child, or what is usual; ValueError if it is none."""
    found = float(text(element, name) or usual)
    if not math.isfinite(found):
        raise ValueError(text(element, name)[:40])
    return found

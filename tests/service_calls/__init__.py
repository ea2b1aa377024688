"""One call of every public service function, and who may make it.

The matrix of permissions tries each as everybody; the trail is read after each.
"""

from typing import Final

from tests.service_calls.beyond import BEYOND
from tests.service_calls.cases import CASEWORK, PRIVATE
from tests.service_calls.councils import PANELS
from tests.service_calls.engagements import ENGAGEMENTS
from tests.service_calls.hours import HOURS
from tests.service_calls.meetings import MEETINGS
from tests.service_calls.people import ACCOUNTS, DASHBOARDS
from tests.service_calls.plans import DIAGNOSTICS, ROADMAPS
from tests.service_calls.rules import Call
from tests.service_calls.templates import TEMPLATES

__all__ = ["CALLS", "PRIVATE", "Call"]

CALLS: Final[dict[str, Call]] = {
    f"{feature}.{name}": call
    for feature, calls in {
        "accounts": ACCOUNTS,
        "hours": HOURS,
        "casework": CASEWORK | MEETINGS | ENGAGEMENTS | BEYOND,
        "diagnostics": DIAGNOSTICS,
        "roadmaps": ROADMAPS | TEMPLATES,
        "panels": PANELS,
        "dashboards": DASHBOARDS,
    }.items()
    for name, call in calls.items()
}

"""Pages of diagnostics."""

from core.i18n import N_
from core.permissions import Permission
from core.ui.navigation import Group, PageSpec

PAGES = (
    PageSpec(
        url="diagnostics",
        path="diagnostics/pages/diagnostics.py",
        title=N_("Diagnostics"),
        group=Group.DIAGNOSTICS,
        icon=":material/monitor_heart:",
        permission=Permission.VIEW_DIAGNOSTIC,
    ),
    PageSpec(
        url="assessment_new",
        path="diagnostics/pages/assessment_new.py",
        title=N_("Start a diagnostic"),
        group=Group.DIAGNOSTICS,
        icon=":material/add:",
        permission=Permission.RUN_DIAGNOSTIC,
        hidden=True,
    ),
    PageSpec(
        url="assessment",
        path="diagnostics/pages/assessment.py",
        title=N_("One diagnostic"),
        group=Group.DIAGNOSTICS,
        icon=":material/monitor_heart:",
        permission=Permission.VIEW_DIAGNOSTIC,
        hidden=True,
    ),
    PageSpec(
        url="instrument",
        path="diagnostics/pages/instrument.py",
        title=N_("Instruments"),
        group=Group.DIAGNOSTICS,
        icon=":material/fact_check:",
        permission=Permission.VIEW_DIAGNOSTIC,
    ),
)

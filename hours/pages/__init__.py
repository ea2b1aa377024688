"""Pages of work time."""

from core.i18n import N_
from core.permissions import Permission
from core.ui.navigation import Group, PageSpec

PAGES: tuple[PageSpec, ...] = (
    PageSpec(
        url="my_hours",
        path="hours/pages/my_hours.py",
        title=N_("My hours"),
        group=Group.WORK,
        icon=":material/schedule:",
        permission=Permission.VIEW_OWN_HOURS,
    ),
    PageSpec(
        url="hours_month",
        path="hours/pages/month.py",
        title=N_("Hours of the month"),
        group=Group.WORK,
        icon=":material/fact_check:",
        permission=Permission.APPROVE_HOURS,
    ),
    PageSpec(
        url="settings",
        path="hours/pages/settings.py",
        title=N_("Centre and promise of hours"),
        group=Group.ADMINISTRATION,
        icon=":material/tune:",
        permission=Permission.EDIT_PLANS,
    ),
)

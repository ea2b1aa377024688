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
        url="agreements",
        path="hours/pages/agreements.py",
        title=N_("Agreements"),
        group=Group.DASHBOARDS,
        icon=":material/handshake:",
        permission=Permission.VIEW_ALL_HOURS,
    ),
    PageSpec(
        url="agreement",
        path="hours/pages/agreement.py",
        title=N_("Agreement"),
        group=Group.DASHBOARDS,
        icon=":material/handshake:",
        permission=Permission.VIEW_ALL_HOURS,
        hidden=True,
    ),
    PageSpec(
        url="agreement_edit",
        path="hours/pages/agreement_edit.py",
        title=N_("Agreement"),
        group=Group.DASHBOARDS,
        icon=":material/handshake:",
        permission=Permission.VIEW_ALL_HOURS,
        hidden=True,
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

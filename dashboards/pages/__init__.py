"""Pages that show everything at once."""

from core.i18n import N_
from core.permissions import Permission
from core.ui.navigation import Group, PageSpec

PAGES: tuple[PageSpec, ...] = (
    PageSpec(
        url="desk",
        path="dashboards/pages/desk.py",
        title=N_("My desk"),
        group=Group.DESK,
        icon=":material/home:",
        default=True,
    ),
    PageSpec(
        url="hours",
        path="dashboards/pages/hours.py",
        title=N_("Hours of the quarter"),
        group=Group.DASHBOARDS,
        icon=":material/bar_chart:",
        permission=Permission.VIEW_ALL_HOURS,
    ),
    PageSpec(
        url="served",
        path="dashboards/pages/served.py",
        title=N_("Who was helped"),
        group=Group.DASHBOARDS,
        icon=":material/diversity_3:",
        permission=Permission.VIEW_ALL_HOURS,
        hidden=True,
    ),
    PageSpec(
        url="hours_month",
        path="dashboards/pages/month.py",
        title=N_("Hours of the month"),
        group=Group.WORK,
        icon=":material/fact_check:",
        permission=Permission.APPROVE_HOURS,
    ),
    PageSpec(
        url="journal",
        path="dashboards/pages/journal.py",
        title=N_("Journal for signature"),
        group=Group.WORK,
        icon=":material/print:",
        permission=Permission.VIEW_OWN_HOURS,
    ),
    PageSpec(
        url="hour_rows",
        path="dashboards/pages/hour_rows.py",
        title=N_("Behind the hours"),
        group=Group.DASHBOARDS,
        icon=":material/list:",
        permission=Permission.VIEW_OWN_HOURS,
        hidden=True,
    ),
)

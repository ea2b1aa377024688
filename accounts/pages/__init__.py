"""Pages of people and sign-in."""

from core.i18n import N_
from core.permissions import Permission
from core.ui.navigation import Group, PageSpec

PAGES = (
    PageSpec(
        url="people",
        path="accounts/pages/people.py",
        title=N_("People"),
        group=Group.ADMINISTRATION,
        icon=":material/group:",
        permission=Permission.MANAGE_PEOPLE,
    ),
    PageSpec(
        url="person",
        path="accounts/pages/person.py",
        title=N_("Person"),
        group=Group.ADMINISTRATION,
        icon=":material/person:",
        permission=Permission.MANAGE_PEOPLE,
        hidden=True,
    ),
    PageSpec(
        url="audit",
        path="accounts/pages/audit.py",
        title=N_("Audit trail"),
        group=Group.ADMINISTRATION,
        icon=":material/history:",
        permission=Permission.VIEW_AUDIT,
    ),
    PageSpec(
        url="profile",
        path="accounts/pages/profile.py",
        title=N_("My profile"),
        group=Group.DESK,
        icon=":material/person:",
        hidden=True,
    ),
)

"""The pages of panels."""

from typing import Final

from core.i18n import N_
from core.permissions import Permission
from core.ui.navigation import Group, PageSpec

PAGES: Final = (
    PageSpec(
        url="panels",
        path="panels/pages/panels.py",
        title=N_("Councils"),
        group=Group.PANELS,
        permission=Permission.VIEW_PANEL,
        icon=":material/groups:",
    ),
    PageSpec(
        url="scores",
        path="panels/pages/scores.py",
        title=N_("My scores"),
        group=Group.PANELS,
        permission=Permission.SCORE_SUBMISSION,
        icon=":material/rate_review:",
    ),
    PageSpec(
        url="panel",
        path="panels/pages/panel.py",
        title=N_("Council"),
        group=Group.PANELS,
        permission=Permission.VIEW_PANEL,
        icon=":material/groups:",
        hidden=True,
    ),
    PageSpec(
        url="panel_new",
        path="panels/pages/panel_new.py",
        title=N_("New council"),
        group=Group.PANELS,
        permission=Permission.CREATE_PANEL,
        icon=":material/group_add:",
        hidden=True,
    ),
    PageSpec(
        url="sheet",
        path="panels/pages/sheet.py",
        title=N_("Score sheet"),
        group=Group.PANELS,
        permission=Permission.SCORE_SUBMISSION,
        icon=":material/checklist:",
        hidden=True,
    ),
    PageSpec(
        url="submission",
        path="panels/pages/submission.py",
        title=N_("Project before a council"),
        group=Group.PANELS,
        permission=Permission.VIEW_PANEL,
        icon=":material/description:",
        hidden=True,
    ),
)

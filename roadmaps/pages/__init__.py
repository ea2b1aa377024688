"""The pages of roadmaps."""

from core.i18n import N_
from core.permissions import Permission
from core.ui.navigation import Group, PageSpec

PAGES: tuple[PageSpec, ...] = (
    PageSpec(
        url="roadmaps",
        path="roadmaps/pages/roadmaps.py",
        title=N_("Roadmaps"),
        group=Group.ROADMAPS,
        permission=Permission.VIEW_ROADMAP,
        icon=":material/route:",
    ),
    PageSpec(
        url="roadmap",
        path="roadmaps/pages/roadmap.py",
        title=N_("Roadmap"),
        group=Group.ROADMAPS,
        permission=Permission.VIEW_ROADMAP,
        icon=":material/route:",
        hidden=True,
    ),
    PageSpec(
        url="roadmap_new",
        path="roadmaps/pages/roadmap_new.py",
        title=N_("New roadmap"),
        group=Group.ROADMAPS,
        permission=Permission.EDIT_ROADMAP,
        icon=":material/add_road:",
        hidden=True,
    ),
)

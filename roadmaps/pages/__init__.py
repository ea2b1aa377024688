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
        url="roadmap_portfolio",
        path="roadmaps/pages/roadmap_portfolio.py",
        title=N_("Portfolio of roadmaps"),
        group=Group.ROADMAPS,
        permission=Permission.VIEW_ROADMAP,
        icon=":material/view_timeline:",
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
    PageSpec(
        url="roadmap_templates",
        path="roadmaps/pages/roadmap_templates.py",
        title=N_("Templates"),
        group=Group.ROADMAPS,
        permission=Permission.VIEW_ROADMAP,
        icon=":material/library_books:",
    ),
    PageSpec(
        url="roadmap_template",
        path="roadmaps/pages/roadmap_template.py",
        title=N_("Template"),
        group=Group.ROADMAPS,
        permission=Permission.VIEW_ROADMAP,
        icon=":material/library_books:",
        hidden=True,
    ),
    PageSpec(
        url="roadmap_add",
        path="roadmaps/pages/roadmap_add.py",
        title=N_("Steps into a roadmap"),
        group=Group.ROADMAPS,
        permission=Permission.EDIT_ROADMAP,
        icon=":material/playlist_add:",
        hidden=True,
    ),
    PageSpec(
        url="roadmap_held",
        path="roadmaps/pages/roadmap_held.py",
        title=N_("Steps of a private meeting"),
        group=Group.ROADMAPS,
        permission=Permission.VIEW_ROADMAP,
        icon=":material/lock:",
        hidden=True,
    ),
)

"""All pages of the program, as the entry script assembles them."""

import accounts.pages
import casework.pages
import dashboards.pages
import diagnostics.pages
import hours.pages
import panels.pages
import roadmaps.pages
from core.ui.navigation import PageSpec as Spec

SPECS: tuple[Spec, ...] = tuple(
    spec
    for feature in (accounts, casework, dashboards, diagnostics, hours, panels, roadmaps)
    for spec in feature.pages.PAGES
)

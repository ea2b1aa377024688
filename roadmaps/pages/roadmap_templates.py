"""All templates: what others did before, how long it takes, when its laws were compared."""

import streamlit as st

from casework.pages.parts.filters import choose
from core.ui.address import asked
from core.ui.desk import heading, words, workspace
from core.ui.tables import Column, table
from roadmaps.domain.template import TemplateTheme
from roadmaps.domain.template_views import TemplateSearch
from roadmaps.service import list_templates

_ = words()
here = workspace()
carried = {name: asked(name)[:10] for name in ("case", "need") if asked(name)}

heading(
    _("Templates"),
    _("How have others done it, and how long does it take?"),
    (_("New roadmap"), "roadmap_new", carried),
)
with st.container(horizontal=True, vertical_alignment="bottom", key="templates_filters"):
    themes = {theme.value: _.label(theme) for theme in TemplateTheme}
    theme = choose(_("Theme"), "theme", {"": _("Every theme")} | themes)
search = TemplateSearch(theme=TemplateTheme(theme) if theme else None)
lines = list_templates(here, search, language=_.language)
table(
    [
        {
            "title": line.title,
            "length": line.length,
            "steps": line.steps,
            "theme": line.theme,
            "stale": line.stale or None,
            "checked_on": line.checked_on,
            "whose": _("the centre") if line.is_own else _("the program"),
            "about": line.about,
        }
        for line in lines
    ],
    {
        "title": Column(_("Template"), width=290),
        "about": Column(_("What it is for"), width=330),
        "length": Column(_("Length"), "number", unit=_("working days")),
        "steps": Column(_("Steps"), "number", width="small"),
        "theme": Column(_("Theme"), "status"),
        "stale": Column(
            _("To be checked"),
            "number",
            help=_("Laws that nobody has compared with their text within twelve months"),
        ),
        "checked_on": Column(_("Checked on"), "date"),
        "whose": Column(_("Made by")),
    },
    key="templates",
    opens=("roadmap_template", "template", [{"template": line.ref} | carried for line in lines]),
)
st.caption(
    _(
        "A template gives a plan that you then make your own. Any roadmap can be kept as a"
        " template of the centre: open it and choose “Use it again”."
    )
)

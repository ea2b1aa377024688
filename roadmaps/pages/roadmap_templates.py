"""All templates: what others did before, how long it takes, when its laws were compared."""

import streamlit as st

from casework.pages.parts.filters import choose, search_text
from core.ui.desk import asked, heading, words, workspace
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
    text = search_text(_("Name or a word of it"), "text")
    themes = {theme.value: _.label(theme) for theme in TemplateTheme}
    theme = choose(_("Theme"), "theme", {"": _("Every theme")} | themes)
search = TemplateSearch(text, TemplateTheme(theme) if theme else None)
lines = list_templates(here, search, language=_.language)
table(
    [
        {
            "title": line.title,
            "theme": line.theme,
            "about": line.about,
            "steps": line.steps,
            "length": line.length,
            "laws": line.laws or None,
            "stale": line.stale or None,
            "checked_on": line.checked_on,
            "whose": _("the centre") if line.is_own else _("the program"),
        }
        for line in lines
    ],
    {
        "title": Column(_("Template"), width="medium"),
        "theme": Column(_("Theme"), "status"),
        "about": Column(_("What it is for"), width="large"),
        "steps": Column(_("Steps"), "number"),
        "length": Column(_("Length"), "number", unit=_("working days")),
        "laws": Column(_("Laws"), "number"),
        "stale": Column(
            _("To be checked"),
            "number",
            help=_("Laws that nobody has compared with their text within twelve months"),
        ),
        "checked_on": Column(_("Checked on"), "date"),
        "whose": Column(_("From")),
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

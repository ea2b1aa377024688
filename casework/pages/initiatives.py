"""Every initiative the centre knows: what it does, where, and whether it lives."""

import streamlit as st

from casework.domain.initiative import InitiativeFilter
from casework.domain.life import InitiativeState
from casework.pages.parts.filters import choose, search_text
from casework.pages.parts.initiative_words import options, when_words
from casework.service import InitiativePage, choice_lists, export_initiatives, list_initiatives
from core.catalogue import labels
from core.ui.desk import can_open, empty, heading, link, words, workspace
from core.ui.tables import PAGE, Column, page_asked, table

ARCHIVE = "archive"

_ = words()
here = workspace()
lists = choice_lists(here)

heading(
    _("Initiatives"),
    _("Which initiatives does the centre know, and how are they doing?"),
    (_("Register an initiative"), "initiative_new", {}),
)
with st.container(horizontal=True, vertical_alignment="bottom", key="initiatives_filters"):
    text = search_text(_("Name"), "find")
    theme = choose(_("Theme"), "theme", {"": _("Every theme")} | options(lists.themes, (), _))
    places = {"": _("Every place")} | options(lists.territories, (), _)
    territory = choose(_("Territory"), "territory", places)
    states = {"": _("Every state")} | {state.value: _.label(state) for state in InitiativeState}
    states[ARCHIVE] = _("In the archive")
    state = choose(_("State"), "state", states)
wanted = InitiativeFilter(
    text=text,
    theme=theme,
    territory=territory,
    state=InitiativeState(state) if state in set(InitiativeState) else None,
    archived=state == ARCHIVE,
    page=page_asked("initiatives"),
    size=PAGE,
)


def rows(page: InitiativePage) -> list[dict[str, object]]:
    """Make the rows of the table, for the screen and for the file."""
    themes, territories = labels(page.lists.themes, _), labels(page.lists.territories, _)
    return [
        {
            "name": line.name,
            "state": line.state,
            "themes": ", ".join(themes.get(code, code) for code in line.themes),
            "territory": territories.get(line.territory, line.territory),
            "leader": ", ".join(page.leaders.get(person, "") for person in line.leader_ids),
            "founded": when_words(line.founded, _),
        }
        for line in page.lines
    ]


found = list_initiatives(here, wanted)
if not found.total and wanted == InitiativeFilter(page=wanted.page, size=PAGE):
    empty(
        _("No initiatives yet"),
        _("Register the first one: its name is enough, the rest can wait."),
        (_("Register an initiative"), "initiative_new", {}),
    )
else:
    table(
        rows(found),
        {
            "name": Column(_("Name")),
            "state": Column(_("State"), "status", help=_("Follows from the events of its life")),
            "themes": Column(_("Themes"), width="medium"),
            "territory": Column(_("Territory")),
            "leader": Column(_("Leader")),
            "founded": Column(_("Founded")),
        },
        key="initiatives",
        opens=("initiative", "initiative", [line.id for line in found.lines]),
        export="initiatives",
        on_export=lambda: rows(export_initiatives(here, wanted)),
        total=found.total,
    )
if can_open("initiative_import"):
    link(_("Take a list over from a table"), "initiative_import", icon=":material/upload_file:")

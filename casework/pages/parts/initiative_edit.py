"""Changing what an initiative says of itself, and putting it away."""

from dataclasses import asdict

import streamlit as st

from casework.domain.initiative import Initiative, InitiativeForm
from casework.pages.parts.initiative_fields import initiative_fields
from casework.service import (
    InitiativeView,
    archive_initiative,
    edit_initiative,
    unarchive_initiative,
)
from core.i18n import Translator
from core.ui.desk import Undo, saved, told, undone
from core.ui.forms import keep_seen, submit
from core.workspace import Workspace


def draw(here: Workspace, view: InitiativeView, _: Translator) -> None:
    """Draw the form of the initiative's own fields and the button of the archive.

    The version is that of the moment the fields were first shown: whoever saves later than
    somebody else is told.
    """
    initiative = view.initiative
    prefix = f"initiative_{initiative.id}_{undone()}"
    now = (initiative.version, asdict(initiative.form))
    first = f"{prefix}_name" not in st.session_state
    keep_seen(f"{prefix}_seen", now, "initiative_save", first=first)
    with st.expander(_("Change the name or the summary"), key="initiative_edit"):
        with st.form(prefix, border=False, enter_to_submit=False):
            wanted = initiative_fields(prefix, view.lists, _, initiative.form)
            sent = submit(_("Save"), key="initiative_save")
        if sent:
            with told():
                _save(here, initiative.id, prefix, wanted, _)
        _archive(here, initiative, _)


def _save(
    here: Workspace, initiative_id: int, prefix: str, wanted: InitiativeForm, _: Translator
) -> None:
    version, before = st.session_state[f"{prefix}_seen"]
    seen = InitiativeForm(**{**before, "themes": tuple(before["themes"])})
    version = edit_initiative(
        here, initiative_id=initiative_id, version=version, seen=seen, wanted=wanted
    )
    st.session_state[f"{prefix}_seen"] = (version, asdict(wanted))
    saved(
        _("Initiative saved"),
        undo=Undo(
            "casework.service:revert_initiative",
            {"initiative_id": initiative_id, "version": version, "form": before},
        ),
    )


def _archive(here: Workspace, initiative: Initiative, _: Translator) -> None:
    which = {"initiative_id": initiative.id}
    if initiative.archived_on:
        if st.button(
            _("Take out of the archive"), key="initiative_unarchive", icon=":material/unarchive:"
        ):
            with told():
                unarchive_initiative(here, **which)
                saved(
                    _("The initiative is out of the archive"),
                    undo=Undo("casework.service:archive_initiative", which),
                )
    elif st.button(
        _("Put into the archive"),
        key="initiative_archive",
        icon=":material/archive:",
        help=_("Lists no longer show it; its page and history stay"),
    ):
        with told():
            archive_initiative(here, **which)
            saved(
                _("The initiative is in the archive"),
                undo=Undo("casework.service:unarchive_initiative", which),
            )

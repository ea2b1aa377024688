"""The events of an initiative's life, and a form to add one."""

import streamlit as st

from casework.domain.life import Certainty, LifeEvent, LifeEventType, LifeSource
from casework.pages.parts.initiative_fields import read_when, when_field
from casework.pages.parts.initiative_words import when_words
from casework.service import InitiativeView, add_life_event, remove_life_event
from core.errors import RequiredError
from core.i18n import Term, Translator
from core.ui.desk import Undo, plain, saved, told
from core.ui.forms import required, submit
from core.workspace import Workspace


def draw(here: Workspace, view: InitiativeView, _: Translator) -> None:
    """Draw the events, the latest on top, and the form."""
    st.markdown("## " + _("Events of its life"))
    for event in reversed(view.initiative.events):
        with st.container(
            horizontal=True,
            vertical_alignment="center",
            wrap=False,
            key=f"life_event_{event.id}",
        ):
            st.markdown(_line(event, _))
            if view.may_edit and st.button(
                _("Take back"),
                key=f"life_event_remove_{event.id}",
                type="tertiary",
                icon=":material/delete:",
                help=_("This did not happen: take the event back"),
            ):
                _remove(here, view.initiative.id, event.id, _)
    if not view.initiative.events:
        st.caption(_("Nothing is written down yet, so its state is unknown."))
    if view.may_edit:
        _form(here, view.initiative.id, _)


def _line(event: LifeEvent, _: Translator) -> str:
    source = _("known from: {source}", source=_.label(event.source))
    parts = [f"**{plain(when_words(event.when, _))}**", plain(_.label(event.type)), source]
    if event.certainty is not Certainty.CERTAIN:
        parts.append(_.label(event.certainty))
    if event.note:
        parts.append(plain(event.note))
    return " · ".join(parts)


def _form(here: Workspace, initiative_id: int, _: Translator) -> None:
    with (
        st.expander(_("Add an event"), key="life_event_add", icon=":material/add:"),
        st.form("life_event", border=False, enter_to_submit=False),
    ):
        kind = st.selectbox(
            required(_("What happened")),
            [*LifeEventType],
            index=None,
            format_func=_.label,
            key="life_event_type",
            placeholder=_("Choose what happened"),
        )
        when = when_field(required(_("When")), "life_event_when", _)
        with st.container(horizontal=True):
            source = st.selectbox(
                _("From whom we know"),
                [*LifeSource],
                format_func=_.label,
                key="life_event_source",
            )
            certainty = st.selectbox(
                _("How sure we are"),
                [*Certainty],
                format_func=_.label,
                key="life_event_certainty",
                help=_("A rumour is kept but does not change the state"),
            )
        note = st.text_input(_("In a few words"), key="life_event_note")
        sent = submit(_("Add the event"), key="life_event_save", main=False)
    if sent:
        with told():
            day = read_when(when, "field.life_event_on")
            if kind is None:
                raise RequiredError(field=Term("field.life_event_type"))
            if day is None:
                raise RequiredError(field=Term("field.life_event_on"))
            event = LifeEvent(kind, day, source, certainty, note)
            event_id = add_life_event(here, initiative_id=initiative_id, event=event)
            saved(
                _("The event is written down"),
                undo=Undo(
                    "casework.service:remove_life_event",
                    {"initiative_id": initiative_id, "event_id": event_id},
                ),
                reset={"life_event_type": None, "life_event_when": "", "life_event_note": ""},
            )


def _remove(here: Workspace, initiative_id: int, event_id: int, _: Translator) -> None:
    which = {"initiative_id": initiative_id, "event_id": event_id}
    with told():
        remove_life_event(here, **which)
        saved(
            _("The event is taken back"),
            undo=Undo("casework.service:restore_life_event", which),
        )

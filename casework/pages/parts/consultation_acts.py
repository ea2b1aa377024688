"""What can be done with a meeting beside changing its fields."""

import streamlit as st

from casework.domain.consultation import ConsultationStatus
from casework.domain.views import ConsultationView
from casework.service import (
    cancel_consultation,
    cancel_following,
    mark_no_show,
    remove_consultation,
    reopen_consultation,
)
from core.i18n import Translator
from core.ui.desk import Undo, go, link, saved, told
from core.workspace import Workspace


def draw(here: Workspace, view: ConsultationView, _: Translator) -> None:
    """Draw the buttons that fit the status."""
    found = view.consultation
    assert found is not None  # noqa: S101 — who may not see a meeting has no buttons
    one = {"consultation_id": found.id}
    with st.container(horizontal=True, key="consultation_acts"):
        if found.status is ConsultationStatus.PLANNED:
            if st.button(_("Write it up"), key="consultation_write_up", type="primary"):
                go("consultation", consultation=found.id, held=1)
            if st.button(_("Move or change"), key="consultation_edit"):
                go("consultation", consultation=found.id, edit=1)
            if st.button(_("It is called off"), key="consultation_cancel"):
                with told():
                    cancel_consultation(here, consultation_id=found.id)
                    saved(_("Consultation called off"), undo=_back(one))
            if st.button(_("Nobody came"), key="consultation_no_show"):
                with told():
                    mark_no_show(here, consultation_id=found.id)
                    saved(_("Noted that nobody came"), undo=_back(one))
        elif found.status is ConsultationStatus.HELD:
            if st.button(_("Change"), key="consultation_edit"):
                go("consultation", consultation=found.id, edit=1)
        elif st.button(_("Plan it again"), key="consultation_reopen"):
            with told():
                reopen_consultation(here, consultation_id=found.id)
                saved(_("Consultation planned again"))
        with st.popover(_("Remove…"), key="consultation_remove"):
            _remove(here, view, _)
    if view.following > 1 and found.status is ConsultationStatus.PLANNED:
        _series(here, view, _)


def leave(consultation_id: int, _: Translator) -> None:
    """Offer the way back from the form."""
    link(_("Back without saving"), "consultation", consultation=consultation_id)


def _series(here: Workspace, view: ConsultationView, _: Translator) -> None:
    """Offer to change or call off the meetings of a series from this one on."""
    with st.container(horizontal=True, vertical_alignment="center", key="consultation_series"):
        st.caption(
            _.plural(
                "One of a series: {n} meeting planned from here on",
                "One of a series: {n} meetings planned from here on",
                view.following,
            )
        )
        if st.button(_("Change this and the following"), key="series_edit"):
            go("consultation", consultation=view.line.id, edit=1, following=1)
        with st.popover(_("Call off the rest…"), key="series_cancel"):
            st.markdown(
                _.plural(
                    "{n} meeting is called off.", "{n} meetings are called off.", view.following
                )
            )
            if st.button(_("Call them off"), key="series_cancel_sure"):
                with told():
                    ids = cancel_following(here, consultation_id=view.line.id)
                    undo = Undo("casework.service:plan_again", {"ids": ids})
                    saved(_("The rest of the series is called off"), undo=undo)


def _remove(here: Workspace, view: ConsultationView, _: Translator) -> None:
    st.markdown(
        _("The consultation, its steps and its {time} disappear.", time=_.hours(view.line.minutes))
    )
    if st.button(_("Remove the consultation"), key="consultation_remove_sure"):
        with told():
            works = remove_consultation(here, consultation_id=view.line.id)
            case_id = next(iter(view.cases), None)
            saved(
                _("Consultation removed"),
                undo=Undo(
                    "casework.service:restore_consultation",
                    {"consultation_id": view.line.id, "works": works},
                ),
                to=("case", {"case": case_id}) if case_id else ("consultations", {}),
            )


def _back(arguments: dict[str, int]) -> Undo:
    return Undo("casework.service:reopen_consultation", arguments)

"""Who was at a meeting: a whole group on one screen, one press a person."""

import streamlit as st

from casework.domain.attendance import Attendance, Attendee, count_by
from casework.domain.views import ConsultationView
from casework.service import set_attendance
from core.i18n import Translator
from core.ui.desk import Undo, plain, saved, told, undone
from core.ui.forms import submit
from core.workspace import Workspace


def draw(here: Workspace, view: ConsultationView, _: Translator) -> None:
    """Show who was there; those who may change the meeting note it in the same place."""
    st.markdown("## " + _("Who was there"))
    counts = count_by(view.attendees)
    if view.attendees:
        parts = [f"{_.label(kind)}: {counts[kind]}" for kind in Attendance if counts[kind]]
        st.markdown(" · ".join(parts))
        st.caption(plain(", ".join(_name(one, view) for one in view.attendees)))
    elif view.may_edit:
        st.caption(_("Nobody is noted yet. One press a person; the counts serve the reports."))
    else:
        st.caption(_("Nobody is noted."))
    if view.may_edit:
        with st.expander(_("Note who was there"), key="attendance_box"):
            _form(here, view, _)


def _form(here: Workspace, view: ConsultationView, _: Translator) -> None:
    assert view.consultation is not None  # noqa: S101 — a closed meeting is shown elsewhere
    version = view.consultation.version
    prefix = f"attendance_{view.line.id}_{version}_{undone()}"
    noted = {one.person_id for one in view.attendees}
    listed = [
        *view.attendees,
        *(_unnoted(person) for person in view.expected if person not in noted),
    ]
    keys = [f"{prefix}_{place}" for place in range(len(listed))]
    if listed and st.button(_("Everybody came"), key="attendance_all", icon=":material/done_all:"):
        st.session_state.update(dict.fromkeys(keys, Attendance.ATTENDED))
    with st.form("attendance", border=False, enter_to_submit=False):
        chosen = []
        for key, one in zip(keys, listed, strict=True):
            if key not in st.session_state:
                st.session_state[key] = one.attendance if one in view.attendees else None
            kind = st.segmented_control(
                plain(_name(one, view)), list(Attendance), format_func=_.label, key=key
            )
            if kind is not None:
                chosen.append(Attendee(kind, one.person_id, one.name))
        others = st.text_area(
            _("Others who came, one name a line"), key=f"{prefix}_others", height=80
        )
        chosen += [Attendee(Attendance.ATTENDED, name=name) for name in others.splitlines()]
        if submit(_("Save who was there"), key="attendance_save", main=False):
            with told():
                before = set_attendance(
                    here, consultation_id=view.line.id, version=version, attendees=chosen
                )
                arguments = {"consultation_id": view.line.id, "version": version + 1}
                undo = Undo("casework.service:put_back_attendance", {**arguments, "before": before})
                saved(_("Noted who was there"), undo=undo)


def _unnoted(person_id: int) -> Attendee:
    return Attendee(Attendance.ATTENDED, person_id)


def _name(one: Attendee, view: ConsultationView) -> str:
    return view.people.get(one.person_id, "—") if one.person_id is not None else one.name

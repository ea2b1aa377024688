"""Hand over all cases of somebody who leaves, seen before it is done."""

import streamlit as st

from casework.pages.parts.filters import choose
from casework.pages.parts.hand_over import draw_absences, draw_others, who_got_what
from casework.service import form_choices, hand_over_cases, list_leading, preview_hand_over
from core.ui.desk import empty, heading, plain, saved, told, words, workspace
from core.ui.forms import submit

_ = words()
here = workspace()
leading = list_leading(here)

heading(_("Hand over cases"), _("Who takes over from a colleague who leaves?"))
names = {"": _("Choose a person")} | {str(who): name for who, name in leading.items()}
chosen = choose(_("Who leaves"), "leaver", names)
if not chosen:
    empty(
        _("Choose who leaves"),
        _(
            "You will see the open cases, steps and planned meetings, and choose a successor for"
            " all of them or for each. Nothing changes until you press the button below the list."
        ),
    )
    st.stop()

leaver_id = int(chosen)
preview = preview_hand_over(here, leaver_id=leaver_id)
people = {who: name for who, name in form_choices(here).people.items() if who != leaver_id}
facts = [
    _.plural("{n} case", "{n} cases", len(preview.cases)),
    _.plural("{n} open step", "{n} open steps", preview.steps),
    _.plural("{n} planned meeting", "{n} planned meetings", preview.meetings),
]
st.markdown(" · ".join(facts))
if preview.is_empty:
    st.caption(_("There is nothing to hand over."))
    st.stop()
draw_absences(preview, leading.get(leaver_id, ""), _)


def choose_person(label: str, key: str, nobody: str) -> int | None:
    """Ask for one of the consultants."""
    found: int | None = st.selectbox(
        label,
        [None, *people],
        format_func=lambda who: people.get(who or 0, nobody),
        key=key,
    )
    return found


with st.form("hand_over", enter_to_submit=False):
    common = choose_person(_("Successor for everything"), "hand_over_all", _("each has their own"))
    to: dict[int, int] = {}
    for case in preview.cases:
        details = [plain(part) for part in (case.initiative, case.title) if part]
        details.append(_.plural("{n} open step", "{n} open steps", case.steps))
        details.append(_.plural("{n} planned meeting", "{n} planned meetings", case.meetings))
        own = choose_person(" · ".join(details), f"hand_over_{case.case_id}", _("as for all"))
        to[case.case_id] = own or common or 0
    meetings_to = common
    if preview.others:
        draw_others(preview.others, _)
    if any(meeting.needs_successor for meeting in preview.others):
        label = _("Who takes these meetings")
        meetings_to = choose_person(label, "hand_over_meetings", _("as for all")) or common
    notes_to = None
    if preview.notes:
        count = _.plural("{n} private note", "{n} private notes", preview.notes)
        st.caption(_("{notes}: sealed, unless you name who may read them.", notes=count))
        notes_to = choose_person(_("Who may read them"), "hand_over_notes", _("nobody: sealed"))
    sure = st.checkbox(
        _("I have read it through: {facts} pass on", facts=", ".join(facts)), key="hand_over_sure"
    )
    if submit(_("Hand over"), key="hand_over_save"):
        if not sure:
            st.error(_("Nothing is handed over yet: tick the line above the button first."))
            st.stop()
        with told():
            done = hand_over_cases(
                here, leaver_id=leaver_id, to=to, meetings_to=meetings_to, notes_to=notes_to
            )
            saved(who_got_what(done, _), to=("hand_over", {}))

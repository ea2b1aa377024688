"""The roll call of a half-year: every initiative ever helped, one after the other."""

import streamlit as st

from casework.pages.parts import roll_line
from casework.pages.parts.filters import choose
from casework.service import begin_roll_call, form_choices, view_roll_call
from core.permissions import Permission
from core.ui.address import asked, found_id
from core.ui.desk import allows, empty, heading, saved, told, words, workspace
from core.ui.tables import Column, table

LEFT = "left"

_ = words()
here = workspace()
today = form_choices(here).today

heading(_("Roll call"), _("How is every initiative we ever helped?"))
roll = view_roll_call(here)
halves = {half.isoformat(): roll_line.half_words(half, _) for half in roll.halves} if roll else {}
if roll and len(halves) > 1:
    chosen = choose(_("Half-year"), "half", halves, roll.half_on.isoformat())
    roll = view_roll_call(here, half_on=next(h for h in roll.halves if h.isoformat() == chosen))
if (roll is None or roll_line.is_over(roll, today)) and (
    allows(Permission.RUN_ROLL_CALL)
    and st.button(_("Begin the roll call of this half-year"), key="roll_begin")
):
    with told():
        begin_roll_call(here)
        saved(_("The roll call has begun"), to=("roll_call", {}))
if roll is None:
    empty(
        _("No roll call yet"),
        _(
            "Twice a year the centre asks after everybody it ever helped: are they alive? From"
            " the answers follows how many initiatives live on. A row takes half a minute."
        ),
    )
    st.stop()

count = len(roll.lines)
st.progress(
    roll.answered / count if count else 0.0,
    text=_("{done} of {count} found", done=_.number(roll.answered), count=_.number(count)),
)
which = choose(_("Show"), "show", {LEFT: _("Still to ask"), "": _("All")}, LEFT)
lines = [line for line in roll.lines if line.answer is None] if which == LEFT else roll.lines


wanted = found_id("initiative") if asked("initiative") else None
named = (line for line in roll.lines if line.initiative_id == wanted)
now = next(named, None) or next((line for line in roll.lines if line.answer is None), None)
if now is not None:
    roll_line.draw(here, roll, now, today, _)
elif roll.lines:
    st.success(_("Everybody is found. Thank you."), icon=":material/task_alt:")

columns = {
    "name": Column(_("Initiative")),
    "state": Column(_("State"), "status", width=230),
    "last_on": Column(_("Last meeting"), "date", width=135),
    "leader": Column(_("Leader")),
}
if which != LEFT:
    columns |= {
        "outcome": Column(_("Found"), "status"),
        "contact_on": Column(_("Last contact"), "date"),
    }
if lines:
    table(
        [
            {
                "name": line.name,
                "state": line.state,
                "last_on": line.last_on,
                "leader": line.leader,
                "outcome": line.answer.outcome if line.answer else None,
                "contact_on": line.answer.last_contact_on if line.answer else None,
            }
            for line in lines
        ],
        columns,
        key="roll",
        opens=("roll_call", "initiative", [line.initiative_id for line in lines]),
    )

"""One row of the roll call: answered by one press, then the next one stands in its place."""

from datetime import date

import streamlit as st

from casework.domain.life import LifeSource
from casework.domain.roll_call import (
    RollAnswer,
    RollCall,
    RollLine,
    RollOutcome,
    half_of,
)
from casework.service import answer_roll_call, roll_call_link
from core.i18n import Translator
from core.ui.address import write
from core.ui.copying import copied
from core.ui.desk import Undo, link, plain, saved, told
from core.web import public_url
from core.workspace import Workspace

_FIRST_HALF_ENDS = 6
_LINK = "/roll-call/"  # see routes


def half_words(half: date, _: Translator) -> str:
    """Name a half-year."""
    if half.month <= _FIRST_HALF_ENDS:
        return _("first half of {year}", year=str(half.year))
    return _("second half of {year}", year=str(half.year))


def is_over(roll: RollCall, today: date) -> bool:
    """Tell whether the running half-year has no roll call yet."""
    return half_of(today) not in roll.halves


def draw(here: Workspace, roll: RollCall, line: RollLine, today: date, _: Translator) -> None:
    """Draw the row: who they are, how to reach them, and a button for each answer."""
    with st.container(border=True, key="roll_line"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"## {plain(line.name)}")
            st.badge(_.label(line.state), color="gray")
            link(
                _("About the initiative"),
                "initiative",
                icon=":material/groups:",
                initiative=line.initiative_id,
            )
        last = _.date(line.last_on) if line.last_on else _("none")
        facts = [_("last meeting: {day}", day=last), line.leader, line.contact]
        st.markdown(" · ".join(plain(fact) for fact in facts if fact))
        if roll.may_run:
            _form(here, roll, line, today, _)
            _link(here, roll, line, _)


def _form(here: Workspace, roll: RollCall, line: RollLine, today: date, _: Translator) -> None:
    answer = line.answer or RollAnswer(RollOutcome.ALIVE, last_contact_on=today)
    key = f"roll_{roll.id}_{line.initiative_id}_{answer.version}"
    with st.form(key, border=False, enter_to_submit=False):
        with st.container(horizontal=True):
            source = st.selectbox(
                _("From whom we know"),
                list(LifeSource),
                index=list(LifeSource).index(answer.source),
                format_func=_.label,
                key=f"{key}_source",
            )
            on = st.date_input(
                _("Last contact"),
                value=answer.last_contact_on,
                format="DD.MM.YYYY",
                key=f"{key}_on",
            )
            note = st.text_input(_("In a few words"), value=answer.note, key=f"{key}_note")
        said = None
        with st.container(horizontal=True, key="roll_outcomes"):
            for number, outcome in enumerate(RollOutcome, start=1):
                if st.form_submit_button(
                    _.label(outcome),
                    key=f"roll_{outcome}",
                    type="primary" if line.answer and outcome is answer.outcome else "secondary",
                    shortcut=f"Alt+{number}",
                ):
                    said = outcome
        st.caption(
            _(
                "One press saves the row and brings the next: Alt with its number will do."
                " Whoever is not reached keeps the day of the last contact."
            )
        )
    if said is not None:
        day = on if isinstance(on, date) else None
        kept = RollAnswer(said, source or answer.source, day, note, version=answer.version)
        _save(here, roll, line, kept, _)


def _save(
    here: Workspace, roll: RollCall, line: RollLine, answer: RollAnswer, _: Translator
) -> None:
    which = {"roll_call_id": roll.id, "initiative_id": line.initiative_id}
    with told():
        answer_roll_call(here, **which, answer=answer)
        write("initiative", "")
        saved(
            _("{name}: {outcome}", name=line.name, outcome=_.label(answer.outcome)),
            undo=Undo("casework.service:unanswer_roll_call", which),
        )


def _link(here: Workspace, roll: RollCall, line: RollLine, _: Translator) -> None:
    shown = st.session_state.get("roll_link", (0, ""))
    if st.button(
        _("A link for the leader to answer by themselves"),
        key="roll_link_make",
        type="tertiary",
        icon=":material/link:",
        help=_("Shown once, good for one answer within 30 days. Nothing is sent: hand it over."),
    ):
        with told():
            which = {"roll_call_id": roll.id, "initiative_id": line.initiative_id}
            shown = (line.initiative_id, roll_call_link(here, **which))
            st.session_state["roll_link"] = shown
    if shown[0] == line.initiative_id:
        copied(f"{public_url()}{_LINK}{shown[1]}", _, key=f"roll_{line.initiative_id}")

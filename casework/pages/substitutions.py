"""Absences: who leads whose cases meanwhile."""

from datetime import date

import streamlit as st

from casework.domain.substitution import Substitution, SubstitutionLine
from casework.service import (
    arrange_substitution,
    end_substitution,
    form_choices,
    list_substitutions,
)
from core.errors import RequiredError
from core.i18n import Term
from core.permissions import Permission
from core.ui.desk import Undo, allows, heading, plain, saved, told, words, workspace
from core.ui.forms import required, submit

_ = words()
here = workspace()
choices = form_choices(here)
everybody = allows(Permission.HAND_OVER_CASES)

heading(_("Absences"), _("Who leads whose cases meanwhile?"))


def end(line: SubstitutionLine) -> None:
    """End a substitution before its day."""
    with told():
        until = end_substitution(here, substitution_id=line.substitution.id)
        saved(
            _("The substitution has ended"),
            undo=Undo(
                "casework.service:restore_substitution",
                {"substitution_id": line.substitution.id, "until": until},
            ),
        )


found = list_substitutions(here)
for line in found:
    one = line.substitution
    with st.container(horizontal=True, vertical_alignment="center", key=f"substitution_{one.id}"):
        days = f"{_.date(one.since)} – {_.date(one.until)}"
        who = _("{substitute} stands in for {name}", substitute=line.substitute, name=line.person)
        st.markdown(f"**{plain(who)}** · {days}")
        if (everybody or one.person_id == choices.me) and st.button(
            _("End it"), key=f"substitution_end_{one.id}", type="tertiary"
        ):
            end(line)
if not found:
    st.caption(
        _(
            "Nobody is away. Before a holiday say who stands in: until the last day they may do in"
            " your cases what you may, and see on their desk what is due. Private notes stay closed"
            " to them."
        )
    )

people = choices.people if everybody else {choices.me: choices.people.get(choices.me, "")}
with st.form("substitution", enter_to_submit=False):
    with st.container(horizontal=True):
        person = st.selectbox(
            required(_("Who is away")),
            list(people),
            index=list(people).index(choices.me) if choices.me in people else None,
            format_func=lambda who: people.get(who, ""),
            key="substitution_person",
            placeholder=_("Choose a person"),
        )
        substitute = st.selectbox(
            required(_("Who stands in")),
            list(choices.people),
            index=None,
            format_func=lambda who: choices.people.get(who, ""),
            key="substitution_substitute",
            placeholder=_("Choose a person"),
        )
    with st.container(horizontal=True):
        since = st.date_input(
            required(_("From")), value=choices.today, format="DD.MM.YYYY", key="substitution_since"
        )
        until = st.date_input(
            required(_("Until")), value=None, format="DD.MM.YYYY", key="substitution_until"
        )
    if submit(_("Arrange the substitution"), key="substitution_save"):
        with told():
            if substitute is None:
                raise RequiredError(field=Term("field.substitute"))
            if not isinstance(until, date) or not isinstance(since, date):
                raise RequiredError(field=Term("field.until"))
            wanted = Substitution(person or 0, substitute, since, until)
            made = arrange_substitution(here, wanted=wanted)
            saved(
                _("The substitution is arranged"),
                undo=Undo("casework.service:end_substitution", {"substitution_id": made}),
                reset={"substitution_substitute": None, "substitution_until": None},
            )

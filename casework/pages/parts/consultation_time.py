"""How the time of a meeting is divided: by consultant and kind, and by initiative."""

import streamlit as st

from casework.domain.consultation import Work
from casework.domain.views import ConsultationView
from core.i18n import Translator
from core.ui.desk import plain
from hours.pages.parts import figures


def draw(view: ConsultationView, _: Translator) -> None:
    """Draw a line for each consultant, one for all of them, and one for the initiatives."""
    if not view.line.minutes:
        return
    st.markdown("## " + _("Time"))
    spent = [work for work in view.works if work.minutes]
    lines = [f"{plain(view.people.get(work.person_id, ''))}: {_by_kind(work, _)}" for work in spent]
    if len(spent) > 1:
        together = Work(
            0,
            sum(work.contact for work in spent),
            sum(work.preparation for work in spent),
            sum(work.travel for work in spent),
        )
        label = _("In all")
        lines.append(f"{label}: {_by_kind(together, _)}")
    if len(view.shares) > 1:
        parts = [
            f"{plain(view.cases.get(case, '—'))} {figures.said('consultation', minutes, _)}"
            for case, minutes in view.shares.items()
        ]
        label = _("By initiative")
        lines.append(f"{label}: {' · '.join(parts)}")
    with st.container(key="consultation_time"):
        st.markdown("  \n".join(lines))


def _by_kind(work: Work, _: Translator) -> str:
    """Say all of it, and its kinds where there are several."""
    kinds = (
        (_("with people"), work.contact),
        (_("preparation"), work.preparation),
        (_("travel"), work.travel),
    )
    total = f"**{figures.said('consultation', work.minutes, _)}**"
    parts = [f"{name} {figures.said('consultation', part, _)}" for name, part in kinds if part]
    return f"{total} :small[{' · '.join(parts)}]"

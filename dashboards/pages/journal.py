"""The journal of consultations of a month, to be printed and signed."""

import streamlit as st

from core.ui.address import asked
from core.ui.desk import empty, heading, words, workspace
from dashboards.formats import notes_of
from dashboards.pages.parts.journal import draw_annex, draw_files, draw_lines
from dashboards.service import export_journal, view_journal
from hours.pages.parts import figures
from hours.pages.parts.choices import asked_person, choose, period_names

_ = words()
here = workspace()
code = asked("period")
view = view_journal(here, person_id=asked_person(), code=code)
journal = view.journal

heading(_("Journal for signature"), _("What did I do this month, line by line, on paper?"))
names = period_names(view.today, code, _)
with st.container(horizontal=True, key="journal_filters"):
    choose(_("Period"), "period", names, default=next(iter(names)))
    if len(view.people) > 1:
        people = {str(person): name for person, name in view.people.items()}
        choose(_("Consultant"), "person", people, default=str(view.person_id))
if not journal.total:
    empty(
        _("No consultations in this period"),
        _("Lines appear by themselves when consultations are written up."),
        button=(_("Write up a consultation"), "consultation_new", {}),
    )
    st.stop()
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="journal_sum"):
    figures.total("journal", journal.total, _, size="##")
    for kind in journal.kinds:
        said = figures.said("journal_kind", journal.of_kind(kind), _)
        st.caption(f"{_.label(kind)} {said}", width="content")
    if journal.private_minutes:
        kept = figures.said("journal_private", journal.private_minutes, _)
        st.caption(f"{_('private meetings')} {kept}", width="content")
    days = {"since": journal.period.starts_on, "until": journal.period.last_day}
    query = {"person": view.person_id} | days
    figures.behind("journal", _, query=query)
for note in notes_of(journal, _):
    st.caption(note)
draw_files(journal, lambda: export_journal(here, person_id=view.person_id, code=code), _)
draw_lines(journal, _)
draw_annex(journal.annex, _)

"""The journal of consultations of a month, to be printed and signed."""

import streamlit as st

from core.ui.desk import asked, empty, heading, words, workspace
from core.ui.tables import table
from dashboards.formats import notes_of
from dashboards.pages.parts.journal import cells, columns, draw_annex, draw_files
from dashboards.service import export_journal, view_journal
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
    st.markdown(f"## {_.hours(journal.total)}", width="content")
    for kind in journal.kinds:
        st.caption(f"{_.label(kind)} {_.hours(journal.of_kind(kind))}", width="content")
    if journal.private_minutes:
        told = f"{_('private meetings')} {_.hours(journal.private_minutes)}"
        st.caption(told, width="content")
for note in notes_of(journal, _):
    st.caption(note)
draw_files(lambda: export_journal(here, person_id=view.person_id, code=code), _)
if journal.lines:
    table([cells(line, _) for line in journal.lines], columns(journal, _), key="journal")
draw_annex(journal.annex, _)

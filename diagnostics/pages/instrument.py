"""What an instrument asks: its domains, questions and levels, read out."""

import streamlit as st

from core.ui.address import asked
from core.ui.desk import empty, heading, plain, words, workspace
from diagnostics.domain.instrument import text
from diagnostics.service import list_instruments, view_instrument

_ = words()
here = workspace()
published = list_instruments(here)
if not published:
    heading(_("Instruments"))
    empty(_("No instruments yet"), _("Built-in instruments are published when the program starts."))
    st.stop()

wanted = asked("instrument")
version_id = int(wanted) if wanted.isdecimal() and len(wanted) < len("1000000000") else None
if version_id is None:
    version_id = published[0].version_id
    if len(published) > 1:
        titles = {line.version_id: text(line.titles, _.language) for line in published}
        version_id = st.selectbox(
            _("Instrument"), list(titles), format_func=titles.__getitem__, key="instrument_chosen"
        )
instrument = view_instrument(here, version_id=version_id)

heading(
    text(instrument.titles, _.language), _("What does it ask, and what does each level look like?")
)
st.caption(
    " · ".join(
        (
            _("version {version}", version=instrument.version),
            _.plural("{n} domain", "{n} domains", len(instrument.domains)),
            _.plural("{n} question", "{n} questions", sum(1 for _item in instrument.items)),
        )
    )
)
st.markdown(plain(text(instrument.intro, _.language)))
for domain in instrument.domains:
    with st.expander(
        f"**{plain(text(domain.labels, _.language))}** · {plain(text(domain.hints, _.language))}",
        key=f"domain_{domain.name}",
    ):
        for item in domain.items:
            st.markdown(f"**{plain(text(item.labels, _.language))}**")
            details = [plain(text(item.hints, _.language))]
            if item.weight != 1:
                details.append(_("weight {weight}", weight=_.number(float(item.weight), digits=2)))
            details.append(_("wanted level {level}", level=item.wanted))
            st.caption(" · ".join(details))
            lines = [
                f"{level.score}. {plain(text(level.labels, _.language))}"
                for level in item.scale.levels
            ]
            st.markdown("\n".join(lines))

"""The timeline of a case: one list, newest first."""

from collections.abc import Sequence

import streamlit as st

from casework.domain.timeline import Entry, TimelineKind
from core.i18n import Translator
from core.ui.desk import can_open, link, plain

SHOWN = 15
ICONS = {
    TimelineKind.OPENED: ":material/flag:",
    TimelineKind.STATUS_CHANGED: ":material/swap_horiz:",
    TimelineKind.CONSULTATION: ":material/forum:",
    TimelineKind.NEED: ":material/help:",
    TimelineKind.STEP_DONE: ":material/task_alt:",
    TimelineKind.LIFE_EVENT: ":material/eco:",
    TimelineKind.ASSESSMENT: ":material/radar:",
    TimelineKind.ROADMAP: ":material/timeline:",
    TimelineKind.LEADER_MARK: ":material/done_all:",
    TimelineKind.SUBMISSION: ":material/gavel:",
    TimelineKind.LEAD_CHANGED: ":material/move_up:",
    TimelineKind.CLOSING: ":material/task:",
    TimelineKind.REFERRAL: ":material/outbound:",
    TimelineKind.AUTHORITY: ":material/account_balance:",
    TimelineKind.DOCUMENT: ":material/description:",
}
TOLD_TWICE = frozenset({"referral", "authority"})
OPENED_BY = frozenset({"consultation", "assessment", "roadmap", "submission"})


def draw(entries: Sequence[Entry], initiative: str, _: Translator) -> None:
    """Draw the newest entries, and all of them when asked."""
    if not entries:
        st.caption(_("Nothing has happened yet with {name}.", name=plain(initiative)))
        return
    wants_all = len(entries) <= SHOWN or st.session_state.get("timeline_all")
    with st.container(gap="xsmall", key="timeline"):
        for entry in entries if wants_all else entries[:SHOWN]:
            _line(entry, _)
    if not wants_all:
        st.checkbox(
            _.plural("Show {n} earlier entry", "Show {n} earlier entries", len(entries) - SHOWN),
            key="timeline_all",
        )


def _line(entry: Entry, _: Translator) -> None:
    kind, source = entry.source
    day, label = _.date(entry.happened_on), _.label(entry.kind)
    facts = [_.show(fact) for fact in entry.facts]
    if entry.minutes:
        facts.append(_.hours(entry.minutes))
    if entry.text:
        facts.append(plain(entry.text))
    told = " · ".join([day, label, *facts])
    moves = "_".join(entry.facts) if kind in TOLD_TWICE else ""  # one thing, several lines
    with st.container(gap=None, key=f"entry_{entry.kind}_{kind}_{source}{moves}"):
        if kind in OPENED_BY and can_open(kind):
            link(told, kind, icon=ICONS[entry.kind], **{kind: source})
        else:
            st.markdown(f":small[{ICONS[entry.kind]} {told}]")

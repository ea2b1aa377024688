"""What the hand-over page tells: whose absence matters, which meetings pass, who got what."""

import streamlit as st

from casework.domain.substitution import HandedOver, HandOverPreview, LeftMeeting
from core.i18n import Translator
from core.ui.desk import link, plain


def draw_absences(preview: HandOverPreview, leaver: str, _: Translator) -> None:
    """Warn of what a hand-over does not change: for whom the leaver stands in, who is away."""
    told = [
        _(
            "{leaver} stands in for {name} from {since} until {until}: choose somebody else there.",
            leaver=leaver,
            name=line.person,
            since=_.full_day(line.substitution.since),
            until=_.full_day(line.substitution.until),
        )
        for line in preview.stands_in
    ]
    told += [
        _(
            "{name} is away until {until}, {substitute} stands in.",
            name=line.person,
            until=_.full_day(line.substitution.until),
            substitute=line.substitute,
        )
        for line in preview.absent
    ]
    if not told:
        return
    with st.container(border=True, gap="xsmall", key="hand_over_absences"):
        for sentence in told:
            st.markdown(f":material/warning: {plain(sentence)}")
        link(_("Who is away"), "substitutions", icon=":material/swap_horiz:")


def draw_others(meetings: tuple[LeftMeeting, ...], _: Translator) -> None:
    """Name the meetings to come that belong to no case of the leaver's own."""
    st.markdown(_("**Meetings in cases of others**"))
    for meeting in meetings:
        parts = [_.full_day(meeting.held_on), ", ".join(meeting.initiatives)]
        if meeting.is_shared:
            parts.append(_("somebody else leads it too: the leaver is taken off it"))
        st.markdown(plain(" · ".join(part for part in parts if part)))


def who_got_what(done: HandedOver, _: Translator) -> str:
    """Tell who got what of a leaver."""
    told = []
    for one in done.received:
        parts = []
        if one.cases:
            parts.append(_.plural("{n} case", "{n} cases", one.cases))
        if one.meetings:
            parts.append(_.plural("{n} planned meeting", "{n} planned meetings", one.meetings))
        told.append(f"{one.name}: {', '.join(parts)}")
    if done.freed:
        told.append(
            _.plural(
                "taken off {n} meeting that somebody else leads too",
                "taken off {n} meetings that somebody else leads too",
                done.freed,
            )
        )
    return _("Handed over. {what}", what="; ".join(told))

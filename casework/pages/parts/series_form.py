"""How a meeting repeats: the rhythm, the end, and the days that come of it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import streamlit as st

from casework.domain.repeat import LONGEST, Occasion, OnDayOff, Repeat, Rhythm
from core.i18n import Translator

_SHOWN: Final = 12
_ICONS: Final = {
    OnDayOff.LEAVE_OUT: ":material/event_busy:",
    OnDayOff.MOVE: ":material/event_repeat:",
    OnDayOff.KEEP: ":material/event_available:",
}


def repeat(first: date, _: Translator) -> Repeat:
    """Ask how the meeting repeats and when the series ends."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="series_repeat"):
        rhythm = st.selectbox(
            _("How often"), list(Rhythm), format_func=_.label, key="series_rhythm", width=200
        )
        by_day = st.segmented_control(
            _("Until when"),
            [False, True],
            default=False,
            format_func=lambda value: _("until a day") if value else _("so many times"),
            key="series_by_day",
        )
        if by_day:
            until = st.date_input(
                _("Last day"),
                value=first + timedelta(days=90),
                format="DD.MM.YYYY",
                key="series_until",
                width=180,
            )
            times = None
        else:
            until = None
            times = st.number_input(
                _("How many meetings"),
                min_value=1,
                max_value=LONGEST,
                value=6,
                key="series_times",
                width=180,
            )
    on_day_off = st.radio(
        _("If it falls on a day off"),
        list(OnDayOff),
        format_func=lambda what: _on_day_off(what, _, counts=not by_day),
        key="series_day_off",
        help=_("Days off are those of the centre's calendar: weekends, holidays, its own days."),
    )
    return Repeat(
        rhythm or Rhythm.WEEKLY,
        times=int(times) if times is not None else None,
        until=until if isinstance(until, date) else None,
        on_day_off=on_day_off or OnDayOff.LEAVE_OUT,
    )


def days(occasions: Sequence[Occasion], _: Translator) -> int:
    """Show the days of the series and give how many meetings there will be."""
    kept = [one for one in occasions if not one.is_skipped]
    shown = [_.weekday(one.on) for one in kept[:_SHOWN]]
    if len(kept) > _SHOWN:
        shown.append(_("… and the last on {day}", day=_.date(kept[-1].on)))
    st.markdown(_.plural("{n} meeting:", "{n} meetings:", len(kept)) + " " + " · ".join(shown))
    touched = [one for one in occasions if one.off is not None]
    said = [f"{_ICONS[_fate(one)]} {_off_words(one, _)}" for one in touched[:_SHOWN]]
    if len(touched) > _SHOWN:
        said.append(_("… and {n} more", n=len(touched) - _SHOWN))
    if said:
        st.markdown("  \n".join(said))
    return len(kept)


def _on_day_off(what: OnDayOff, _: Translator, *, counts: bool) -> str:
    if what is OnDayOff.LEAVE_OUT and counts:
        return _("leave it out, one more at the end")
    return _.label(what)


def _fate(one: Occasion) -> OnDayOff:
    if one.is_skipped:
        return OnDayOff.LEAVE_OUT
    return OnDayOff.KEEP if one.on == one.due_on else OnDayOff.MOVE


def _off_words(one: Occasion, _: Translator) -> str:
    """Say what becomes of a meeting on a day off, and why."""
    words = {"due": _.weekday(one.due_on), "why": _.label(one.off) if one.off else ""}
    match _fate(one):
        case OnDayOff.LEAVE_OUT:
            return _("{due} is left out: {why}", **words)
        case OnDayOff.MOVE:
            return _("{due} is moved to {day}: {why}", day=_.weekday(one.on), **words)
        case OnDayOff.KEEP:
            return _("{due} stays, though it is no working day: {why}", **words)

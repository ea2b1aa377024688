"""How a meeting repeats: the rhythm, the end, and the days that come of it."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from casework.domain.repeat import LONGEST, Occasion, Repeat, Rhythm
from core.i18n import Translator

_SHOWN = 12


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
    skips = st.checkbox(_("Skip days off by the centre's calendar"), value=True, key="series_skips")
    return Repeat(
        rhythm or Rhythm.WEEKLY,
        times=int(times) if times is not None else None,
        until=until if isinstance(until, date) else None,
        skips_days_off=skips,
    )


def days(occasions: Sequence[Occasion], _: Translator) -> int:
    """Show the days of the series and give how many meetings there will be."""
    kept = [one for one in occasions if not one.is_skipped]
    shown = [_.weekday(one.on) for one in kept[:_SHOWN]]
    if len(kept) > _SHOWN:
        shown.append(_("… and the last on {day}", day=_.date(kept[-1].on)))
    st.markdown(_.plural("{n} meeting:", "{n} meetings:", len(kept)) + " " + " · ".join(shown))
    left_out = [_.weekday(one.on) for one in occasions if one.is_skipped]
    if left_out:
        st.caption(_("Days off, left out: {days}", days=" · ".join(left_out[:_SHOWN])))
    return len(kept)

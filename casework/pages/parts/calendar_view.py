"""A month or a week of meetings; on a phone both are lists."""

from datetime import date

import streamlit as st

from casework.domain.agenda import Agenda, Entry, Span, weeks_of
from casework.domain.consultation import ConsultationStatus
from core.i18n import Translator
from core.ui.desk import link, plain

_SHOWN = 6


def draw(agenda: Agenda, _: Translator) -> None:
    """Draw the view that is asked for."""
    if agenda.span is Span.WEEK:
        _week(agenda, _)
    else:
        _month(agenda, _)


def _month(agenda: Agenda, _: Translator) -> None:
    for week in weeks_of(agenda.days):
        for place, day in zip(st.columns(7, gap="xxsmall", border=True), week, strict=True):
            entries = agenda.of(day)
            kind = "day" if entries or day == agenda.today else "empty"
            with place, st.container(key=f"calendar_{kind}_{day:%Y_%m_%d}", gap=None):
                _day_head(agenda, day, _)
                for entry in entries[:_SHOWN]:
                    _short(entry, _)
                rest = len(entries) - _SHOWN
                if rest > 0:
                    label = _.plural("{n} more", "{n} more", rest)
                    link(label, "calendar", view="week", day=day)


def _week(agenda: Agenda, _: Translator) -> None:
    for day in agenda.days:
        entries = agenda.of(day)
        today = " · " + _("today") if day == agenda.today else ""
        st.markdown(f"**{_.weekday(day)}**{today}")
        if not entries:
            st.caption(_("Nothing."))
        for number, entry in enumerate(entries):
            with st.container(key=f"entry_{day:%Y_%m_%d}_{number}"):
                _long(entry, _)


def _day_head(agenda: Agenda, day: date, _: Translator) -> None:
    is_other = agenda.span is Span.MONTH and day.month != agenda.anchor.month
    number = _.weekday(day) if day == agenda.today else _.short_weekday(day)
    colour = "green" if day == agenda.today else "gray"
    text = f":{colour}[**{number}**]" if not is_other else f":gray[{number}]"
    st.markdown(text)


def _short(entry: Entry, _: Translator) -> None:
    hour = f"{entry.starts_at:%H:%M} " if entry.starts_at else ""
    if entry.is_busy:
        st.caption(hour + _("busy"))
        return
    rest = f" +{len(entry.initiatives) - 1}" if entry.initiatives[1:] else ""
    name = entry.initiatives[0] + rest if entry.initiatives else _name(entry, _)
    link(plain(hour + name), "consultation", consultation=entry.id)


def _long(entry: Entry, _: Translator) -> None:
    hours = entry.hours + " · " if entry.hours else ""
    if entry.is_busy:
        st.markdown(":material/block: " + hours + _("busy"))
        return
    facts = [_name(entry, _), _.show(entry.topics), ", ".join(entry.consultants)]
    if entry.status is ConsultationStatus.PLANNED:
        facts.append(_.show(entry.status))
    icon = ":material/lock:" if entry.is_private else ":material/event:"
    text = plain(hours + " · ".join(fact for fact in facts if fact))
    link(text, "consultation", icon=icon, consultation=entry.id)


def _name(entry: Entry, _: Translator) -> str:
    return ", ".join(entry.initiatives) or _.show(entry.topics)

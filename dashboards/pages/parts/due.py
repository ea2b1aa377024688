"""What waits on my desk beside meetings and steps."""

from datetime import date
from typing import Final

import streamlit as st

from casework.domain.due import Due
from casework.domain.outside import OutsideLine
from casework.domain.substitution import SubstitutionLine
from core.i18n import Translator
from core.ui.desk import link, plain
from hours.pages.parts import figures
from hours.service import HoursDue

_SHOWN: Final = 5
"""How many months that wait are named."""


def draw_due(due: Due | None, hours: HoursDue, _: Translator) -> None:
    """Draw what waits, each line with the way to it."""
    if (due is None or due.is_clear) and hours.is_clear:
        return
    with st.container(border=True, gap="xsmall", key="desk_due"):
        if due:
            _draw_cases(due, _)
        _draw_hours(hours, _)


def _draw_cases(due: Due, _: Translator) -> None:
    if due.requests and due.oldest_on:
        days = (due.today - due.oldest_on).days
        waiting = _.plural("{n} request waits", "{n} requests wait", due.requests)
        longest = _.plural("the oldest for {n} day", "the oldest for {n} days", days)
        link(f"{waiting}, {longest}", "requests", icon=":material/inbox:")
    for asked in due.closings:
        told = _("{name}: {who} asks to close the case", name=asked.initiative, who=asked.asked_by)
        link(plain(told), "case", icon=":material/task:", case=asked.case_id)
    for awaited in due.awaited:
        _draw_awaited(awaited, due.today, _)
    if due.harms:
        label = _.plural("{n} complaint waits", "{n} complaints wait", due.harms)
        link(label, "harms", icon=":material/healing:")
    for line in due.substitutions:
        _draw_substitution(line, due.me, _)


def _draw_hours(hours: HoursDue, _: Translator) -> None:
    for first, count in hours.returned:
        told = _.plural("Hours came back: {n} entry", "Hours came back: {n} entries", count)
        label, code = f"{told} · {_.month(first)}", f"{first:%Y-%m}"
        link(label, "my_hours", icon=":material/undo:", period=code)
    for one in hours.waiting[:_SHOWN]:
        minutes = figures.said("month_seen", one.minutes, _)
        told = _("Wait for approval: {name}, {hours}", name=one.name, hours=minutes)
        label, code = plain(f"{told} · {_.month(one.starts_on)}"), f"{one.starts_on:%Y-%m}"
        icon = ":material/schedule:"
        link(label, "hours_month", icon=icon, person=one.person_id, month=code)
    more = len(hours.waiting) - _SHOWN
    if more > 0:
        label = _.plural("and {n} more month of hours", "and {n} more months of hours", more)
        link(label, "hours_month", icon=":material/more_horiz:")


def _draw_awaited(line: OutsideLine, today: date, _: Translator) -> None:
    day = _.full_day(line.due_on)
    when = _("was due {day}", day=day) if line.due_on < today else _("due {day}", day=day)
    icon = ":material/outbound:" if line.kind is None else ":material/account_balance:"
    told = _("{name}: answer of {whom}", name=line.initiative, whom=line.whom)
    link(plain(f"{told} · {when}"), "case_outside", icon=icon, case=line.case_id)


def _draw_substitution(line: SubstitutionLine, me: int, _: Translator) -> None:
    until = _.full_day(line.substitution.until)
    absent = line.substitution.person_id
    if absent == me:
        told = _("{name} stands in for you until {day}", name=line.substitute, day=until)
        link(plain(told), "substitutions", icon=":material/beach_access:")
    else:
        told = _("You stand in for {name} until {day}", name=line.person, day=until)
        link(plain(told), "cases", icon=":material/swap_horiz:", person=absent)

"""What waits on my desk beside meetings and steps."""

from datetime import date

import streamlit as st

from casework.domain.due import Due
from casework.domain.outside import OutsideLine
from casework.domain.substitution import SubstitutionLine
from core.i18n import Translator
from core.ui.desk import link, plain


def draw_due(due: Due, _: Translator) -> None:
    """Draw what waits, each line with the way to it."""
    if due.is_clear:
        return
    with st.container(border=True, gap="xsmall", key="desk_due"):
        if due.requests and due.oldest_on:
            days = (due.today - due.oldest_on).days
            waiting = _.plural("{n} request waits", "{n} requests wait", due.requests)
            longest = _.plural("the oldest for {n} day", "the oldest for {n} days", days)
            link(f"{waiting}, {longest}", "requests", icon=":material/inbox:")
        for asked in due.closings:
            told = _(
                "{name}: {who} asks to close the case", name=asked.initiative, who=asked.asked_by
            )
            link(plain(told), "case", icon=":material/task:", case=asked.case_id)
        for awaited in due.awaited:
            _draw_awaited(awaited, due.today, _)
        if due.harms:
            label = _.plural("{n} complaint waits", "{n} complaints wait", due.harms)
            link(label, "harms", icon=":material/healing:")
        for line in due.substitutions:
            _draw_substitution(line, due.me, _)


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

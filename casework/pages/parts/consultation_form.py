"""The form of a meeting: few fields first, the rest folded."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import streamlit as st

from casework.domain.consultation import (
    Audience,
    ConsultationForm,
    Draft,
    Topic,
    Work,
)
from casework.domain.step import NewStep
from casework.domain.views import Choices
from core.i18n import Translator
from core.permissions import Secrecy
from core.ui.forms import required
from core.ui.note import note

STEPS = 3
LONGEST = 960


def who(prefix: str, choices: Choices, start: Draft, _: Translator) -> tuple[int, ...]:
    """Ask who leads the meeting; outside the form, since each one brings fields of minutes."""
    chosen = st.multiselect(
        required(_("Consultants")),
        list(choices.people),
        default=[work.person_id for work in start.consultants],
        format_func=lambda person: choices.people.get(person, ""),
        key=f"{prefix}_consultants",
        placeholder=_("Choose people"),
    )
    return tuple(chosen)


def main_fields(
    prefix: str, choices: Choices, start: Draft, people: Iterable[int], _: Translator
) -> Draft:
    """Ask for what every meeting has: date, topics, initiatives, minutes."""
    day, cases = st.columns([1, 3])
    held_on = day.date_input(
        _("Date"), value=start.held_on, format="DD.MM.YYYY", key=f"{prefix}_held_on"
    )
    chosen = cases.multiselect(
        _("Initiatives"),
        list(choices.cases),
        default=sorted(start.cases),
        format_func=lambda case: choices.cases.get(case, ""),
        key=f"{prefix}_cases",
        placeholder=_("Choose initiatives"),
    )
    topics = st.pills(
        required(_("Topics")),
        list(Topic),
        selection_mode="multi",
        default=[topic for topic in Topic if topic in start.topics],
        format_func=_.label,
        key=f"{prefix}_topics",
        help=_("Several topics share the minutes equally."),
    )
    works = tuple(_minutes(prefix, choices, start, person, _) for person in people)
    return replace(
        start,
        held_on=held_on if isinstance(held_on, date) else start.held_on,
        topics=frozenset(topics or ()),
        cases=frozenset(chosen),
        consultants=works,
    )


def planned_fields(
    prefix: str, choices: Choices, start: Draft, people: Iterable[int], _: Translator
) -> Draft:
    """Ask for what a meeting to come has: an hour and an expected length instead of minutes."""
    draft = main_fields(prefix, choices, start, (), _)
    hour, length = st.columns(2)
    starts_at = hour.time_input(_("Starts at"), value=start.starts_at, key=f"{prefix}_starts_at")
    expected = length.number_input(
        _("Expected length, min"),
        min_value=0,
        max_value=LONGEST,
        step=15,
        value=start.expected_minutes or 60,
        key=f"{prefix}_expected",
    )
    return replace(
        draft,
        starts_at=starts_at,
        expected_minutes=int(expected or 0),
        consultants=tuple(Work(person) for person in people),
    )


def copied(last: Draft, usual: Draft, choices: Choices) -> Draft:
    """Begin as the last meeting was: its people, topics, lengths and form, but not its day."""
    works = tuple(work for work in last.consultants if work.person_id in choices.people)
    return replace(
        last,
        held_on=usual.held_on,
        consultants=works or usual.consultants,
        cases=frozenset(case for case in last.cases if case in choices.cases) | usual.cases,
    )


def expected(start: Draft, today: date) -> Draft:
    """Begin to write up a planned meeting: its day, if it has come, and its expected length."""
    works = tuple(Work(work.person_id, start.expected_minutes or 60) for work in start.consultants)
    return replace(start, held_on=min(start.held_on, today), consultants=works)


def note_field(prefix: str, note_key: str, stored: str, _: Translator) -> str:
    """Ask for the note: kept as a draft while one types."""
    return note(key=f"{prefix}_note", draft=note_key, label=_("Note"), value=stored, height=160)


def details(
    prefix: str, choices: Choices, draft: Draft, *, ask_start: bool, _: Translator
) -> Draft:
    """Ask for what is rarely changed, folded."""
    with st.expander(_("Format and secrecy"), key=f"{prefix}_more"):
        first, second, third = st.columns(3)
        form = first.selectbox(
            _("How you met"),
            list(ConsultationForm),
            index=list(ConsultationForm).index(draft.form),
            format_func=_.label,
            key=f"{prefix}_form",
        )
        audience = second.selectbox(
            _("With whom"),
            list(Audience),
            index=list(Audience).index(draft.audience),
            format_func=_.label,
            key=f"{prefix}_audience",
        )
        starts_at = draft.starts_at
        if ask_start:
            starts_at = third.time_input(_("Starts at"), value=starts_at, key=f"{prefix}_starts_at")
        secrecy, named = _secrecy(prefix, choices, draft, _)
    return replace(
        draft,
        form=form or draft.form,
        audience=audience or draft.audience,
        starts_at=starts_at,
        secrecy=secrecy,
        named=named,
    )


def steps(prefix: str, choices: Choices, _: Translator) -> tuple[NewStep, ...]:
    """Ask what was agreed to do next, folded."""
    agreed: list[NewStep] = []
    with st.expander(_("Next steps"), key=f"{prefix}_steps"):
        for number in range(STEPS):
            text, due, person = st.columns([4, 2, 2])
            agreed.append(
                NewStep(
                    text.text_input(_("What to do"), key=f"{prefix}_step_{number}"),
                    _day(
                        due.date_input(
                            _("By when"),
                            value=None,
                            format="DD.MM.YYYY",
                            key=f"{prefix}_due_{number}",
                        )
                    ),
                    person.selectbox(
                        _("Who in the centre"),
                        [None, *choices.people],
                        format_func=lambda who: choices.people.get(who, "—"),
                        key=f"{prefix}_responsible_{number}",
                    ),
                )
            )
    return tuple(agreed)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _minutes(prefix: str, choices: Choices, start: Draft, person: int, _: Translator) -> Work:
    """Ask for one consultant's minutes of each kind, in whole minutes."""
    known = next((w for w in start.consultants if w.person_id == person), Work(person, 60))
    name = choices.people.get(person, "")
    fields = (
        (_("With people, min"), "contact", known.contact),
        (_("Preparation, min"), "preparation", known.preparation),
        (_("Travel, min"), "travel", known.travel),
    )
    st.text(name)
    spent = [
        int(
            column.number_input(
                label,
                min_value=0,
                max_value=LONGEST,
                step=5,
                value=value,
                key=f"{prefix}_{kind}_{person}",
            )
            or 0
        )
        for column, (label, kind, value) in zip(st.columns(3), fields, strict=True)
    ]
    return Work(person, *spent)


def _secrecy(
    prefix: str, choices: Choices, draft: Draft, _: Translator
) -> tuple[Secrecy | None, frozenset[int]]:
    level = st.selectbox(
        _("Who may read the note"),
        [None, *Secrecy],
        index=0 if draft.secrecy is None else 1 + list(Secrecy).index(draft.secrecy),
        format_func=lambda value: _.label(value) if value else _("As the topics say"),
        key=f"{prefix}_secrecy",
        help=_(
            "Notes of talks with the psychologist or the mediator start as private, all others"
            " are open to those who work on the case. Of a private talk the others see the date"
            " and the minutes, and in the calendar that its consultant is busy; nothing else."
        ),
    )
    named = st.multiselect(
        _("A private note is also open to"),
        list(choices.people),
        default=sorted(draft.named & set(choices.people)),
        format_func=lambda person: choices.people.get(person, ""),
        key=f"{prefix}_named",
        placeholder=_("Nobody else"),
    )
    return level, frozenset(named) | (draft.named - set(choices.people))

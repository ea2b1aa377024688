"""Rows of a week are read as people write and paste them."""

from datetime import date, time

import pytest

from casework.domain.consultation import Audience, ConsultationForm, ConsultationStatus, Topic, Work
from casework.domain.week import (
    ROWS_LIMIT,
    Reading,
    SeveralCasesError,
    TooManyRowsError,
    UnknownNameError,
    UnreadableDayError,
    UnreadableHourError,
    UnreadableMinutesError,
    WeekRow,
    filled_rows,
    monday_of,
    read_row,
)
from core.errors import RequiredError
from core.permissions import Secrecy

MONDAY = date(2026, 11, 23)
CASES = {
    1: "Двор без машин",
    2: "Чистые берега · Летний лагерь",
    3: "Сад, огород и школа",
    4: "Театр · Первый год",
    5: "Театр · Гастроли",
}
KNOWN = Reading(MONDAY, 7, CASES)


def draft(**cells):
    return read_row(WeekRow(1, **{"day": "23.11", "topics": ("бюджет",), **cells}), KNOWN)[0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("23.11", date(2026, 11, 23)),
        ("3/11/2026", date(2026, 11, 3)),
        ("23.11.26", date(2026, 11, 23)),
        ("2026-11-24", date(2026, 11, 24)),
        ("2026-11-24 00:00:00", date(2026, 11, 24)),
        ("ср", date(2026, 11, 25)),
        ("Пятница", date(2026, 11, 27)),
        ("Mon", date(2026, 11, 23)),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: date) -> None:
    assert draft(day=text).held_on == day


def test_a_day_without_a_year_lies_near_the_week_at_the_turn_of_the_year() -> None:
    january = Reading(date(2027, 1, 4), 7)
    row = WeekRow(1, day="28.12", topics=("бюджет",))

    assert read_row(row, january)[0].held_on == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("text", "hour"),
    [("14:30", time(14, 30)), ("9.05", time(9, 5)), ("9", time(9)), ("14:30:00", time(14, 30))],
)
def test_an_hour_is_read_as_people_write_it(text: str, hour: time) -> None:
    assert draft(starts_at=text).starts_at == hour


def test_minutes_are_read_as_spreadsheets_write_them() -> None:
    read = draft(contact="1:30", preparation="15,0", travel="20")

    assert read.consultants == (Work(7, 90, 15, 20),)


@pytest.mark.parametrize(
    ("names", "cases"),
    [
        (("двор БЕЗ машин",), {1}),
        (("Чистые берега",), {2}),
        (("Чистые берега · Летний лагерь", "Двор без машин"), {1, 2}),
        (("Двор без машин; Чистые берега",), {1, 2}),
        (("Сад", "огород и школа", "Двор без машин"), {1, 3}),
        (("Театр · Гастроли",), {5}),
    ],
)
def test_initiatives_are_found_by_name_however_they_are_joined(names, cases) -> None:
    assert draft(initiatives=names).cases == cases


def test_topics_are_read_in_either_language_and_with_their_own_commas() -> None:
    read = draft(topics=("цели", "методы и технологии", "Budget"))

    assert read.topics == {Topic.GOALS_METHODS, Topic.BUDGET}


def test_several_initiatives_make_a_group() -> None:
    assert draft(initiatives=("Двор без машин", "Чистые берега")).audience is Audience.GROUP
    assert draft(initiatives=("Двор без машин",)).audience is Audience.INDIVIDUAL


def test_a_talk_with_the_psychologist_starts_private_and_a_mark_makes_any_so() -> None:
    assert draft(topics=("психолог",)).kept_secrecy is Secrecy.PRIVATE
    assert draft(is_private=True).kept_secrecy is Secrecy.PRIVATE
    assert draft().kept_secrecy is Secrecy.CASE


def test_minutes_count_only_when_the_meeting_was_held() -> None:
    row = WeekRow(1, day="23.11", topics=("бюджет",), contact="60", status="no_show")
    missed = read_row(row, KNOWN)

    assert missed[0].consultants == (Work(7),)
    assert missed[1] is ConsultationStatus.NO_SHOW


@pytest.mark.parametrize(
    ("cells", "error"),
    [
        ({"day": ""}, RequiredError),
        ({"day": "31.11"}, UnreadableDayError),
        ({"day": "вчера"}, UnreadableDayError),
        ({"starts_at": "25:00"}, UnreadableHourError),
        ({"starts_at": "утром"}, UnreadableHourError),
        ({"contact": "час"}, UnreadableMinutesError),
        ({"contact": "-5"}, UnreadableMinutesError),
        ({"initiatives": ("Нет такой",)}, UnknownNameError),
        ({"initiatives": ("Театр",)}, SeveralCasesError),
        ({"topics": ("погода",)}, UnknownNameError),
        ({"form": "голубем"}, UnknownNameError),
        ({"status": "наверное"}, UnknownNameError),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_own_name(cells, error) -> None:
    with pytest.raises(error):
        draft(**cells)


def test_rows_without_text_are_no_meetings() -> None:
    assert filled_rows([WeekRow(1), WeekRow(2, day=" "), WeekRow(3, note="x")]) == (
        WeekRow(3, note="x"),
    )


def test_an_endless_grid_is_refused() -> None:
    with pytest.raises(TooManyRowsError):
        filled_rows(WeekRow(n, day="23.11") for n in range(ROWS_LIMIT + 1))


def test_a_week_begins_on_monday() -> None:
    assert monday_of(date(2026, 11, 29)) == MONDAY


def test_the_form_is_read_in_words() -> None:
    assert draft(form="online").form is ConsultationForm.ONLINE

"""Words and formats in both languages."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.errors import NotFoundError, TooLongError
from core.i18n import Term, language_of, sort_key, translator
from core.permissions import Role

RU, EN = translator("ru"), translator("en")


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("minutes", "english", "russian"),
    [(165, "2 h 45 min", "2 ч 45 мин"), (120, "2 h", "2 ч"), (0, "0 min", "0 мин"),
     (45, "45 min", "45 мин"), (-75, "−1 h 15 min", "−1 ч 15 мин"), (90000, "1,500 h", "1 500 ч")],
)  # fmt: skip
def test_minutes_read_as_hours_and_minutes(minutes, english, russian) -> None:
    assert english == plain(EN.hours(minutes))
    assert russian == plain(RU.hours(minutes))


def test_dates_and_numbers_follow_the_language() -> None:
    day = date(2026, 11, 23)
    assert "23 нояб. 2026 г." == plain(RU.date(day))
    assert "23 Nov 2026" == EN.date(day)
    assert "1 234,5" == plain(RU.number(1234.5, 1))
    assert "1,234.5" == EN.number(1234.5, 1)
    assert "ноябрь 2026" == plain(RU.month(day))


@pytest.mark.parametrize(
    ("first", "last", "short", "full"),
    [
        ((2026, 12, 1), (2026, 12, 1), "1 дек. 2026", "1 декабря 2026"),
        ((2026, 12, 1), (2026, 12, 5), "1–5 дек. 2026", "1–5 декабря 2026"),
        ((2026, 11, 28), (2026, 12, 5), "28 нояб. – 5 дек. 2026", "28 ноября – 5 декабря 2026"),
        ((2026, 12, 28), (2027, 1, 5), "28 дек. 2026 – 5 янв. 2027",
         "28 декабря 2026 – 5 января 2027"),
    ],
)  # fmt: skip
def test_days_from_and_until_are_said_shortly_and_in_full(first, last, short, full) -> None:
    days = date(*first), date(*last)
    assert (plain(RU.days(*days)), plain(RU.days(*days, is_full=True))) == (short, full)


def test_a_period_of_days_is_said_in_english_too_and_no_number_is_below_zero_at_zero() -> None:
    days = date(2026, 12, 1), date(2026, 12, 5)
    assert (EN.days(*days), EN.days(*days, is_full=True)) == ("1–5 Dec 2026", "1–5 December 2026")
    assert [EN.number(-0.0), EN.number(0), EN.percent(-0.0)] == ["0", "0", "0%"]


def test_moment_is_shown_in_the_zone_asked_for() -> None:
    moment = datetime(2026, 11, 23, 20, 30, tzinfo=UTC)
    assert "24 нояб. 2026 г., 01:30" == plain(RU.moment(moment, ZoneInfo("Asia/Yekaterinburg")))


def test_error_shows_codes_and_numbers_in_words() -> None:
    error = TooLongError(field=Term("field.note"), limit=100000, length=200000)
    assert (
        "Note: 200,000 characters are too many, at most 100,000 fit. Nothing is lost: shorten the text."
        == EN.error(error)
    )
    assert plain(RU.error(error)).startswith("Запись: 200 000 знаков")


def test_error_guards_what_people_wrote() -> None:
    error = NotFoundError(kind=Term("object.case"), id="<b>*x*")
    assert "&lt;b&gt;" not in EN.error(error)
    assert "[<b>*x*]" in EN.error(error, escape=lambda text: f"[{text}]")


def test_placeholder_in_a_persons_text_is_not_replaced() -> None:
    assert "Welcome, {name} {0}" == EN("Welcome, {name}", name="{name} {0}")


def test_coded_member_has_a_label_in_both_languages() -> None:
    assert ("консультант", "consultant") == (RU.label(Role.CONSULTANT), EN.label(Role.CONSULTANT))


def test_sort_key_treats_yo_as_ye_and_forgets_case_and_spaces() -> None:
    assert sort_key(" Ёлка  на Каме") == sort_key("елка НА Каме")
    names = ["Яблоня", "ёж", "Ель", "Жук", "Азбука"]
    assert ["Азбука", "ёж", "Ель", "Жук", "Яблоня"] == sorted(names, key=sort_key)


@pytest.mark.parametrize(
    ("tag", "language"),
    [("ru-RU", "ru"), ("ru", "ru"), ("en-GB", "en"), ("de", "en"), (None, "en")],
)
def test_browser_language_is_ours_or_english(tag, language) -> None:
    assert language == language_of(tag)

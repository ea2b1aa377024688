"""What a promise comes to, in a sentence."""

from datetime import date

import pytest

from core.calendar import russian_calendar
from core.i18n import translator
from dashboards.pages.parts.sentences import forecast, standing
from hours.domain.pace import Pace, pace
from hours.domain.periods import Quarter

Q4 = Quarter(2026, 4).period


def of(plan: int, done: int, today: date) -> Pace:
    return pace(plan, {Q4.starts_on: done}, Q4, today, russian_calendar())


NOVEMBER, LATE = date(2026, 11, 23), date(2026, 12, 28)


@pytest.mark.parametrize(
    ("state", "english", "russian"),
    [
        (of(0, 60, NOVEMBER), "Nothing is promised for this quarter.", "На этот квартал ничего не обещано."),
        (
            of(15_000, 7_776, NOVEMBER),
            ("To keep the promise the centre needs 21 h 30 min a week until 31 December."
            " The quarter is 11 h 1 min behind an even plan."),
            ("Чтобы сдержать обещание, центру нужно 21 ч 30 мин в неделю до 31 декабря."
            " Квартал отстаёт от ровного плана на 11 ч 1 мин."),
        ),
        (
            of(15_000, 9_000, NOVEMBER),
            ("To keep the promise the centre needs 17 h 52 min a week until 31 December."
            " The quarter is 9 h 23 min ahead of an even plan."),
            ("Чтобы сдержать обещание, центру нужно 17 ч 52 мин в неделю до 31 декабря."
            " Квартал опережает ровный план на 9 ч 23 мин."),
        ),
        (
            of(15_000, 14_100, LATE),
            "To keep the promise the centre needs 15 h more until 31 December. The quarter keeps even with the plan.",
            "Чтобы сдержать обещание, центру нужно ещё 15 ч до 31 декабря. Квартал идёт вровень с планом.",
        ),
        (
            of(15_000, 0, date(2026, 9, 1)),
            "The quarter begins on 1 October and needs 19 h 32 min a week.",
            "Квартал начинается 1 октября, на него нужно 19 ч 32 мин в неделю.",
        ),
        (
            of(15_000, 14_000, date(2027, 1, 5)),
            "The quarter ended 16 h 40 min short of the promise.",
            "Квартал закончился: до обещанного не хватило 16 ч 40 мин.",
        ),
        (of(60, 60, NOVEMBER), "The promise is kept to the minute.", "Обещание выполнено минута в минуту."),
        (
            of(60, 75, NOVEMBER),
            "The promise is kept, with 15 min over.",
            "Обещание выполнено, сверх него 15 мин.",
        ),
    ],
)  # fmt: skip
def test_a_promise_is_said_in_both_languages(state: Pace, english: str, russian: str) -> None:
    for language, expected in (("en", english), ("ru", russian)):
        words = translator(language)
        said = f"{forecast(state, words)} {standing(state, words)}".strip()
        assert expected == said.replace("\xa0", " ")

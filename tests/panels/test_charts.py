"""Pictures of panels are made of finished values."""

from decimal import Decimal

import pytest

from core.i18n import translator
from core.ui.theme import PALETTE
from panels.charts import Ranked, figure_of, profile, ranking
from panels.domain.criteria import Criterion, Scale
from panels.domain.scoring import summarise
from panels.domain.sheet import Opinion, Score, ScoreSheet, SheetState

_ = translator("ru")
CRITERIA = (
    Criterion(1, {"ru": "Нужность <b>городу</b>"}, {}, Decimal(3), Scale(), {}),
    Criterion(2, {"ru": "Команда"}, {}, Decimal(1), Scale(), {}),
)


def sheet(expert: int, *marks: int | None) -> ScoreSheet:
    scores = tuple(Score(n, mark, abstains=mark is None) for n, mark in enumerate(marks, 1))
    return ScoreSheet(expert, 7, expert, SheetState.SUBMITTED, Opinion(scores))


def test_a_profile_has_a_dot_for_every_mark_and_a_diamond_for_every_mean() -> None:
    sheets = [sheet(1, 5, 3), sheet(2, 2, None)]
    figure = profile(CRITERIA, summarise(7, CRITERIA, sheets), sheets, {1: "А", 2: "Б"}, _)
    dots = [list(trace.x) for trace in figure.data if trace.name in {"А", "Б"}]
    assert dots == [[5, 3], [2, None]]
    diamonds = next(trace for trace in figure.data if trace.name == _("Mean"))
    assert list(diamonds.x) == [3.5, 3.0]
    assert list(diamonds.text) == ["3,50", "3,00"]


def test_a_profile_paints_amber_where_the_experts_stand_apart() -> None:
    sheets = [sheet(1, 5, 3), sheet(2, 2, 3)]
    figure = profile(CRITERIA, summarise(7, CRITERIA, sheets), (), {}, _)
    lines = [trace.line.color for trace in figure.data if trace.mode == "lines"]
    assert lines == [PALETTE.at_risk, PALETTE.soft]


def test_a_profile_of_nothing_is_empty_and_does_not_fail() -> None:
    figure = profile(CRITERIA, summarise(7, CRITERIA, ()), (), {}, _)
    assert list(figure.data[-1].x) == [None, None]
    assert profile((), summarise(7, (), ()), (), {}, _).layout.height > 0


def test_what_people_wrote_is_not_read_as_html() -> None:
    figure = profile(CRITERIA, summarise(7, CRITERIA, ()), (), {}, _)
    assert "<b>" not in figure.layout.yaxis.ticktext[0]


def test_a_ranking_puts_the_highest_mean_on_top_and_begins_at_zero() -> None:
    low = Ranked("Низкий", summarise(1, CRITERIA, [sheet(1, 2, 2)]))
    high = Ranked("Высокий", summarise(2, CRITERIA, [sheet(1, 5, 5), sheet(2, 4, 4)]))
    unscored = Ranked("Без оценок", summarise(3, CRITERIA, []))
    figure = ranking([low, unscored, high], CRITERIA, _)
    assert list(figure.layout.yaxis.ticktext) == ["Высокий", "Низкий"]
    assert list(figure.data[0].x) == [4.5, 2.0]
    assert figure.layout.xaxis.range[0] == 0
    assert list(figure.data[0].error_x.array) == [0.5, 0.0]
    assert list(figure.data[0].marker.color) == [PALETTE.at_risk, PALETTE.plan]


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [("ru", Decimal("3.50"), "3,50"), ("en", 3, "3.00"), ("ru", None, "—")],
)
def test_a_mean_keeps_both_decimals(language, value, shown) -> None:
    assert figure_of(value, translator(language)) == shown

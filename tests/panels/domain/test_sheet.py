"""What a score sheet may hold and when it is complete."""

from decimal import Decimal

import pytest

from core.errors import InvalidError, OutOfRangeError, RequiredError, TooLongError
from panels.domain.criteria import Criterion, Scale, check_criterion, said
from panels.domain.errors import MissingMarksError, MixedScalesError, NoCriteriaError
from panels.domain.panel import required_text
from panels.domain.sheet import Opinion, Score, check_complete, check_opinion


def criterion(number: int = 0, *, is_required: bool = True, **changes: object) -> Criterion:
    values = {
        "title": {"ru": "Нужность"},
        "question": {},
        "weight": Decimal(2),
        "scale": Scale(1, 5),
        "levels": {},
    } | changes
    return Criterion(id=number, is_required=is_required, **values)


PANEL = (criterion(1), criterion(2), criterion(3, is_required=False))


def test_a_complete_sheet_may_leave_out_an_optional_criterion() -> None:
    check_complete(Opinion((Score(1, 4), Score(2, 5))), PANEL)


def test_a_sheet_with_a_missing_mark_names_the_criterion_by_number() -> None:
    with pytest.raises(MissingMarksError) as refused:
        check_complete(Opinion((Score(2, 5),)), PANEL)
    assert refused.value.details == {"numbers": (1,)}


def test_an_abstention_with_a_reason_stands_for_a_mark() -> None:
    abstention = Score(1, abstains=True, reason="Not my field")
    check_complete(Opinion((abstention, Score(2, 5))), PANEL)


def test_an_abstention_without_a_reason_is_refused() -> None:
    with pytest.raises(RequiredError):
        check_complete(Opinion((Score(1, abstains=True, reason=" "), Score(2, 5))), PANEL)


def test_a_sheet_of_a_panel_without_criteria_is_never_complete() -> None:
    with pytest.raises(NoCriteriaError):
        check_complete(Opinion(), ())


@pytest.mark.parametrize(
    ("opinion", "error"),
    [
        (Opinion((Score(1, 0),)), OutOfRangeError),
        (Opinion((Score(1, 6),)), OutOfRangeError),
        (Opinion((Score(1, -1),)), OutOfRangeError),
        (Opinion((Score(9, 3),)), InvalidError),
        (Opinion((Score(1, 3), Score(1, 4))), InvalidError),
        (Opinion((Score(1, 3, abstains=True),)), InvalidError),
        (Opinion((Score(1, 3, reason="x" * 2001),)), TooLongError),
        (Opinion(comment="x" * 200_000), TooLongError),
        (Opinion(recommendation="x" * 10_001), TooLongError),
    ],
)
def test_a_draft_refuses_what_can_never_stand(opinion, error) -> None:
    with pytest.raises(error):
        check_opinion(opinion, PANEL)


def test_a_draft_may_be_empty_or_partly_marked() -> None:
    check_opinion(Opinion(), PANEL)
    check_opinion(Opinion((Score(2, 1, reason="👍 хорошо"),)), PANEL)


def test_each_line_of_the_recommendation_is_one_recommendation() -> None:
    opinion = Opinion(
        recommendation="- Найти юриста\n\n• Найти юриста\n  Сверить *смету*  \n—\n2) Сад\n3-й двор"
    )
    assert opinion.recommendations == ("Найти юриста", "Сверить *смету*", "Сад", "3-й двор")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"title": {}}, RequiredError),
        ({"title": {"ru": "  "}}, RequiredError),
        ({"title": {"ru": "x" * 201}}, TooLongError),
        ({"levels": {1: {"ru": "x" * 1001}}}, TooLongError),
        ({"weight": Decimal(0)}, OutOfRangeError),
        ({"weight": Decimal(-1)}, OutOfRangeError),
        ({"weight": Decimal(101)}, OutOfRangeError),
        ({"weight": Decimal("NaN")}, OutOfRangeError),
        ({"scale": Scale(0, 5)}, OutOfRangeError),
        ({"scale": Scale(3, 3)}, OutOfRangeError),
        ({"scale": Scale(1, 11)}, OutOfRangeError),
        ({"scale": Scale(1, 10)}, MixedScalesError),
    ],
)
def test_a_criterion_that_could_not_be_averaged_is_refused(changes, error) -> None:
    with pytest.raises(error):
        check_criterion(criterion(**changes), PANEL)


def test_a_wording_falls_back_to_the_language_there_is() -> None:
    assert said({"ru": "Цель", "en": "Goal"}, "en") == "Goal"
    assert said({"ru": "Цель"}, "en") == "Цель"
    assert said({}, "en") == ""


def test_a_required_text_loses_outer_spaces_and_nothing_else() -> None:
    assert required_text("  <b>Двор</b> 🌳 ", "field.title") == "<b>Двор</b> 🌳"
    with pytest.raises(RequiredError):
        required_text(" \n", "field.title")
    with pytest.raises(TooLongError):
        required_text("x" * 201, "field.title")

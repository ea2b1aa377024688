"""Means, spread and places of panels."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from panels.domain.criteria import Criterion, Scale
from panels.domain.scoring import (
    coverage,
    places,
    round_half_up,
    spread,
    summarise,
    weighted_mean,
)
from panels.domain.sheet import Opinion, Score, ScoreSheet, SheetState


def criterion(number: int, weight: str = "1", *, high: int = 5) -> Criterion:
    return Criterion(number, {"en": f"C{number}"}, {}, Decimal(weight), Scale(1, high), {})


def opinion(*marks: int | None) -> Opinion:
    """Put marks on criteria 1, 2, …; None abstains."""
    return Opinion(
        tuple(Score(n, mark, abstains=mark is None) for n, mark in enumerate(marks, start=1))
    )


def sheet(expert: int, *marks: int | None, state: SheetState = SheetState.SUBMITTED) -> ScoreSheet:
    return ScoreSheet(expert, 7, expert, state, opinion(*marks))


THREE = (criterion(1, "3"), criterion(2, "2"), criterion(3, "1"))


def test_figure_skating_components_add_up_to_the_official_total() -> None:
    """ISU World Championships 2017, ladies' free skating, place 23 (official protocol).

    Nine judges; without the highest and lowest mark, the mean rounded half up; each
    product with the factor 1.6 rounded half up; then the sum, 48.45. Rounding only the sum
    would give 48.46.
    """
    judges = {
        "6.07": (6, 6.75, 5.75, 6.25, 6, 5.75, 6.25, 6, 6.25),
        "5.75": (5.75, 6.25, 5.25, 5.5, 5.5, 5.75, 5.75, 5.75, 6.25),
        "6.0700": (6, 6.5, 5, 6, 6.25, 6, 6, 5.75, 6.5),
        "6.21": (6.25, 6.75, 5.75, 6.25, 6, 6.5, 6.25, 5.75, 6.5),
        "6.18": (6.25, 6.75, 5.25, 6.25, 6, 6.25, 6, 6.25, 6.25),
    }
    means = {
        official: round_half_up(sum(map(Fraction, sorted(marks)[1:-1]), Fraction()) / 7)
        for official, marks in judges.items()
    }
    assert {official: Decimal(official) for official in judges} == means
    products = [round_half_up(mean * Decimal("1.6")) for mean in means.values()]
    assert Decimal("48.45") == sum(products)


def test_halves_are_rounded_up_where_binary_floats_and_bankers_rounding_do_not() -> None:
    assert Decimal("2.68") == round_half_up(Decimal("2.675"))
    assert Decimal("0.13") == round_half_up(Fraction(1, 8))
    assert Decimal("4.17") == round_half_up(Fraction(25, 6))
    assert Decimal("-0.13") == round_half_up(Fraction(-1, 8))


def test_weighted_mean_equals_the_one_made_by_hand() -> None:
    # (3·4 + 2·5 + 1·2) / 6 = 24 / 6
    assert Fraction(4) == weighted_mean(opinion(4, 5, 2), THREE)
    # (3·4 + 2·5 + 1·3) / 6 = 25 / 6
    assert Fraction(25, 6) == weighted_mean(opinion(4, 5, 3), THREE)


def test_an_abstention_leaves_the_sum_and_the_divisor() -> None:
    # (3·4 + 1·2) / 4 = 3.5
    assert Fraction(7, 2) == weighted_mean(opinion(4, None, 2), THREE)
    assert Fraction(4, 6) == coverage(opinion(4, None, 2), THREE)


def test_a_sheet_without_marks_has_no_mean_rather_than_zero() -> None:
    assert weighted_mean(opinion(None, None, None), THREE) is None
    assert weighted_mean(Opinion(), THREE) is None
    assert Fraction(0) == coverage(Opinion(), ())


def test_summary_gives_means_and_spread_of_the_experts_by_hand() -> None:
    # experts' means: 4, 25/6, 2.5; their mean 3.5556; sd of them 0.9177
    summary = summarise(7, THREE, [sheet(1, 4, 5, 2), sheet(2, 4, 5, 3), sheet(3, 2, 3, 3)])
    assert summary.spread.count == 3
    assert Decimal("3.56") == summary.spread.mean
    assert (Decimal("2.50"), Decimal("4.17")) == (summary.spread.low, summary.spread.high)
    assert Decimal("0.92") == summary.spread.sd
    first, second, third = summary.criteria
    assert Decimal("3.33") == first.spread.mean
    assert Decimal("4.33") == second.spread.mean
    assert Decimal("2.67") == third.spread.mean


def test_summary_flags_experts_a_quarter_of_the_scale_apart() -> None:
    together = summarise(7, THREE, [sheet(1, 4, 4, 4), sheet(2, 4, 4, 3)])
    apart = summarise(7, THREE, [sheet(1, 4, 4, 4), sheet(2, 3, 3, 3)])
    assert not together.disagrees
    assert apart.disagrees


def test_summary_flags_a_criterion_half_of_the_scale_apart() -> None:
    summary = summarise(7, THREE, [sheet(1, 4, 4, 2), sheet(2, 4, 3, 4)])
    assert [one.disagrees for one in summary.criteria] == [False, False, True]


def test_drafts_and_bare_abstentions_do_not_count() -> None:
    sheets = [
        sheet(1, 4, 5, 2),
        sheet(2, 1, 1, 1, state=SheetState.DRAFT),
        sheet(3, None, None, None),
    ]
    summary = summarise(7, THREE, sheets)
    assert summary.spread.count == 1
    assert Decimal("4.00") == summary.spread.mean
    assert summary.spread.sd is None


def test_a_project_nobody_scored_has_no_mean() -> None:
    summary = summarise(7, THREE, [])
    assert summary.spread.mean is None
    assert not summary.disagrees


def test_equal_reported_means_share_a_place() -> None:
    means = [Decimal("3.56"), None, Decimal("4.10"), Decimal("3.56"), Decimal("2.00")]
    assert places(means) == (2, None, 1, 2, 4)


weights = st.decimals("0.01", "100", places=2)
criteria_lists = st.lists(weights, min_size=1, max_size=6).map(
    lambda found: tuple(criterion(n, str(w)) for n, w in enumerate(found, start=1))
)
marks = st.one_of(st.none(), st.integers(1, 5))


@given(criteria_lists, st.data())
def test_a_weighted_mean_lies_between_the_marks(criteria, data) -> None:
    given_marks = data.draw(st.lists(marks, min_size=len(criteria), max_size=len(criteria)))
    mean = weighted_mean(opinion(*given_marks), criteria)
    known = [mark for mark in given_marks if mark is not None]
    assert (mean is None) == (not known)
    if mean is not None:
        assert min(known) <= mean <= max(known)


@given(criteria_lists, st.integers(1, 5))
def test_equal_marks_have_this_mark_as_mean(criteria, mark) -> None:
    assert mark == weighted_mean(opinion(*[mark] * len(criteria)), criteria)


@given(st.lists(st.tuples(weights, st.integers(1, 5)), min_size=1, max_size=6), st.integers(2, 9))
def test_weights_times_a_number_change_nothing(pairs, times) -> None:
    plain = tuple(criterion(n, str(w)) for n, (w, _) in enumerate(pairs, start=1))
    scaled = tuple(criterion(n, str(w * times)) for n, (w, _) in enumerate(pairs, start=1))
    one = opinion(*(mark for _, mark in pairs))
    assert weighted_mean(one, plain) == weighted_mean(one, scaled)


@given(st.lists(st.lists(marks, min_size=3, max_size=3), max_size=6), st.randoms())
def test_the_order_of_sheets_changes_nothing(rows, random) -> None:
    sheets = [sheet(n, *row) for n, row in enumerate(rows, start=1)]
    mixed = list(sheets)
    random.shuffle(mixed)
    assert summarise(7, THREE, sheets) == summarise(7, THREE, mixed)


@given(st.lists(st.fractions(1, 5), min_size=1, max_size=9))
def test_a_spread_is_ordered(values) -> None:
    found = spread(values)
    assert found.low <= found.mean <= found.high
    assert found.sd is None or found.sd >= 0


@given(st.fractions(0, 100))
def test_rounding_moves_a_value_by_half_a_hundredth_at_most(value) -> None:
    assert abs(Fraction(round_half_up(value)) - value) <= Fraction(1, 200)


@given(st.lists(st.one_of(st.none(), st.decimals("1", "5", places=2)), max_size=8))
def test_a_better_mean_never_has_a_worse_place(means) -> None:
    given_places = places(means)
    ranked = [(m, p) for m, p in zip(means, given_places, strict=True) if m is not None]
    for mean, place in ranked:
        for other, other_place in ranked:
            assert (mean > other) == (place < other_place)

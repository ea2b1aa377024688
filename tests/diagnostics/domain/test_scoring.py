from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.domain.instrument import Missing
from diagnostics.domain.scoring import Run, compare, gaps, rounded, same_items, score, unknowns
from diagnostics.domain.source import read_instrument
from tests.diagnostics.small import SURVEY, make_sheets

SMALL = read_instrument(make_sheets())
DOUBLED = read_instrument(
    make_sheets(
        SURVEY.replace("| 2   |", "| 4   |")
        .replace("people |    | 4", "people | 2 | 4")
        .replace("| 0.5 |", "| 1 |")
        .replace("| money | | 2", "| money | 2 | 2")
    )
)
DONT_KNOW, NOT_APPLICABLE = Missing.DONT_KNOW, Missing.NOT_APPLICABLE
LEVELS = ("level_1", "level_2", "level_3", "level_4")


@st.composite
def filled(draw, levels=LEVELS):
    return draw(
        st.fixed_dictionaries(
            {},
            optional={
                item.name: st.sampled_from([*levels, *item.scale.ways_out, Missing.NOT_ANSWERED])
                for item in SMALL.items
            },
        )
    )


def people(answers):
    return score(SMALL, answers).score("people")


def test_a_domains_level_is_the_weighted_mean_of_its_answers():
    # weights 2, 1 and 0.5: (2*1 + 1*4 + 0.5*3) / 3.5
    answers = {"core": "level_1", "roles": "level_4", "care": "level_3"}
    assert people(answers).level == float(Fraction(15, 7))


def test_the_wanted_level_is_the_mean_over_the_same_items():
    # wanted 3, 4 and 3 with weights 2, 1 and 0.5
    answers = {"core": "level_1", "roles": "level_4", "care": "level_3"}
    assert people(answers).wanted == float(Fraction(23, 7))
    assert people({"core": "level_1", "care": "level_3"}).wanted == 3.0


def test_below_sixty_per_cent_coverage_there_is_no_level():
    assert people({"core": "level_1"}).level is None
    assert people({"core": "level_1"}).coverage == pytest.approx(1 / 3)
    assert people({"core": "level_1", "roles": "level_1"}).level == 1.0


def test_three_of_five_answers_are_enough(health):
    answers = {f"people_{name}": "level_2" for name in ("core", "roles", "care")}
    assert score(health, answers).score("people").level == 2.0


def test_do_not_know_lowers_the_coverage_and_never_the_level():
    known = people({"core": "level_4", "roles": "level_4"})
    doubted = people({"core": "level_4", "roles": "level_4", "care": DONT_KNOW})
    assert (doubted.level, doubted.answered, doubted.applicable) == (4.0, 2, 3)
    assert (known.unknown, doubted.unknown) == (0, 1)


def test_not_applicable_leaves_the_denominator():
    answers = {"core": "level_2", "roles": DONT_KNOW, "care": NOT_APPLICABLE}
    result = people(answers)
    assert (result.answered, result.applicable, result.total) == (1, 2, 3)
    assert result.level is None


def test_a_domain_that_does_not_apply_has_neither_level_nor_coverage():
    result = score(SMALL, {"cost": NOT_APPLICABLE}).score("money")
    assert (result.level, result.coverage, result.applicable) == (None, None, 0)


def test_an_empty_run_has_no_levels():
    assert all(s.level is None for s in score(SMALL, {}).scores)


@given(filled())
def test_a_level_stays_within_the_answers(answers):
    for domain, result in zip(SMALL.domains, score(SMALL, answers).scores, strict=True):
        given_ = [int(answers[i.name][-1]) for i in domain.items if answers.get(i.name) in LEVELS]
        if result.level is not None:
            assert min(given_) <= result.level <= max(given_)


@given(filled())
def test_counts_add_up(answers):
    for result in score(SMALL, answers).scores:
        assert 0 <= result.answered + result.unknown <= result.applicable <= result.total
        enough = result.applicable and result.answered * 10 >= result.applicable * 6
        assert (result.level is not None) == bool(enough)


@given(filled(), st.sampled_from(["core", "roles", "care"]))
def test_a_better_answer_never_lowers_a_level(answers, name):
    before = people({**answers, name: "level_2"}).level
    after = people({**answers, name: "level_3"}).level
    assert (before is None) == (after is None)
    assert before is None or after > before


@given(filled())
def test_scaling_all_weights_changes_no_level(answers):
    assert score(SMALL, answers) == score(DOUBLED, answers)


@given(filled(levels=()))
def test_without_levels_nothing_is_zero(answers):
    assert all(s.level is None and s.answered == 0 for s in score(SMALL, answers).scores)
    assert gaps(SMALL, answers) == ()


def test_gaps_come_widest_first_then_weightiest():
    answers = {"core": "level_2", "roles": "level_1", "care": "level_2", "cost": "level_1"}
    found = [(gap.item, gap.level, gap.wanted, gap.size) for gap in gaps(SMALL, answers)]
    assert found == [
        ("roles", 1, 4, 3), ("core", 2, 3, 1), ("cost", 1, 2, 1), ("care", 2, 3, 1),
    ]  # fmt: skip


@given(filled())
def test_a_gap_is_a_level_below_the_wanted_one(answers):
    found = {gap.item: gap for gap in gaps(SMALL, answers)}
    for item in SMALL.items:
        below = answers.get(item.name) in LEVELS[: item.wanted - 1]
        assert (item.name in found) == below


def test_what_nobody_knew_is_to_be_found_out():
    answers = {"core": DONT_KNOW, "care": NOT_APPLICABLE, "roles": Missing.NOT_ANSWERED}
    assert [item.name for item in unknowns(SMALL, answers)] == ["core"]


def test_a_run_compared_with_itself_has_not_changed():
    answers = dict.fromkeys(("core", "roles", "care", "cost"), "level_2")
    result = compare(Run(SMALL, answers), Run(SMALL, answers))
    assert [change.difference for change in result.changes] == [0.0, 0.0]
    assert (result.same_items, result.shared, result.total) == (4, 4, 4)


def test_a_comparison_uses_the_items_answered_in_both_runs():
    now = {"core": "level_4", "roles": "level_2", "care": "level_4"}
    before = {"core": "level_1", "roles": "level_2", "care": DONT_KNOW}
    change = compare(Run(SMALL, now), Run(SMALL, before)).change("people")
    assert (change.shared, change.before, change.now) == (2, float(Fraction(4, 3)), 10 / 3)


def test_too_few_common_answers_are_not_compared():
    now = dict.fromkeys(("core", "roles", "care"), "level_4")
    change = compare(Run(SMALL, now), Run(SMALL, {"core": "level_1"})).change("people")
    assert (change.shared, change.difference) == (1, None)


def test_a_reworded_level_is_another_item_and_a_moved_comma_is_not():
    def version(old, new):
        sheets = make_sheets()
        return read_instrument(
            {
                **sheets,
                "choices": [
                    type(r)(r.sheet, r.number, {c: v.replace(old, new) for c, v in r.cells.items()})
                    for r in sheets["choices"]
                ],
            }
        )

    assert same_items(SMALL, version("core 3 in", "core 3, In")) == {
        "core", "roles", "care", "cost",
    }  # fmt: skip
    assert same_items(SMALL, version("core 3 in", "core three in")) == {"roles", "care", "cost"}


def test_an_item_that_is_new_is_not_compared():
    newer = read_instrument(make_sheets(SURVEY.replace("| roles |", "| tasks |")))
    result = compare(Run(newer, {}), Run(SMALL, {}))
    assert (result.same_items, result.total) == (3, 4)


@given(filled(), filled())
def test_turning_two_runs_of_one_version_around_turns_the_changes_around(one, other):
    there = compare(Run(SMALL, one), Run(SMALL, other))
    back = compare(Run(SMALL, other), Run(SMALL, one))
    for a, b in zip(there.changes, back.changes, strict=True):
        assert a.shared == b.shared
        if a.difference is not None and b.difference is not None:
            assert a.difference == -b.difference


@pytest.mark.parametrize(("level", "shown"), [(2.25, 2.3), (2.35, 2.4), (2.24, 2.2), (3.0, 3.0)])
def test_levels_are_shown_in_tenths_halves_up(level, shown):
    assert rounded(level) == shown

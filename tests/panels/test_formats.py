"""The built-in sets of criteria."""

import pytest

from core.i18n import LANGUAGES
from panels.domain.criteria import check_criterion
from panels.formats import built_in_sets


def test_the_sets_come_in_the_order_in_which_they_are_offered() -> None:
    assert list(built_in_sets()) == ["project", "competition", "first_look"]


@pytest.mark.parametrize("code", ["project", "competition", "first_look"])
def test_every_criterion_of_a_set_can_stand_in_one_panel(code) -> None:
    criteria = built_in_sets()[code].criteria
    for criterion in criteria:
        check_criterion(criterion, criteria)


@pytest.mark.parametrize("code", ["project", "competition", "first_look"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mark_is_described_in_both_languages(code, language) -> None:
    chosen = built_in_sets()[code]
    assert chosen.title[language]
    for criterion in chosen.criteria:
        assert criterion.title[language]
        assert criterion.question[language]
        described = [criterion.levels[mark][language] for mark in criterion.scale.marks]
        assert all(described)
        assert len(set(described)) == len(described)

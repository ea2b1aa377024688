"""The built-in instrument: what its content promises."""

import re

import pytest

from diagnostics.domain.instrument import Missing
from diagnostics.formats import BUILTIN, builtin_folders, read_folder

LANGUAGES = ("ru", "en")
RUSSIAN = re.compile("[а-яё]", re.IGNORECASE)


def test_the_built_in_instrument_has_nine_domains_of_four_or_five_items(health):
    assert len(health.domains) == 9
    assert {len(domain.items) for domain in health.domains} == {4, 5}


def test_every_item_has_four_levels_scored_one_to_four(health):
    for item in health.items:
        assert [level.score for level in item.scale.levels] == [1, 2, 3, 4], item.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_level_has_its_own_description(health, language):
    texts = [level.labels[language] for item in health.items for level in item.scale.levels]
    assert len(set(texts)) == len(texts) == 160
    assert min(len(text) for text in texts) > 25


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_description_fits_a_telephone(health, language):
    longest = max(len(lv.labels[language]) for item in health.items for lv in item.scale.levels)
    assert longest <= 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_title_question_hint_and_short_name_is_there(health, language):
    assert health.titles[language]
    assert health.intro[language]
    for part in (*health.domains, *health.items):
        assert part.labels[language]
        assert part.hints[language]
    shorts = [item.short[language] for item in health.items]
    assert len(set(shorts)) == len(shorts)
    assert max(map(len, shorts)) <= 32


def test_each_language_column_holds_its_language(health):
    for item in health.items:
        for labels in (item.labels, item.hints, *(lv.labels for lv in item.scale.levels)):
            assert RUSSIAN.search(labels["ru"]), labels
            assert not RUSSIAN.search(labels["en"]), labels


def test_every_item_lets_people_say_that_they_do_not_know(health):
    assert all(Missing.DONT_KNOW in item.scale.ways_out for item in health.items)


def test_the_leader_cannot_be_not_applicable(health):
    leader = health.domain("leader")
    assert all(Missing.NOT_APPLICABLE not in item.scale.ways_out for item in leader.items)


def test_the_third_level_is_wanted_everywhere_but_where_people_may_be_hurt(health):
    assert {item.name for item in health.items if item.wanted != 3} == {"planning_safety"}


def test_the_source_keeps_the_columns_of_an_xlsform():
    sheets = read_folder(BUILTIN / "health_of_an_initiative")
    survey, choices = sheets["survey"][0].cells, sheets["choices"][0].cells
    assert {"type", "name", "label::English (en)", "label::Русский (ru)", "domain", "weight"} <= (
        survey.keys()
    )
    assert {"list_name", "name", "label::English (en)", "label::Русский (ru)", "score"} <= (
        choices.keys()
    )


def test_the_built_in_folder_is_found():
    assert [folder.name for folder in builtin_folders()] == ["health_of_an_initiative"]

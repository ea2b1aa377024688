from fractions import Fraction

import pytest

from diagnostics.domain import errors
from diagnostics.domain.instrument import Missing, text
from diagnostics.domain.source import Row, content_hash, dump, read_instrument, restore
from tests.diagnostics.small import SURVEY, SURVEY_COLUMNS, make_sheets, rows


def test_a_group_is_a_domain_and_a_question_its_item(small):
    assert [(d.name, [i.name for i in d.items]) for d in small.domains] == [
        ("people", ["core", "roles", "care"]),
        ("money", ["cost"]),
    ]


def test_weight_is_one_and_the_wanted_level_the_domains_unless_said_otherwise(small):
    weights = [(i.weight, i.wanted) for i in small.items]
    assert weights == [
        (Fraction(2), 3), (Fraction(1), 4), (Fraction(1, 2), 3), (Fraction(1), 2),
    ]  # fmt: skip


def test_without_any_wanted_level_it_is_one_below_the_highest():
    survey = SURVEY.replace("| 2\n", "|\n")
    assert read_instrument(make_sheets(survey)).item("cost").wanted == 3


def test_titles_intro_and_ways_out_are_read_in_both_languages(small):
    assert small.titles == {"en": "Small", "ru": "Малый"}
    assert small.intro == {"ru": "Answer together"}
    care = small.item("care").scale.ways_out
    assert care == {
        Missing.DONT_KNOW: {"en": "We do not know", "ru": "Не знаем"},
        Missing.NOT_APPLICABLE: {"en": "Does not apply", "ru": "Не относится"},
    }
    assert Missing.NOT_APPLICABLE not in small.item("core").scale.ways_out


def test_a_text_that_is_not_translated_is_marked():
    assert text({"ru": "Люди"}, "en") == "Люди (ru)"
    assert text({"ru": "Люди", "en": "People"}, "en") == "People"
    assert text({}, "en") == ""


def test_a_version_is_kept_and_read_back_whole(sheets):
    assert read_instrument(restore(dump(sheets))) == read_instrument(sheets)
    assert content_hash(restore(dump(sheets))) == content_hash(sheets)


def test_a_blank_line_does_not_make_a_new_version_but_a_word_does(sheets):
    moved = {name: [Row(r.sheet, r.number + 1, r.cells) for r in s] for name, s in sheets.items()}
    assert content_hash(moved) == content_hash(sheets)
    reworded = make_sheets(SURVEY.replace("Who cares?", "Who really cares?"))
    assert content_hash(reworded) != content_hash(sheets)


def changed(old, new, **details):
    return pytest.param(SURVEY.replace(old, new), details, id=new.strip() or f"no {old.strip()}")


@pytest.mark.parametrize(
    ("survey", "details"),
    [
        changed("select_one core ", "select_many core ", column="type", row=4),
        changed("select_one core ", "select_one nobody ", column="type", row=4),
        changed("| people | 2 ", "| money | 2 ", column="domain", row=4, allowed="people"),
        changed("| people | 2 ", "| people | 0 ", column="weight", row=4),
        changed("| people | 2 ", "| people | -1 ", column="weight", row=4),
        changed("| people | 2 ", "| people | heavy ", column="weight", row=4),
        changed("people |    | 4", "people |    | 5", column="wanted", row=5, allowed="1–4"),
        changed("people |    | 4", "people |    | high", column="wanted", row=5),
        changed("| core  |", "| the core |", column="name", row=4),
    ],
)
def test_a_wrong_cell_is_named_with_its_sheet_row_and_cure(survey, details):
    with pytest.raises(errors.InvalidCellError) as caught:
        read_instrument(make_sheets(survey))
    assert caught.value.details["sheet"] == "survey"
    assert {key: caught.value.details[key] for key in details} == details
    assert caught.value.details["allowed"]


@pytest.mark.parametrize(
    ("survey", "error", "row"),
    [
        (SURVEY.replace("| roles |", "| core |"), errors.RepeatedNameError, 5),
        (SURVEY.replace("| Who cares?      | Кто бережёт?", "| |"), errors.EmptyCellError, 6),
        (SURVEY.replace("end_group", "note |x| words", 1), errors.UnbalancedGroupError, 8),
        (SURVEY.rstrip().rsplit("\n", 1)[0], errors.UnbalancedGroupError, 8),
        ("end_group |x|\n" + SURVEY, errors.UnbalancedGroupError, 2),
        (SURVEY.replace("select_one cost", "note"), errors.EmptyGroupError, 8),
        ("note | intro | Hello |", errors.EmptyGroupError, 1),
    ],
)
def test_a_broken_survey_is_refused_with_its_row(survey, error, row):
    with pytest.raises(error) as caught:
        read_instrument(make_sheets(survey))
    assert caught.value.details["row"] == row


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("core|level_5|Five|Пять||", errors.EmptyCellError),
        ("core|level_5|Five|Пять|many|", errors.InvalidCellError),
        ("core|level_5|Five|Пять|5|", errors.UnevenScaleError),
        ("core|level_5|Five|Пять|4|", errors.UnevenScaleError),
        ("core|level_4|Four|Четыре|4|", errors.RepeatedNameError),
        ("core|other|Other|Другое||refused", errors.InvalidCellError),
        ("core|level_5|||5|", errors.EmptyCellError),
        ("alone|level_1|One|Один|1|", errors.UnevenScaleError),
    ],
)
def test_a_broken_scale_is_refused(sheets, line, error):
    columns = tuple(sheets["choices"][0].cells)
    extra = rows("choices", columns, [line])
    with pytest.raises(error) as caught:
        read_instrument({**sheets, "choices": (*sheets["choices"], *extra)})
    assert caught.value.details["sheet"] == "choices"


@pytest.mark.parametrize("sheet", ["survey", "choices", "settings"])
def test_an_absent_sheet_is_named(sheets, sheet):
    with pytest.raises(errors.MissingSheetError) as caught:
        read_instrument({name: s for name, s in sheets.items() if name != sheet})
    assert caught.value.details == {"sheet": sheet}


def test_an_absent_column_is_named(sheets):
    bare = [
        Row(r.sheet, r.number, {c: v for c, v in r.cells.items() if c != "score"})
        for r in sheets["choices"]
    ]
    with pytest.raises(errors.MissingColumnError) as caught:
        read_instrument({**sheets, "choices": bare})
    assert caught.value.details == {"sheet": "choices", "column": "score"}


def test_columns_may_stand_in_any_order(sheets):
    turned = {
        **sheets,
        "survey": [
            Row(r.sheet, r.number, {c: r.cells.get(c, "") for c in reversed(SURVEY_COLUMNS)})
            for r in sheets["survey"]
        ],
    }
    assert read_instrument(turned) == read_instrument(sheets)

"""The texts of the demo centre: every one in both languages, and of a size that fits."""

import csv

import pytest

from core.i18n import LANGUAGES
from dashboards.demo.content import FOLDER, load_content, templates
from roadmaps.domain.checks import check_plan
from roadmaps.domain.plan import Plan
from roadmaps.domain.schedule import schedule
from roadmaps.domain.table import Row, plan_of

FILES = sorted(path.name for path in FOLDER.glob("*.csv"))


@pytest.mark.parametrize("name", FILES)
def test_every_text_stands_there_in_both_languages(name) -> None:
    with (FOLDER / name).open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source, delimiter=";"))
    texts = {column.rpartition("_")[0] for column in rows[0] if column.endswith(("_ru", "_en"))}
    assert rows
    for row in rows:
        assert None not in row, row
        for text in texts:
            assert all(row[f"{text}_{language}"].strip() for language in LANGUAGES), row


@pytest.mark.parametrize("name", FILES)
def test_no_two_rows_say_the_same_in_one_language_only(name) -> None:
    both = [load_content(language).rows(name.removesuffix(".csv")) for language in LANGUAGES]
    assert len(both[0]) == len(both[1])


def test_english_texts_hold_no_russian_letters() -> None:
    for rows in load_content("en").lists.values():
        for row in rows:
            assert not [text for text in row.values() if any("а" <= x <= "я" for x in text)], row


def test_sixty_initiatives_have_a_leader_each() -> None:
    content = load_content("ru")
    assert 60 == len(content.rows("initiatives")) == len(content.rows("leaders"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_of_a_roadmap_is_a_sound_plan(language) -> None:
    from datetime import date

    content = load_content(language)
    known = templates(content)
    assert {row["template"] for row in content.rows("roadmaps")} == set(known)
    for tasks in known.values():
        rows = [
            Row(
                int(task["number"]),
                task["title"],
                int(task["days"]),
                "; ".join(task["waits"].split()),
                part_of=int(task["part_of"]) if task["part_of"] else None,
            )
            for task in tasks
        ]
        plan = plan_of(Plan(date(2026, 1, 12)), rows)
        check_plan(plan)
        assert schedule(plan).length > 20

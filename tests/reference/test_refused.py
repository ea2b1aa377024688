"""Plans that must be refused, each with the error that stands beside it in `expected.json`."""

import json
from datetime import date
from pathlib import Path

import pytest

from core.calendar import russian_calendar
from core.errors import DomainError
from core.i18n import LANGUAGES, translator
from roadmaps.domain.checks import check_plan
from roadmaps.domain.errors import PlanFileError
from roadmaps.domain.laid import lay
from roadmaps.formats.files import read_plan
from roadmaps.formats.plan_xml import read_xml

FOLDER = Path(__file__).parent / "refused"
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))


def test_every_file_of_the_folder_has_its_error() -> None:
    files = {path.name for path in FOLDER.iterdir()} - {"expected.json"}
    assert files == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_faulty_plan_is_refused_in_words(name: str) -> None:
    with pytest.raises(DomainError) as caught:
        file = read_plan((FOLDER / name).read_bytes(), name, date(2026, 6, 1))
        check_plan(file.plan)
        lay(file.plan, russian_calendar())
    assert type(caught.value).__name__ == EXPECTED[name]
    for language in LANGUAGES:
        sentence = translator(language).error(caught.value)
        assert sentence
        assert "plan_file." not in sentence


def test_a_cycle_is_named_with_its_stage() -> None:
    file = read_plan((FOLDER / "cycle_through_stage.json").read_bytes(), "x.json", date(2026, 6, 1))
    with pytest.raises(DomainError) as caught:
        lay(file.plan)
    assert caught.value.details["tasks"] in {"A → C → B → A", "C → B → A → C", "B → A → C → B"}


def test_xml_of_fifty_megabytes_is_refused_unread() -> None:
    with pytest.raises(PlanFileError) as caught:
        read_xml(b"<" + b" " * 50 * 10**6)
    assert caught.value.details["reason"] == "plan_file.too_big_xml"

"""Files with wrong columns and files that are far too big."""

import json
import tomllib
from typing import Any, Final

import pytest

from casework import service as casework
from core.documents import FileTooLargeError, keep_file
from core.errors import DomainError
from core.i18n import translator
from core.permissions import Role
from roadmaps import service as roadmaps
from roadmaps.domain.plan import Plan
from tests.bad_input.conftest import LANGUAGES
from tests.conftest import ROOT
from tests.full_centre import TODAY

HUGE: Final = 100 * 2**20
WRONG: Final = "Кто;Когда\nАнна;завтра\n".encode()
MEGABYTES: Final = {"ru": "МБ", "en": "MB"}


def _said(error: DomainError, language: str) -> str:
    said = translator(language).error(error)
    assert "\n" not in said
    assert "{" not in said
    return said


@pytest.fixture(scope="module")
def huge() -> bytes:
    """A hundred megabytes of a table."""
    return b"x" * HUGE


@pytest.mark.parametrize("language", LANGUAGES)
def test_initiatives_with_wrong_columns_name_what_is_missing(manager, rows, language) -> None:
    before = rows()
    with pytest.raises(DomainError) as refused:
        casework.import_initiatives(manager, data=WRONG, name="список.csv")
    said = _said(refused.value, language)
    assert "список.csv" in said
    assert "Кто, Когда" in said
    assert before == rows()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_with_wrong_columns_names_what_is_missing(
    workspace, case_id, rows, language
) -> None:
    before = rows()
    new = roadmaps.NewPlan(case_id, "Путь", Plan(TODAY))
    with pytest.raises(DomainError) as refused:
        roadmaps.import_roadmap(workspace, new=new, file=roadmaps.File("план.csv", WRONG))
    said = _said(refused.value, language)
    assert "план.csv" in said
    assert "Кто, Когда" in said
    assert before == rows()


@pytest.mark.parametrize("language", LANGUAGES)
def test_100_megabytes_are_refused_by_their_size(
    workspace, manager, case_id, rows, huge, language
) -> None:
    before = rows()
    new = roadmaps.NewPlan(case_id, "Путь", Plan(TODAY))
    taking: list[Any] = [
        lambda: casework.preview_import(manager, data=huge, name="a.csv"),
        lambda: casework.import_initiatives(manager, data=huge, name="a.csv"),
        lambda: roadmaps.import_roadmap(workspace, new=new, file=roadmaps.File("a.csv", huge)),
        lambda: roadmaps.import_roadmap(workspace, new=new, file=roadmaps.File("a.json", huge)),
        lambda: keep_file("a.pdf", b"%PDF" + huge),
    ]
    for take in taking:
        with pytest.raises(DomainError) as refused:
            take()
        said = _said(refused.value, language)
        assert MEGABYTES[language] in said, said
    assert before == rows()


def test_a_document_of_100_megabytes_leaves_no_file(huge, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    with pytest.raises(FileTooLargeError):
        keep_file("a.pdf", b"%PDF" + huge)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_streamlit_takes_no_more_than_25_megabytes() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["maxUploadSize"] == 25


def test_a_project_whose_names_are_halves_of_characters_is_taken(workspace, case_id) -> None:
    source = {
        "name": "\ud83d plan",
        "calendar": {"nonworking_hours": [0], "nonworking_weekdays": [], "holidays": []},
        "activities": [
            {"id": 1, "name": "\0a\udc00", "hours": 2, "baseline_start": "2026-11-23T09:00"}
        ],
        "relations": [],
    }
    file = roadmaps.File("a.json", json.dumps(source).encode())
    new = roadmaps.NewPlan(case_id, "", Plan(TODAY))
    made = roadmaps.import_roadmap(workspace, new=new, file=file)
    assert roadmaps.view_plan(workspace, roadmap_id=made).plan.tasks[0].title == "a"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_import_page_tells_of_wrong_columns(open_page, told, language) -> None:
    page = open_page("initiative_import", role=Role.MANAGER, language=language)
    page.file_uploader[0].upload("list.csv", WRONG, "text/csv").run()
    told(page, "list.csv")

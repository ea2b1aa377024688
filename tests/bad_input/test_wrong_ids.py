"""A deleted id and a word for an id in the address of every page that takes one."""

import pytest

from core.permissions import Role
from diagnostics.service import publish_builtin
from tests import factories
from tests.bad_input.conftest import LANGUAGES

ASKED = {
    "case": "case",
    "case_new": "initiative",
    "consultation": "consultation",
    "consultation_new": "case",
    "initiative": "initiative",
    "assessment": "assessment",
    "roadmap": "roadmap",
    "roadmap_add": "case",
    "roadmap_held": "consultation",
    "roadmap_new": "case",
    "roadmap_template": "template",
    "panel": "panel",
    "sheet": "sheet",
    "submission": "submission",
    "person": "person",
    "hours": "person",
    "hour_rows": "person",
}
FORGIVING = (
    "assessment_new?case",
    "instrument?instrument",
    "roadmap_new?source",
    "roadmap_templates?theme",
    "roadmaps?case",
    "roadmaps?initiative",
    "cases?initiative",
    "consultations?consultant",
    "diagnostics?case",
    "initiatives?initiatives_page",
    "panel_new?initiative",
    "my_hours?person",
)
WRONG = ("404", "слово", "-1", "1.5", "99999999999999999999", "9" * 5000, "²", "<b>", "1;2", "0")
SENTENCES = {
    "ru": ("Не найдено", "не найден", "не подходит"),
    "en": ("There is no such", "does not fit"),
}


@pytest.fixture
def busy(database, workspace):
    """Make a person who may open every page, with a case, a diagnostic to run and a council."""

    def make(language: str) -> int:
        with database.writing() as db:
            person_id = factories.make_person(db, roles=tuple(Role), language=language)
            factories.make_case(db, person_id)
        with workspace.transaction() as tx:
            publish_builtin(tx)
        return person_id

    return make


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ASKED)
def test_a_wrong_id_is_one_clear_sentence(open_page, busy, page: str, language: str) -> None:
    name = ASKED[page]
    shown = open_page(page, language=language, person_id=busy(language), **{name: WRONG[0]})
    for wrong in WRONG:
        shown.query_params[name] = wrong
        shown.run()
        assert not shown.exception, (wrong, shown.exception)
        said = [error.value for error in shown.error]
        if not (page == "case_new" and wrong in {"404", "0"}):  # a choice that does not preselect
            assert len(said) == 1, (wrong, said)
            assert any(part in said[0] for part in SENTENCES[language]), (wrong, said)


@pytest.mark.parametrize("page", FORGIVING)
def test_a_filter_that_means_nothing_breaks_no_page(open_page, busy, page: str) -> None:
    url, name = page.split("?")
    shown = open_page(url, person_id=busy("ru"), **{name: WRONG[0]})
    for wrong in WRONG:
        shown.query_params[name] = wrong
        shown.run()
        assert not shown.exception, (wrong, shown.exception)
        assert not any("Traceback" in error.value for error in shown.error)

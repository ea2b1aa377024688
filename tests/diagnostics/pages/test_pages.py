from datetime import date

import pytest
import sqlalchemy as sa

from casework.service.case_views import view_case
from core.database import Base
from core.permissions import Actor, Role
from core.workspace import Workspace
from diagnostics import service
from diagnostics.domain.assessment import AssessmentState, NewAssessment, RespondentKind, Response
from diagnostics.domain.instrument import Missing
from diagnostics.service import answer_item, start_assessment, submit_assessment, view_assessment
from tests import factories

LANGUAGES = ("ru", "en")
HEALTH = "health_of_an_initiative"


class Scene:
    """A consultant with one case and the built-in instrument."""

    def __init__(self, database, clock, open_page) -> None:
        with database.writing() as db:
            self.person = factories.make_person(db, "Мария", roles=[Role.CONSULTANT])
            initiative = factories.make_initiative(db, "Клоуны *в больнице*")
            self.case = factories.make_case(db, self.person, initiative_id=initiative)
        actor = Actor(self.person, frozenset([Role.CONSULTANT]))
        self.here = Workspace.of(database, actor, clock)
        self.open_page = open_page
        with self.here.transaction() as tx:
            service.publish_builtin(tx)
        self.today = clock.now.date()

    def start(self) -> int:
        new = NewAssessment(self.case, HEALTH, RespondentKind.TEAM, self.today)
        return start_assessment(self.here, new)

    def fill(self, run: int, level: int = 2) -> int:
        items = self.view(run).instrument.items
        responses = {item.name: Response(f"level_{level}") for item in items}
        service.answer_items(self.here, assessment_id=run, responses=responses)
        return run

    def submit(self, run: int) -> int:
        version = self.view(run).assessment.version
        submit_assessment(self.here, assessment_id=run, version=version)
        return run

    def view(self, run: int):
        return view_assessment(self.here, assessment_id=run)

    def page(self, url, language="ru", **query):
        person = Base.metadata.tables["person"]
        with self.here.database.writing() as db:
            db.execute(
                sa.update(person).where(person.c.id == self.person).values(language=language)
            )
        page = self.open_page(url, language=language, person_id=self.person, **query)
        assert not page.exception
        return page


@pytest.fixture
def scene(database, clock, open_page) -> Scene:
    return Scene(database, clock, open_page)


def texts(page) -> str:
    parts = (*page.markdown, *page.caption, *page.title, *page.header, *page.info, *page.success)
    return "\n".join(part.value for part in parts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_runs_the_list_says_what_a_diagnostic_is_for(scene, language):
    page = scene.page("diagnostics", language)
    assert page.button("empty_assessment_new").label
    assert not page.error


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_shows_the_runs_that_are_asked_for(scene, language):
    scene.start()
    page = scene.page("diagnostics", language, state="draft")
    assert len(page.dataframe) == 1
    page = scene.page("diagnostics", language, state="submitted")
    assert len(page.dataframe) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_run_is_started_for_the_case_in_the_address(scene, language):
    page = scene.page("assessment_new", language, case=scene.case)
    assert page.selectbox("assessment_case").value == scene.case
    page.radio("assessment_kind").set_value(RespondentKind.LEADER)
    page.button("assessment_submit").click().run()
    assert not page.exception
    (line,) = service.list_assessments(scene.here)
    assert (line.case_id, line.kind) == (scene.case, RespondentKind.LEADER)
    assert line.held_on == date(2026, 11, 23)  # the centre's day, whatever the server's is
    assert page.radio(f"answer_{line.id}_purpose_need").value is None


def test_without_a_case_a_run_is_not_started(scene):
    page = scene.page("assessment_new")
    page.button("assessment_submit").click().run()
    assert page.error
    assert service.list_assessments(scene.here) == ()


def test_an_unfinished_run_of_the_case_is_offered_first(scene):
    scene.start()
    page = scene.page("assessment_new", case=scene.case)
    assert page.get("page_link")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_is_kept_at_once_and_survives_a_reload(scene, language):
    run = scene.start()
    page = scene.page("assessment", language, assessment=run)
    page.radio(f"answer_{run}_purpose_need").set_value("level_3").run()
    page.text_area(f"example_{run}_purpose_need").set_value("Спросили *десятерых*").run()
    assert not page.exception
    assert not page.error
    again = scene.page("assessment", language, assessment=run)
    assert again.radio(f"answer_{run}_purpose_need").value == "level_3"
    assert again.text_area(f"example_{run}_purpose_need").value == "Спросили *десятерых*"


def test_an_answer_and_an_example_given_in_one_click_are_both_kept(scene):
    run = scene.start()
    page = scene.page("assessment", assessment=run)
    page.radio(f"answer_{run}_purpose_need").set_value("level_1")
    page.text_area(f"example_{run}_purpose_need").set_value("Так чувствуем")
    page.run()
    response = scene.view(run).responses["purpose_need"]
    assert (response.answer, response.justification) == ("level_1", "Так чувствуем")


def test_an_answer_is_taken_back(scene):
    run = scene.start()
    page = scene.page("assessment", assessment=run)
    page.radio(f"answer_{run}_purpose_need").set_value("level_3").run()
    page.button("clear_purpose_need").click().run()
    assert page.radio(f"answer_{run}_purpose_need").value is None
    assert scene.view(run).responses["purpose_need"].answer is Missing.NOT_ANSWERED


def test_a_person_who_answers_over_another_is_told_and_sees_what_stands(scene):
    run = scene.start()
    page = scene.page("assessment", assessment=run)
    answer_item(
        scene.here, assessment_id=run, item="purpose_need", answer="level_4",
        seen=Missing.NOT_ANSWERED,
    )  # fmt: skip
    page.radio(f"answer_{run}_purpose_need").set_value("level_1").run()
    assert page.error
    assert page.radio(f"answer_{run}_purpose_need").value == "level_4"


def test_a_domain_a_step_forward_and_back(scene):
    run = scene.start()
    page = scene.page("assessment", assessment=run)
    assert page.selectbox("assessment_step").value == "purpose"
    page.button("assessment_next").click().run()
    assert page.selectbox("assessment_step").value == "people"
    assert page.radio(f"answer_{run}_people_core").value is None
    page.button("assessment_back").click().run()
    assert page.selectbox("assessment_step").value == "purpose"
    page.selectbox("assessment_step").set_value("future").run()
    assert page.query_params["step"] == "future"


def test_a_draft_opens_where_something_is_unanswered(scene):
    run = scene.start()
    for item in scene.view(run).instrument.domain("purpose").items:
        answer_item(
            scene.here, assessment_id=run, item=item.name, answer=Missing.DONT_KNOW,
            seen=Missing.NOT_ANSWERED,
        )  # fmt: skip
    page = scene.page("assessment", assessment=run)
    assert page.selectbox("assessment_step").value == "people"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_run_is_submitted_and_taken_back(scene, language):
    run = scene.fill(scene.start())
    page = scene.page("assessment", language, assessment=run)
    page.button("assessment_finish").click().run()
    assert not page.exception
    assert scene.view(run).assessment.state is AssessmentState.SUBMITTED
    assert len(page.get("plotly_chart")) == 3
    page.button("saved_undo").click().run()
    assert not page.exception
    assert scene.view(run).assessment.state is AssessmentState.DRAFT


def test_an_empty_run_cannot_be_submitted(scene):
    page = scene.page("assessment", assessment=scene.start(), step="finish")
    assert page.button("assessment_finish").disabled


def test_a_draft_is_discarded_and_given_back(scene):
    run = scene.start()
    page = scene.page("assessment", assessment=run, step="finish")
    page.button("assessment_discard").click().run()
    assert not page.exception
    assert service.list_assessments(scene.here) == ()
    page.button("saved_undo").click().run()
    assert [line.id for line in service.list_assessments(scene.here)] == [run]


@pytest.mark.parametrize("language", LANGUAGES)
def test_chosen_gaps_become_needs(scene, language):
    run = scene.submit(scene.fill(scene.start()))
    page = scene.page("assessment", language, assessment=run)
    page.checkbox("need_planning_safety").check()
    page.checkbox("need_leader_load").check()
    page.button("needs_make").click().run()
    assert not page.exception
    assert len(view_case(scene.here, case_id=scene.case).needs) == 2
    assert page.checkbox("need_planning_safety").disabled
    page.button("saved_undo").click().run()
    assert {need.state for need in view_case(scene.here, case_id=scene.case).needs} == {"dropped"}


def test_no_chosen_gap_is_said(scene):
    run = scene.submit(scene.fill(scene.start()))
    page = scene.page("assessment", assessment=run)
    page.button("needs_make").click().run()
    assert page.warning


def test_an_earlier_run_stands_beside_and_can_be_put_away(scene):
    first = scene.submit(scene.fill(scene.start(), level=1))
    run = scene.submit(scene.fill(scene.start(), level=3))
    page = scene.page("assessment", assessment=run)
    assert page.selectbox("beside").value == first
    page.selectbox("beside").set_value(0).run()
    assert not page.exception
    assert page.selectbox("beside").value == 0
    assert page.query_params["beside"] == "0"


def test_a_partly_answered_run_shows_that_answers_are_lacking(scene):
    run = scene.start()
    answer_item(
        scene.here, assessment_id=run, item="purpose_need", answer="level_1",
        seen=Missing.NOT_ANSWERED,
    )  # fmt: skip
    scene.submit(run)
    page = scene.page("assessment", assessment=run)
    levels = next(f.value for f in page.dataframe if len(f.value) == 9)
    assert "мало ответов" in levels.to_string()
    assert "1 из 4" in levels.to_string()


def test_everything_at_the_wanted_level_is_good_news(scene):
    run = scene.submit(scene.fill(scene.start(), level=4))
    page = scene.page("assessment", assessment=run)
    assert page.success


def test_somebody_elses_draft_is_not_answered(scene):
    run = scene.start()
    page = scene.open_page("assessment", role=Role.MANAGER, assessment=run)
    assert not page.exception
    assert page.info
    assert not page.radio


def test_a_name_with_markup_stands_as_it_was_written(scene):
    page = scene.page("assessment", assessment=scene.start())
    assert page.title[0].value == r"Клоуны \*в больнице\*"


@pytest.mark.parametrize("asked", ["999", "word", "-1", ""])
def test_an_unknown_run_is_one_clear_sentence(scene, asked):
    page = scene.page("assessment", assessment=asked)
    assert len(page.error) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_instrument_is_read_out(scene, language):
    page = scene.page("instrument", language)
    assert len(page.expander) == 9
    shown = texts(page)
    item = service.view_instrument(scene.here, name=HEALTH).item("leader_away")
    assert item.labels[language].replace("?", "") in shown.replace("\\", "").replace("?", "")


@pytest.mark.parametrize("asked", ["999", "word"])
def test_an_unknown_instrument_does_not_break_the_page(scene, asked):
    page = scene.page("instrument", instrument=asked)
    assert len(page.error) == (1 if asked.isdecimal() else 0)


@pytest.mark.parametrize("url", ["diagnostics", "assessment", "assessment_new", "instrument"])
def test_an_expert_is_refused_with_one_sentence(scene, url):
    page = scene.open_page(url, role=Role.EXPERT, assessment=scene.start())
    assert not page.exception
    assert len(page.error) == 1

from datetime import date, timedelta

import pytest

from casework.service.case_views import timeline
from core.errors import NotFoundError, OutOfRangeError, StaleError, TooLongError
from diagnostics import service
from diagnostics.domain import errors
from diagnostics.domain.assessment import AssessmentState, Response
from diagnostics.domain.instrument import Missing
from diagnostics.service import (
    justify_item,
    submit_assessment,
    withdraw_submission,
)
from diagnostics.tables import AssessmentRow, InstrumentVersionRow, ResponseRow
from tests.diagnostics.scene import HEALTH, NOT_ANSWERED, TODAY


def test_publishing_at_every_start_publishes_once(scene):
    with scene.here.transaction() as tx:
        assert service.publish_builtin(tx) == 0
    assert scene.count(InstrumentVersionRow) == 1


def test_the_instruments_are_listed_and_read_out(scene):
    (line,) = service.list_instruments(scene.here)
    assert (line.name, line.domains, line.items) == (HEALTH, 9, 40)
    assert service.view_instrument(scene.here, name=HEALTH).titles["ru"] == "Здоровье инициативы"


def test_a_run_starts_as_an_empty_draft(scene):
    view = scene.view(scene.start())
    assert view.assessment.state is AssessmentState.DRAFT
    assert view.responses == {}
    assert view.profile.answered == 0
    assert view.may_run


def test_a_form_sent_twice_starts_one_run(scene):
    assert scene.start(token="once") == scene.start(token="once")
    assert scene.count(AssessmentRow) == 1
    assert scene.actions().count("assessment.started") == 1


@pytest.mark.parametrize(
    "changes",
    [{"held_on": TODAY + timedelta(days=1)}, {"held_on": date(1950, 1, 1)},
     {"respondents": 0}, {"respondents": 101}],
)  # fmt: skip
def test_a_run_of_tomorrow_or_by_nobody_is_refused(scene, changes):
    with pytest.raises(OutOfRangeError):
        scene.start(**changes)
    assert scene.count(AssessmentRow) == 0


def test_an_unknown_case_or_instrument_is_not_found(scene):
    with pytest.raises(NotFoundError):
        scene.start(case_id=999)
    with pytest.raises(NotFoundError):
        scene.start(instrument="nobody")


def test_every_answer_is_kept_at_once(scene):
    run = scene.start()
    scene.answer(run, "people_core", "level_3")
    scene.answer(run, "people_core", "level_2", seen="level_3")
    scene.answer(run, "people_care", Missing.DONT_KNOW)
    justify_item(scene.here, assessment_id=run, item="people_core", justification=" Трое ", seen="")
    assert scene.view(run).responses == {
        "people_core": Response("level_2", "Трое"),
        "people_care": Response(Missing.DONT_KNOW),
    }


def test_an_answer_can_be_taken_back(scene):
    run = scene.start()
    scene.answer(run, "people_core", "level_3")
    scene.answer(run, "people_core", NOT_ANSWERED, seen="level_3")
    assert scene.view(run).responses["people_core"].answer is NOT_ANSWERED


def test_single_answers_write_no_audit_line(scene):
    run = scene.start()
    before = scene.actions()
    scene.answer(run, "people_core", "level_3")
    assert scene.actions() == before


@pytest.mark.parametrize(
    ("item", "answer", "error"),
    [
        ("people_core", "level_5", errors.UnknownAnswerError),
        ("leader_load", Missing.NOT_APPLICABLE, errors.UnknownAnswerError),
        ("nobody", "level_1", errors.UnknownItemError),
    ],
)
def test_an_answer_that_is_not_offered_is_refused(scene, item, answer, error):
    run = scene.start()
    with pytest.raises(error):
        scene.answer(run, item, answer)
    assert scene.count(ResponseRow) == 0


def test_an_endless_example_is_refused(scene):
    run = scene.start()
    with pytest.raises(TooLongError):
        justify_item(
            scene.here, assessment_id=run, item="people_core", justification="я" * 2001, seen=""
        )
    assert scene.count(ResponseRow) == 0


def test_two_people_answering_otherwise_at_once_are_told(scene):
    run = scene.start()
    scene.answer(run, "people_core", "level_3")
    with pytest.raises(StaleError) as caught:
        scene.answer(run, "people_core", "level_1")
    assert set(caught.value.details) == {"kind", "original", "current", "yours"}
    assert scene.view(run).responses["people_core"].answer == "level_3"


def test_two_people_answering_the_same_agree(scene):
    run = scene.start()
    scene.answer(run, "people_core", "level_3")
    scene.answer(run, "people_core", "level_3")
    assert scene.view(run).responses["people_core"].answer == "level_3"


def test_two_people_writing_one_example_are_told(scene):
    run = scene.start()
    write = {"assessment_id": run, "item": "people_core"}
    justify_item(scene.here, **write, justification="one", seen="")
    with pytest.raises(StaleError):
        justify_item(scene.here, **write, justification="two", seen="")
    justify_item(scene.here, **write, justification="two", seen="one")
    assert scene.view(run).responses["people_core"].justification == "two"


def test_submission_gives_a_profile_and_tells_the_timeline(scene):
    run = scene.submitted(level=2)
    view = scene.view(run)
    assert view.assessment.state is AssessmentState.SUBMITTED
    assert [s.level for s in view.profile.scores] == [2.0] * 9
    assert len(view.gaps) == 40
    assert view.gaps[0].item == "planning_safety"
    entries = [e for e in timeline(scene.here, case_id=scene.case_id) if e.kind == "assessment"]
    assert [(e.source, e.happened_on) for e in entries] == [(("assessment", run), TODAY)]
    assert "assessment.submitted" in scene.actions()


def test_an_empty_run_cannot_be_submitted(scene):
    run = scene.start()
    scene.answer(run, "people_core", Missing.DONT_KNOW)
    with pytest.raises(errors.NothingAnsweredError):
        scene.submit(run)


def test_a_submission_of_what_somebody_else_changed_is_refused(scene):
    run = scene.start()
    scene.answer(run, "people_core", "level_3")
    seen = scene.view(run).assessment.version
    scene.answer(run, "people_roles", "level_1")
    with pytest.raises(StaleError):
        submit_assessment(scene.here, assessment_id=run, version=seen)
    assert scene.view(run).assessment.state is AssessmentState.DRAFT


def test_a_submitted_run_is_not_edited_submitted_again_or_discarded(scene):
    run = scene.submitted()
    version = scene.view(run).assessment.version
    for act in (
        lambda: scene.answer(run, "people_core", "level_4", seen="level_2"),
        lambda: justify_item(
            scene.here, assessment_id=run, item="people_core", justification="x", seen=""
        ),
        lambda: submit_assessment(scene.here, assessment_id=run, version=version),
        lambda: service.discard_assessment(scene.here, assessment_id=run),
    ):
        with pytest.raises(errors.SubmittedError):
            act()
    assert scene.view(run).assessment.version == version


def test_a_submission_can_be_taken_back_with_its_answers_and_timeline(scene):
    run = scene.submitted()
    withdraw_submission(scene.here, assessment_id=run)
    view = scene.view(run)
    assert view.assessment.state is AssessmentState.DRAFT
    assert view.profile.answered == 40
    assert not [e for e in timeline(scene.here, case_id=scene.case_id) if e.kind == "assessment"]
    scene.submit(run)
    assert scene.view(run).assessment.state is AssessmentState.SUBMITTED


def test_a_draft_is_discarded_and_given_back(scene):
    run = scene.start()
    scene.answer(run, "people_core", "level_3")
    service.discard_assessment(scene.here, assessment_id=run)
    with pytest.raises(NotFoundError):
        scene.view(run)
    service.restore_assessment(scene.here, assessment_id=run)
    assert scene.view(run).responses["people_core"].answer == "level_3"


def test_a_paper_form_is_written_down_at_once_and_wholly_or_not_at_all(scene):
    run = scene.start()
    scene.answer(run, "people_core", "level_1")
    paper = {
        "people_core": Response("level_3", " Пятеро "),
        "people_roles": Response(Missing.DONT_KNOW),
    }
    service.answer_items(scene.here, assessment_id=run, responses=paper)
    kept = {**paper, "people_core": Response("level_3", "Пятеро")}
    assert scene.view(run).responses == kept
    with pytest.raises(errors.UnknownAnswerError):
        service.answer_items(
            scene.here,
            assessment_id=run,
            responses={"people_core": Response("level_4"), "people_roles": Response("level_9")},
        )
    assert scene.view(run).responses == kept

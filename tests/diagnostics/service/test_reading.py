from datetime import timedelta
from io import BytesIO
from threading import Thread

import pytest
from openpyxl import load_workbook

from casework.service.case_views import view_case
from core.database import tallied
from core.errors import ForbiddenError
from core.i18n import translator
from core.permissions import Role
from diagnostics import service
from diagnostics.domain import errors
from diagnostics.domain.assessment import AssessmentState, RespondentKind
from diagnostics.domain.instrument import Missing
from diagnostics.domain.views import AssessmentSearch
from diagnostics.service import (
    answer_item,
    justify_item,
    make_needs,
    view_assessment,
    withdraw_submission,
)
from tests import factories
from tests.diagnostics.scene import HEALTH, NOT_ANSWERED, TODAY, Scene


def test_chosen_gaps_become_needs_of_the_case_once(scene):
    run = scene.submitted()
    chosen = ["leader_away", "money_budget"]
    made = make_needs(scene.here, assessment_id=run, items=chosen, language="ru")
    again = make_needs(scene.here, assessment_id=run, items=chosen, language="ru")
    assert (len(made), again) == (2, ())
    needs = view_case(scene.here, case_id=scene.case_id).needs
    assert {(n.title, n.kind, n.origin) for n in needs} == {
        ("Замена лидеру", "gap", ("assessment", run)),
        ("Смета", "gap", ("assessment", run)),
    }
    assert set(scene.view(run).needs) == set(chosen)


def test_what_nobody_knew_may_become_a_need_and_a_strength_may_not(scene):
    run = scene.start()
    scene.answer(run, "people_core", "level_4")
    scene.answer(run, "money_budget", Missing.DONT_KNOW)
    scene.submit(run)
    assert make_needs(scene.here, assessment_id=run, items=["money_budget"], language="en")
    with pytest.raises(errors.UnknownItemError):
        make_needs(scene.here, assessment_id=run, items=["people_core"], language="en")


def test_made_needs_can_be_dropped_again(scene):
    run = scene.submitted()
    made = make_needs(scene.here, assessment_id=run, items=["money_budget"], language="ru")
    with pytest.raises(errors.NeedsMadeError):
        withdraw_submission(scene.here, assessment_id=run)
    service.unmake_needs(scene.here, assessment_id=run, need_ids=made)
    assert scene.view(run).needs == {}
    (need,) = view_case(scene.here, case_id=scene.case_id).needs
    assert need.state == "dropped"
    withdraw_submission(scene.here, assessment_id=run)


def test_a_draft_gives_no_needs(scene):
    run = scene.start()
    scene.answer(run, "money_budget", "level_1")
    with pytest.raises(errors.NotSubmittedError):
        make_needs(scene.here, assessment_id=run, items=["money_budget"], language="ru")


def test_the_previous_run_of_the_same_kind_stands_beside(scene):
    old = scene.submitted(level=1, held_on=TODAY - timedelta(days=200))
    scene.submitted(level=4, held_on=TODAY - timedelta(days=100), kind=RespondentKind.CONSULTANT)
    view = scene.view(scene.submitted(level=3))
    assert len(view.earlier) == 2
    assert view.beside.run.id == old
    assert {c.difference for c in view.beside.comparison.changes} == {2.0}
    assert (view.beside.comparison.same_items, view.beside.comparison.total) == (40, 40)


def test_another_run_or_none_may_be_put_beside(scene):
    first = scene.submitted(level=1, held_on=TODAY - timedelta(days=200))
    scene.submitted(level=2, held_on=TODAY - timedelta(days=100))
    run = scene.submitted(level=3)
    assert scene.view(run, beside=first).beside.run.id == first
    assert scene.view(run, beside=0).beside is None
    assert scene.view(first).beside is None


def test_the_list_is_searched_by_initiative_state_and_kind(scene):
    with scene.here.transaction() as tx:
        clowns = factories.make_initiative(tx.db, "Больничные клоуны")
        other = factories.make_case(tx.db, tx.actor.person_id, initiative_id=clowns)
    scene.start()
    run = scene.submitted(case_id=other, kind=RespondentKind.LEADER)

    def ids(**wanted):
        return [
            line.id for line in service.list_assessments(scene.here, AssessmentSearch(**wanted))
        ]

    assert len(ids()) == 2
    assert ids(text="КЛОУНЫ") == [run]
    assert ids(state=AssessmentState.SUBMITTED) == [run]
    assert ids(kind=RespondentKind.LEADER) == [run]
    assert ids(case_id=other) == [run]
    assert ids(text="нет такой") == []
    (line,) = service.list_assessments(scene.here, AssessmentSearch(case_id=other))
    assert (line.initiative, line.answered, line.items) == ("Больничные клоуны", 40, 40)


def test_the_list_is_exported_and_the_export_is_told(scene):
    run = scene.start()
    lines = service.export_assessments(scene.here, AssessmentSearch())
    assert [line.id for line in lines] == [run]
    assert scene.actions()[-1] == "assessments.exported"


def test_a_case_is_offered_with_its_drafts(scene):
    run = scene.start()
    (choice,) = service.list_choices(scene.here)
    assert (choice.case_id, choice.drafts) == (scene.case_id, (run,))


def test_answers_are_exported_and_the_export_is_told(scene):
    run = scene.start()
    scene.answer(run, "people_core", "level_3")
    justify_item(scene.here, assessment_id=run, item="people_core", justification="=1+1", seen="")
    words = translator("ru")
    csv = service.export_answers(scene.here, assessment_id=run, file="csv", words=words)
    assert "'=1+1" in csv.decode("utf-8-sig")
    xlsx = service.export_answers(scene.here, assessment_id=run, file="xlsx", words=words)
    sheet = load_workbook(BytesIO(xlsx)).active
    assert sheet.max_row == 41
    assert scene.actions().count("assessment.exported") == 2


def test_a_consultant_of_another_case_reads_but_does_not_run(scene):
    run = scene.submitted()
    draft = scene.start()
    other = Scene(scene.workspaces(Role.CONSULTANT), scene.case_id, scene.workspaces)
    assert not other.view(run).may_run
    for act in (
        other.start,
        lambda: other.answer(draft, "people_core", "level_1"),
        lambda: other.submit(draft),
        lambda: withdraw_submission(other.here, assessment_id=run),
        lambda: service.discard_assessment(other.here, assessment_id=draft),
        lambda: make_needs(other.here, assessment_id=run, items=["money_budget"], language="ru"),
    ):
        with pytest.raises(ForbiddenError):
            act()


@pytest.mark.parametrize("role", [Role.EXPERT, Role.ADMINISTRATOR])
def test_experts_and_administrators_see_no_diagnostics(scene, role):
    run = scene.submitted()
    stranger = scene.workspaces(role)
    for act in (
        lambda: view_assessment(stranger, assessment_id=run),
        lambda: service.list_assessments(stranger),
        lambda: service.list_instruments(stranger),
        lambda: service.export_assessments(stranger, AssessmentSearch()),
        lambda: service.export_answers(
            stranger, assessment_id=run, file="csv", words=translator("en")
        ),
    ):
        with pytest.raises(ForbiddenError):
            act()


def test_a_manager_reads_and_makes_needs_but_does_not_run(scene):
    run = scene.submitted()
    manager = scene.workspaces(Role.MANAGER)
    view = view_assessment(manager, assessment_id=run)
    assert (view.may_run, view.may_make_needs) == (False, True)
    assert make_needs(manager, assessment_id=run, items=["money_budget"], language="ru")


def test_eight_people_answering_at_once_lose_nothing(scene):
    run = scene.start()
    items = [item.name for item in scene.view(run).instrument.items]
    person = scene.here.reading
    with person() as tx:
        person_id = tx.actor.person_id

    def work(names):
        here = scene.workspaces(Role.CONSULTANT, person_id=person_id)
        for name in names:
            answer_item(here, assessment_id=run, item=name, answer="level_2", seen=NOT_ANSWERED)

    threads = [Thread(target=work, args=(items[n::8],)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    view = scene.view(run)
    assert view.profile.answered == 40
    assert view.assessment.version == 41


def test_a_run_of_an_older_version_keeps_its_questions(scene, monkeypatch, tmp_path):
    run = scene.submitted(held_on=TODAY - timedelta(days=30))
    folder = tmp_path / HEALTH
    folder.mkdir()
    from diagnostics import formats
    from diagnostics.service import instruments

    for sheet in ("survey", "choices", "settings"):
        source = (formats.BUILTIN / HEALTH / f"{sheet}.csv").read_text("utf-8")
        source = source.replace("2026.1", "2027.1").replace("people_care", "people_thanks")
        (folder / f"{sheet}.csv").write_text(source, "utf-8")
    monkeypatch.setattr(instruments, "builtin_folders", lambda: (folder,))
    with scene.here.transaction() as tx:
        assert service.publish_builtin(tx) == 1
    assert scene.view(run).instrument.version == "2026.1"
    newer = scene.view(scene.submitted())
    assert newer.instrument.version == "2027.1"
    assert (newer.beside.comparison.same_items, newer.beside.comparison.total) == (39, 40)


def test_the_list_asks_the_database_equally_often_for_one_run_and_for_three(scene):
    def statements() -> int:
        with tallied() as tally:
            service.list_assessments(scene.here)
        return tally.statements

    scene.start()
    service.list_assessments(scene.here)
    one = statements()
    scene.submitted()
    scene.start()
    assert statements() == one


def test_a_run_is_shown_in_few_statements(scene):
    scene.submitted(held_on=TODAY - timedelta(days=30))
    run = scene.submitted()
    with tallied() as tally:
        scene.view(run)
    assert tally.statements <= 14

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from threading import Thread

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from casework.service.case_views import timeline, view_case
from core.audit import AuditEntry
from core.errors import ForbiddenError, NotFoundError, OutOfRangeError, StaleError, TooLongError
from core.i18n import translator
from core.permissions import Role
from core.workspace import Workspace
from diagnostics import service
from diagnostics.domain import errors
from diagnostics.domain.assessment import AssessmentState, NewAssessment, RespondentKind, Response
from diagnostics.domain.instrument import Missing
from diagnostics.domain.views import AssessmentSearch
from diagnostics.service import (
    answer_item,
    justify_item,
    make_needs,
    start_assessment,
    submit_assessment,
    view_assessment,
    withdraw_submission,
)
from diagnostics.tables import AssessmentRow, InstrumentVersionRow, ResponseRow
from tests import factories

TODAY = date(2026, 11, 23)
HEALTH = "health_of_an_initiative"
NOT_ANSWERED = Missing.NOT_ANSWERED


@dataclass
class Scene:
    here: Workspace
    case_id: int
    workspaces: Callable[..., Workspace]

    def start(self, **changes) -> int:
        known = {"case_id": self.case_id, "instrument": HEALTH, "kind": RespondentKind.TEAM}
        return start_assessment(self.here, NewAssessment(**{**known, "held_on": TODAY, **changes}))

    def answer(self, run: int, item: str, answer, seen=NOT_ANSWERED) -> None:
        answer_item(self.here, assessment_id=run, item=item, answer=answer, seen=seen)

    def fill(self, run: int, level: int = 2) -> None:
        for item in self.view(run).instrument.items:
            self.answer(run, item.name, f"level_{level}")

    def view(self, run: int, **changes):
        return view_assessment(self.here, assessment_id=run, **changes)

    def submit(self, run: int) -> None:
        version = self.view(run).assessment.version
        submit_assessment(self.here, assessment_id=run, version=version)

    def submitted(self, level: int = 2, **changes) -> int:
        run = self.start(**changes)
        self.fill(run, level)
        self.submit(run)
        return run

    def count(self, table) -> int:
        with self.here.reading() as tx:
            return tx.db.scalar(sa.select(sa.func.count()).select_from(table))

    def actions(self) -> list[str]:
        with self.here.reading() as tx:
            return list(tx.db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


@pytest.fixture
def scene(workspaces, database) -> Scene:
    here = workspaces(Role.CONSULTANT)
    with here.transaction() as tx:
        service.publish_builtin(tx)
        case_id = factories.make_case(tx.db, tx.actor.person_id)
    return Scene(here, case_id, workspaces)


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

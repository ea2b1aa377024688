"""Scoring in a council, against real databases."""

from datetime import date
from decimal import Decimal
from threading import Barrier, Thread

import pytest

from casework.service import view_case
from core import audit
from core.errors import (
    DomainError,
    ForbiddenError,
    NotFoundError,
    OutOfRangeError,
    RequiredError,
    StaleError,
    TooLongError,
)
from core.permissions import Role
from panels import service
from panels.domain.errors import (
    AlreadyAdoptedError,
    ConflictOfInterestError,
    MissingMarksError,
    NoSuchRecommendationError,
    OwnSheetFirstError,
    PanelClosedError,
    SheetNotSubmittedError,
    SheetSubmittedError,
    SubmissionWithdrawnError,
)
from panels.domain.panel import NewSubmission
from panels.domain.sheet import Opinion, Progress, Score
from panels.domain.visibility import Sight
from tests.panels.conftest import TEXT, person

SECRET = "Тайное мнение первого эксперта"


def test_a_draft_is_there_again_after_a_reload(council) -> None:
    expert = council.experts[0]
    sheet_id = council.sheet_id(expert)
    opinion = Opinion((Score(council.criteria[0], 4, reason="Ждут"),), "Хорошо", "Найти юриста")
    version = service.save_sheet(expert, sheet_id=sheet_id, version=1, opinion=opinion)
    kept = service.view_sheet(expert, sheet_id)
    assert version == kept.sheet.version
    assert opinion == kept.sheet.opinion
    assert kept.submission.text == TEXT


def test_before_expert_two_submits_nothing_tells_them_of_expert_one(council) -> None:
    first, second = council.experts
    council.submit(first, council.opinion(5, 2, comment=SECRET, recommendation="Сменить адрес"))

    sheet = service.view_sheet(second, council.sheet_id(second))
    panel = service.view_panel(second, council.panel_id)
    project = service.view_submission(second, council.submission_id)
    brief = service.list_panels(second)[0]
    everything = repr((sheet, panel, project, brief, service.list_own_sheets(second)))
    for trace in (SECRET, "Сменить адрес", "mark=5", "mark=2", "4.25"):
        assert trace not in everything
    for view in (*panel.submissions, *project.submissions):
        assert view.sight is Sight.NOTHING
        assert view.summary is None
        assert view.progress == {}
        assert [one.expert_id for one in view.sheets] == [person(second)]
    assert (brief.done, brief.wanted) == (None, None)
    with pytest.raises(OwnSheetFirstError):
        service.summarise(second, submission_id=council.submission_id)
    with pytest.raises(ForbiddenError):
        service.view_sheet(second, council.sheet_id(first))


def test_a_draft_is_read_by_its_expert_alone(council) -> None:
    first = council.experts[0]
    sheet_id = council.sheet_id(first)
    service.save_sheet(
        first, sheet_id=sheet_id, version=1, opinion=council.opinion(5, 2, comment=SECRET)
    )
    chairs = service.view_panel(council.chair, council.panel_id)
    assert SECRET not in repr(chairs)
    assert chairs.submissions[0].progress[person(first)] is Progress.BEGUN
    with pytest.raises(ForbiddenError):
        service.view_sheet(council.chair, sheet_id)


def test_the_chair_sees_both_sheets_and_the_summary(council) -> None:
    first, second = council.experts
    council.submit(first, council.opinion(5, 2, comment=SECRET))
    council.submit(second, council.opinion(3, 4))
    view = service.view_panel(council.chair, council.panel_id).submissions[0]
    # (3·5 + 1·2)/4 = 4.25 and (3·3 + 1·4)/4 = 3.25
    assert Decimal("3.75") == view.summary.spread.mean
    assert (Decimal("3.25"), Decimal("4.25")) == (view.summary.spread.low, view.summary.spread.high)
    assert Decimal("0.71") == view.summary.spread.sd
    assert view.summary.disagrees
    assert {person(first), person(second)} == {sheet.expert_id for sheet in view.sheets}
    assert SECRET in repr(view)


def test_an_expert_sees_the_others_once_their_own_sheet_is_in(council) -> None:
    first, second = council.experts
    council.submit(first, council.opinion(5, 2, comment=SECRET))
    council.submit(second, council.opinion(3, 4))
    assert SECRET in repr(service.view_submission(second, council.submission_id))
    assert service.summarise(second, submission_id=council.submission_id).spread.count == 2


def test_a_sheet_on_one_project_opens_nothing_on_another(council) -> None:
    first, second = council.experts
    other = service.add_submission(
        council.chair,
        panel_id=council.panel_id,
        new=NewSubmission("Второй", "Другой текст", case_id=council.case_id),
    )
    council.submit(first, council.opinion(5, 2, comment=SECRET), other)
    council.submit(second, council.opinion(3, 4))
    views = service.view_panel(second, council.panel_id).submissions
    assert [Sight.SHEETS, Sight.NOTHING] == [view.sight for view in views]
    assert SECRET not in repr(views)


def test_a_manager_sees_the_summary_and_no_sheet(council, workspaces) -> None:
    manager = workspaces(Role.MANAGER)
    council.submit(council.experts[0], council.opinion(5, 2, comment=SECRET))
    view = service.view_submission(manager, council.submission_id)
    assert Decimal("4.25") == view.submissions[0].summary.spread.mean
    assert view.submissions[0].sheets == ()
    assert SECRET not in repr(view)


def test_a_manager_who_is_an_expert_of_the_panel_stays_blind(council, workspaces) -> None:
    both = workspaces(Role.MANAGER, Role.EXPERT)
    service.assign_expert(council.chair, panel_id=council.panel_id, person_id=person(both))
    council.submit(council.experts[0], council.opinion(5, 2, comment=SECRET))
    view = service.view_panel(both, council.panel_id)
    assert view.submissions[0].summary is None
    assert service.list_panels(both)[0].done is None


@pytest.mark.parametrize("roles", [(Role.ADMINISTRATOR,), (Role.CONSULTANT,), (Role.EXPERT,)])
def test_others_open_neither_panel_nor_project(council, workspaces, roles) -> None:
    other = workspaces(*roles)
    for call in (
        lambda: service.view_panel(other, council.panel_id),
        lambda: service.view_submission(other, council.submission_id),
        lambda: service.close_panel(other, panel_id=council.panel_id),
        lambda: service.view_sheet(other, council.sheet_id(council.experts[0])),
        lambda: service.record_export(other, panel_id=council.panel_id, rows=1),
    ):
        with pytest.raises(ForbiddenError):
            call()


def test_an_expert_manages_nothing(council) -> None:
    expert = council.experts[0]
    for call in (
        lambda: service.close_panel(expert, panel_id=council.panel_id),
        lambda: service.add_criteria_set(expert, panel_id=council.panel_id, code="project"),
        lambda: service.withdraw_submission(
            expert, submission_id=council.submission_id, reason="?"
        ),
        lambda: service.record_export(expert, panel_id=council.panel_id, rows=1),
    ):
        with pytest.raises(ForbiddenError):
            call()


def test_a_second_submit_is_refused_and_changes_nothing(council) -> None:
    expert = council.experts[0]
    sheet_id = council.submit(expert, council.opinion(5, 2))
    with pytest.raises(SheetSubmittedError):
        service.submit_sheet(expert, sheet_id=sheet_id, version=2, opinion=council.opinion(1, 1))
    with pytest.raises(SheetSubmittedError):
        service.save_sheet(expert, sheet_id=sheet_id, version=3, opinion=council.opinion(1, 1))
    assert council.opinion(5, 2) == service.view_sheet(expert, sheet_id).sheet.opinion


def test_two_submits_at_once_hand_in_one_sheet(council) -> None:
    expert = council.experts[0]
    sheet_id, gate, outcomes = council.sheet_id(expert), Barrier(2), []

    def submit() -> None:
        from core.workspace import Workspace

        own = Workspace(expert.database, expert._identify, expert.clock)
        gate.wait()
        try:
            service.submit_sheet(own, sheet_id=sheet_id, version=1, opinion=council.opinion(4, 4))
            outcomes.append("submitted")
        except DomainError as error:
            outcomes.append(type(error).__name__)

    threads = [Thread(target=submit) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["SheetSubmittedError", "submitted"]


def test_a_sheet_with_a_missing_mark_is_not_taken(council) -> None:
    expert = council.experts[0]
    with pytest.raises(MissingMarksError) as refused:
        council.submit(expert, council.opinion(5))
    assert refused.value.details == {"numbers": (2,)}
    assert not service.view_sheet(expert, council.sheet_id(expert)).sheet.is_submitted


@pytest.mark.parametrize(
    ("opinion", "error"),
    [
        (lambda c: c.opinion(0), OutOfRangeError),
        (lambda c: c.opinion(6), OutOfRangeError),
        (lambda c: c.opinion(5, 5, comment="x" * 200_000), TooLongError),
    ],
)
def test_a_draft_that_cannot_stand_is_refused_and_nothing_is_kept(council, opinion, error) -> None:
    expert = council.experts[0]
    sheet_id = council.sheet_id(expert)
    with pytest.raises(error):
        service.save_sheet(expert, sheet_id=sheet_id, version=1, opinion=opinion(council))
    assert service.view_sheet(expert, sheet_id).sheet.opinion == Opinion()


def test_two_windows_do_not_overwrite_each_other(council) -> None:
    expert = council.experts[0]
    sheet_id = council.sheet_id(expert)
    service.save_sheet(expert, sheet_id=sheet_id, version=1, opinion=council.opinion(4))
    with pytest.raises(StaleError) as stale:
        service.save_sheet(expert, sheet_id=sheet_id, version=1, opinion=council.opinion(2))
    assert stale.value.details["current"]["field.marks"] == "4, –"
    assert stale.value.details["yours"]["field.marks"] == "2, –"
    assert council.opinion(4) == service.view_sheet(expert, sheet_id).sheet.opinion


def test_a_returned_sheet_is_a_draft_again_and_leaves_the_means(council) -> None:
    expert = council.experts[0]
    sheet_id = council.submit(expert, council.opinion(5, 2))
    with pytest.raises(RequiredError):
        service.return_sheet(council.chair, sheet_id=sheet_id, reason=" ")
    service.return_sheet(council.chair, sheet_id=sheet_id, reason="Перепутаны проекты")
    view = service.view_sheet(expert, sheet_id)
    assert not view.sheet.is_submitted
    assert view.sheet.return_reason == "Перепутаны проекты"
    assert council.opinion(5, 2) == view.sheet.opinion
    assert service.summarise(council.chair, submission_id=council.submission_id).spread.count == 0
    with pytest.raises(SheetNotSubmittedError):
        service.return_sheet(council.chair, sheet_id=sheet_id, reason="Ещё раз")


def test_a_conflict_of_interest_bars_scoring_and_reading(council) -> None:
    first, second = council.experts
    council.submit(second, council.opinion(3, 4, comment=SECRET))
    service.declare_conflict(first, submission_id=council.submission_id, reason="Мой брат — автор")
    service.declare_conflict(first, submission_id=council.submission_id, reason="Ещё раз")
    sheet_id = council.sheet_id(first)
    with pytest.raises(ConflictOfInterestError):
        service.submit_sheet(first, sheet_id=sheet_id, version=1, opinion=council.opinion(5, 5))
    assert service.view_sheet(first, sheet_id).submission.text == ""
    view = service.view_submission(first, council.submission_id)
    assert TEXT not in repr(view)
    assert SECRET not in repr(view)
    progress = service.view_panel(council.chair, council.panel_id).submissions[0].progress
    assert progress[person(first)] is Progress.BARRED


def test_a_conflict_named_by_the_chair_takes_a_submitted_sheet_out_of_the_means(council) -> None:
    first, second = council.experts
    council.submit(first, council.opinion(5, 5))
    council.submit(second, council.opinion(3, 3))
    service.declare_conflict(
        council.chair,
        submission_id=council.submission_id,
        reason="Общая фирма",
        expert_id=person(first),
    )
    summary = service.summarise(council.chair, submission_id=council.submission_id)
    assert (summary.spread.count, summary.spread.mean) == (1, Decimal("3.00"))
    service.lift_conflict(
        council.chair, submission_id=council.submission_id, expert_id=person(first)
    )
    assert service.summarise(council.chair, submission_id=council.submission_id).spread.count == 2


def test_a_recommendation_becomes_a_next_step_of_the_case_once(council) -> None:
    expert = council.experts[0]
    sheet_id = council.submit(expert, council.opinion(5, 2, recommendation="Найти юриста\nСад"))
    step_id = service.adopt_recommendation(
        council.chair,
        sheet_id=sheet_id,
        line="Найти юриста",
        text="Найти юриста по земле",
        due_on=date(2026, 12, 10),
        responsible_id=person(council.chair),
    )
    step = next(s for s in view_case(council.chair, case_id=council.case_id).steps)
    assert (step.id, step.text, step.due_on) == (
        step_id, "Найти юриста по земле", date(2026, 12, 10),
    )  # fmt: skip
    assert step.origin == ("submission", council.submission_id)
    adopted = service.view_submission(council.chair, council.submission_id).submissions[0].adoptions
    assert [one.line for one in adopted] == ["Найти юриста"]
    with pytest.raises(AlreadyAdoptedError):
        service.adopt_recommendation(council.chair, sheet_id=sheet_id, line="Найти юриста")
    with pytest.raises(NoSuchRecommendationError):
        service.adopt_recommendation(council.chair, sheet_id=sheet_id, line="Выдумка")
    with pytest.raises(ForbiddenError):
        service.adopt_recommendation(expert, sheet_id=sheet_id, line="Сад")


def test_a_closed_panel_takes_nothing_until_it_is_reopened(council) -> None:
    expert = council.experts[0]
    service.close_panel(council.chair, panel_id=council.panel_id)
    with pytest.raises(PanelClosedError):
        council.submit(expert, council.opinion(5, 2))
    service.reopen_panel(council.chair, panel_id=council.panel_id)
    council.submit(expert, council.opinion(5, 2))


def test_a_withdrawn_project_leaves_the_experts_lists(council) -> None:
    expert = council.experts[0]
    sheet_id = council.sheet_id(expert)
    service.withdraw_submission(
        council.chair, submission_id=council.submission_id, reason="Команда передумала"
    )
    assert service.list_own_sheets(expert) == ()
    with pytest.raises(SubmissionWithdrawnError):
        service.save_sheet(expert, sheet_id=sheet_id, version=1, opinion=council.opinion(5))
    service.restore_submission(council.chair, submission_id=council.submission_id)
    assert [line.id for line in service.list_own_sheets(expert)] == [sheet_id]


def test_the_trail_tells_who_scored_when_and_nothing_of_the_marks(council) -> None:
    sheet_id = council.submit(
        council.experts[0], council.opinion(5, 2, comment=SECRET, recommendation="Сменить адрес")
    )
    service.return_sheet(council.chair, sheet_id=sheet_id, reason="Тайная причина")
    with council.chair.reading() as tx:
        lines = audit.find_lines(tx.db)
        assert audit.verify(tx.db).broken_at is None
    actions = [line.action for line in lines]
    assert actions[:2] == ["sheet.returned", "sheet.submitted"]
    for text in (SECRET, "Сменить адрес", "Тайная причина", "Сад", "Пётр"):
        assert text not in repr(lines)


@pytest.mark.parametrize("missing", [0, 10**9])
def test_what_is_not_there_is_not_found(council, missing) -> None:
    for call in (
        lambda: service.view_panel(council.chair, missing),
        lambda: service.view_submission(council.chair, missing),
        lambda: service.view_sheet(council.experts[0], missing),
        lambda: service.remove_criterion(council.chair, criterion_id=missing),
        lambda: service.adopt_recommendation(council.chair, sheet_id=missing, line="x"),
    ):
        with pytest.raises(NotFoundError):
            call()

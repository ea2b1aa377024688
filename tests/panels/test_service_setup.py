"""Setting up a council, against real databases."""

import contextlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from casework.service import timeline
from core.errors import ForbiddenError, NotFoundError, OutOfRangeError, RequiredError, TooLongError
from core.permissions import Role
from core.revision import revision
from panels import service
from panels.domain.errors import (
    AlreadyAssignedError,
    ChairScoresError,
    CriteriaFrozenError,
    DuplicateSubmissionError,
    HasScoredError,
    MixedScalesError,
    NoCaseError,
    NotAnExpertError,
    PanelClosedError,
)
from panels.domain.panel import NewPanel, NewSubmission, PanelKind
from panels.formats import built_in_sets
from tests.panels.conftest import own_criterion, person


def new_panel(chair_id: int, **changes: object) -> NewPanel:
    values = {"title": "Конкурс", "kind": PanelKind.COMPETITION, "chair_id": chair_id} | changes
    return NewPanel(**values)


def test_a_panel_can_start_with_a_built_in_set(workspace) -> None:
    panel_id = service.create_panel(
        workspace, new=new_panel(person(workspace), criteria_set="project")
    )
    criteria = service.view_panel(workspace, panel_id).panel.criteria
    published = built_in_sets()["project"].criteria
    assert [(c.title, c.weight, c.levels) for c in published] == [
        (c.title, c.weight, c.levels) for c in criteria
    ]


def test_the_same_form_sent_twice_sets_up_one_panel(workspace) -> None:
    new = new_panel(person(workspace), token="a" * 32)
    assert service.create_panel(workspace, new=new) == service.create_panel(workspace, new=new)
    assert len(service.list_panels(workspace)) == 1


def test_what_cannot_be_a_panel_is_refused_and_nothing_is_kept(workspace, workspaces) -> None:
    own, expert = person(workspace), person(workspaces(Role.EXPERT))
    administrator = person(workspaces(Role.ADMINISTRATOR))
    for new, error in (
        (new_panel(own, title=" "), RequiredError),
        (new_panel(own, title="x" * 201), TooLongError),
        (new_panel(administrator), RequiredError),
        (new_panel(10**9), NotFoundError),
        (new_panel(own, criteria_set="../secret"), NotFoundError),
        (new_panel(own, expert_ids=(own,)), ChairScoresError),
        (new_panel(own, expert_ids=(administrator,)), NotAnExpertError),
        (new_panel(expert, expert_ids=(expert,)), ChairScoresError),
    ):
        with pytest.raises(error):
            service.create_panel(workspace, new=new)
    assert service.list_panels(workspace) == ()


@pytest.mark.parametrize("role", [Role.EXPERT, Role.ADMINISTRATOR])
def test_experts_and_administrators_set_up_no_panels(workspaces, role) -> None:
    other = workspaces(role)
    with pytest.raises(ForbiddenError):
        service.create_panel(other, new=new_panel(person(other)))
    with pytest.raises(ForbiddenError):
        service.list_candidates(other)


def test_candidates_leave_out_who_sits_already(council, workspaces) -> None:
    third = person(workspaces(Role.EXPERT, name="Третий"))
    found = service.list_candidates(council.chair, panel_id=council.panel_id)
    assert found.experts == {third: "Третий"}


def test_criteria_are_frozen_by_the_first_mark(council) -> None:
    expert = council.experts[0]
    service.save_sheet(
        expert, sheet_id=council.sheet_id(expert), version=1, opinion=council.opinion(4)
    )
    for call in (
        lambda: service.add_criterion(
            council.chair, panel_id=council.panel_id, criterion=own_criterion()
        ),
        lambda: service.remove_criterion(council.chair, criterion_id=council.criteria[1]),
        lambda: service.add_criteria_set(
            council.chair, panel_id=council.panel_id, code="competition"
        ),
    ):
        with pytest.raises(CriteriaFrozenError):
            call()
    assert service.view_panel(council.chair, council.panel_id).criteria_are_frozen


def test_a_criterion_keeps_its_weight_and_levels(council) -> None:
    criterion = own_criterion("Смета", "0.25")
    service.add_criterion(council.chair, panel_id=council.panel_id, criterion=criterion)
    stored = service.view_panel(council.chair, council.panel_id).panel.criteria[-1]
    assert (stored.weight, stored.levels) == (Decimal("0.25"), criterion.levels)
    service.remove_criterion(council.chair, criterion_id=stored.id)
    assert len(service.view_panel(council.chair, council.panel_id).panel.criteria) == 2


@pytest.mark.parametrize(
    ("criterion", "error"),
    [
        (own_criterion(high=10), MixedScalesError),
        (own_criterion(weight="-1"), OutOfRangeError),
        (own_criterion(title=""), RequiredError),
    ],
)
def test_a_criterion_that_does_not_fit_is_refused(council, criterion, error) -> None:
    with pytest.raises(error):
        service.add_criterion(council.chair, panel_id=council.panel_id, criterion=criterion)


def test_a_new_expert_finds_a_sheet_for_every_project(council, workspaces) -> None:
    third = workspaces(Role.EXPERT)
    service.assign_expert(council.chair, panel_id=council.panel_id, person_id=person(third))
    assert [one.submission_id for one in service.list_own_sheets(third)] == [council.submission_id]
    with pytest.raises(AlreadyAssignedError):
        service.assign_expert(council.chair, panel_id=council.panel_id, person_id=person(third))
    service.remove_expert(council.chair, panel_id=council.panel_id, person_id=person(third))
    assert service.list_own_sheets(third) == ()


def test_an_expert_who_has_begun_stays(council) -> None:
    expert = council.experts[0]
    service.save_sheet(
        expert, sheet_id=council.sheet_id(expert), version=1, opinion=council.opinion(4)
    )
    with pytest.raises(HasScoredError):
        service.remove_expert(council.chair, panel_id=council.panel_id, person_id=person(expert))


def test_a_reworked_text_is_the_next_version_and_the_same_text_is_refused(council) -> None:
    new = NewSubmission("Сад у дома", "Новый текст", case_id=council.case_id)
    second = service.add_submission(council.chair, panel_id=council.panel_id, new=new)
    view = service.view_submission(council.chair, second).submissions[0].submission
    assert (view.version, view.initiative_id) == (2, council.initiative_id)
    with pytest.raises(DuplicateSubmissionError):
        service.add_submission(council.chair, panel_id=council.panel_id, new=new)


@pytest.mark.parametrize(
    ("new", "error"),
    [
        (NewSubmission("", "Текст", initiative_id=1), RequiredError),
        (NewSubmission("Сад", " ", initiative_id=1), RequiredError),
        (NewSubmission("Сад", "x" * 50_001, initiative_id=1), TooLongError),
        (NewSubmission("Сад", "Текст"), RequiredError),
        (NewSubmission("Сад", "Текст", initiative_id=10**9), NotFoundError),
        (NewSubmission("Сад", "Текст", case_id=10**9), NotFoundError),
    ],
)
def test_what_cannot_be_judged_is_refused(council, new, error) -> None:
    with pytest.raises(error):
        service.add_submission(council.chair, panel_id=council.panel_id, new=new)


def test_a_project_without_a_case_takes_no_next_step(council) -> None:
    project = service.add_submission(
        council.chair,
        panel_id=council.panel_id,
        new=NewSubmission("Без сопровождения", "Текст", initiative_id=council.initiative_id),
    )
    sheet_id = council.submit(
        council.experts[0], council.opinion(4, 4, recommendation="Начать"), project
    )
    with pytest.raises(NoCaseError):
        service.adopt_recommendation(council.chair, sheet_id=sheet_id, line="Начать")


def test_the_case_remembers_that_its_project_came_before_a_panel(council) -> None:
    sources = [entry.source for entry in timeline(council.chair, case_id=council.case_id)]
    assert ("submission", council.submission_id) in sources
    found = service.list_submissions_of_case(council.chair, council.case_id)
    assert [one.id for one in found] == [council.submission_id]


def test_a_chair_who_is_only_an_expert_lays_no_case_before_the_panel(council, workspaces) -> None:
    manager, chair = workspaces(Role.MANAGER), workspaces(Role.EXPERT)
    panel_id = service.create_panel(manager, new=new_panel(person(chair)))
    with pytest.raises(ForbiddenError):
        service.add_submission(
            chair, panel_id=panel_id, new=NewSubmission("Сад", "Текст", case_id=council.case_id)
        )
    with pytest.raises(ForbiddenError):
        service.add_submission(
            manager, panel_id=panel_id, new=NewSubmission("Сад", "Текст", case_id=council.case_id)
        )


def test_a_closed_panel_does_not_change(council) -> None:
    service.close_panel(council.chair, panel_id=council.panel_id)
    for call in (
        lambda: service.add_submission(
            council.chair,
            panel_id=council.panel_id,
            new=NewSubmission("Ещё", "Текст", case_id=council.case_id),
        ),
        lambda: service.remove_expert(
            council.chair, panel_id=council.panel_id, person_id=person(council.experts[0])
        ),
        lambda: service.declare_conflict(
            council.experts[0], submission_id=council.submission_id, reason="?"
        ),
    ):
        with pytest.raises(PanelClosedError):
            call()


def test_lists_show_open_panels_and_near_dates_first(workspace) -> None:
    own = person(workspace)
    ids = {
        name: service.create_panel(workspace, new=new_panel(own, title=name, due_on=due_on))
        for name, due_on in (
            ("later", date(2027, 2, 1)), ("none", None), ("soon", date(2026, 12, 1)),
            ("closed", date(2026, 11, 1)),
        )
    }  # fmt: skip
    service.close_panel(workspace, panel_id=ids["closed"])
    titles = [one.line.title for one in service.list_panels(workspace)]
    assert titles == ["soon", "later", "none", "closed"]


def test_a_consultant_lists_only_their_own_panels_and_a_manager_all(council, workspaces) -> None:
    assert service.list_panels(workspaces(Role.CONSULTANT)) == ()
    assert len(service.list_panels(workspaces(Role.MANAGER))) == 1


def test_the_list_holds_exactly_the_panels_that_may_be_opened(database, workspaces) -> None:
    random = Random(7)
    people = [
        workspaces(*roles)
        for roles in (
            (Role.CONSULTANT,), (Role.CONSULTANT, Role.EXPERT), (Role.EXPERT,), (Role.EXPERT,),
            (Role.MANAGER,), (Role.MANAGER, Role.EXPERT), (Role.ADMINISTRATOR,),
        )
    ]  # fmt: skip
    experts = [person(people[number]) for number in (1, 2, 3, 5)]
    panels = []
    for _round in range(8):
        chair = person(random.choice(people[:6]))
        seated = [one for one in experts if one != chair and random.random() < 0.4]
        new = new_panel(chair, expert_ids=tuple(seated))
        panels.append(service.create_panel(people[4], new=new))
    for reader in people[:6]:
        opened = set()
        for panel_id in panels:
            with contextlib.suppress(ForbiddenError):
                opened.add(service.view_panel(reader, panel_id).panel.id)
        assert opened == {one.line.id for one in service.list_panels(reader)}
    with pytest.raises(ForbiddenError):
        service.list_panels(people[6])


def statements(call: Callable[[], object]) -> int:
    from core.database import tallied

    with tallied() as tally:
        call()
    return tally.statements


def test_a_panel_costs_as_many_queries_with_three_projects_as_with_one(council) -> None:
    for expert in council.experts:
        council.submit(expert, council.opinion(4, 4))
    one = statements(lambda: service.view_panel(council.chair, council.panel_id))
    lists = statements(lambda: service.list_panels(council.chair))
    for number in (2, 3):
        service.add_submission(
            council.chair,
            panel_id=council.panel_id,
            new=NewSubmission("Ещё", f"Текст {number}", case_id=council.case_id),
        )
        service.create_panel(council.chair, new=new_panel(person(council.chair)))
    assert one == statements(lambda: service.view_panel(council.chair, council.panel_id))
    assert lists == statements(lambda: service.list_panels(council.chair))


def test_a_change_tells_the_caches(council) -> None:
    with council.chair.reading() as tx:
        before = revision(tx.db, "panels")
    council.submit(council.experts[0], council.opinion(4, 4))
    with council.chair.reading() as tx:
        assert revision(tx.db, "panels") == before + 1


def test_an_export_is_a_line_of_the_trail(council) -> None:
    from core import audit

    service.record_export(council.chair, panel_id=council.panel_id, rows=4)
    with council.chair.reading() as tx:
        line = audit.find_lines(tx.db)[0]
    assert (line.action, line.details) == ("panel.exported", {"rows": 4})

"""Cases as people open, change, see and close them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from casework.domain.case import CaseInUseError, CaseStatus, NewCase, StatusChange
from casework.domain.timeline import TimelineKind
from casework.domain.views import CaseSearch
from casework.service import (
    CaseEdit,
    NeedKind,
    add_to_timeline,
    agree_step,
    change_need,
    change_status,
    edit_case,
    list_cases,
    note_need,
    open_case,
    remove_case,
    remove_need,
    restore_need,
    set_members,
    tick_step,
    timeline,
    undo_status,
    untick_step,
    view_case,
)
from casework.tables import CaseFileRow, RequestRow
from core.database import tallied
from core.errors import ForbiddenError, NotFoundError, RequiredError, StaleError
from core.permissions import Role
from core.workspace import Workspace
from tests import factories


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def initiative(database) -> int:
    with database.writing() as db:
        return factories.make_initiative(db, "Двор без машин")


@pytest.fixture
def case(workspace, me, initiative) -> int:
    new = NewCase(initiative_id=initiative, lead_id=me, request="Помогите договориться с ТСЖ")
    return open_case(workspace, new=new)


def seen(view) -> CaseEdit:
    return CaseEdit(view.case.title, view.case.request, view.case.lead_id)


def test_an_opened_case_keeps_the_request_as_its_own_row(workspace, case, database) -> None:
    view = view_case(workspace, case_id=case)

    assert (view.initiative, view.case.request) == ("Двор без машин", "Помогите договориться с ТСЖ")
    assert view.case.status is CaseStatus.OPEN
    with database.reading() as db:
        assert db.scalar(sa.select(RequestRow.text)) == "Помогите договориться с ТСЖ"


def test_a_form_sent_twice_opens_one_case(workspace, me, initiative, database) -> None:
    new = NewCase(initiative_id=initiative, lead_id=me, request="Помогите", token="t1")

    assert open_case(workspace, new=new) == open_case(workspace, new=new)
    with database.reading() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(CaseFileRow)) == 1
        assert db.scalar(sa.select(sa.func.count()).select_from(RequestRow)) == 1


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"request": " "}, RequiredError),
        ({"initiative_id": 999}, NotFoundError),
        ({"lead_id": 999}, NotFoundError),
        ({"members": frozenset({999})}, NotFoundError),
    ],
)
def test_an_impossible_case_is_not_opened(workspace, me, initiative, change, error) -> None:
    new = NewCase(initiative_id=initiative, lead_id=me, request="Помогите")
    with pytest.raises(error):
        open_case(workspace, new=replace(new, **change))
    assert list_cases(workspace) == ()


def test_of_two_people_saving_the_same_case_the_second_is_told(
    workspace, workspaces, case, me
) -> None:
    manager = workspaces(Role.MANAGER)
    view = view_case(workspace, case_id=case)
    before, version = seen(view), view.case.version
    edit_case(
        manager, case_id=case, version=version, seen=before, wanted=replace(before, title="Двор")
    )

    with pytest.raises(StaleError) as refused:
        edit_case(
            workspace,
            case_id=case,
            version=version,
            seen=before,
            wanted=replace(before, title="Парковка"),
        )

    shown = {
        name: refused.value.details[name]["field.case_title"]
        for name in ("original", "current", "yours")
    }
    assert shown == {"original": "", "current": "Двор", "yours": "Парковка"}
    assert view_case(workspace, case_id=case).case.title == "Двор"


def test_a_stranger_consultant_changes_nothing(workspaces, case) -> None:
    stranger = workspaces(Role.CONSULTANT)
    view = view_case(stranger, case_id=case)
    assert not view.may_edit
    for act in (
        lambda: edit_case(
            stranger,
            case_id=case,
            version=1,
            seen=seen(view),
            wanted=replace(seen(view), title="x"),
        ),
        lambda: change_status(
            stranger, case_id=case, version=1, change=StatusChange(CaseStatus.ACTIVE)
        ),
        lambda: set_members(stranger, case_id=case, members=frozenset()),
        lambda: agree_step(stranger, case_id=case, text="x"),
        lambda: note_need(stranger, case_id=case, kind=NeedKind.STATED, title="x"),
    ):
        with pytest.raises(ForbiddenError):
            act()


@pytest.mark.parametrize("role", [Role.EXPERT])
def test_experts_see_no_case(workspaces, case, role) -> None:
    expert = workspaces(role)
    for look in (
        lambda: view_case(expert, case_id=case),
        lambda: timeline(expert, case_id=case),
        lambda: list_cases(expert),
    ):
        with pytest.raises(ForbiddenError):
            look()


def test_a_member_may_edit_from_the_day_they_join(workspace, workspaces, case) -> None:
    other = workspaces(Role.CONSULTANT)
    with other.reading() as tx:
        person = tx.actor.person_id
    set_members(workspace, case_id=case, members=frozenset({person}))

    step = agree_step(other, case_id=case, text="Позвонить")
    set_members(workspace, case_id=case, members=frozenset())

    with pytest.raises(ForbiddenError):
        agree_step(other, case_id=case, text="Ещё раз")
    assert [s.id for s in view_case(workspace, case_id=case).steps] == [step]
    spans = view_case(workspace, case_id=case).case.members
    assert [(m.person_id, m.until) for m in spans] == [(person, date(2026, 11, 23))]


def test_a_move_is_taken_back(workspace, case) -> None:
    for version, status in ((1, CaseStatus.ACTIVE), (2, CaseStatus.ON_HOLD)):
        change_status(workspace, case_id=case, version=version, change=StatusChange(status))

    undo_status(workspace, case_id=case, version=3)

    assert view_case(workspace, case_id=case).case.status is CaseStatus.ACTIVE
    moves = [e for e in timeline(workspace, case_id=case) if e.source[0] == "status"]
    assert len(moves) == 2


def test_a_move_from_an_old_page_is_refused(workspace, case) -> None:
    change_status(workspace, case_id=case, version=1, change=StatusChange(CaseStatus.ACTIVE))
    with pytest.raises(StaleError):
        change_status(workspace, case_id=case, version=1, change=StatusChange(CaseStatus.ON_HOLD))


def test_needs_come_go_and_come_back(workspace, case) -> None:
    need = note_need(workspace, case_id=case, kind=NeedKind.STATED, title="  Юрист ")

    change_need(workspace, need_id=need, state="planned", seen="open")
    remove_need(workspace, need_id=need)
    assert view_case(workspace, case_id=case).needs == ()
    restore_need(workspace, need_id=need)
    assert [(n.title, n.state) for n in view_case(workspace, case_id=case).needs] == [
        ("Юрист", "planned")
    ]


def test_what_became_of_a_need_is_not_overwritten_unseen(workspace, case) -> None:
    need = note_need(workspace, case_id=case, kind=NeedKind.STATED, title="Юрист")
    change_need(workspace, need_id=need, state="met", seen="open")
    with pytest.raises(StaleError) as caught:
        change_need(workspace, need_id=need, state="dropped", seen="open")
    shown = [list(caught.value.details[n].values()) for n in ("original", "current", "yours")]
    assert shown == [["open"], ["met"], ["dropped"]]
    change_need(workspace, need_id=need, state="met", seen="open")  # both said the same
    assert view_case(workspace, case_id=case).needs[0].state == "met"


def test_who_ticked_a_step_first_stays_who_did(workspace, workspaces, case, clock) -> None:
    step = agree_step(workspace, case_id=case, text="Собрать подписи")
    tick_step(workspace, step_id=step)
    clock.now = clock.now.replace(day=25)
    tick_step(workspaces(Role.MANAGER), step_id=step)
    assert view_case(workspace, case_id=case).steps[0].done_on == date(2026, 11, 23)


def test_a_step_is_ticked_and_unticked(workspace, case) -> None:
    step = agree_step(workspace, case_id=case, text="Собрать подписи", due_on=date(2026, 12, 1))
    assert view_case(workspace, case_id=case).next_on == date(2026, 12, 1)

    tick_step(workspace, step_id=step)
    done = view_case(workspace, case_id=case)
    untick_step(workspace, step_id=step)

    assert (done.steps[0].done_on, done.next_on) == (date(2026, 11, 23), None)
    assert view_case(workspace, case_id=case).steps[0].done_on is None


def test_a_later_feature_tells_once_on_the_timeline(workspace, case) -> None:
    for day in (20, 21):
        with workspace.transaction() as tx:
            add_to_timeline(
                tx, case, TimelineKind.ASSESSMENT, date(2026, 11, day), ("assessment", 5)
            )

    told = [e for e in timeline(workspace, case_id=case) if e.kind is TimelineKind.ASSESSMENT]

    assert [(e.happened_on, e.source) for e in told] == [(date(2026, 11, 21), ("assessment", 5))]


def test_a_case_opened_by_mistake_is_removed_unless_something_hangs_on_it(workspace, case) -> None:
    need = note_need(workspace, case_id=case, kind=NeedKind.STATED, title="Юрист")
    with pytest.raises(CaseInUseError):
        remove_case(workspace, case_id=case)
    remove_need(workspace, need_id=need)

    remove_case(workspace, case_id=case)

    assert list_cases(workspace) == ()
    with pytest.raises(NotFoundError):
        view_case(workspace, case_id=case)


def test_cases_are_found_by_state_and_person(workspace, workspaces, me, case, database) -> None:
    with database.writing() as db:
        other = factories.make_case(db, factories.make_person(db))
    change_status(workspace, case_id=case, version=1, change=StatusChange(CaseStatus.ACTIVE))

    def found(**asked) -> list[int]:
        return [line.id for line in list_cases(workspace, CaseSearch(**asked))]

    assert found() == [other, case]
    assert found(person_id=me) == [case]
    assert found(status=CaseStatus.OPEN) == [other]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_cases_asks_the_same_few_questions(workspace, database, me, count) -> None:
    with database.writing() as db:
        for _ in range(count):
            factories.make_case(db, me)
    with tallied() as tally:
        lines = list_cases(workspace)

    assert len(lines) == count
    began = 1 if database.is_sqlite else 0
    assert tally.statements - began == 4  # time zone, cases, initiatives, people


def test_of_many_who_save_at_the_same_moment_one_succeeds(
    database, workspaces, workspace, case
) -> None:
    before = seen(view_case(workspace, case_id=case))
    manager = workspaces(Role.MANAGER)
    with manager.reading() as tx:
        actor = tx.actor

    def save(number: int) -> bool:
        own = Workspace.of(database, actor, workspace.clock)
        try:
            wanted = replace(before, title=f"Правка {number}")
            edit_case(own, case_id=case, version=1, seen=before, wanted=wanted)
        except StaleError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        saved = list(pool.map(save, range(6)))

    assert saved.count(True) == 1
    assert view_case(workspace, case_id=case).case.version == 2


def test_a_form_sent_at_the_same_moment_opens_one_case(database, workspace, me, initiative) -> None:
    with workspace.reading() as tx:
        actor = tx.actor
    new = NewCase(initiative_id=initiative, lead_id=me, request="Помогите", token="same")

    def send(_number: int) -> int:
        return open_case(Workspace.of(database, actor, workspace.clock), new=new)

    with ThreadPoolExecutor(6) as pool:
        opened = set(pool.map(send, range(6)))

    assert len(opened) == 1
    with database.reading() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(CaseFileRow)) == 1
        assert db.scalar(sa.select(sa.func.count()).select_from(RequestRow)) == 1


def test_a_text_that_no_database_keeps_is_kept_without_it(workspace, me, initiative) -> None:
    new = NewCase(initiative_id=initiative, lead_id=me, request="До\0м \ud83c 🌳")
    case_id = open_case(workspace, new=new)

    assert view_case(workspace, case_id=case_id).case.request == "Дом  🌳"

"""A roadmap in the hands of its leader: by a private link, without an account."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest

from casework import service as casework
from casework.domain.initiative import NewParticipant
from core.database import tallied
from core.errors import ForbiddenError, NotFoundError, RequiredError
from core.links import LinkEndedError, derived
from core.permissions import Role
from core.web import public_url
from roadmaps import service
from roadmaps.domain.calendar import OwnCalendar
from roadmaps.domain.edits import Batch, ChangeTask, Edit
from roadmaps.domain.edits_many import ForMany, edits_for_many
from roadmaps.domain.edits_task import Rename, SetProgress
from roadmaps.domain.plan import Plan, PlanUnit, Task
from roadmaps.domain.remark import OPEN_LIMIT, TooManyRemarksError
from roadmaps.domain.terms import Progress
from roadmaps.service import NewPlan
from tests import factories

START = date(2026, 11, 23)


def join(workspace, initiative: int, name: str) -> int:
    casework.add_person(workspace, initiative_id=initiative, new=NewParticipant(name), is_sure=True)
    view = casework.view_initiative(workspace, initiative_id=initiative)
    return next(
        x.person_id for x in view.initiative.participants if view.contacts[x.person_id].name == name
    )


@pytest.fixture
def leader(workspace, initiative) -> int:
    return join(workspace, initiative, "Нина Лидер")


@pytest.fixture
def roadmap_id(workspace, case_id) -> int:
    tasks = (
        Task(1, "Стадия", 0, position=1),
        Task(2, "Собрать подписи", 2, "appeal.sign~00000001", 2, 1, done_percent=40),
        Task(3, "Отнести", 1, "x", 3, 1),
    )
    return service.create_roadmap(workspace, new=NewPlan(case_id, "Обращение", Plan(START, tasks)))


@pytest.fixture
def token(workspace, roadmap_id, leader) -> str:
    return service.make_roadmap_link(workspace, roadmap_id=roadmap_id, person_id=leader)


def task_ids(workspace, roadmap_id: int) -> list[int]:
    return [t.id for t in service.view_plan(workspace, roadmap_id=roadmap_id).plan.tasks]


def percents(workspace, roadmap_id: int) -> list[int]:
    plan = service.view_plan(workspace, roadmap_id=roadmap_id).plan
    return [task.done_percent for task in plan.tasks]


def test_a_leader_sees_the_steps_of_one_roadmap_with_their_advice(
    database, clock, token, leader
) -> None:
    view = service.view_by_link(database, token, clock)
    assert (view.title, view.initiative, view.name) == (
        "Обращение",
        "Двор на Речной",
        "Нина Лидер",
    )
    assert [(s.title, s.stage) for s in view.steps] == [
        ("Собрать подписи", "Стадия"),
        ("Отнести", "Стадия"),
    ]
    assert view.steps[0].step is not None
    assert view.steps[1].step is None
    assert view.person_id == leader


def test_a_mark_stands_in_the_history_under_the_leaders_name_and_is_undone(
    database, clock, workspace, roadmap_id, token
) -> None:
    sign = task_ids(workspace, roadmap_id)[1]
    for _ in range(2):
        service.mark_by_link(database, token, task_id=sign, is_done=True, clock=clock)
    assert percents(workspace, roadmap_id)[1] == 100
    [made] = service.view_past(workspace, roadmap_id=roadmap_id).changes
    assert made.name == "Нина Лидер"

    service.undo_edit(workspace, roadmap_id=roadmap_id, seq=made.seq)
    assert percents(workspace, roadmap_id)[1] == 40


def test_a_leader_takes_a_mark_back_to_what_was_before(
    database, clock, workspace, roadmap_id, token
) -> None:
    sign = task_ids(workspace, roadmap_id)[1]
    service.mark_by_link(database, token, task_id=sign, is_done=True, clock=clock)
    service.mark_by_link(database, token, task_id=sign, is_done=False, clock=clock)
    assert percents(workspace, roadmap_id)[1] == 40


@pytest.mark.parametrize("way", ["many", "batch", "renamed"])
def test_a_mark_is_taken_back_whoever_made_it_and_however(
    database, clock, workspace, roadmap_id, token, way
) -> None:
    sign, other = task_ids(workspace, roadmap_id)[1:]
    plan = service.view_plan(workspace, roadmap_id=roadmap_id).plan
    done: Edit = SetProgress(sign, 100)
    edits = {
        "many": edits_for_many(plan, (sign, other), ForMany(done_percent=100)),
        "batch": (Batch((Rename(sign, "Подписи"), done)),),
        "renamed": (done,),
    }[way]
    service.change_plan(workspace, roadmap_id=roadmap_id, version=2, edits=edits)
    if way == "renamed":
        task = service.view_plan(workspace, roadmap_id=roadmap_id).plan.task(sign)
        edit = ChangeTask(replace(task, title="Иначе"))
        service.edit_plan(workspace, roadmap_id=roadmap_id, version=3, edit=edit)
    service.mark_by_link(database, token, task_id=sign, is_done=False, clock=clock)
    assert percents(workspace, roadmap_id)[1] == 40


def test_what_has_happened_follows_the_leaders_mark(
    database, clock, workspace, roadmap_id, token
) -> None:
    sign = task_ids(workspace, roadmap_id)[1]
    begun = datetime(2026, 11, 23)

    def after(*, is_done: bool, version: int, said: SetProgress) -> tuple[int, Progress | None]:
        service.edit_plan(workspace, roadmap_id=roadmap_id, version=version, edit=said)
        service.mark_by_link(database, token, task_id=sign, is_done=is_done, clock=clock)
        task = service.view_plan(workspace, roadmap_id=roadmap_id).plan.task(sign)
        return task.done_percent, task.progress

    left = SetProgress(sign, 40, Progress(begun, None, 5))
    assert after(is_done=True, version=2, said=left) == (100, Progress(begun))
    ended = SetProgress(sign, 100, Progress(begun, begun))
    assert after(is_done=False, version=4, said=ended) == (40, Progress(begun))


def test_a_task_of_another_roadmap_and_a_stage_are_not_marked(
    database, clock, workspace, case_id, roadmap_id, token
) -> None:
    other = service.create_roadmap(
        workspace, new=NewPlan(case_id, "Другая", Plan(START, (Task(1, "Чужое", 1),)))
    )
    [foreign] = task_ids(workspace, other)
    with pytest.raises(NotFoundError):
        service.mark_by_link(database, token, task_id=foreign, is_done=True, clock=clock)
    stage = task_ids(workspace, roadmap_id)[0]
    with pytest.raises(Exception, match=r"error\.invalid"):
        service.mark_by_link(database, token, task_id=stage, is_done=True, clock=clock)
    assert percents(workspace, roadmap_id)[0] == 0


def test_a_remark_reaches_the_roadmap_and_the_desk_of_the_lead_once(
    database, clock, workspace, me, case_id, roadmap_id, token
) -> None:
    sign = task_ids(workspace, roadmap_id)[1]
    for _ in range(2):
        service.comment_by_link(database, token, text=" Никого   дома ", task_id=sign, clock=clock)
    [(remark, name)] = service.list_remarks(workspace, roadmap_id=roadmap_id)
    assert (remark.text, remark.task_id, name) == ("Никого дома", sign, "Нина Лидер")
    [step] = casework.view_case(workspace, case_id=case_id).steps
    assert (step.text, step.responsible_id) == ("Лидер о «Собрать подписи»: Никого дома", me)

    service.remove_remark(workspace, remark_id=remark.id)
    assert casework.view_case(workspace, case_id=case_id).steps == ()
    service.restore_remark(workspace, remark_id=remark.id)
    assert len(service.list_remarks(workspace, roadmap_id=roadmap_id)) == 1
    assert len(casework.view_case(workspace, case_id=case_id).steps) == 1
    with pytest.raises(RequiredError):
        service.comment_by_link(database, token, text="  ", clock=clock)


def test_a_leader_takes_back_a_remark_of_their_own_and_no_other(
    database, clock, workspace, initiative, roadmap_id, token
) -> None:
    second = join(workspace, initiative, "Второй")
    theirs = service.make_roadmap_link(workspace, roadmap_id=roadmap_id, person_id=second)
    service.comment_by_link(database, theirs, text="Моё", clock=clock)
    [(remark, _name)] = service.list_remarks(workspace, roadmap_id=roadmap_id)
    with pytest.raises(NotFoundError):
        service.unsay_by_link(database, token, remark_id=remark.id, clock=clock)
    service.unsay_by_link(database, theirs, remark_id=remark.id, clock=clock)
    assert service.list_remarks(workspace, roadmap_id=roadmap_id) == ()


def test_nobody_reads_the_remarks_of_another_by_their_own_link(
    database, clock, workspace, initiative, roadmap_id, token
) -> None:
    second = join(workspace, initiative, "Второй")
    theirs = service.make_roadmap_link(workspace, roadmap_id=roadmap_id, person_id=second)
    sign = task_ids(workspace, roadmap_id)[1]
    service.comment_by_link(database, token, text="О шаге", task_id=sign, clock=clock)
    service.comment_by_link(database, token, text="О плане", clock=clock)

    def read(by: str) -> list[str]:
        view = service.view_by_link(database, by, clock)
        return [x.text for x in (*view.remarks, *(y for step in view.steps for y in step.remarks))]

    assert (read(token), read(theirs)) == (["О плане", "О шаге"], [])


def test_an_answered_remark_counts_no_more_and_may_be_written_again(
    database, clock, workspace, case_id, roadmap_id, token
) -> None:
    for number in range(OPEN_LIMIT):
        service.comment_by_link(database, token, text=f"{number}", clock=clock)
    [first] = [
        s for s in casework.view_case(workspace, case_id=case_id).steps if s.text[-2:] == " 0"
    ]
    casework.tick_step(workspace, step_id=first.id)
    service.comment_by_link(database, token, text="0", clock=clock)
    assert len(service.list_remarks(workspace, roadmap_id=roadmap_id)) == OPEN_LIMIT + 1


def test_remarks_have_an_end(database, clock, token) -> None:
    for number in range(OPEN_LIMIT):
        service.comment_by_link(database, token, text=f"{number}", clock=clock)
    with pytest.raises(TooManyRemarksError):
        service.comment_by_link(database, token, text="ещё", clock=clock)


def opens(database, clock, token: str) -> bool:
    try:
        service.view_by_link(database, token, clock)
    except LinkEndedError:
        return False
    return True


def feeds(database, clock, token: str) -> bool:
    try:
        service.read_roadmap_feed(database, token, clock)
    except LinkEndedError:
        return False
    return True


def test_a_link_ends_when_it_is_taken_back_replaced_or_a_year_old(
    database, clock, workspace, roadmap_id, leader, token
) -> None:
    fresh = service.make_roadmap_link(workspace, roadmap_id=roadmap_id, person_id=leader)
    assert [opens(database, clock, one) for one in (token, fresh)] == [False, True]
    feed = derived(fresh, service.FEED)
    assert feeds(database, clock, feed)
    clock.now += timedelta(days=367)
    assert not opens(database, clock, fresh)
    clock.now -= timedelta(days=367)
    service.revoke_roadmap_link(workspace, roadmap_id=roadmap_id, person_id=leader)
    assert (opens(database, clock, fresh), feeds(database, clock, feed)) == (False, False)


def test_a_link_ends_with_the_roadmap_and_with_belonging_to_the_initiative(
    database, clock, workspace, initiative, roadmap_id, leader, token
) -> None:
    service.remove_roadmap(workspace, roadmap_id=roadmap_id)
    assert not opens(database, clock, token)
    service.restore_roadmap(workspace, roadmap_id=roadmap_id)
    assert opens(database, clock, token)
    view = casework.view_initiative(workspace, initiative_id=initiative)
    [bond] = [x.id for x in view.initiative.participants if x.person_id == leader]
    casework.remove_person(workspace, initiative_id=initiative, bond_id=bond)
    assert not opens(database, clock, token)
    assert not feeds(database, clock, derived(token, service.FEED))


def test_a_feed_opens_no_page_and_a_page_is_no_feed(database, clock, token) -> None:
    feed = derived(token, service.FEED)
    assert (opens(database, clock, feed), feeds(database, clock, token)) == (False, False)
    assert derived(token, "another") != feed
    assert token not in public_url() + feed


def test_a_consultants_own_feed_ends_with_their_role(
    database, clock, workspace, workspaces, roadmap_id
) -> None:
    with database.writing() as db:
        visitor = factories.make_person(db, roles=[Role.CONSULTANT])
    here = workspaces(Role.CONSULTANT, person_id=visitor)
    feed = service.make_roadmap_feed(here, roadmap_id=roadmap_id)
    assert service.view_roadmap_links(here, roadmap_id=roadmap_id).has_feed
    entries = service.read_roadmap_feed(database, feed, clock).entries
    assert [one.title for one in entries] == ["Собрать подписи", "Отнести"]
    service.revoke_roadmap_feed(here, roadmap_id=roadmap_id)
    assert not feeds(database, clock, feed)


def test_ones_own_feed_and_that_of_ones_page_end_apart(
    database, clock, workspace, workspaces, roadmap_id, leader
) -> None:
    here = workspaces(Role.CONSULTANT, person_id=leader)
    own = service.make_roadmap_feed(here, roadmap_id=roadmap_id)
    page = service.make_roadmap_link(workspace, roadmap_id=roadmap_id, person_id=leader)
    of_page = derived(page, service.FEED)
    assert (feeds(database, clock, own), feeds(database, clock, of_page)) == (True, True)
    service.revoke_roadmap_feed(here, roadmap_id=roadmap_id)
    assert (feeds(database, clock, own), feeds(database, clock, of_page)) == (False, True)


def test_links_are_given_by_who_may_change_the_roadmap_to_people_of_its_initiative(
    workspace, workspaces, roadmap_id, leader, me
) -> None:
    stranger = workspaces(Role.CONSULTANT)
    with pytest.raises(ForbiddenError):
        service.make_roadmap_link(stranger, roadmap_id=roadmap_id, person_id=leader)
    with pytest.raises(NotFoundError):
        service.make_roadmap_link(workspace, roadmap_id=roadmap_id, person_id=me)
    seen = service.view_roadmap_links(stranger, roadmap_id=roadmap_id)
    assert (list(seen.people.values()), seen.live) == (["Нина Лидер"], frozenset())


def test_mail_addresses_go_with_the_links_as_the_page_of_the_initiative_shows_them(
    workspace, initiative, roadmap_id, leader
) -> None:
    for name, mail in (("Олег", "oleg@example.org"), ("Мира", "лучше звонить, mira@example.org")):
        new = NewParticipant(name, email=mail)
        casework.add_person(workspace, initiative_id=initiative, new=new, is_sure=True)
    seen = service.view_roadmap_links(workspace, roadmap_id=roadmap_id)
    assert {seen.people[x]: mail for x, mail in seen.mails.items()} == {"Олег": "oleg@example.org"}


def test_who_holds_a_link_is_asked_at_once_however_many_people_an_initiative_has(
    workspace, initiative, roadmap_id, leader, token
) -> None:
    def statements() -> int:
        with tallied() as tally:
            seen = service.view_roadmap_links(workspace, roadmap_id=roadmap_id)
        assert seen.live == {leader}
        return tally.statements

    one = statements()
    for name in ("Олег", "Мира"):
        join(workspace, initiative, name)
    assert statements() == one


def test_what_lasts_until_midnight_ends_on_that_day_wherever_its_day_is_told(
    database, clock, workspace, case_id, leader
) -> None:
    """On the next day it is late, in lists as on the plan's own page."""
    whole = OwnCalendar(hours=tuple(range(24)), weekdays=tuple(range(7)))
    plan = Plan(START, (Task(1, "Ночь", 24),), unit=PlanUnit.HOUR, own_calendar=whole)
    made = service.create_roadmap(workspace, new=NewPlan(case_id, "Ночь музеев", plan))
    token = service.make_roadmap_link(workspace, roadmap_id=made, person_id=leader)
    clock.now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    view = service.view_plan(workspace, roadmap_id=made)
    assert view.spans[view.plan.tasks[0].id].finish == datetime(2026, 11, 24)
    [line] = [x for x in service.list_roadmaps(workspace) if x.id == made]
    assert (len(view.late), line.late, line.finishes_on) == (1, 1, START)
    [step] = service.view_by_link(database, token, clock).steps
    assert (step.finishes_on, step.is_late) == (START, True)


def test_of_feeds_made_at_once_one_is_left(database, clock, workspaces, me, roadmap_id) -> None:
    """A second press, a second tab: what was handed out and forgotten must not stay open."""
    start = Barrier(4)

    def make(_number: int) -> str:
        own = workspaces(Role.CONSULTANT, person_id=me)
        start.wait()
        return service.make_roadmap_feed(own, roadmap_id=roadmap_id)

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(make, range(4)))
    assert sum(feeds(database, clock, token) for token in made) == 1

"""All roadmaps at once: the same figures as the list and the plan, who is asked for too much."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from casework.domain.initiative import InitiativeForm, NewInitiative
from casework.service import register_initiative
from core.audit import AuditEntry
from core.catalogue import Item, add_missing
from core.database import tallied
from core.errors import ForbiddenError, NotFoundError
from core.permissions import Role
from roadmaps import service
from roadmaps.domain.edits_task import SetDuration, happened
from roadmaps.domain.plan import Plan, PlanUnit, Task
from roadmaps.domain.portfolio_lines import Flag, PortfolioSearch
from roadmaps.domain.roadmap import RoadmapSearch
from roadmaps.service import NewPlan
from tests import factories
from tests.roadmaps.plans import plan_of

START = date(2026, 11, 23)
DAY = 480


def _made(workspace, case_id: int, title: str, *tasks: Task, start: date = START) -> int:
    rows = tuple(replace(task, position=n) for n, task in enumerate(tasks, 1))
    return service.create_roadmap(workspace, new=NewPlan(case_id, title, Plan(start, rows)))


def _mark(workspace, roadmap_id: int, percent: int) -> None:
    view = service.view_plan(workspace, roadmap_id=roadmap_id)
    edit = happened(view.plan.tasks[0].id, percent)
    service.edit_plan(workspace, roadmap_id=roadmap_id, edit=edit, version=view.roadmap.version)


def _flags(workspace) -> dict[str, frozenset[Flag]]:
    return {x.line.title: x.flags for x in service.view_portfolio(workspace).lines}


def test_the_portfolio_counts_what_the_list_and_the_plan_count(
    workspace, case_id, me, clock
) -> None:
    plan = plan_of(2, 5, 3, 1, links="A-B A-C B-D C-D", start=START)
    first = service.create_roadmap(workspace, new=NewPlan(case_id, "Путь", plan))
    _made(workspace, case_id, "Пустая")
    _mark(workspace, first, 100)
    clock.now += timedelta(days=9)
    view = service.view_portfolio(workspace)
    listed = {line.id: line for line in service.list_roadmaps(workspace, RoadmapSearch())}
    assert {one.id: one.line for one in view.lines} == listed
    (one,) = (x for x in view.lines if x.id == first)
    shown = service.view_plan(workspace, roadmap_id=first)
    assert (one.line.late, one.line.done) == (len(shown.late), 1)
    assert view.counts == {None: 2, Flag.LATE: 1, Flag.STALLED: 0, Flag.ENDS: 1}
    assert (one.lead, one.is_at_work, one.done_on) == (view.leads[me], True, START)


def test_what_one_may_see_in_the_portfolio_is_what_one_may_list(
    workspaces, workspace, case_id
) -> None:
    _made(workspace, case_id, "Путь", Task(1, "A"))
    for role in Role:
        other = workspaces(role)
        if role in {Role.MANAGER, Role.CONSULTANT}:
            seen = [x.id for x in service.view_portfolio(other).lines]
            assert seen == [x.id for x in service.list_roadmaps(other)]
            assert len(seen) == 1
            continue
        for look in (service.view_portfolio, service.list_roadmaps):
            with pytest.raises(ForbiddenError):
                look(other)


def test_a_roadmap_is_stalled_until_something_is_marked_and_again_when_that_is_taken_back(
    workspace, case_id, clock
) -> None:
    long = _made(workspace, case_id, "Долгая", Task(1, "A", 90), Task(2, "B", 90))
    clock.now += timedelta(days=29)
    assert _flags(workspace) == {"Долгая": frozenset()}
    clock.now += timedelta(days=1)
    assert _flags(workspace) == {"Долгая": {Flag.STALLED}}
    # to move dates about is not to do anything
    view = service.view_plan(workspace, roadmap_id=long)
    edit = SetDuration(view.plan.tasks[1].id, 80)
    service.edit_plan(workspace, roadmap_id=long, edit=edit, version=view.roadmap.version)
    assert _flags(workspace) == {"Долгая": {Flag.STALLED}}
    _mark(workspace, long, 40)
    assert _flags(workspace) == {"Долгая": frozenset()}
    marked = view.roadmap.version + 1
    for later in range(1, 6):  # more than are looked at first
        edit = SetDuration(view.plan.tasks[1].id, 80 - later)
        service.edit_plan(workspace, roadmap_id=long, edit=edit, version=marked + later)
    assert _flags(workspace) == {"Долгая": frozenset()}
    service.undo_edit(workspace, roadmap_id=long, seq=marked)
    assert _flags(workspace) == {"Долгая": {Flag.STALLED}}


def test_filters_narrow_by_initiative_lead_doer_theme_and_words(
    workspace, workspaces, database, case_id, me
) -> None:
    with database.writing() as db:
        add_missing(db, [Item("theme", "culture", {"ru": "Культура"})])
    form = InitiativeForm("Музей сказок", "", ("culture",), "")
    other = workspaces(Role.CONSULTANT, name="Борис")
    made = register_initiative(workspace, new=NewInitiative(form), is_sure=True)
    with other.reading() as tx:
        boris = tx.actor.person_id
    with database.writing() as db:
        theirs = factories.make_case(db, boris, initiative_id=made.id)
    _made(workspace, case_id, "Двор", Task(1, "A", responsible_id=me))
    museum = _made(other, theirs, "Ёлка", Task(1, "A", responsible="Анна"))

    def found(**search: object) -> set[str]:
        view = service.view_portfolio(workspace, PortfolioSearch(**search))
        return {x.line.title for x in view.lines}

    assert found() == {"Двор", "Ёлка"}
    assert (
        found(initiative_id=made.id) == found(lead_id=boris) == found(theme="culture") == {"Ёлка"}
    )
    assert found(text="елк музе") == found(doer=f"{made.id}:Анна") == {"Ёлка"}
    assert found(doer=str(me)) == {"Двор"}
    assert found(flag=Flag.LATE) == set()
    view = service.view_portfolio(workspace, PortfolioSearch(flag=Flag.LATE))
    assert view.counts[None] == 2
    assert view.doers[f"{made.id}:Анна"] == "Анна (Музей сказок)"
    with database.writing() as db:
        db.execute(
            sa.text(
                "UPDATE case_file SET status = 'closed', closed_on = opened_on,"
                " close_reason = 'goal_reached' WHERE id = :id"
            ),
            {"id": theirs},
        )
    assert found() == {"Двор"}
    assert found(at_work=False) == {"Двор", "Ёлка"}
    assert museum


def test_people_asked_for_too_much_are_named_with_the_week_and_the_roadmaps(
    workspace, case_id, me
) -> None:
    half = Task(1, "B", 10, responsible_id=me, done_percent=50)
    one = _made(workspace, case_id, "Один", Task(1, "A", 3, responsible_id=me))
    two = _made(workspace, case_id, "Два", half, Task(2, "C", responsible="Анна"))
    hours = Plan(START, (Task(1, "D", 8, position=1, responsible_id=me),), unit=PlanUnit.HOUR)
    three = service.create_roadmap(workspace, new=NewPlan(case_id, "В часах", hours))
    view = service.view_portfolio(workspace)
    ((name, over),) = view.overloads
    assert (name, over.demand.week, over.roadmaps) == (view.leads[me], START, {one, two, three})
    assert (over.demand.minutes, over.demand.has) == (3 * DAY + 5 * DAY // 2 + DAY, 5 * DAY)
    load = service.view_load(workspace, roadmap_id=two)
    assert [x.name for x in load.people] == [name, "Анна"]
    mine = load.people[0].weeks
    assert (mine[START].own, mine[START].all) == (5 * DAY // 2, over.demand.minutes)
    assert load.weeks == (START, START + timedelta(days=7))
    assert load.unasked == 0
    empty = service.view_load(
        workspace, roadmap_id=_made(workspace, case_id, "Без людей", Task(1, "A"))
    )
    assert (empty.weeks, empty.people, empty.unasked) == ((), (), 1)


def test_the_portfolio_is_read_by_as_many_statements_whatever_it_holds(
    workspace, case_id, me
) -> None:
    def statements(count: int) -> int:
        for number in range(count):
            _made(workspace, case_id, f"{number}", Task(1, "A", 2, responsible_id=me))
        with tallied() as tally:
            service.view_portfolio(workspace)
        return tally.statements

    first = statements(1)
    assert first == statements(2)
    with tallied() as tally:
        service.view_portfolio(workspace)
    assert tally.statements == first - 12  # what is counted of roadmaps stands until one changes


def test_taking_the_portfolio_away_is_noted_and_asks_for_the_right_to_export(
    workspace, workspaces, case_id, database
) -> None:
    _made(workspace, case_id, "Путь", Task(1, "A"))
    rows = service.export_portfolio(workspace, PortfolioSearch())
    assert [x.line.title for x in rows] == ["Путь"]
    with database.reading() as db:
        actions = db.scalars(sa.select(AuditEntry.action)).all()
    assert actions.count("roadmap.portfolio_exported") == 1
    with pytest.raises(ForbiddenError):
        service.export_portfolio(workspaces(Role.EXPERT), PortfolioSearch())
    with pytest.raises(NotFoundError):
        service.view_load(workspace, roadmap_id=404)


def test_a_date_that_says_when_a_task_was_begun_is_a_sign_of_work(
    workspace, case_id, clock
) -> None:
    made = _made(workspace, case_id, "Путь", Task(1, "A", 90))
    view = service.view_plan(workspace, roadmap_id=made)
    begun = happened(view.plan.tasks[0].id, 10, datetime(2026, 11, 23))
    service.edit_plan(workspace, roadmap_id=made, edit=begun, version=view.roadmap.version)
    clock.now += timedelta(days=5)
    (one,) = service.view_portfolio(workspace).lines
    assert one.done_on == START

"""What the dashboards compose, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from core.audit import find_lines
from core.cache import SWITCH
from core.database import Database, tallied
from core.errors import ForbiddenError, NotFoundError
from core.permissions import Role
from core.workspace import Workspace
from dashboards.service import (
    HoursFilter,
    export_figures,
    export_rows,
    view_desk,
    view_quarter,
    view_rows,
)
from hours.domain.entries import Activity, TimeKind, TimeLine
from hours.domain.periods import Quarter
from hours.service import replace_time

Workspaces = Callable[..., Workspace]
Q4 = HoursFilter(quarter=Quarter(2026, 4))


def test_a_quarter_is_shown_with_both_promises(
    quarter: Workspace, people: tuple[int, int], private_meeting: None
) -> None:
    view = view_quarter(quarter, HoursFilter())
    consulting, training = view.activities
    assert (consulting.figure.minutes, consulting.pace.done, consulting.pace.plan) == (
        205,
        205,
        15_000,
    )
    assert (training.figure.minutes, training.pace.plan) == (90, 2_400)
    assert view.chosen == consulting
    assert view.people == dict(zip(people, ("Анна Ёлкина", "Борис <b>Седов</b>"), strict=True))
    assert view.topics == ("budget", "legal", "private")
    assert view.quarters == (Quarter(2026, 4),)


def test_a_filter_narrows_the_figure_and_never_the_promise(
    quarter: Workspace, people: tuple[int, int]
) -> None:
    view = view_quarter(quarter, replace(Q4, person_id=people[1], topic="legal"))
    assert view.activities[0].figure.minutes == 45
    assert view.activities[0].pace.done == 165
    assert not view.asked.is_whole


def test_quarters_are_offered_from_the_first_entry_on(
    quarter: Workspace, people: tuple[int, int]
) -> None:
    with quarter.transaction() as tx:
        lines = [TimeLine(people[0], TimeKind.CONTACT, 5, date(2025, 12, 31))]
        replace_time(tx, ("consultation", 7), lines)
    codes = [each.code for each in view_quarter(quarter, HoursFilter(Quarter(2028, 2))).quarters]
    assert codes == ["2028-Q2", "2026-Q4", "2026-Q3", "2026-Q2", "2026-Q1", "2025-Q4"]


def test_the_figure_equals_a_count_over_the_exported_rows(
    quarter: Workspace, private_meeting: None, people: tuple[int, int]
) -> None:
    filters = [
        Q4,
        replace(Q4, activity=Activity.TRAINING),
        replace(Q4, topic="legal"),
        replace(Q4, kind=TimeKind.CONTACT, person_id=people[0]),
        replace(Q4, week=date(2026, 11, 18)),
        replace(Q4, week=date(2026, 1, 1)),
    ]
    minutes = []
    for asked in filters:
        view = export_rows(quarter, asked)
        assert view.figure.minutes == sum(row.minutes for row in view.rows)
        minutes.append(view.figure.minutes)
    assert minutes == [295, 90, 82, 150, 130, 0]


def test_an_export_is_a_line_of_the_trail(
    quarter: Workspace, people: tuple[int, int], database: Database
) -> None:
    export_rows(quarter, replace(Q4, person_id=people[0]))
    export_figures(quarter, Q4, 14)
    with database.reading() as db:
        lines = find_lines(db, text="hours.exported")
    since = {"since": "2026-10-01", "until": "2027-01-01"}
    assert [(line.subject, dict(line.details)) for line in lines] == [
        ("hours:figures", {"rows": 14} | since),
        ("hours:rows", {"rows": 3} | since),
    ]


def test_who_may_not_see_all_hours_sees_and_exports_their_own(
    quarter: Workspace, workspaces: Workspaces, people: tuple[int, int]
) -> None:
    anna = workspaces(Role.CONSULTANT, person_id=people[0])
    assert view_rows(anna, Q4).figure.minutes == 165
    assert export_rows(anna, Q4).asked.person_id == people[0]
    refused: list[Callable[[], object]] = [
        lambda: view_quarter(anna, Q4),
        lambda: export_figures(anna, Q4, 1),
        lambda: view_rows(anna, replace(Q4, person_id=people[1])),
        lambda: export_rows(workspaces(Role.EXPERT), Q4),
        lambda: view_rows(workspaces(Role.ADMINISTRATOR), Q4),
    ]
    for attempt in refused:
        with pytest.raises(ForbiddenError):
            attempt()


def test_nobody_is_found_behind_a_wrong_number(quarter: Workspace) -> None:
    with pytest.raises(NotFoundError):
        view_quarter(quarter, replace(Q4, person_id=987_654))


def test_the_page_costs_as_many_statements_for_one_entry_as_for_many(
    quarter: Workspace, people: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def statements() -> int:
        with tallied() as tally:
            view_quarter(quarter, HoursFilter())
            view_rows(quarter, HoursFilter())
        return tally.statements

    monkeypatch.setenv(SWITCH, "off")
    before = statements()
    for number in range(10, 13):
        with quarter.transaction() as tx:
            lines = [
                TimeLine(people[0], TimeKind.CONTACT, 5, date(2026, 11, number), topics=("pr_gr",))
            ]
            replace_time(tx, ("consultation", number), lines)
    assert before == statements()


@pytest.mark.parametrize(
    ("roles", "parts"),
    [
        ([Role.CONSULTANT], {"day"}),
        ([Role.MANAGER], {"day", "quarter"}),
        ([Role.EXPERT], set()),
        ([Role.ADMINISTRATOR], {"backups", "uninvited"}),
        (
            [Role.ADMINISTRATOR, Role.MANAGER, Role.CONSULTANT],
            {"day", "quarter", "backups", "uninvited"},
        ),
    ],
)
def test_the_desk_holds_what_the_roles_need(
    workspaces: Workspaces, roles: list[Role], parts: set[str]
) -> None:
    desk = view_desk(workspaces(*roles))
    names = ("day", "quarter", "sheets", "uninvited", "backups")
    assert parts == {name for name in names if getattr(desk, name)}

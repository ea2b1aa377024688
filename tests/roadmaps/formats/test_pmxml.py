"""Primavera's XML, element by element; files of Primavera itself are in `tests/reference`."""

from datetime import date, datetime

import pytest

from roadmaps.domain.checks import check_plan
from roadmaps.domain.errors import PlanFileError
from roadmaps.domain.laid import lay
from roadmaps.domain.plan import LinkKind
from roadmaps.domain.terms import ConstraintKind, Counting, Progress
from roadmaps.formats.exchange import Lost, PlanFile
from roadmaps.formats.files import read_plan

NAMESPACE = "http://xmlns.oracle.com/Primavera/P6/V20.12/API/BusinessObjects"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def tag(name: str, *parts: str, **fields: object) -> str:
    """Write one element."""
    inner = "".join(f"<{key}>{value}</{key}>" for key, value in fields.items())
    return f"<{name}>{inner}{''.join(parts)}</{name}>"


def time(opens: str, closes: str) -> str:
    return tag("WorkTime", Start=f"{opens}:00", Finish=f"{closes}:00")


def calendar(number: int, days: tuple[str, ...], *special: str, **fields: object) -> str:
    shifts = time("08:00", "11:59") + time("13:00", "16:59")
    week = [tag("StandardWorkHours", shifts if d in days else "", DayOfWeek=d) for d in DAYS]
    parts = (tag("StandardWorkWeek", *week), tag("HolidayOrExceptions", *special))
    return tag("Calendar", *parts, ObjectId=number, Name=f"C{number}", **fields)


def activity(number: int, hours: float, *parts: str, **fields: object) -> str:
    usual: dict[str, object] = {
        "ObjectId": number, "Id": f"A{number}", "Name": f"Task {number}", "Type": "Task Dependent",
        "CalendarObjectId": 1, "PlannedDuration": hours, "RemainingDuration": hours,
    }  # fmt: skip
    return tag("Activity", *parts, **usual | fields)


def link(before: int, after: int, **fields: object) -> str:
    ends = {"PredecessorActivityObjectId": before, "SuccessorActivityObjectId": after}
    return tag("Relationship", **ends, **{"Type": "Finish to Start"} | fields)


def read(*parts: str, beside: str = "", **fields: object) -> PlanFile:
    """Read a project that starts on Monday, the first of June 2026."""
    office = calendar(1, DAYS[:5], tag("HolidayOrException", Date="2026-06-12T00:00:00"))
    usual = {"ObjectId": 9, "Name": "Courtyard", "PlannedStartDate": "2026-06-01T00:00:00"}
    project = tag("Project", *parts, **usual | fields)
    data = f'<APIBusinessObjects xmlns="{NAMESPACE}">{office}{beside}{project}</APIBusinessObjects>'
    file = read_plan(data.encode(), "plan.xml", date(2026, 1, 1))
    check_plan(file.plan)
    return file


def test_the_breakdown_becomes_stages_in_its_order_with_activities_first() -> None:
    wbs = (
        tag("WBS", ObjectId=2, Name="Second", SequenceNumber=2, ParentObjectId=3),
        tag("WBS", ObjectId=1, Name="First", SequenceNumber=1, ParentObjectId=3),
        tag("WBS", ObjectId=3, Name="All", SequenceNumber=1),
    )
    works = (
        activity(1, 8, WBSObjectId=2),
        activity(5, 8, WBSObjectId=1),
        activity(4, 8, WBSObjectId=3),
        activity(6, 8),
    )
    file = read(*wbs, *works)
    rows = [(task.title, task.parent_id) for task in file.plan.tasks]
    assert file.title == "Courtyard"
    assert rows == [
        ("Task 6", None), ("All", None), ("Task 4", 3),
        ("First", 3), ("Task 5", 1), ("Second", 3), ("Task 1", 2),
    ]  # fmt: skip
    assert [task.uid for task in file.plan.tasks] == ["A6", "3", "A4", "1", "A5", "2", "A1"]
    assert file.plan.task(7).title == "Task 1"  # its own number is a stage's, so it has a new one


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Finish to Start", LinkKind.FS),
        ("Start to Start", LinkKind.SS),
        ("Finish to Finish", LinkKind.FF),
        ("Start to Finish", LinkKind.SF),
    ],
)
def test_links_keep_their_kind_and_their_lag_in_minutes(written: str, kind: LinkKind) -> None:
    plan = read(activity(1, 8), activity(2, 8), link(1, 2, Type=written, Lag="-1.5")).plan
    (found,) = plan.dependencies
    assert (found.predecessor, found.successor, found.kind, found.lag) == (1, 2, kind, -90)


def test_lags_that_run_by_a_calendar_we_do_not_have_are_told() -> None:
    works = activity(1, 8), activity(2, 8, CalendarObjectId=2), link(1, 2, Lag=8)
    beside = calendar(2, DAYS, BaseCalendarObjectId=1)
    told = {
        name: read(*works, beside=beside, RelationshipLagCalendar=name).lost.get(Lost.LAG_CALENDARS)
        for name in (
            "Predecessor Activity Calendar",
            "Successor Activity Calendar",
            "Project Default Calendar",
            "24 Hour Calendar",
        )
    }
    assert list(told.values()) == [1, None, 1, None]
    round_the_clock = read(*works, beside=beside, RelationshipLagCalendar="24 Hour Calendar")
    assert round_the_clock.plan.dependencies[0].counting is Counting.ELAPSED


def test_calendars_have_weeks_exceptions_and_those_of_the_calendar_below() -> None:
    open_day = tag("HolidayOrException", time("10:00", "23:59"), Date="2026-06-14T00:00:00")
    beside = calendar(2, DAYS[5:], open_day, BaseCalendarObjectId=1)
    plan = read(activity(1, 16), activity(2, 8, CalendarObjectId=2), link(1, 2), beside=beside).plan
    own, other = plan.own_calendar, plan.calendars[1].time
    assert own is not None
    assert own.shifts(date(2026, 6, 11)) == ((480, 720), (780, 1020))
    assert other.shifts(date(2026, 6, 14)) == ((600, 1440),)
    assert (own.is_working(date(2026, 6, 12)), other.is_working(date(2026, 6, 12))) == (0, 0)
    assert [task.calendar for task in plan.tasks] == ["", "2"]
    assert lay(plan).span(2).start == datetime(2026, 6, 6, 8)


def test_constraints_deadlines_and_progress_are_carried() -> None:
    plan = read(
        activity(
            1, 8, PrimaryConstraintType="Start On or After",
            PrimaryConstraintDate="2026-06-03T08:00:00",
            SecondaryConstraintType="Finish On or Before",
            SecondaryConstraintDate="2026-06-05T17:00:00",
        ),
        activity(
            2, 8, ActualStartDate="2026-05-28T08:00:00", AtCompletionDuration=32,
            PercentComplete="0.75",
        ),
        activity(3, 4, Type="Finish Milestone"),
        DataDate="2026-06-02T08:00:00",
    ).plan  # fmt: skip
    bound, begun, milestone = plan.tasks
    assert bound.constraint is not None
    assert (bound.constraint.kind, bound.constraint.at) == (
        ConstraintKind.SNET, datetime(2026, 6, 3, 8)
    )  # fmt: skip
    assert bound.deadline == datetime(2026, 6, 5, 17)
    assert begun.progress == Progress(datetime(2026, 5, 28, 8), None, 480)
    assert (begun.duration, begun.done_percent) == (32 * 60, 75)
    assert milestone.is_milestone
    assert plan.status_at == datetime(2026, 6, 2, 8)
    assert plan.starts_on == date(2026, 5, 28)  # what has begun before the planned start
    assert lay(plan).span(2).finish == datetime(2026, 6, 2, 17)


def test_an_activity_with_a_finish_is_done_in_full_and_one_in_full_has_nothing_left() -> None:
    begun = {"ActualStartDate": "2026-06-01T08:00:00"}
    file = read(
        activity(1, 8, **begun, ActualFinishDate="2026-06-01T17:00:00", PercentComplete="0.5"),
        activity(2, 8, **begun, PercentComplete="1"),
        DataDate="2026-06-02T08:00:00",
    )
    at = datetime(2026, 6, 1, 8)
    assert [(task.done_percent, task.progress) for task in file.plan.tasks] == [
        (100, Progress(at, datetime(2026, 6, 1, 17))),
        (100, Progress(at)),
    ]


def test_baselines_are_other_projects_and_else_the_planned_dates() -> None:
    planned = {
        "PlannedStartDate": "2026-06-01T08:00:00",
        "PlannedFinishDate": "2026-06-01T17:00:00",
    }
    late = {"PlannedStartDate": "2026-06-08T08:00:00", "PlannedFinishDate": "2026-06-09T17:00:00"}
    stage, work = tag("WBS", ObjectId=3, Name="All"), activity(1, 8, WBSObjectId=3, **planned)
    (own,) = read(stage, work).plan.baselines
    assert [(x.task_id, x.start, x.finish) for x in own.dates] == [
        (task, datetime(2026, 6, 1, 8), datetime(2026, 6, 1, 17)) for task in (1, 3)
    ]
    baselines = [
        tag("BaselineProject", activity(n, 8, Id="A1", **dates), ObjectId=n, Name=f"B{n}",
            OriginalProjectObjectId=9)
        for n, dates in ((70, planned), (71, late))
    ]  # fmt: skip
    found = read(
        stage, work, beside="".join(baselines), CurrentBaselineProjectObjectId=71
    ).plan.baselines
    assert [(b.number, b.title, b.dates[-1].start) for b in found] == [
        (0, "B71", datetime(2026, 6, 8, 8)),
        (1, "B70", datetime(2026, 6, 1, 8)),
    ]


def test_roles_and_resources_of_one_number_are_two_and_each_name_stands_once() -> None:
    beside = "".join(
        (
            tag("Resource", ObjectId=5, Name="Anna", CalendarObjectId=1),
            tag("Role", ObjectId=5, Name="Mason"),
            tag("ResourceRate", ResourceObjectId=5, MaxUnitsPerTime="0.5"),
        )
    )
    assigned = [
        tag("ResourceAssignment", ActivityObjectId=1, ResourceObjectId=5, PlannedUnitsPerTime="0.25"),
        tag("ResourceAssignment", ActivityObjectId=1, ResourceObjectId=5, RoleObjectId=5),
        tag("ResourceAssignment", ActivityObjectId=1, RoleObjectId=5),
        tag("ResourceAssignment", ActivityObjectId=1),
    ]  # fmt: skip
    file = read(activity(1, 8), *assigned, beside=beside)
    assert [(x.title, x.share, x.calendar) for x in file.plan.resources] == [
        ("Anna", 0.5, "1"), ("Mason", 1.0, "")
    ]  # fmt: skip
    assert [(x.resource_id, x.share) for x in file.plan.assignments] == [(5, 0.25), (5, 1), (6, 1)]
    assert file.plan.tasks[0].responsible == "Anna, Mason"
    assert (file.lost[Lost.RESOURCES], file.lost[Lost.COSTS]) == (1, 1)


def test_what_cannot_be_carried_is_told() -> None:
    file = read(
        activity(
            1, 8, tag("UDF"), tag("Code"), Type="Level of Effort", LevelingPriority="High",
            SuspendDate="2026-06-03T08:00:00", NotesToResources="Bring a hat",
            SecondaryConstraintType="Start On", SecondaryConstraintDate="2026-06-03T08:00:00",
        ),
        tag("ActivityNote"), tag("ActivityExpense"), link(77, 1, PredecessorProjectObjectId=8),
    )  # fmt: skip
    assert file.lost == {
        Lost.SPANNING: 1, Lost.CUSTOM_FIELDS: 2, Lost.PRIORITIES: 1, Lost.SPLITS: 1, Lost.NOTES: 2,
        Lost.CONSTRAINTS: 1, Lost.COSTS: 1, Lost.EXTERNAL: 1,
    }  # fmt: skip
    assert file.plan.tasks[0].off_path


@pytest.mark.parametrize("hours", ["nan", "inf", "eight"])
def test_hours_that_are_no_number_are_refused(hours: str) -> None:
    with pytest.raises(PlanFileError):
        read(activity(1, 8, RemainingDuration=hours))

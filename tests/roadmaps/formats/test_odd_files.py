"""What people and other programs write that one does not think of."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from defusedxml import ElementTree
from pypdf import PdfReader

from core.calendar import russian_calendar
from core.i18n import translator
from roadmaps.domain.calendar import OwnCalendar
from roadmaps.domain.errors import PlanFileError
from roadmaps.domain.laid import lay
from roadmaps.domain.network import network_layout
from roadmaps.domain.plan import Dependency, Plan, Task
from roadmaps.domain.terms import Baseline, BaselineDates, Counting
from roadmaps.formats.caption import Caption
from roadmaps.formats.exchange import Lost, PlanFile
from roadmaps.formats.files import PlanForm, lost_in, read_plan, write_plan
from roadmaps.formats.network_svg import Net, network_pages, network_svg
from roadmaps.formats.paper import Paper
from roadmaps.formats.takeaway import Takeaway
from tests.roadmaps.plans import START, plan_of

_ = translator("ru")
PROJECT = "http://schemas.microsoft.com/project"
# What Mermaid takes for a command where a line begins with it.
COMMANDS = re.compile(
    r"\s*(section|title|click|excludes|todayMarker|\d{4}-\d\d-\d\d)\b", re.IGNORECASE
)


def _calendar(kind: str, *lines: str) -> bytes:
    inside = ("UID:1", "SUMMARY:Ярмарка", *lines)
    parts = ("BEGIN:VCALENDAR", "VERSION:2.0", f"BEGIN:{kind}", *inside, f"END:{kind}")
    return "\r\n".join((*parts, "END:VCALENDAR", "")).encode()


@pytest.mark.parametrize(
    ("kind", "lines", "days", "counting"),
    [
        ("VEVENT", ("DTSTART:20261126T000000", "DTEND:20261127T000000"), 1, Counting.WORKING),
        ("VEVENT", ("DTSTART:20261126T090000", "DTEND:20261127T180000"), 2, Counting.WORKING),
        ("VEVENT", ("DTSTART:20261126T090000", "DURATION:PT8H"), 1, Counting.WORKING),
        ("VEVENT", ("DTSTART;VALUE=DATE:20261126",), 1, Counting.WORKING),
        ("VEVENT", ("DTSTART:20261126T090000",), 0, Counting.WORKING),
        ("VTODO", ("DTSTART;VALUE=DATE:20261126", "DUE;VALUE=DATE:20261126"), 1, Counting.WORKING),
        ("VTODO", ("DUE;VALUE=DATE:20261126",), 1, Counting.WORKING),
        (
            "VEVENT",
            ("DTSTART;VALUE=DATE:20261128", "DTEND;VALUE=DATE:20261130"),
            2,
            Counting.ELAPSED,
        ),
    ],
)
def test_an_event_of_another_calendar_keeps_its_days(
    kind: str, lines: tuple[str, ...], days: int, counting: Counting
) -> None:
    (task,) = read_plan(_calendar(kind, *lines), "a.ics", START).plan.tasks
    assert (task.duration, task.counting) == (days, counting)
    assert task.constraint is not None
    assert task.constraint.at in {datetime(2026, 11, 26), datetime(2026, 11, 28)}


@pytest.mark.parametrize("title", ["Section A", "Title: page", "2026-12-12 fair", "Click here"])
def test_no_name_of_a_task_is_a_command_of_mermaid(title: str) -> None:
    plan = Plan(START, (Task(1, title, 2, position=1), Task(2, "#", 1, position=2)))
    text = write_plan(PlanForm.MERMAID, PlanFile("", plan), lay(plan, russian_calendar()), _)
    first, second = text.decode().splitlines()[-2:]
    assert not COMMANDS.match(first)
    assert first.strip().strip("\u200b").split(" :")[0] == title.replace(":", "")
    assert second.startswith("    № 2 :")


@pytest.mark.parametrize("number", ["NaN", "inf"])
def test_a_share_of_a_person_that_is_no_number_is_refused(number: str) -> None:
    data = (
        f'<Project xmlns="{PROJECT}"><StartDate>2026-11-23T09:00:00</StartDate><Tasks><Task>'
        "<UID>1</UID><Name>a</Name><Duration>PT8H0M0S</Duration></Task></Tasks><Resources>"
        f"<Resource><UID>1</UID><Name>R</Name><MaxUnits>{number}</MaxUnits></Resource></Resources>"
        "</Project>"
    )
    with pytest.raises(PlanFileError):
        read_plan(data.encode(), "a.xml", START)


def test_a_plan_worked_on_single_days_alone_becomes_a_file_of_project() -> None:
    days = tuple((date(2026, 12, day), ((540, 1080),)) for day in (5, 6, 12, 13))
    own = OwnCalendar(week=((),) * 7, special=days)
    plan = Plan(
        date(2026, 12, 1), (Task(1, "Ярмарка", 2, position=1),), own_calendar=own, calendar_id="own"
    )
    data = write_plan(PlanForm.MSPDI, PlanFile("", plan), lay(plan, russian_calendar()), _)
    root = ElementTree.fromstring(data)
    assert root.findtext(f"{{{PROJECT}}}MinutesPerDay") == "540"


def test_project_gets_the_eleven_baselines_that_it_has_numbers_for() -> None:
    at = datetime(2026, 2, 2)
    kept = tuple(Baseline(n, (BaselineDates(1, at, at, n),), f"№ {n}") for n in range(1, 14))
    plan = replace(plan_of(2), baselines=kept)
    data = write_plan(PlanForm.MSPDI, PlanFile("", plan), lay(plan, russian_calendar()), _)
    found = ElementTree.fromstring(data).iter(f"{{{PROJECT}}}Baseline")
    assert [x.findtext(f"{{{PROJECT}}}Number") for x in found] == [str(n) for n in range(11)]
    assert lost_in(PlanForm.MSPDI, plan)[Lost.BASELINES] == 2


def test_a_network_that_one_upright_sheet_holds_is_not_cut_in_two() -> None:
    plan = plan_of(*[1] * 9, links=" ".join(f"{chr(64 + n)}-{chr(65 + n)}" for n in range(1, 9)))
    (page,) = network_pages(_net(plan), Paper.A4)
    assert page.height > page.width


def test_what_no_font_holds_is_no_box_on_paper() -> None:
    plan = Plan(START, (Task(1, "Ярмарка 🎪 у ёлки 🎄", 2, position=1),))
    caption = Caption("План 🎉", "", "", START)
    taken = Takeaway(lay(plan, russian_calendar()), caption, _, datetime(2026, 2, 2, tzinfo=UTC))
    text = PdfReader(BytesIO(taken.pdf(Paper.A4))).pages[0].extract_text()
    assert "".join(text.split()).count("Ярмаркауёлки") == 1
    assert "🎪" in taken.svg().decode()  # on a screen there are such letters


def _net(plan: Plan) -> Net:
    laid = lay(plan, russian_calendar())
    dates = {task.id: laid.span(task.id) for task in plan.tasks}
    return Net(network_layout(plan, laid.result), dates, Caption("Сеть", "", "", START), _)


def test_a_network_of_several_years_says_the_year_of_every_box() -> None:
    plan = replace(plan_of(10, 5, links="A-B"), starts_on=date(2026, 12, 21))
    assert "13 янв. – 19 янв. 2027, крит." in network_svg(_net(plan)).svg
    assert "2 февр. – 13 февр., крит.</text>" in network_svg(_net(plan_of(10))).svg


def test_corners_of_a_network_that_nothing_reaches_are_no_sheets() -> None:
    count = 120
    tasks = tuple(Task(n, f"Шаг {n}", 1, position=n) for n in range(1, count + 1))
    wide = tuple(Dependency(1, n) for n in range(2, 60))
    deep = tuple(Dependency(n, n + 1) for n in range(60, count))
    pages = network_pages(_net(Plan(START, tasks, (*wide, Dependency(2, 60), *deep))), Paper.A4)
    assert all("data-task" in page.svg or "<polyline" in page.svg for page in pages)
    assert [f"страница {n} из {len(pages)}" in page.svg for n, page in enumerate(pages, 1)] == [
        True
    ] * len(pages)

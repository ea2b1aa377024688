"""What leaves the program, read by programs that are not ours."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple
from zipfile import ZipFile

import icalendar
import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from core.calendar import russian_calendar
from core.errors import DomainError
from core.i18n import translator
from core.ui.theme import PALETTE
from roadmaps.domain.laid import Laid, lay
from roadmaps.domain.plan import Dependency, Plan, Task
from roadmaps.domain.terms import Baseline, BaselineDates
from roadmaps.formats.caption import Caption
from roadmaps.formats.exchange import PlanFile
from roadmaps.formats.files import PlanForm, write_plan
from roadmaps.formats.gantt_pages import gantt_pages
from roadmaps.formats.paper import Paper
from roadmaps.formats.svg import PAPER
from roadmaps.formats.takeaway import Takeaway, in_parts
from tests.roadmaps.rich import rich_plans

_ = translator("ru")
AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
LONG = ("Согласовать с администрацией проект благоустройства двора на улице Королёва, " * 3)[:200]
NAMES = ("Подготовка", "Ёлки: собрать подписи", LONG, '=HYPERLINK("http://x")', "Праздник ёлки")
PROJECT = "{http://schemas.microsoft.com/project}"


class Told(NamedTuple):
    """What a file says of one task."""

    title: str
    start: date
    finish: date
    critical: bool


def _plan() -> Plan:
    tasks = [
        Task(1, NAMES[0], position=1, uid="u1"),
        Task(2, NAMES[1], 5, "u2", 2, parent_id=1, responsible="Пётр Королёв", done_percent=40),
        Task(3, NAMES[2], 10, "u3", 3, parent_id=1, deadline=datetime(2026, 12, 14)),
        Task(4, NAMES[3], 2, "u4", 4),
        Task(5, NAMES[4], 0, "u5", 5),
    ]
    tasks += [Task(n, f"Шаг № {n}", 3, f"u{n}", n) for n in range(6, 41)]
    links = [Dependency(2, 3), Dependency(3, 5), *(Dependency(n, n + 1) for n in range(6, 9))]
    agreed = BaselineDates(3, datetime(2026, 11, 30), datetime(2026, 12, 4), 5)
    return Plan(
        date(2026, 11, 23),
        tuple(tasks),
        tuple(links),
        baselines=(Baseline(0, (agreed,), "с мэрией"),),
    )


@pytest.fixture(scope="module")
def laid() -> Laid:
    return lay(_plan(), russian_calendar())


@pytest.fixture(scope="module")
def taken(laid: Laid) -> Takeaway:
    caption = Caption("Ёлочный двор", "Инициатива «Ёж»", "Центр", date(2026, 11, 25))
    return Takeaway(laid, caption, _, AT)


@pytest.fixture(scope="module")
def expected(laid: Laid) -> list[Told]:
    found = []
    for task in laid.plan.tasks:
        span = laid.span(task.id)
        critical = laid.result[task.id].is_critical
        found.append(Told(task.title, span.start.date(), span.finish.date(), critical))
    assert {told.critical for told in found} == {True, False}
    return found


def _written(form: PlanForm, laid: Laid) -> bytes:
    return write_plan(form, PlanFile("Ёлочный двор", laid.plan), laid, _)


def _day(text: str) -> date:
    return datetime.fromisoformat(text).date()


def test_a_parser_of_xml_reads_the_picture(taken: Takeaway, expected: list[Told]) -> None:
    root = ElementTree.fromstring(taken.svg())
    rows = [node.attrib for node in root.iter() if node.get("data-task")]
    assert expected == [
        Told(
            row["data-title"],
            _day(row["data-start"]),
            _day(row["data-finish"]),
            row["data-critical"] == "true",
        )
        for row in rows
    ]
    texts = ["".join(node.itertext()) for node in root.iter() if node.tag.endswith("}text")]
    assert {_squeezed(told.title) for told in expected} <= {_squeezed(text) for text in texts}
    assert texts.count("крит.") == sum(told.critical for told in expected)
    assert "как договаривались: с мэрией" in texts


@pytest.mark.parametrize("paper", Paper)
def test_a_reader_of_pdf_finds_every_task_and_a_head_on_every_page(
    taken: Takeaway, expected: list[Told], paper: Paper
) -> None:
    pages = PdfReader(io.BytesIO(taken.pdf(paper))).pages
    texts = [page.extract_text() for page in pages]
    size = (float(pages[0].mediabox.width), float(pages[0].mediabox.height))
    assert size == pytest.approx(paper.size, abs=0.1)
    assert len(pages) > 1
    whole = _squeezed("".join(texts))
    for number, told in enumerate(expected, start=1):
        row = f"{number} {told.title} {_.day(told.start)} {_.day(told.finish)}"
        flag = "крит." if told.critical else ""
        assert _squeezed(row + flag) in whole
    for number, text in enumerate(texts, start=1):
        assert "Ёлочный двор" in text
        assert "Инициатива «Ёж»" in text
        assert f"страница {number} из {len(texts)}" in text
        assert "Задача" in text
        assert "Окончание, 2026" in text
        assert "декабрь 2026" in text


def test_a_plan_too_long_for_one_picture_in_pixels_comes_as_several(taken: Takeaway) -> None:
    tasks = tuple(Task(n, f"Ёлка № {n}", 1, position=n) for n in range(1, 461))
    long = replace(taken, laid=lay(Plan(date(2026, 11, 23), tasks), russian_calendar()))
    assert [in_parts(plan) for plan in (taken.laid.plan, long.laid.plan)] == [False, True]
    with ZipFile(io.BytesIO(long.png())) as pack:
        names = pack.namelist()
        sizes = [Image.open(pack.open(name)).size for name in names]
    assert names == ["1.png", "2.png", "3.png"]
    # as fine as a picture of a plan of 450 tasks: letters of 18 pixels
    assert {height for _width, height in sizes} == {6000}


def test_the_letters_of_a_pdf_are_set_in_inter(taken: Takeaway) -> None:
    page = PdfReader(io.BytesIO(taken.pdf(Paper.A4))).pages[0]
    names = set(_fonts(page.get("/Resources")))
    assert names
    assert all("Inter" in name for name in names)


def test_a_picture_in_pixels_has_the_colours_of_the_path(taken: Takeaway) -> None:
    picture = Image.open(io.BytesIO(taken.png())).convert("RGB")
    assert picture.width > 1_500
    colours = {colour for _count, colour in picture.getcolors(1 << 24) or ()}
    for wanted in (PALETTE.critical, PALETTE.plan, PALETTE.soft, PALETTE.today):
        assert tuple(bytes.fromhex(wanted[1:])) in colours


def test_a_parser_of_html_reads_the_page(taken: Takeaway, expected: list[Told]) -> None:
    reader = _Rows()
    reader.feed(taken.page().decode())
    assert [
        (told.title, _.day(told.start), _.day(told.finish), told.critical) for told in expected
    ] == [(row[1].strip(), row[3], row[4], row[5] == "критическая") for row in reader.rows[1:]]


def test_openpyxl_reads_the_table_and_the_chart(taken: Takeaway, expected: list[Told]) -> None:
    book = load_workbook(io.BytesIO(taken.xlsx()))
    table, chart = book.worksheets
    heads = [cell.value for cell in table[1]]
    places = [heads.index(x) for x in ("Задача", "Начало", "Окончание", "Критическая")]
    rows = [[cell.value for cell in row] for row in table.iter_rows(min_row=2)]
    found = [[row[place] for place in places] for row in rows]
    assert expected == [Told(a, b.date(), c.date(), d == "да") for a, b, c, d in found]
    drawn = [[cell.value for cell in row[:5]] for row in chart.iter_rows(min_row=6)]
    assert expected == [
        Told(title, start.date(), finish.date(), flag == "критическая")
        for _n, title, start, finish, flag in drawn
    ]
    assert "f" not in {cell.data_type for sheet in book for row in sheet for cell in row}
    assert table.cell(5, heads.index("Задача") + 1).quotePrefix
    assert chart.cell(9, 2).quotePrefix


def test_the_sheet_fills_the_cells_of_each_bar(taken: Takeaway, laid: Laid) -> None:
    sheet = load_workbook(io.BytesIO(taken.xlsx())).worksheets[1]
    row = next(row for row in sheet.iter_rows(min_row=6) if row[1].value == LONG)
    filled = [n for n, cell in enumerate(row[6:]) if cell.fill.patternType == "darkUp"]
    span, first = laid.span(3), laid.start.date() - timedelta(days=1)
    days = [(span.start.date() - first).days, (span.finish.date() - first).days]
    assert [filled[0], filled[-1]] == days
    edges = [cell.border.bottom for cell in row[6:]]
    agreed = [edge for edge in edges if edge is not None and edge.style == "thick"]
    assert len(agreed) == 5
    assert [cell.value for cell in row[6:] if cell.value] == ["▼"]


def test_the_csv_of_python_reads_the_table(laid: Laid, expected: list[Told]) -> None:
    text = _written(PlanForm.CSV, laid).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    assert expected == [
        Told(
            row["Задача"].removeprefix("'"),
            _day(row["Начало"]),
            _day(row["Окончание"]),
            row["Критическая"] == "да",
        )
        for row in rows
    ]


def test_icalendar_reads_the_tasks(laid: Laid, expected: list[Told]) -> None:
    calendar = icalendar.Calendar.from_ical(_written(PlanForm.ICS, laid))
    assert expected == [
        Told(
            str(todo["summary"]),
            todo["dtstart"].dt,
            todo["due"].dt - timedelta(days=1),
            "критический путь" in (todo["categories"].cats if "categories" in todo else ()),
        )
        for todo in calendar.walk("VTODO")
    ]


def test_a_parser_of_xml_reads_what_microsoft_project_would(
    laid: Laid, expected: list[Told]
) -> None:
    root = ElementTree.fromstring(_written(PlanForm.MSPDI, laid))
    tasks = [x for x in root.iter(f"{PROJECT}Task") if x.findtext(f"{PROJECT}UID") != "0"]
    assert expected == [
        Told(
            task.findtext(f"{PROJECT}Name"),
            _day(task.findtext(f"{PROJECT}Start")),
            _day(task.findtext(f"{PROJECT}Finish")),
            task.findtext(f"{PROJECT}Critical") == "1",
        )
        for task in tasks
    ]


def test_the_json_of_python_reads_the_plan_and_its_schedule(
    laid: Laid, expected: list[Told]
) -> None:
    data = json.loads(_written(PlanForm.JSON, laid))
    titles = {task["id"]: task["title"] for task in data["tasks"]}
    assert expected == [
        Told(titles[x["task"]], _day(x["start"]), _day(x["finish"]), x["critical"])
        for x in data["schedule"]
    ]


def test_the_lines_of_mermaid_carry_names_dates_and_flags(laid: Laid, expected: list[Told]) -> None:
    text = _written(PlanForm.MERMAID, laid).decode()
    found = re.findall(r"^    (.+) :(.*?)t(\d+), (\S+), (\S+)$", text, re.MULTILINE)
    leaves = [told for told in expected if told.title != NAMES[0]]
    for told, (title, marks, number, start, end) in zip(leaves, found, strict=True):
        is_point = laid.plan.by_id[int(number)].is_milestone
        last = _day(end) if is_point else _day(end) - timedelta(days=1)
        plain = " ".join(re.sub(r"[:;,#%]+", " ", told.title).split())
        assert (title, _day(start), last, "crit" in marks) == (plain, *told[1:])


def test_the_network_is_taken_too(taken: Takeaway, expected: list[Told]) -> None:
    net = replace(taken, is_network=True)
    root = ElementTree.fromstring(net.svg())
    titles = {node.get("data-title") for node in root.iter() if node.get("data-task")}
    assert {told.title for told in expected} - {NAMES[0]} == titles
    sheets = [page.extract_text() for page in PdfReader(io.BytesIO(net.pdf(Paper.A3))).pages]
    assert len([text for text in sheets if "Ёлки: собрать подписи" in text]) == 1
    assert net.png().startswith(b"\x89PNG")
    page = net.page().decode()
    shown = re.findall(r"""data-task="\d+" data-title=("[^"]*"|'[^']*')""", page)
    assert {unescape(title[1:-1]) for title in shown} == titles
    assert PAPER.critical not in page.split("</style>")[1]  # by night it is another colour


def test_an_empty_plan_can_be_taken_away_too(taken: Takeaway) -> None:
    empty = replace(taken, laid=lay(Plan(date(2026, 11, 23)), russian_calendar()))
    assert "Задач пока нет" in "".join(ElementTree.fromstring(empty.svg()).itertext())
    assert len(PdfReader(io.BytesIO(empty.pdf(Paper.A4))).pages) == 1
    assert load_workbook(io.BytesIO(empty.xlsx())).worksheets[1].max_row == 5
    assert b"<tbody role=" in empty.page()


@settings(deadline=None, max_examples=15)
@given(rich_plans())
def test_whatever_a_plan_carries_it_can_be_drawn(plan: Plan) -> None:
    try:
        laid = lay(plan, russian_calendar())
    except DomainError:
        return  # a calendar that leaves no room for the plan
    caption = Caption("План", "", "", plan.starts_on)
    drawn = Takeaway(laid, caption, _, AT)
    assert len(ElementTree.fromstring(drawn.svg())) > 0
    for page in gantt_pages(laid, plan.starts_on, caption, Paper.A4, _):
        assert len(ElementTree.fromstring(page.svg)) > 0
    assert load_workbook(io.BytesIO(drawn.xlsx())).worksheets[1].max_row >= 5 + len(plan.tasks)


class _Rows(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows = list[list[str]]()
        self._inside = False

    def handle_starttag(self, tag, attrs) -> None:
        if tag == "tr":
            self.rows.append([])
        self._inside = tag in {"td", "th"}
        if self._inside:
            self.rows[-1].append("")

    def handle_endtag(self, tag) -> None:
        self._inside = False

    def handle_data(self, data) -> None:
        if self._inside:
            self.rows[-1][-1] += data


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _fonts(resources) -> Iterator[str]:
    """Name the fonts of a page and of the drawings inside it."""
    found = resources.get_object()
    for font in (found.get("/Font") or {}).values():
        yield str(font.get_object()["/BaseFont"])
    for drawing in (found.get("/XObject") or {}).values():
        inner = drawing.get_object().get("/Resources")
        if inner is not None:
            yield from _fonts(inner)

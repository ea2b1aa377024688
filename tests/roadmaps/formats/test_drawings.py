import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from html.parser import HTMLParser

import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar import russian_calendar
from core.i18n import translator
from roadmaps.domain.laid import lay
from roadmaps.domain.layout import GanttLayout, gantt_layout
from roadmaps.domain.network import network_layout
from roadmaps.domain.plan import Dependency, Plan, Task
from roadmaps.domain.terms import Baseline, BaselineDates
from roadmaps.formats.caption import Caption
from roadmaps.formats.gantt_pages import gantt_pages
from roadmaps.formats.gantt_svg import gantt_svg
from roadmaps.formats.network_svg import Net, network_pages, network_svg
from roadmaps.formats.paper import Paper
from roadmaps.formats.pictures import Drawing, pixels_of_inch
from roadmaps.formats.plan_html import plan_html
from roadmaps.formats.svg import Sketch
from tests.roadmaps.plans import START, plan_of, plans

SVG = "{http://www.w3.org/2000/svg}"
NASTY = 'A & B <script>alert("1")</script> \x00\x08 😀 ]]>'


def _layout(plan: Plan, today: date = START) -> GanttLayout:
    return gantt_layout(lay(plan, russian_calendar()), today)


def _drawn(plan: Plan, title: str = "План", language: str = "ru", today: date = START) -> str:
    caption = Caption(title, "", "", START, {7: "Анна"})
    return gantt_svg(_layout(plan, today), caption, translator(language)).svg


@settings(deadline=None, max_examples=30)
@given(plans())
def test_the_picture_of_every_plan_is_sound_xml(plan: Plan) -> None:
    root = ElementTree.fromstring(_drawn(plan))
    assert root.tag == f"{SVG}svg"
    assert len(list(root.iter(f"{SVG}polyline"))) == len(plan.dependencies)


def test_what_people_write_stays_text() -> None:
    plan = Plan(START, (Task(1, NASTY, 3, responsible=NASTY),))
    root = ElementTree.fromstring(_drawn(plan, NASTY))
    assert [node.tag for node in root.iter() if "script" in str(node.tag)] == []
    titles = [node.text for node in root.iter(f"{SVG}title")]
    assert titles[0] == NASTY.replace("\x00\x08", "  ")


def test_the_picture_uses_inter_and_nothing_from_elsewhere() -> None:
    text = _drawn(plan_of(2, 3, links="A-B"))
    assert 'font-family="Inter, sans-serif"' in text
    assert text.count("http") == 1  # the name of the SVG vocabulary
    assert "url(#critical)" in text


def test_the_picture_tells_the_path_the_float_and_who_does_it() -> None:
    plan = plan_of(2, 5)
    plan = replace(plan, tasks=(replace(plan.tasks[0], responsible_id=7), plan.tasks[1]))
    root = ElementTree.fromstring(_drawn(plan))
    told = [node.text for node in root.iter(f"{SVG}title")][1:]
    assert "резерв: 3\xa0рабочих дня · Анна" in told[0].replace("3 раб", "3\xa0раб")
    assert "на критическом пути" in told[1]


def test_the_picture_marks_today_only_when_it_is_on_it() -> None:
    plan = plan_of(5)
    assert ">today<" in _drawn(plan, language="en")
    assert ">today<" not in _drawn(plan, language="en", today=START + timedelta(days=90))


@settings(deadline=None, max_examples=20)
@given(plans(max_tasks=8), st.sampled_from([Paper.A4, Paper.A3]))
def test_the_network_of_every_plan_is_sound_xml(plan: Plan, paper: Paper) -> None:
    laid = lay(plan, russian_calendar())
    dates = {task.id: laid.span(task.id) for task in plan.tasks}
    caption = Caption("Сеть", "", "", START)
    net = Net(network_layout(plan, laid.result), dates, caption, translator("ru"))
    for sketch in (network_svg(net), *network_pages(net, paper)):
        assert ElementTree.fromstring(sketch.svg).tag == f"{SVG}svg"


def test_a_sheet_of_a_network_holds_only_what_reaches_into_it() -> None:
    count = 40
    plan = plan_of(
        *[1] * count, links=" ".join(f"{chr(64 + n)}-{chr(65 + n)}" for n in range(1, count))
    )
    laid = lay(plan, russian_calendar())
    dates = {task.id: laid.span(task.id) for task in plan.tasks}
    net = Net(
        network_layout(plan, laid.result), dates, Caption("Сеть", "", "", START), translator("ru")
    )
    roots = [ElementTree.fromstring(sheet.svg) for sheet in network_pages(net, Paper.A4)]
    drawn = [[g.get("data-task") for g in r.iter(f"{SVG}g") if g.get("data-task")] for r in roots]
    assert len(drawn) == 4  # upright; lying it would take more
    # rows are cut between layers, so each task stands on one sheet
    assert [int(task) for sheet in drawn for task in sheet] == [task.id for task in plan.tasks]
    lines = [len(list(root.iter(f"{SVG}polyline"))) for root in roots]
    assert sum(lines) <= count - 1 + 2 * len(roots)


@pytest.mark.parametrize(
    ("width", "height", "ppi"),
    [(1000, 800, 144), (12_000, 2_000, 72), (64_000, 400, 18), (40_000, 40_000, 12)],
)
def test_a_picture_keeps_to_the_size_that_viewers_open(width: int, height: int, ppi: int) -> None:
    drawing = Drawing([Sketch("", width, height)], 1.0, "", "", "", "ru")
    assert pixels_of_inch(drawing) == ppi


def test_pages_hold_every_row_once_and_repeat_the_axis() -> None:
    plan = plan_of(*[3] * 26)
    plan = replace(
        plan, tasks=tuple(replace(t, title=f"{t.title} {'ё' * 190}") for t in plan.tasks)
    )
    laid = lay(plan, russian_calendar())
    pages = gantt_pages(laid, START, Caption("План", "", "", START), Paper.A4, translator("ru"))
    roots = [ElementTree.fromstring(page.svg) for page in pages]
    rows = [node.get("data-task") for root in roots for node in root.iter(f"{SVG}g")]
    assert [int(row) for row in rows if row] == [task.id for task in plan.tasks]
    assert len(pages) > 2
    for root in roots:
        assert "февраль 2026" in [node.text for node in root.iter(f"{SVG}text")]


def test_a_plan_of_many_years_shows_on_each_page_the_time_of_its_rows() -> None:
    count = 60
    plan = Plan(
        START,
        tuple(Task(n, f"Шаг {n}", 60, position=n) for n in range(1, count + 1)),
        tuple(Dependency(n, n + 1) for n in range(1, count)),
    )
    laid = lay(plan, russian_calendar())
    pages = gantt_pages(laid, START, Caption("План", "", "", START), Paper.A3, translator("ru"))
    texts = ["".join(ElementTree.fromstring(page.svg).itertext()) for page in pages]
    assert "2026" in texts[0]
    assert str(laid.finish.year) in texts[-1]
    assert ">2026<" not in pages[-1].svg


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs) -> None:
        self.seen.append((tag, dict(attrs)))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_page_stands_alone(language: str) -> None:
    plan = Plan(START, (Task(1, NASTY, 3), Task(2, "B", 0)))
    text = plan_html(_layout(plan), Caption(NASTY, "", "", START), translator(language))
    reader = _Tags()
    reader.feed(text)
    tags = [tag for tag, _attributes in reader.seen]
    assert not {"script", "link", "iframe", "img"} & set(tags)
    assert tags.count("tr") == 3
    assert "prefers-color-scheme: dark" in text
    assert "var(--critical)" in text
    assert dict(reader.seen)["html"] == {"lang": language}
    assert not any("src" in attributes or "href" in attributes for _tag, attributes in reader.seen)


def _sheets(plan: Plan) -> list[str]:
    laid = lay(plan, russian_calendar())
    dates = {task.id: laid.span(task.id) for task in plan.tasks}
    net = Net(
        network_layout(plan, laid.result), dates, Caption("Сеть", "", "", START), translator("ru")
    )
    return [sheet.svg for sheet in (network_svg(net), *network_pages(net, Paper.A4))]


def test_the_network_says_what_was_agreed_and_pales_what_is_said_twice() -> None:
    agreed = BaselineDates(2, datetime(2026, 1, 26), datetime(2026, 1, 30), 5)
    plan = replace(
        plan_of(1, 1, 1, links="A-B B-C A-C"), baselines=(Baseline(0, (agreed,), "С главой"),)
    )
    for svg in _sheets(plan):
        assert svg.count("◇") == 2
        assert "◇ 26 янв. – 30 янв.</text>" in svg
        assert "как договаривались: С главой" in svg
        assert svg.count('stroke-opacity="0.3"') == 1


def test_a_box_is_whole_on_one_of_the_sheets_beside_each_other_and_they_say_their_place() -> None:
    plan = plan_of(*[1] * 20, links=" ".join(f"A-{chr(64 + n)}" for n in range(2, 21)))
    _whole, *sheets = _sheets(plan)
    assert [sheet.count("ряд 1, столбец") for sheet in sheets] == [0, *[1] * (len(sheets) - 1)]
    cut = dict.fromkeys(range(1, 21), 0)
    for sheet in sheets:
        root = ElementTree.fromstring(sheet)
        window = root.find(f".//{SVG}clipPath/{SVG}rect")
        assert window is not None
        left, width = float(window.get("x", "")), float(window.get("width", ""))
        place = re.search(r"translate\((-?[\d.]+) [-\d.]+\) scale\(([\d.]+)\)", sheet)
        assert place is not None
        shift, scale = map(float, place.groups())
        for group in root.iter(f"{SVG}g"):
            if not group.get("data-task"):
                continue
            box = group.find(f"{SVG}rect")
            assert box is not None
            x, wide = float(box.get("x", "")), float(box.get("width", ""))
            start, end = shift + x * scale, shift + (x + wide) * scale
            cut[int(group.get("data-task", ""))] += left <= start and end <= left + width + 0.01
    assert all(cut.values())

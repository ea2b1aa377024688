from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from defusedxml import ElementTree
from hypothesis import given, settings

from core.calendar import russian_calendar
from core.i18n import translator
from roadmaps.domain.layout import GanttLayout, gantt_layout
from roadmaps.domain.plan import Plan, Task
from roadmaps.domain.schedule import schedule
from roadmaps.domain.worktime import work_time
from roadmaps.formats.gantt_svg import gantt_svg
from roadmaps.formats.plan_html import plan_html
from tests.roadmaps.plans import START, plan_of, plans

SVG = "{http://www.w3.org/2000/svg}"
NASTY = 'A & B <script>alert("1")</script> \x00\x08 😀 ]]>'


def _layout(plan: Plan, today: date = START) -> GanttLayout:
    return gantt_layout(plan, schedule(plan), work_time(plan, russian_calendar()), today)


def _svg(plan: Plan, title: str = "План", language: str = "ru"):
    return ElementTree.fromstring(gantt_svg(_layout(plan), title, {}, translator(language)))


@settings(deadline=None, max_examples=40)
@given(plans())
def test_the_picture_of_every_plan_is_sound_xml(plan: Plan) -> None:
    root = _svg(plan)
    assert root.tag == f"{SVG}svg"
    assert len(root.findall(f"{SVG}polyline")) == len(plan.dependencies)


def test_what_people_write_stays_text() -> None:
    plan = Plan(START, (Task(1, NASTY, 3, responsible=NASTY),))
    root = _svg(plan, NASTY)
    assert [node.tag for node in root.iter() if "script" in str(node.tag)] == []
    titles = [node.text for node in root.iter(f"{SVG}title")]
    assert titles[0] == NASTY.replace("\x00\x08", "  ")


def test_the_picture_uses_inter_and_nothing_from_elsewhere() -> None:
    text = gantt_svg(_layout(plan_of(2, 3, links="A-B")), "План", {}, translator("ru"))
    assert 'font-family="Inter, sans-serif"' in text
    assert text.count("http") == 1  # the name of the SVG vocabulary
    assert "url(#critical)" in text


def test_the_picture_tells_the_path_the_float_and_who_does_it() -> None:
    plan = plan_of(2, 5)
    plan = replace(plan, tasks=(replace(plan.tasks[0], responsible_id=7), plan.tasks[1]))
    root = ElementTree.fromstring(gantt_svg(_layout(plan), "План", {7: "Анна"}, translator("ru")))
    told = [node.text for node in root.iter(f"{SVG}title")][1:]
    assert "резерв: 3\xa0рабочих дня · Анна" in told[0].replace("3 раб", "3\xa0раб")
    assert "на критическом пути" in told[1]


def test_the_picture_marks_today_only_when_it_is_on_it() -> None:
    _ = translator("en")
    plan = plan_of(5)
    assert ">today<" in gantt_svg(_layout(plan), "", {}, _)
    assert ">today<" not in gantt_svg(_layout(plan, START + timedelta(days=90)), "", {}, _)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs) -> None:
        self.seen.append((tag, dict(attrs)))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_page_stands_alone(language: str) -> None:
    plan = Plan(START, (Task(1, NASTY, 3), Task(2, "B", 0)))
    text = plan_html(_layout(plan), NASTY, {}, translator(language))
    reader = _Tags()
    reader.feed(text)
    tags = [tag for tag, _attributes in reader.seen]
    assert not {"script", "link", "iframe", "img"} & set(tags)
    assert tags.count("tr") == 3
    assert dict(reader.seen)["html"] == {"lang": language}
    assert not any("src" in attributes or "href" in attributes for _tag, attributes in reader.seen)

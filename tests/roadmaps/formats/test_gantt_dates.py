import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from defusedxml import ElementTree

from core.calendar import russian_calendar
from core.i18n import translator
from roadmaps.charts import gantt
from roadmaps.domain.calendar import OwnCalendar
from roadmaps.domain.dating import dated
from roadmaps.domain.edits_plan import baseline_of
from roadmaps.domain.laid import Laid, lay
from roadmaps.domain.layout import gantt_layout
from roadmaps.domain.network import network_layout
from roadmaps.domain.plan import Dependency, Plan, PlanUnit, Task
from roadmaps.formats.caption import Caption, facts_of
from roadmaps.formats.gantt_dates import days_of, key_days, key_words, short_days, short_moment
from roadmaps.formats.gantt_pages import gantt_pages
from roadmaps.formats.gantt_svg import gantt_svg
from roadmaps.formats.network_svg import Net, network_svg
from roadmaps.formats.paper import Paper
from roadmaps.formats.plan_html import plan_html
from tests.roadmaps.plans import plan_of

RU, EN = translator("ru"), translator("en")
MONDAY = date(2026, 11, 16)
SVG = "{http://www.w3.org/2000/svg}"


def _fair() -> Laid:
    tasks = (
        Task(1, "Позвать гостей", 8, position=1),
        Task(2, "Ярмарка", 1, position=2),
        Task(3, "Отчёт сдан", 0, position=3),
        Task(4, "Разобрать палатки", 3, position=4),
    )
    days = {2: (date(2026, 12, 12), date(2026, 12, 13))}
    plan = Plan(MONDAY, tasks, (Dependency(1, 2), Dependency(2, 4), Dependency(4, 3)))
    plan = replace(dated(plan, days, russian_calendar()), starts_on=MONDAY)
    return lay(plan, russian_calendar())


def _texts(svg: str) -> list[str]:
    return ["".join(x.itertext()) for x in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_a_weekend_event_and_a_milestone_are_the_key_days_of_a_plan() -> None:
    layout = gantt_layout(_fair(), MONDAY)
    assert [bar.task.id for bar in key_days(layout)] == [2, 3]
    assert key_words(layout, RU) == "Главные дни: Ярмарка – 12–13 дек. · Отчёт сдан – ср, 16 дек."
    assert key_words(layout, EN) == "Key days: Ярмарка – 12–13 Dec · Отчёт сдан – Wed 16 Dec"


def test_a_page_says_on_a_phone_what_its_drawing_says_on_a_wide_screen() -> None:
    layout = gantt_layout(_fair(), MONDAY)
    page = plan_html(layout, Caption("Ярмарка", "Инициатива «Ёж»", "", MONDAY), RU)
    told = re.findall(r'<p class="head">(.*)</p>', page)
    assert told == ["Инициатива «Ёж»", facts_of(layout, RU), key_words(layout, RU)]
    assert re.findall(r'<th [^>]*class="date[^>]*>(.*?)</th>', page) == [
        "Начало, 2026",
        "Окончание, 2026",
    ]


def test_many_milestones_are_no_key_days() -> None:
    layout = gantt_layout(lay(plan_of(2, 0, 0, 0, 0, 0), russian_calendar()), MONDAY)
    assert key_days(layout) == ()
    assert key_words(layout, RU) == ""


def test_the_day_of_an_event_is_written_beside_it_and_marked_through_all_rows() -> None:
    svg = gantt_svg(gantt_layout(_fair(), MONDAY), Caption("Ярмарка", "", "", MONDAY), RU).svg
    bold = [
        "".join(x.itertext())
        for x in ElementTree.fromstring(svg).iter(f"{SVG}text")
        if x.get("font-weight") == "600"
    ]
    assert "12–13 дек." in bold  # beside its bar
    assert bold.count("12 дек.") == bold.count("13 дек.") == 1  # in the table
    assert svg.count('fill-opacity="0.35"') == 2


@pytest.mark.parametrize(("language", "head"), [("ru", "Начало, 2026"), ("en", "Start, 2026")])
def test_a_year_that_all_days_share_is_said_in_the_heads_of_columns(
    language: str, head: str
) -> None:
    laid = lay(plan_of(2, 3, links="A-B"), russian_calendar())
    (page,) = gantt_pages(
        laid, MONDAY, Caption("П", "", "", MONDAY), Paper.A4, translator(language)
    )
    texts = _texts(page.svg)
    assert head in texts
    assert "2026" not in texts


def test_a_year_that_changes_is_said_where_it_does_and_again_on_every_page() -> None:
    tasks = tuple(Task(n, f"Шаг {n}", 8, position=n) for n in range(1, 51))
    links = tuple(Dependency(n, n + 1) for n in range(1, 50))
    laid = lay(Plan(MONDAY, tasks, links), russian_calendar())
    pages = gantt_pages(laid, MONDAY, Caption("П", "", "", MONDAY), Paper.A4, RU)
    assert len(pages) == 2
    years = [[x for x in _rows(page.svg) if x in {"2026", "2027", "2028"}] for page in pages]
    assert years == [["2026", "2026", "2027", "2027"], ["2027", "2027", "2028", "2028"]]


def _rows(svg: str) -> list[str]:
    """Give the texts of the rows alone, without the axis."""
    groups = [x for x in ElementTree.fromstring(svg).iter(f"{SVG}g") if x.get("data-task")]
    return ["".join(x.itertext()) for group in groups for x in group.iter(f"{SVG}text")]


def test_days_and_moments_are_short_without_their_year() -> None:
    at = datetime(2026, 12, 5, 9, 30)
    assert short_moment(RU, at, PlanUnit.DAY) == "5 дек."
    assert short_moment(EN, at, PlanUnit.HOUR) == "5 Dec, 09:30"
    assert short_days(RU, date(2026, 11, 30), date(2026, 12, 1)) == "30 нояб. – 1 дек."
    assert short_days(EN, date(2025, 12, 1), date(2026, 12, 2)) == "1 Dec – 2 Dec"


def test_a_plan_of_one_milestone_lasts_a_day_and_takes_no_time() -> None:
    laid = lay(Plan(date(2149, 12, 30), (Task(1, "Веха", 0, position=1),)), russian_calendar())
    facts = facts_of(gantt_layout(laid, MONDAY), RU)
    assert facts.replace("\u202f", " ") == "30 дек. 2149 г. · сделано 0 из 1"


def test_a_short_plan_fills_its_sheet_with_larger_letters_and_a_long_one_does_not() -> None:
    few, many = (lay(plan_of(*[3] * count), russian_calendar()) for count in (6, 45))
    caption = Caption("План", "", "", MONDAY)
    sheets = [gantt_pages(laid, MONDAY, caption, Paper.A4, RU) for laid in (few, many)]
    assert [len(pages) for pages in sheets] == [1, 2]
    assert [round(Paper.A4.size[0] / pages[0].width, 2) for pages in sheets] == [1.0, 0.7]


def test_what_lasts_until_midnight_ends_on_that_day_in_every_drawing() -> None:
    whole = OwnCalendar(hours=tuple(range(24)), weekdays=tuple(range(7)))
    plan = Plan(MONDAY, (Task(1, "Ночь музеев", 24),), unit=PlanUnit.HOUR, own_calendar=whole)
    kept = baseline_of(lay(plan, russian_calendar()), "План", datetime(2026, 11, 2, tzinfo=UTC), 1)
    plan = replace(plan, baselines=(kept,))
    laid = lay(plan, russian_calendar())
    layout = gantt_layout(laid, MONDAY)
    net = Net(network_layout(plan, laid.result), {1: laid.span(1)}, Caption("", "", "", MONDAY), RU)
    labels = [text for trace in gantt(layout, RU).data for text in trace.text or ()]
    drawn = " ".join(_texts(network_svg(net).svg))
    assert laid.span(1).finish == datetime(2026, 11, 17)
    assert [label.strip() for label in labels if "нояб" in label] == ["16 нояб."]
    assert "16 нояб., крит." in drawn
    assert "17 нояб" not in drawn
    begins, ends = days_of(layout.bars[0], layout)
    assert ends - begins == 1

"""The hours page of managers."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.permissions import Role
from core.workspace import Workspace
from hours.domain.entries import Activity, TimeKind, TimeLine
from hours.service import HourPlan, replace_time
from tests.conftest import SettableClock
from tests.dashboards.reading import links, refused, said
from tests.hours.centre import promise

Open = Callable[..., AppTest]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", [
            "Часы квартала",
            "### 2 ч 45 мин",
            "из обещанных 250 ч · 1 %",
            "Чтобы сдержать обещание, центру нужно 44 ч 10 мин в неделю до 31 декабря.",
            "Квартал отстаёт от ровного плана на 137 ч 52 мин.",
            "### 1 ч 30 мин",
            "из обещанных 40 ч · 4 %",
        ]),
        ("en", [
            "Hours of the quarter",
            "### 2 h 45 min",
            "of 250 h promised · 1%",
            "To keep the promise the centre needs 44 h 10 min a week until 31 December.",
            "The quarter is 137 h 52 min behind an even plan.",
            "### 1 h 30 min",
            "of 40 h promised · 4%",
        ]),
    ],
)  # fmt: skip
def test_two_consultants_make_the_quarter_read_two_hours_forty_five(
    open_page: Open, quarter: Workspace, language: str, words: list[str]
) -> None:
    text = said(open_page("hours", Role.MANAGER, language))
    assert [word for word in words if word not in text] == []


def test_a_centre_without_any_time_or_plan_says_so(open_page: Open) -> None:
    text = said(open_page("hours", Role.MANAGER, "en"))
    assert text.count("Nothing is promised for this quarter.") == 2
    assert text.count("No time yet.") == 2


def test_every_figure_links_to_its_rows(open_page: Open, quarter: Workspace) -> None:
    found = links(open_page("hours", Role.MANAGER, "en"))
    at = {"quarter": "2026-Q4"}
    assert [
        ("The rows behind it", at | {"activity": "consulting"}),
        ("The rows behind it", at | {"activity": "training"}),
        ("contact: 2 h", at | {"activity": "consulting", "kind": "contact"}),
        ("travel: 30 min", at | {"activity": "consulting", "kind": "travel"}),
        ("preparation: 15 min", at | {"activity": "consulting", "kind": "preparation"}),
    ] == found


def test_a_filter_goes_into_the_address_and_the_figure_follows(
    open_page: Open, quarter: Workspace, people: tuple[int, int]
) -> None:
    page = open_page("hours", Role.MANAGER, "en")
    page.selectbox("filter_person").set_value(str(people[0])).run()
    text = said(page)
    assert "### 1 h 15 min" in text
    assert "To keep the promise" not in text  # the promise is the whole centre's
    assert page.query_params["person"] == str(people[0])
    page.selectbox("filter_topic").set_value("legal").run()
    assert "### 37 min" in said(page)
    page.selectbox("filter_person").set_value("").run()
    assert "### 1 h 22 min" in said(page)
    assert "person" not in page.query_params


def test_the_address_sets_the_filters(
    open_page: Open, quarter: Workspace, people: tuple[int, int]
) -> None:
    page = open_page(
        "hours", Role.MANAGER, "en", activity="training", person=people[1], quarter="2026-Q4"
    )
    assert page.selectbox("filter_person").value == str(people[1])
    assert page.segmented_control("filter_activity").value == "training"
    assert said(page).count("No time yet.") == 2


def test_another_quarter_is_chosen(
    open_page: Open, quarter: Workspace, people: tuple[int, int]
) -> None:
    with quarter.transaction() as tx:
        lines = [TimeLine(people[0], TimeKind.CONTACT, 61, date(2026, 9, 30))]
        replace_time(tx, ("consultation", 9), lines)
    page = open_page("hours", Role.MANAGER, "en")
    assert page.selectbox("filter_quarter").options == ["Q4 2026", "Q3 2026"]
    page.selectbox("filter_quarter").set_value("2026-Q3").run()
    assert "### 1 h 1 min" in said(page)


def test_the_quarter_turns_at_midnight_in_perm(
    open_page: Open, quarter: Workspace, clock: SettableClock
) -> None:
    clock.now = datetime(2026, 12, 31, 18, 59, tzinfo=UTC)
    assert open_page("hours", Role.MANAGER, "en").selectbox("filter_quarter").value == "2026-Q4"
    clock.now = datetime(2026, 12, 31, 19, 0, tzinfo=UTC)
    page = open_page("hours", Role.MANAGER, "en")
    assert page.selectbox("filter_quarter").value == "2027-Q1"
    assert "Nothing is promised" not in said(page)


def test_a_kept_promise_is_said(open_page: Open, quarter: Workspace) -> None:
    promise(quarter, HourPlan(Activity.CONSULTING, 120, date(2026, 10, 1)))
    promise(quarter, HourPlan(Activity.TRAINING, 90, date(2026, 10, 1)))
    text = said(open_page("hours", Role.MANAGER, "ru"))
    assert "Обещание выполнено, сверх него 45 мин." in text
    assert "Обещание выполнено минута в минуту." in text


def test_the_weeks_are_given_in_figures(open_page: Open, quarter: Workspace) -> None:
    page = open_page("hours", Role.MANAGER, "en")
    assert not page.dataframe
    page.session_state["figures_week"] = True
    page.run()
    (frame,) = page.dataframe
    assert list(frame.value) == ["label", "minutes", "planned", "needed"]
    assert len(frame.value) == 14


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"quarter": "soon"}, "Quarter"),
        ({"quarter": "2026-Q7"}, "Quarter"),
        ({"person": "Anna"}, "Anna"),
        ({"person": "999999"}, "999,999"),
        ({"topic": "<script>alert(1)</script>"}, "script"),
        ({"activity": "sleeping"}, "sleeping"),
    ],
)
def test_a_wrong_word_in_the_address_gets_one_sentence(
    open_page: Open, quarter: Workspace, query: dict[str, Any], sentence: str
) -> None:
    assert sentence in refused(open_page("hours", Role.MANAGER, "en", **query))


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.EXPERT, Role.ADMINISTRATOR])
def test_others_may_not_open_the_hours_of_all(open_page: Open, role: Role) -> None:
    assert refused(open_page("hours", role, "en"))

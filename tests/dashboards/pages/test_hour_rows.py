"""The rows behind a figure of hours."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.permissions import Role
from core.workspace import Workspace
from hours.domain.entries import TimeKind, TimeLine
from hours.service import replace_time
from tests.dashboards.reading import links, refused, said

Open = Callable[..., AppTest]


@pytest.mark.parametrize(
    ("query", "figure", "rows"),
    [
        ({}, "4 h 15 min", 5),
        ({"activity": "consulting"}, "2 h 45 min", 4),
        ({"activity": "consulting", "kind": "contact"}, "2 h", 2),
        ({"activity": "consulting", "topic": "legal"}, "1 h 22 min", 4),
        ({"week": "2026-11-20"}, "1 h 30 min", 1),
        ({"week": "2026-11-23", "quarter": "2026-Q4"}, "2 h 45 min", 4),
    ],
)
def test_the_rows_and_the_figure_follow_the_address(
    open_page: Open, quarter: Workspace, query: dict[str, str], figure: str, rows: int
) -> None:
    page = open_page("hour_rows", Role.MANAGER, "en", **query)
    assert f"## {figure}" in said(page)
    assert len(page.dataframe[0].value) == rows


def test_the_rows_say_what_they_are_narrowed_to(
    open_page: Open, quarter: Workspace, people: tuple[int, int]
) -> None:
    page = open_page(
        "hour_rows", Role.MANAGER, "ru",
        quarter="2026-Q4", week="2026-10-01", activity="consulting", person=people[1], kind="travel",
    )  # fmt: skip
    text = said(page)
    assert (
        "4-й квартал 2026 · 1 окт. – 4 окт. · Консультирование · Борис <b>Седов</b> · дорога"
        in text
    )
    assert "Под эти условия не подошла ни одна запись." in text
    back = (
        "Весь квартал",
        {"quarter": "2026-Q4", "activity": "consulting", "person": str(people[1])},
    )
    assert back in links(page)


def test_a_private_meeting_shows_its_date_and_minutes_and_nothing_else(
    open_page: Open, quarter: Workspace, private_meeting: None
) -> None:
    page = open_page("hour_rows", Role.MANAGER, "en", week="2026-11-18")
    assert "Of private meetings of others only the date and the time are shown." in said(page)
    private = page.dataframe[0].value.iloc[1]
    shown = [name for name in private.index if private.notna()[name]]
    assert shown == ["worked_on", "minutes"]
    assert "сихолог" not in said(page) + page.dataframe[0].value.to_csv()


def test_a_consultant_sees_only_own_rows_and_all_of_them(
    open_page: Open, quarter: Workspace, private_meeting: None, people: tuple[int, int]
) -> None:
    page = open_page("hour_rows", person_id=people[0])
    assert "## 3 ч 25 мин" in said(page)
    assert len(page.dataframe[0].value) == 4
    assert refused(open_page("hour_rows", person_id=people[0], person=people[1]))


@pytest.mark.parametrize("query", [{"week": "yesterday"}, {"kind": "sleep"}, {"quarter": "0"}])
def test_a_wrong_word_in_the_address_gets_one_sentence(
    open_page: Open, query: dict[str, str]
) -> None:
    assert refused(open_page("hour_rows", Role.MANAGER, "ru", **query))


SECRETS = "сихолог", "sycholog", "Ёлкина"


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    ("query", "is_counted"),
    [
        ({}, True),
        ({"topic": "private"}, True),
        ({"person": "private"}, True),
        ({"person": "private", "topic": "private", "week": "2026-11-18"}, True),
        ({"kind": "contact"}, False),
        ({"topic": "budget"}, False),
        ({"person": "anna"}, False),
        ({"person": "anna", "week": "2026-11-18"}, False),
        ({"person": "anna", "topic": "private"}, False),
    ],
)
def test_no_filter_tells_what_a_private_row_hides(
    open_page: Open, quarter: Workspace, private_meeting: None, people: tuple[int, int],
    query: dict[str, str], is_counted: bool, language: str,
) -> None:  # fmt: skip
    asked = {name: str(people[0]) if value == "anna" else value for name, value in query.items()}
    page = open_page("hour_rows", Role.MANAGER, language, **asked)
    rows = page.dataframe[0].value if page.dataframe else None
    shown = [] if rows is None else [each.split() for each in rows["minutes"]]
    assert any("40" in each for each in shown) == is_counted
    if rows is not None and is_counted:
        (private,) = (row for _number, row in rows.iterrows() if not isinstance(row["topics"], str))
        assert not any(secret in private.to_csv() for secret in SECRETS)


def test_the_person_behind_a_private_meeting_has_no_part_in_it(
    open_page: Open, quarter: Workspace, private_meeting: None, people: tuple[int, int]
) -> None:
    page = open_page("hours", Role.MANAGER, "ru", person=people[0])
    assert "### 1 ч 15 мин" in said(page)
    everybody = open_page("hours", Role.MANAGER, "ru")
    assert "### 3 ч 25 мин" in said(everybody)
    assert "сихолог" not in said(everybody) + said(page)
    options = [option for box in everybody.selectbox for option in box.options]
    assert "закрытые встречи" in options


def test_enough_private_meetings_are_one_sum_by_name_without_days(
    open_page: Open, quarter: Workspace, people: tuple[int, int]
) -> None:
    with quarter.transaction() as tx:
        for number in range(10, 15):
            private = TimeLine(
                people[0], TimeKind.TRAVEL, number, date(2026, 11, number), topics=("mediator",),
                is_private=True,
            )  # fmt: skip
            replace_time(tx, ("consultation", number), [private])
    page = open_page("hours", Role.MANAGER, "ru", person=people[0])
    assert "### 2 ч 15 мин" in said(page)
    assert "И ещё 1 ч закрытых встреч, без разбивки по неделям." in said(page)
    page = open_page("hour_rows", Role.MANAGER, "ru", person=people[0], activity="consulting")
    assert "## 2 ч 15 мин" in said(page)
    assert "О закрытых встречах коллег здесь не видно ни дней, ни тем." in said(page)
    rows = page.dataframe[0].value
    (private,) = (row for _number, row in rows.iterrows() if not isinstance(row["topics"], str))
    assert (len(rows), private["minutes"].split()) == (3, ["1", "ч"])
    assert private["worked_on"] != private["worked_on"]  # no date at all

"""The page of all roadmaps: what stands out, filters in the address, a table that opens a roadmap."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.i18n import translator
from core.permissions import Role
from roadmaps import service
from roadmaps.charts import portfolio_bars, portfolio_words
from roadmaps.domain.plan import Plan, Task
from roadmaps.domain.portfolio_lines import (
    NO_THEME,
    Flag,
    Grouping,
    PortfolioSearch,
    found_in,
    grouped,
)
from roadmaps.service import NewPlan
from tests import factories

START = date(2026, 11, 23)


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def case_id(database, me) -> int:
    with database.writing() as db:
        return factories.make_case(
            db, me, initiative_id=factories.make_initiative(db, "Двор <b>на</b> Речной")
        )


def _made(workspace, case_id: int, title: str, *tasks: Task, start: date = START) -> int:
    rows = tuple(replace(task, position=n) for n, task in enumerate(tasks, 1))
    return service.create_roadmap(workspace, new=NewPlan(case_id, title, Plan(start, rows)))


def test_the_portfolio_counts_narrows_and_says_who_has_too_much(
    open_page, workspace, case_id, me
) -> None:
    _made(workspace, case_id, "Поздняя *карта*", Task(1, "A", 3), start=START - timedelta(days=60))
    _made(workspace, case_id, "Тяжёлая", *(Task(n, "A", 5, responsible_id=me) for n in (1, 2)))
    page = open_page("roadmap_portfolio", person_id=me)
    assert not page.exception
    _ = translator("ru")
    counts = {"": 2, "late": 1, "stalled": 0, "ends": 1}
    names = [f"{_.label(flag)}: {counts[flag.value]}" for flag in Flag]
    assert page.segmented_control(key="filter_show").options == [f"{_('All')}: 2", *names]
    assert page.expander[0].label == _.plural(
        "{n} person is asked for more than they have",
        "{n} people are asked for more than they have",
        1,
    )
    late = open_page("roadmap_portfolio", person_id=me, show="late", by="theme")
    assert not late.exception
    assert _.plural("{n} row", "{n} rows", 1) in [x.value for x in late.caption]
    none = open_page("roadmap_portfolio", person_id=me, find="нет такой", by="?")
    assert not none.exception
    assert _("Nothing found. Try a shorter word or fewer filters.") in [
        x.value for x in none.caption
    ]


def test_without_roadmaps_the_portfolio_says_what_it_is_for(open_page) -> None:
    page = open_page("roadmap_portfolio", role=Role.CONSULTANT)
    assert page.button(key="empty_roadmap_new").label == "Новая дорожная карта"
    assert not page.exception


def test_the_picture_shows_names_as_they_are_written_and_where_each_roadmap_is(
    workspace, case_id
) -> None:
    _made(workspace, case_id, "<i>Карта</i>", Task(1, "A", 3), start=START - timedelta(days=14))
    view = service.view_portfolio(workspace)
    _ = translator("en")
    groups = [(x.name, x.lines) for x in grouped(view.lines, Grouping.INITIATIVE, {})]
    figure = portfolio_bars(groups, view.today, _)
    whole, done, _early, late = figure.data
    texts = [x.text for x in figure.layout.annotations[1:]]
    assert (whole.base[0], whole.x[0], done.x[0]) == (-14, 3, 0)
    assert (late.base[0], late.x[0]) == (-11, 11)
    assert texts[0] == "<b>Двор &lt;b&gt;на&lt;/b&gt; Речной</b>"
    assert texts[1].startswith("&lt;i&gt;Карта&lt;/i&gt; <span")
    assert "late: 1" in texts[1]
    assert portfolio_words(view.lines, _) == (
        "Roadmaps from start to end: 1 roadmap. Late: <i>Карта</i>. Stalled: —."
    )
    today = figure.layout.annotations[0]
    assert (today.text, today.y, today.xanchor) == ("today", 1, "left")
    by_theme = grouped(view.lines, Grouping.THEME, {})
    assert [(x.key, x.name) for x in by_theme] == [(NO_THEME, "")]


@pytest.mark.parametrize(
    ("days", "done", "early"),
    [(-8, (-8, 4), ()), (-2, (-2, 2), ((0, 2),)), (3, (3, 0), ((3, 4),))],
    ids=["behind", "ahead", "not begun"],
)
def test_what_is_done_beyond_the_time_that_has_passed_is_hatched(
    workspace, case_id, days, done, early
) -> None:
    _made(workspace, case_id, "Карта", Task(1, "A", 3))
    view = service.view_portfolio(workspace)
    starts = view.today + timedelta(days=days)
    line = replace(view.lines[0].line, starts_on=starts, finishes_on=starts + timedelta(days=7))
    half = replace(view.lines[0], line=replace(line, tasks=2, done=1))
    _whole, dark, hatched, _late = portfolio_bars([("", [half])], view.today, translator("en")).data
    assert (dark.base[0], dark.x[0]) == done
    assert tuple(zip(hatched.base, hatched.x, strict=True)) == early
    assert hatched.marker.pattern.shape == "/"


def test_a_phone_is_given_words_that_fit_it(workspace, case_id) -> None:
    _made(workspace, case_id, "Карта", Task(1, "A", 3))
    view = service.view_portfolio(workspace)
    line = replace(view.lines[0].line, title="Т" * 30, initiative="И" * 30)
    long = replace(view.lines[0], line=line, flags=frozenset())
    figure = portfolio_bars([("", [long])], view.today, translator("en"))
    grey = 'style="color:#6B746F;--on:'
    assert figure.layout.annotations[1].text == (
        f'{"Т" * 30} <span {grey}wide">· {"И" * 30}</span><span {grey}phone">· {"И" * 9}…</span>'
    )


def test_namesakes_stand_apart_and_what_has_no_theme_can_be_asked_for(
    database, workspace, open_page, me
) -> None:
    with database.writing() as db:
        leads = [factories.make_person(db, "Иван Иванов", roles=[Role.CONSULTANT]) for _n in "12"]
        cases = [
            factories.make_case(
                db, x, members=[me], initiative_id=factories.make_initiative(db, "Сад")
            )
            for x in leads
        ]
    made = [_made(workspace, x, "Карта", Task(1, "A", 3)) for x in cases]
    view = service.view_portfolio(workspace)
    for grouping, ids in (
        (Grouping.LEAD, leads),
        (Grouping.INITIATIVE, [x.initiative_id for x in sorted(view.lines, key=lambda x: x.id)]),
    ):
        found = grouped(view.lines, grouping, {})
        assert [(x.key, [one.id for one in x.lines]) for x in found] == [
            (str(key), [one]) for key, one in zip(ids, made, strict=True)
        ]
    themed = replace(view.lines[0], themes=("sport",))
    assert found_in([themed, view.lines[1]], PortfolioSearch(theme=NO_THEME)) == (view.lines[1],)
    assert found_in([themed, view.lines[1]], PortfolioSearch(theme="sport")) == (themed,)
    page = open_page("roadmap_portfolio", person_id=me, theme=NO_THEME, by="theme")
    assert not page.exception
    assert page.selectbox(key="filter_theme").value == NO_THEME

"""The page of the calendar."""

from dataclasses import replace
from datetime import date, time

import pytest

from casework.domain.consultation import Draft, Topic, Work
from casework.service import has_feed, record_consultation
from core.permissions import Role
from tests import factories

TODAY = date(2026, 11, 23)


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def draft(database, me) -> Draft:
    with database.writing() as db:
        initiative = factories.make_initiative(db, "Двор без машин")
        case = factories.make_case(db, me, initiative_id=initiative)
    return Draft(
        TODAY, frozenset({Topic.BUDGET}), (Work(me, 60),), time(10), cases=frozenset({case})
    )


def texts(page) -> str:
    links = [element.label for element in page.get("page_link")]
    return "\n".join([*links, *(e.value for e in [*page.markdown, *page.caption])])


@pytest.mark.parametrize("view", ["month", "week"])
@pytest.mark.parametrize(("language", "busy"), [("ru", "занято"), ("en", "busy")])
def test_the_calendar_names_open_meetings_and_hides_private_ones(
    open_page, workspace, draft, view, language, busy
) -> None:
    record_consultation(workspace, draft=draft)
    private = replace(draft, topics=frozenset({Topic.MEDIATOR}), starts_at=time(17, 15))
    record_consultation(workspace, draft=replace(private, cases=frozenset()))

    page = open_page("calendar", role=Role.MANAGER, language=language, view=view)

    assert not page.exception
    shown = texts(page)
    assert "Двор без машин" in shown
    assert "17:15" in shown
    assert busy in shown


def test_the_link_is_made_shown_once_and_switched_off(open_page, workspace, me) -> None:
    page = open_page("calendar", person_id=me)
    page.button(key="feed_make").click().run()
    assert not page.exception
    assert "/feed/" in page.code[0].value
    assert page.code[0].value.endswith(".ics")
    page.run()
    assert not page.code

    page.button(key="feed_revoke").click().run()
    assert not has_feed(workspace)


def test_a_day_that_is_none_is_refused_in_words(open_page) -> None:
    page = open_page("calendar", day="2026-13-40")
    assert not page.exception
    assert page.error

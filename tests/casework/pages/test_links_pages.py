"""Links for the initiative, made on the pages of the case and of the meeting."""

from datetime import date

import pytest

from casework import store
from casework.domain.consultation import Draft, Topic, Work
from casework.domain.feedback import Feedback
from casework.domain.initiative import NewParticipant
from casework.domain.step import NewStep
from casework.service import (
    add_person,
    ask_question,
    give_feedback,
    record_consultation,
    view_case,
    view_for_leader,
    view_leader_links,
)
from tests import factories

TODAY = date(2026, 11, 23)


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def case(database, me) -> int:
    with database.writing() as db:
        return factories.make_case(db, me)


@pytest.fixture
def vera(workspace, case) -> int:
    initiative = view_case(workspace, case_id=case).case.initiative_id
    add_person(workspace, initiative_id=initiative, new=NewParticipant("Вера"), is_sure=True)
    with workspace.reading() as tx:
        return store.list_people_of_cases(tx.db, [case])[0]


@pytest.fixture
def meeting(workspace, me, case) -> int:
    draft = Draft(
        TODAY, frozenset({Topic.BUDGET}), (Work(me, 60),), cases=frozenset({case}),
        steps=(NewStep("Найти бухгалтера"),),
    )  # fmt: skip
    return record_consultation(workspace, draft=draft)


def token_shown(page) -> str:
    return page.code[0].value.rpartition("/")[2]


def test_a_leader_is_given_a_page_and_it_is_taken_back(
    open_page, workspace, database, clock, me, case, vera
) -> None:
    page = open_page("case", case=case, person_id=me)
    page.button(key=f"leader_make_{vera}").click().run()
    assert not page.exception
    token = token_shown(page)
    assert view_for_leader(database, token, clock).name == "Вера"
    ask_question(database, token, "Когда *встреча*?", clock)
    page.run()
    assert not page.code
    assert any(
        box.label.startswith("Спрашивает лидер: Когда \\*встреча\\*?") for box in page.checkbox
    )

    page.button(key=f"leader_revoke_{vera}").click().run()
    assert view_leader_links(workspace, case_id=case).live == frozenset()


def test_feedback_is_asked_for_and_shown(open_page, database, clock, me, meeting) -> None:
    page = open_page("consultation", consultation=meeting, person_id=me)
    page.button(key="feedback_make").click().run()
    assert not page.exception
    give_feedback(database, token_shown(page), Feedback(4, "Ясно"), clock)
    page.run()

    assert any("полезность 4 из 5" in text.value and "Ясно" in text.value for text in page.markdown)


def test_the_steps_of_a_meeting_are_offered_to_a_roadmap(open_page, me, case, meeting) -> None:
    for url, query in (("consultation", {"consultation": meeting}), ("case", {"case": case})):
        page = open_page(url, person_id=me, **query)
        assert not page.exception
        [offered] = [e for e in page.get("page_link") if "дорожную карту" in e.label
                     and "шаги" in e.label]  # fmt: skip
        assert f"case={case}" in offered.query_string
    page = open_page("roadmap_add", person_id=me, case=case, steps=meeting)
    assert not page.error

"""The pages of series, and of the meeting as last time."""

from datetime import date, time, timedelta

import pytest

from casework.domain.consultation import ConsultationStatus, Draft, Search, Topic, Work
from casework.domain.repeat import Repeat, Rhythm
from casework.service import list_consultations, plan_series, record_consultation
from tests import factories

TODAY = date(2026, 11, 23)
SEARCH = Search(TODAY, TODAY + timedelta(days=400))


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def case(database, me) -> int:
    with database.writing() as db:
        initiative = factories.make_initiative(db, "Двор без машин")
        return factories.make_case(db, me, initiative_id=initiative)


def lines(workspace):
    return list_consultations(workspace, SEARCH)[0]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_series_shows_its_days_and_is_planned(open_page, workspace, case, me, language) -> None:
    page = open_page("consultation_series", case=case, person_id=me, language=language)
    page.button_group(key="series_topics").set_value([Topic.LEGAL])
    page.number_input(key="series_times").set_value(7).run()
    assert not page.exception
    page.button(key="series_save").click().run()
    assert not page.exception
    assert not page.error

    assert len(lines(workspace)) == 7
    assert lines(workspace)[0].held_on == date(2027, 1, 12)  # 5 January is a day off
    page.button(key="saved_undo").click().run()
    assert lines(workspace) == ()


def planned(workspace, me, case) -> tuple[int, ...]:
    draft = Draft(
        TODAY, frozenset({Topic.LEGAL}), (Work(me),), time(10), cases=frozenset({case}),
        expected_minutes=60,
    )  # fmt: skip
    return plan_series(workspace, draft=draft, repeat=Repeat(Rhythm.WEEKLY, times=3))


def test_the_rest_of_a_series_is_called_off(open_page, workspace, case, me) -> None:
    made = planned(workspace, me, case)
    page = open_page("consultation", consultation=made[1], person_id=me)
    page.button(key="series_cancel_sure").click().run()
    assert not page.exception

    statuses = [line.status for line in lines(workspace)]
    off = ConsultationStatus.CANCELLED
    assert statuses == [off, off, ConsultationStatus.PLANNED]


def test_this_and_the_following_change_together(open_page, workspace, case, me) -> None:
    made = planned(workspace, me, case)
    page = open_page("consultation", consultation=made[1], edit=1, following=1, person_id=me)
    page.time_input(key=f"consultation_{made[1]}_starts_at").set_value(time(12))
    page.button(key="consultation_save").click().run()
    assert not page.exception
    assert [line.starts_at for line in lines(workspace)] == [time(12), time(12), time(10)]

    page.button(key="saved_undo").click().run()
    assert [line.starts_at for line in lines(workspace)] == [time(10)] * 3


def test_a_meeting_is_written_up_as_last_time(open_page, workspace, case, me) -> None:
    topics = frozenset({Topic.BUDGET, Topic.LEGAL})
    works = (Work(me, 45, 15, 30),)
    record_consultation(workspace, draft=Draft(TODAY, topics, works, cases=frozenset({case})))
    page = open_page("consultation_new", case=case, person_id=me, **{"as": "last"})
    page.button(key="consultation_save").click().run()
    assert not page.exception
    assert not page.error

    assert [(line.minutes, set(line.topics)) for line in lines(workspace)] == [(90, topics)] * 2


def test_a_meeting_at_the_same_time_is_told_of(open_page, workspace, case, me) -> None:
    planned(workspace, me, case)
    page = open_page("consultation_new", case=case, planned=1, person_id=me)
    page.button_group(key="consultation_topics").set_value([Topic.LEGAL])
    page.date_input(key="consultation_held_on").set_value(TODAY)
    page.time_input(key="consultation_starts_at").set_value(time(10, 15))
    page.button(key="consultation_save").click().run()
    assert not page.exception

    assert any("в это же время" in text.value for text in page.markdown)
    assert len(lines(workspace)) == 4

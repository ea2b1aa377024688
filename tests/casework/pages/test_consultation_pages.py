"""The pages of consultations do what their buttons say."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.service import set_account_active
from casework.domain.consultation import ConsultationStatus, Draft, Search, Topic, Work
from casework.service import (
    list_consultations,
    open_note,
    plan_consultation,
    record_consultation,
    view_case,
    view_consultation,
)
from core.permissions import Role
from tests import factories

TODAY = date(2026, 11, 23)
NOVEMBER = Search(date(2026, 11, 1), date(2026, 12, 1))
SECRET = "Секрет 7f3a"


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def case(database, me) -> int:
    with database.writing() as db:
        return factories.make_case(
            db, me, initiative_id=factories.make_initiative(db, "Двор без машин")
        )


@pytest.fixture
def draft(me, case) -> Draft:
    return Draft(
        held_on=TODAY,
        topics=frozenset({Topic.BUDGET}),
        consultants=(Work(me, 60),),
        cases=frozenset({case}),
        note="Считали смету",
    )


def texts(page) -> str:
    shown = [*page.title, *page.markdown, *page.caption, *page.text, *page.error, *page.warning]
    return "\n".join(element.value for element in shown)


def no_failure(page) -> None:
    assert not page.exception, page.exception


def topics(page, key: str, *chosen: Topic) -> None:
    page.button_group(key=key).set_value(list(chosen))


def lines(workspace):
    return list_consultations(workspace, NOVEMBER)[0]


def test_a_meeting_is_recorded_with_three_gestures(open_page, workspace, case, me) -> None:
    page = open_page("consultation_new", case=case, person_id=me)
    no_failure(page)
    topics(page, "consultation_topics", Topic.LEGAL)
    page.button(key="consultation_save").click().run()
    no_failure(page)

    [line] = lines(workspace)
    assert (line.held_on, line.minutes, line.topics) == (TODAY, 60, (Topic.LEGAL,))
    assert (line.cases, line.status) == ((case,), ConsultationStatus.HELD)
    assert "Двор без машин" in texts(page)


def test_recording_is_taken_back_from_the_bar(open_page, workspace, case, me) -> None:
    page = open_page("consultation_new", case=case, person_id=me)
    topics(page, "consultation_topics", Topic.LEGAL)
    page.button(key="consultation_save").click().run()
    page.button(key="saved_undo").click().run()
    no_failure(page)

    assert lines(workspace) == ()


def test_a_refused_form_keeps_what_was_typed(open_page, workspace, case, me) -> None:
    page = open_page("consultation_new", case=case, person_id=me)
    page.number_input(key=f"consultation_contact_{me}").set_value(75)
    page.text_input(key="consultation_step_0").set_value("Позвонить")
    page.button(key="consultation_save").click().run()
    no_failure(page)

    assert page.error
    assert page.number_input(key=f"consultation_contact_{me}").value == 75
    assert page.text_input(key="consultation_step_0").value == "Позвонить"
    assert lines(workspace) == ()


def test_two_consultants_give_their_minutes(open_page, workspace, database, case, me) -> None:
    with database.writing() as db:
        other = factories.make_person(db, roles=[Role.CONSULTANT])
    page = open_page("consultation_new", case=case, person_id=me)
    page.multiselect(key="consultation_consultants").set_value([me, other]).run()
    topics(page, "consultation_topics", Topic.BUDGET)
    page.number_input(key=f"consultation_preparation_{me}").set_value(15)
    page.number_input(key=f"consultation_travel_{other}").set_value(30)
    page.button(key="consultation_save").click().run()
    no_failure(page)

    assert [line.minutes for line in lines(workspace)] == [165]


def test_a_meeting_is_planned_then_written_up(open_page, workspace, case, me) -> None:
    page = open_page("consultation_new", case=case, planned=1, person_id=me)
    topics(page, "consultation_topics", Topic.LEGAL)
    page.button(key="consultation_save").click().run()
    no_failure(page)
    [planned] = lines(workspace)
    assert (planned.status, planned.held_on) == (ConsultationStatus.PLANNED, date(2026, 11, 24))

    page = open_page("consultation", consultation=planned.id, held=1, person_id=me)
    no_failure(page)
    assert page.date_input(key=f"consultation_{planned.id}_held_on").value == TODAY
    page.button(key="consultation_save").click().run()
    no_failure(page)

    [held] = lines(workspace)
    assert (held.status, held.minutes) == (ConsultationStatus.HELD, 60)


@pytest.mark.parametrize(
    ("button", "status"),
    [
        ("consultation_cancel", ConsultationStatus.CANCELLED),
        ("consultation_no_show", ConsultationStatus.NO_SHOW),
    ],
)
def test_a_planned_meeting_is_called_off_and_back(
    open_page, workspace, draft, me, button, status
) -> None:
    planned = plan_consultation(workspace, draft=draft)
    page = open_page("consultation", consultation=planned, person_id=me)
    page.button(key=button).click().run()
    no_failure(page)
    assert [line.status for line in lines(workspace)] == [status]

    page.button(key="saved_undo").click().run()

    assert [line.status for line in lines(workspace)] == [ConsultationStatus.PLANNED]


def test_a_meeting_is_changed_and_put_back(open_page, workspace, draft, me) -> None:
    recorded = record_consultation(workspace, draft=draft)
    page = open_page("consultation", consultation=recorded, edit=1, person_id=me)
    no_failure(page)
    topics(page, f"consultation_{recorded}_topics", Topic.LEGAL)
    page.button(key="consultation_save").click().run()
    no_failure(page)
    assert lines(workspace)[0].topics == (Topic.LEGAL,)

    page.button(key="saved_undo").click().run()
    no_failure(page)

    view = view_consultation(workspace, consultation_id=recorded)
    assert (view.line.topics, view.note) == ((Topic.BUDGET,), "Считали смету")


def test_the_second_of_two_who_change_a_meeting_is_told(open_page, workspace, draft, me) -> None:
    recorded = record_consultation(workspace, draft=draft)
    first, second = (
        open_page("consultation", consultation=recorded, edit=1, person_id=me) for _ in range(2)
    )
    for page, topic in ((first, Topic.LEGAL), (second, Topic.PR_GR)):
        topics(page, f"consultation_{recorded}_topics", topic)
        page.button(key="consultation_save").click().run()
        no_failure(page)

    assert second.error
    assert lines(workspace)[0].topics == (Topic.LEGAL,)


def test_a_meeting_is_removed_and_restored_with_its_minutes(
    open_page, workspace, draft, me
) -> None:
    recorded = record_consultation(workspace, draft=draft)
    page = open_page("consultation", consultation=recorded, person_id=me)
    page.button(key="consultation_remove_sure").click().run()
    no_failure(page)
    assert lines(workspace) == ()

    page.button(key="saved_undo").click().run()
    no_failure(page)

    assert [line.minutes for line in lines(workspace)] == [60]


def test_a_private_note_is_opened_by_a_button(open_page, workspace, draft, me) -> None:
    private = replace(draft, topics=frozenset({Topic.MEDIATOR}), note=SECRET)
    recorded = record_consultation(workspace, draft=private)
    page = open_page("consultation", consultation=recorded, person_id=me)
    assert SECRET not in texts(page)

    page.button(key="consultation_open_note").click().run()
    no_failure(page)

    assert SECRET in texts(page)


@pytest.mark.parametrize(
    "role", [Role.CONSULTANT, Role.MANAGER, Role.ADMINISTRATOR], ids=lambda r: r.value
)
@pytest.mark.parametrize("url", ["consultation", "consultations", "case"])
def test_an_outsider_finds_nothing_of_a_private_talk(
    open_page, workspace, draft, case, role, url
) -> None:
    private = replace(draft, topics=frozenset({Topic.MEDIATOR}), note=SECRET)
    recorded = record_consultation(workspace, draft=private)
    page = open_page(url, consultation=recorded, case=case, role=role)
    no_failure(page)

    told = texts(page) + repr([table.value.to_dict() for table in page.dataframe])
    assert SECRET not in told
    assert "едиатор" not in told.replace("психолога или медиатора", "")
    if url != "case":
        assert "Двор" not in told


def test_manager_and_administrator_open_a_note_together(
    open_page, workspace, database, draft
) -> None:
    private = replace(draft, topics=frozenset({Topic.MEDIATOR}), note=SECRET)
    recorded = record_consultation(workspace, draft=private)
    with database.writing() as db:
        manager = factories.make_person(db, roles=[Role.MANAGER])
    page = open_page("consultation", consultation=recorded, role=Role.MANAGER, person_id=manager)
    page.text_area(key="unsealing_reason").set_value("Угроза жизни")
    page.button(key="unsealing_ask").click().run()
    no_failure(page)

    other = open_page("consultation", consultation=recorded, role=Role.ADMINISTRATOR)
    other.button(key="unsealing_agree_1").click().run()
    no_failure(other)
    page = open_page("consultation", consultation=recorded, role=Role.MANAGER, person_id=manager)
    page.button(key="consultation_open_note").click().run()
    no_failure(page)

    assert SECRET in texts(page)
    assert SECRET not in texts(other)


def test_steps_agreed_in_the_form_stand_on_the_case(open_page, workspace, case, me) -> None:
    page = open_page("consultation_new", case=case, person_id=me)
    topics(page, "consultation_topics", Topic.LEGAL)
    page.text_input(key="consultation_step_0").set_value("Позвонить юристу")
    page.button(key="consultation_save").click().run()
    no_failure(page)

    assert [s.text for s in view_case(workspace, case_id=case).steps] == ["Позвонить юристу"]


@pytest.mark.parametrize("asked", ["999", "слово", "-1"])
def test_a_wrong_id_gets_one_sentence(open_page, asked) -> None:
    page = open_page("consultation", consultation=asked)
    no_failure(page)
    assert len(page.error) == 1


def test_a_wrong_day_in_the_address_gets_one_sentence(open_page) -> None:
    page = open_page("consultations", since="вчера")
    no_failure(page)
    assert len(page.error) == 1


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("url", ["consultations", "consultation", "consultation_new"])
def test_every_page_opens_for_everybody(open_page, workspace, draft, url, role, language) -> None:
    recorded = record_consultation(workspace, draft=draft)
    no_failure(open_page(url, role=role, language=language, consultation=recorded))


def test_private_notes_of_a_leaver_are_handed_over(
    open_page, workspace, workspaces, database, draft, me
) -> None:
    record_consultation(workspace, draft=replace(draft, topics=frozenset({Topic.MEDIATOR})))
    set_account_active(workspaces(Role.ADMINISTRATOR), me, active=False)
    with database.writing() as db:
        successor = factories.make_person(db, roles=[Role.CONSULTANT])
    page = open_page("private_notes", role=Role.MANAGER)
    page.selectbox(key="handover_successor").set_value(successor)
    page.button(key="handover_save").click().run()
    no_failure(page)

    heir = workspaces(Role.CONSULTANT, person_id=successor)
    assert open_note(heir, consultation_id=1) == "Считали смету"


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("role", list(Role))
def test_the_page_of_private_notes_opens_for_everybody(open_page, role, language) -> None:
    no_failure(open_page("private_notes", role=role, language=language))


def test_time_is_shown_by_consultant_kind_and_initiative(
    open_page, workspace, database, draft, me
) -> None:
    with database.writing() as db:
        other = factories.make_person(db, name="Пётр <b>", roles=(Role.CONSULTANT,))
        name = factories.make_initiative(db, "Аптечка")
        second = factories.make_case(db, me, initiative_id=name)
    works = (Work(me, 60, 15, 10), Work(other, 60))
    shared = replace(draft, consultants=works, cases=draft.cases | {second})
    meeting = record_consultation(workspace, draft=shared)
    shown = texts(open_page("consultation", consultation=meeting, person_id=me))
    assert "**1 ч 25 мин** :small[с людьми 1 ч · подготовка 15 мин · дорога 10 мин]" in shown
    assert "Пётр \\<b\\>: **1 ч** :small[с людьми 1 ч]" in shown
    assert "Всего: **2 ч 25 мин** :small[с людьми 2 ч · подготовка 15 мин · дорога 10 мин]" in shown
    assert "По инициативам: Двор без машин 1 ч 13 мин · Аптечка 1 ч 12 мин" in shown

"""Two people open the same form; the one who saves later is told, on the page."""

from dataclasses import replace
from typing import Any, Final

import pytest

from casework import service as casework
from casework.domain.consultation import Draft, Topic, Work
from casework.domain.step import NewStep
from core.permissions import Role
from core.settings import Centre, load_centre, save_centre
from roadmaps.domain.plan import Plan
from roadmaps.service import NewPlan, create_roadmap, view_plan
from tests import factories
from tests.bad_input.conftest import LANGUAGES
from tests.full_centre import TODAY

TOLD: Final = {"ru": "Кто-то сохранил раньше вас", "en": "Somebody saved first"}


@pytest.fixture
def scene(database, workspaces, request) -> dict[str, int]:
    """A case, a meeting and a roadmap that two consultants work on."""
    language = getattr(request.node, "callspec", None)
    spoken = language.params.get("language", "ru") if language else "ru"
    roles = [Role.CONSULTANT, Role.ADMINISTRATOR]
    with database.writing() as db:
        save_centre(db, Centre("Центр"))
        people = [factories.make_person(db, roles=roles, language=spoken) for _ in range(2)]
        initiative = factories.make_initiative(db, "Сад")
        case = factories.make_case(db, people[0], initiative_id=initiative, members=people[1:])
    here = workspaces(Role.CONSULTANT, person_id=people[0])
    draft = Draft(TODAY, frozenset({Topic.BUDGET}), (Work(people[0], 60),), cases=frozenset({case}))
    talk = casework.record_consultation(here, draft=draft)
    roadmap = create_roadmap(here, new=NewPlan(case, "Путь", Plan(TODAY)))
    return {
        "first": people[0], "second": people[1], "initiative": initiative, "case": case,
        "consultation": talk, "roadmap": roadmap,
    }  # fmt: skip


def _type(page: Any, key: str, text: str) -> None:
    next(one for one in (*page.text_input, *page.text_area) if one.key == key).set_value(text)


FORMS: Final[dict[str, tuple[str, str, str]]] = {
    "head": ("roadmap", "plan_head_{roadmap}_title", "plan_head_save"),
    "case": ("case", "case_{case}_0_request", "case_save"),
    "initiative": ("initiative", "initiative_{initiative}_0_name", "initiative_save"),
    "consultation": ("consultation", "consultation_{consultation}_step_0", "consultation_save"),
    "settings": ("settings", "centre_name", "centre_save"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FORMS)
def test_who_saves_later_is_told_and_overwrites_nothing(
    open_page, scene, told, name: str, language: str
) -> None:
    url, key, button = FORMS[name]
    field = key.format(**scene)
    asked = {**scene, "edit": 1}
    first = open_page(url, language=language, person_id=scene["first"], **asked)
    second = open_page(url, language=language, person_id=scene["second"], **asked)
    for page, text in ((first, "Первое"), (second, "Второе")):
        _type(page, field, text)
        page.button(key=button).click().run()
    assert not first.error
    told(second, TOLD[language])
    assert "Второе" in [one.value for one in (*second.text_input, *second.text_area)]


def test_tasks_that_two_add_at_once_both_stay_and_each_takes_back_their_own(
    open_page, scene, workspaces
) -> None:
    here = workspaces(Role.CONSULTANT, person_id=scene["first"])
    pages = [open_page("roadmap", person_id=scene[who], **scene) for who in ("first", "second")]
    for page, text in zip(pages, ("Первое", "Второе"), strict=True):
        _type(page, "task_title", text)
        page.button(key="task_add").click().run()
        assert not page.error
    for page, left in ((pages[1], ["Первое"]), (pages[0], [])):
        page.button(key="saved_undo").click().run()
        assert not page.error
        plan = view_plan(here, roadmap_id=scene["roadmap"]).plan
        assert [task.title for task in plan.tasks] == left


def test_a_profile_changed_by_an_administrator_meanwhile_is_not_overwritten(
    open_page, scene, told, database
) -> None:
    page = open_page("profile", person_id=scene["first"])
    other = open_page("profile", person_id=scene["first"])
    for shown, text in ((page, "111"), (other, "222")):
        _type(shown, "profile_phone", text)
        shown.button(key="profile_save").click().run()
    assert not page.error
    told(other, TOLD["ru"])
    _type(page, "profile_phone", "333")
    page.button(key="profile_save").click().run()
    assert not page.error, "one's own second save is not late"


@pytest.mark.parametrize("name", FORMS)
def test_who_was_shown_all_three_saves_theirs_by_a_second_press(
    open_page, scene, told, name: str
) -> None:
    url, key, button = FORMS[name]
    asked = {**scene, "edit": 1}
    pages = [open_page(url, person_id=scene[who], **asked) for who in ("first", "second")]
    for page, text in zip(pages, ("Первое", "Второе"), strict=True):
        _type(page, key.format(**scene), text)
        page.button(key=button).click().run()
    told(pages[1], TOLD["ru"])
    pages[1].button(key=button).click().run()
    assert not pages[1].error
    assert pages[1].session_state["_saved"]


def test_roles_given_by_two_administrators_are_not_overwritten(open_page, scene, told) -> None:
    asked = {"person_id": scene["first"], "person": scene["second"]}
    pages = [open_page("person", **asked) for _ in range(2)]
    key = f"person_roles_{scene['second']}"
    for page, role in zip(pages, (Role.EXPERT, Role.MANAGER), strict=True):
        page.pills(key=key).select(role)
        page.button(key="person_save").click().run()
    assert not pages[0].error
    told(pages[1], TOLD["ru"])
    assert Role.EXPERT in open_page("person", **asked).pills(key=key).value
    pages[0].button(key="saved_undo").click().run()
    assert pages[0].pills(key=key).value == [Role.ADMINISTRATOR, Role.CONSULTANT]


def test_hours_promised_by_two_are_not_overwritten_and_taken_back(open_page, scene, told) -> None:
    pages = [open_page("settings", person_id=scene["first"]) for _ in range(2)]
    key = "plan_hours_consulting"
    for page, hours in zip(pages, (250, 300), strict=True):
        page.number_input(key=key).set_value(hours)
        page.button(key="plan_save_consulting").click().run()
    assert not pages[0].error
    told(pages[1], TOLD["ru"])
    assert open_page("settings", person_id=scene["first"]).number_input(key=key).value == 250
    pages[0].button(key="saved_undo").click().run()
    assert not pages[0].error
    assert pages[0].number_input(key=key).value == 0


def test_an_untouched_form_follows_what_others_save(open_page, scene) -> None:
    mine, other = (open_page("profile", person_id=scene["first"]) for _ in range(2))
    _type(other, "profile_phone", "111")
    other.button(key="profile_save").click().run()
    mine.run()
    assert mine.text_input(key="profile_phone").value == "111"
    other.button(key="saved_undo").click().run()
    assert other.text_input(key="profile_phone").value == ""


def test_ones_own_second_save_of_the_settings_is_not_late(open_page, scene, database) -> None:
    page = open_page("settings", person_id=scene["first"])
    for name in ("Первый центр", "Второй центр"):
        _type(page, "centre_name", name)
        page.button(key="centre_save").click().run()
        assert not page.error
    with database.reading() as db:
        assert load_centre(db).name == "Второй центр"


def test_two_who_let_people_into_a_case_both_succeed(scene, workspaces, database) -> None:
    with database.writing() as db:
        third, fourth = (factories.make_person(db, roles=[Role.CONSULTANT]) for _ in range(2))
    here = workspaces(Role.CONSULTANT, person_id=scene["first"])
    seen = frozenset({scene["second"]})
    for fresh in (third, fourth):
        casework.set_members(here, case_id=scene["case"], members=seen | {fresh}, seen=seen)
    members = casework.view_case(here, case_id=scene["case"]).case.members
    assert {m.person_id for m in members if m.until is None} == {*seen, third, fourth}


def test_a_meeting_given_back_leaves_steps_away_that_were_taken_away_before(
    scene, workspaces, clock
) -> None:
    here = workspaces(Role.CONSULTANT, person_id=scene["first"])
    work = (Work(scene["first"], 60),)
    draft = Draft(TODAY, frozenset({Topic.BUDGET}), work, cases=frozenset({scene["case"]}))
    agreed = (NewStep("Оставить"), NewStep("Убрать"))
    talk = casework.record_consultation(here, draft=replace(draft, steps=agreed))
    steps = casework.view_case(here, case_id=scene["case"]).steps
    casework.remove_step(here, step_id=next(s.id for s in steps if s.text == "Убрать"))
    clock.now = clock.now.replace(hour=7)
    works = casework.remove_consultation(here, consultation_id=talk)
    casework.restore_consultation(here, consultation_id=talk, works=works)
    shown = casework.view_case(here, case_id=scene["case"]).steps
    assert [step.text for step in shown] == ["Оставить"]

"""The administrator's pages of people, as they are used."""

import pytest

from core.permissions import Role


def test_people_page_invites_a_person_and_shows_the_link_once(open_page) -> None:
    page = open_page("people", role=Role.ADMINISTRATOR, language="en")
    page.text_input(key="invite_name").input("Anna Petrova")
    page.text_input(key="invite_address").input("anna@example.org")
    page.button_group(key="invite_roles").set_value([Role.CONSULTANT])
    page.button(key="invite_submit").click().run()
    assert page.code[0].value.startswith("http://127.0.0.1:8501/?invite=")
    assert not page.exception


@pytest.mark.parametrize("role", [Role.MANAGER, Role.CONSULTANT, Role.EXPERT])
def test_people_page_is_closed_to_everybody_but_administrators(open_page, role: Role) -> None:
    page = open_page("people", role=role, language="en")
    assert ["Your role does not allow this: manage people and roles."] == [
        error.value for error in page.error
    ]


def test_profile_changes_the_language_at_once(open_page) -> None:
    page = open_page("profile", language="en")
    page.button_group(key="profile_language").set_value("ru")
    page.button(key="profile_save").click().run()
    assert page.title[0].value == "Мой профиль"

"""The pages of absences and of handing over."""

from datetime import date

import pytest

from casework.domain.consultation import Draft, Topic, Work
from casework.domain.substitution import Substitution
from casework.service import (
    agree_step,
    arrange_substitution,
    list_substitutions,
    plan_consultation,
    preview_hand_over,
    view_case,
)
from core.permissions import Role
from tests import factories

MANAGER = (Role.MANAGER, Role.CONSULTANT)


@pytest.fixture
def people(database) -> tuple[int, int]:
    with database.writing() as db:
        return tuple(
            factories.make_person(db, name, (Role.CONSULTANT,)) for name in ("Ан_на", "Борис")
        )


@pytest.fixture
def case(database, people) -> int:
    with database.writing() as db:
        return factories.make_case(db, people[0])


def no_failure(page) -> None:
    assert not page.exception, page.exception
    assert not page.error, [error.value for error in page.error]


def test_an_absence_is_arranged_seen_on_the_case_and_ended(
    open_page, workspaces, people, case
) -> None:
    page = open_page("substitutions", person_id=people[0])
    page.selectbox(key="substitution_substitute").set_value(people[1])
    page.button(key="substitution_save").click().run()
    assert page.error
    page.date_input(key="substitution_until").set_value(date(2026, 11, 30))
    page.button(key="substitution_save").click().run()
    no_failure(page)

    manager = workspaces(Role.MANAGER)
    [line] = list_substitutions(manager)
    assert (line.person, line.substitute) == ("Ан_на", "Борис")
    shown = open_page("case", person_id=people[1], case=case)
    assert "case_save" in {button.key for button in shown.button}
    assert any("замещает Борис" in mark.value for mark in shown.markdown)

    page.button(key=f"substitution_end_{line.substitution.id}").click().run()
    no_failure(page)
    assert list_substitutions(manager) == ()
    page.button(key="saved_undo").click().run()
    assert len(list_substitutions(manager)) == 1


def test_a_manager_hands_over_what_they_saw(open_page, workspaces, people, case) -> None:
    lead = workspaces(Role.CONSULTANT, person_id=people[0])
    agree_step(lead, case_id=case, text="Отчёт")
    page = open_page("hand_over", role=MANAGER, leaver=people[0])
    assert "1 сопровождение · 1 открытый шаг · 0 назначенных встреч" in [
        mark.value for mark in page.markdown
    ]
    page.button(key="hand_over_save").click().run()
    assert page.error
    page.selectbox(key="hand_over_all").set_value(people[1])
    page.button(key="hand_over_save").click().run()
    assert view_case(lead, case_id=case).case.lead_id == people[0]  # nobody said that it is meant
    page.checkbox(key="hand_over_sure").check()
    page.button(key="hand_over_save").click().run()
    no_failure(page)
    assert view_case(lead, case_id=case).case.lead_id == people[1]
    assert any("Передано. Борис: 1 сопровождение" in mark.value for mark in page.markdown)


def test_meetings_in_cases_of_others_are_named_and_passed_on(
    open_page, workspaces, people, database
) -> None:
    with database.writing() as db:
        case = factories.make_case(db, people[1], members={people[0]})
    anna = workspaces(Role.CONSULTANT, person_id=people[0])
    work = (Work(people[0], 30),)
    day = date(2026, 11, 30)
    draft = Draft(day, frozenset({Topic.LEGAL}), work, cases=frozenset({case}))
    plan_consultation(anna, draft=draft)
    manager = workspaces(Role.MANAGER)
    away = Substitution(people[1], people[0], date(2026, 11, 23), date(2026, 12, 7))
    arrange_substitution(manager, wanted=away)

    page = open_page("hand_over", role=MANAGER, leaver=people[0])
    said = [mark.value.replace("\\", "").replace("\xa0", " ") for mark in page.markdown]
    assert any(line.startswith("30 ноября · ") for line in said)
    assert [line for line in said if "замещает" in line] == [
        (
            ":material/warning: Ан_на замещает: Борис, с 23 ноября по 7 декабря."
            " Назначьте там кого-то ещё."
        ),
        ":material/warning: Борис отсутствует по 7 декабря, замещает Ан_на.",
    ]
    page.selectbox(key="hand_over_meetings").set_value(people[1])
    page.checkbox(key="hand_over_sure").check()
    page.button(key="hand_over_save").click().run()
    no_failure(page)
    assert any("Борис: 1 назначенная встреча" in mark.value for mark in page.markdown)
    assert preview_hand_over(manager, leaver_id=people[0]).is_empty

"""Agreements and rules: entered, changed, seen beside the facts."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.permissions import Role
from core.workspace import Workspace
from hours.domain.agreements import AgreementPlan, Measure, Served, Terms
from hours.domain.entries import Activity, TimeKind
from hours.domain.events import Event
from hours.service import (
    add_agreement,
    edit_agreement,
    list_agreements,
    replace_event,
    serve_agreement,
    view_rules,
)
from tests.hours.centre import TODAY, line, record
from tests.hours.pages.test_my_hours import said

Open = Callable[..., AppTest]
PLANS = (
    AgreementPlan(Activity.CONSULTING, Measure.STAFF, 6000),
    AgreementPlan(Activity.CONSULTING, Measure.PERSON, 600),
)
TERMS = Terms("City *grant*", date(2026, 11, 1), date(2027, 1, 31), "City", 3, plans=PLANS)


@pytest.fixture
def manager(workspaces: Callable[..., Workspace]) -> Workspace:
    return workspaces(Role.MANAGER)


@pytest.fixture
def agreement(manager: Workspace) -> int:
    found = add_agreement(manager, terms=TERMS)
    serve_agreement(manager, served=Served(Activity.CONSULTING, date(2026, 11, 1), found))
    with manager.reading() as tx:
        person = tx.actor.person_id
    record(manager, 1, line(person, 90))
    with manager.transaction() as tx:
        replace_event(tx, ("consultation", 1), Event(TODAY, 60, 4))
    return found


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_agreement_shows_its_three_measures_apart(
    open_page: Open, agreement: int, language: str
) -> None:
    page = open_page("agreement", Role.MANAGER, language, agreement=agreement)
    told = said(page)
    hours = {"ru": ("1 ч 30 мин", "1 ч", "4 ч"), "en": ("1 h 30 min", "1 h", "4 h")}[language]
    assert [f"## {each}" in told for each in hours] == [True, True, True]
    done = [" ".join(cell.split()) for cell in page.dataframe[0].value["done"]]
    assert done == [hours[0], hours[2]]


def test_a_new_agreement_is_entered_in_hours(open_page: Open, manager: Workspace) -> None:
    page = open_page("agreement_edit", Role.MANAGER, "en")
    page = page.button("agreement_save").click().run()
    assert len(page.error) == 1  # it has no name yet
    page.text_input("agreement_new_name").set_value("Grant")
    page.number_input("agreement_new_consulting_staff_0").set_value(250)
    page.number_input("agreement_new_training_event_0").set_value(12)
    page = page.button("agreement_save").click().run()
    assert not page.exception
    (found,) = list_agreements(manager)
    assert (found.name, found.terms.plans) == (
        "Grant",
        (
            AgreementPlan(Activity.CONSULTING, Measure.STAFF, 15_000),
            AgreementPlan(Activity.TRAINING, Measure.EVENT, 720),
        ),
    )


def test_who_saves_an_agreement_later_sees_what_the_other_wrote(
    open_page: Open, agreement: int, manager: Workspace
) -> None:
    page = open_page("agreement_edit", Role.MANAGER, "en", agreement=agreement)
    other = Terms("Changed", TERMS.starts_on, TERMS.ends_on, "Fund", 3)
    edit_agreement(manager, agreement_id=agreement, version=1, terms=other)
    page.text_input(f"agreement_{agreement}_name").set_value("Mine")
    page = page.button("agreement_save").click().run()
    assert len(page.error) == 1
    assert len(page.table) == 1
    assert page.text_input(f"agreement_{agreement}_name").value == "Mine"


def test_a_rule_is_set_from_a_date_on_and_taken_back(open_page: Open, manager: Workspace) -> None:
    page = open_page("settings", Role.MANAGER, "en")
    page.multiselect("rule_consulting").set_value([TimeKind.CONTACT])
    page = page.button("rule_save").click().run()
    assert not page.exception
    rules = view_rules(manager).rules
    assert [rule.valid_from for rule in rules] == [date.min, date(2026, 11, 1)]
    assert rules[1].kinds[Activity.CONSULTING] == {TimeKind.CONTACT}
    page = page.button(f"rule_remove_sure_{rules[1].id}").click().run()
    assert len(view_rules(manager).rules) == 1


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.EXPERT])
def test_agreements_are_for_those_who_answer_for_them(open_page: Open, role: Role) -> None:
    for page in ("agreements", "agreement_edit"):
        assert len(open_page(page, role, "en").error) == 1


def test_an_unknown_agreement_or_period_gets_one_sentence(open_page: Open, agreement: int) -> None:
    for query in ({"agreement": 999}, {"agreement": agreement, "period": "2026-01-01"}):
        page = open_page("agreement", Role.MANAGER, "en", **query)
        assert (len(page.error), len(page.exception)) == (1, 0)

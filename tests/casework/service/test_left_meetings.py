"""Meetings of somebody who leaves, on both databases: none stays with them unseen."""

from datetime import date, timedelta

import pytest

from casework.domain.consultation import Draft, Topic, Work
from casework.domain.substitution import HandedOver, NotAConsultantError, Received, Substitution
from casework.service import (
    arrange_substitution,
    hand_over_cases,
    list_leading,
    plan_consultation,
    preview_hand_over,
    view_consultation,
)
from core.errors import RequiredError
from core.permissions import Role, Secrecy
from core.workspace import Workspace
from tests import factories

TODAY = date(2026, 11, 23)
NAMES = ("Анна", "Борис", "Вера")


@pytest.fixture
def people(database) -> tuple[int, int, int]:
    """Anna leaves, Boris and Vera stay."""
    with database.writing() as db:
        anna, boris, vera = (factories.make_person(db, name, (Role.CONSULTANT,)) for name in NAMES)
    return anna, boris, vera


@pytest.fixture
def manager(workspaces) -> Workspace:
    return workspaces(Role.MANAGER)


@pytest.fixture
def plan(workspaces, people):
    """Plan meetings of a case that Anna leads, alone or beside others."""
    anna = workspaces(Role.CONSULTANT, person_id=people[0])

    def planned(case: int, *beside: int, secrecy: Secrecy = Secrecy.CASE, after: int = 1) -> int:
        return plan_consultation(
            anna,
            draft=Draft(
                TODAY + timedelta(days=after),
                frozenset({Topic.LEGAL}),
                tuple(Work(who, 30) for who in (people[0], *beside)),
                cases=frozenset({case}),
                secrecy=secrecy,
            ),
        )

    return planned


@pytest.fixture
def case(database, people) -> int:
    """Vera's case, on which Anna works too."""
    with database.writing() as db:
        return factories.make_case(db, people[2], members={people[0]})


def leads(manager: Workspace, meeting: int) -> tuple[int, ...]:
    found = view_consultation(manager, consultation_id=meeting).consultation
    assert found is not None
    return found.consultants


def test_meetings_in_cases_of_others_pass_on_and_the_leaver_is_listed_until_then(
    manager, people, case, plan
) -> None:
    anna, boris, vera = people
    alone, shared = plan(case), plan(case, vera, after=2)
    assert list_leading(manager)[anna] == "Анна"
    preview = preview_hand_over(manager, leaver_id=anna)
    assert (preview.cases, preview.meetings, preview.is_empty) == ((), 2, False)
    assert [(one.id, one.is_shared) for one in preview.others] == [(alone, False), (shared, True)]

    done = hand_over_cases(manager, leaver_id=anna, to={}, meetings_to=boris)

    assert done == HandedOver((Received("Борис", 0, 1),), freed=1)
    assert (leads(manager, alone), leads(manager, shared)) == ((boris,), (vera,))
    assert anna not in list_leading(manager)
    assert preview_hand_over(manager, leaver_id=anna).is_empty


def test_a_meeting_of_a_case_goes_to_the_successor_of_that_case(
    manager, people, case, plan, database
) -> None:
    anna, boris, vera = people
    with database.writing() as db:
        own = factories.make_case(db, anna)
    in_own, in_others = plan(own, boris), plan(case)
    [left] = preview_hand_over(manager, leaver_id=anna).cases
    assert (left.case_id, left.meetings) == (own, 1)

    done = hand_over_cases(manager, leaver_id=anna, to={own: vera}, meetings_to=boris)

    assert done == HandedOver((Received("Борис", 0, 1), Received("Вера", 1, 1)), freed=0)
    assert set(leads(manager, in_own)) == {boris, vera}
    assert leads(manager, in_others) == (boris,)


def test_a_meeting_that_nobody_would_lead_asks_for_a_consultant(
    manager, people, case, plan, workspaces
) -> None:
    anna = people[0]
    meeting = plan(case)
    with workspaces(Role.EXPERT).reading() as tx:
        expert = tx.actor.person_id
    for wrong, error in (
        (None, RequiredError), (anna, RequiredError), (expert, NotAConsultantError),
    ):  # fmt: skip
        with pytest.raises(error):
            hand_over_cases(manager, leaver_id=anna, to={}, meetings_to=wrong)
    assert leads(manager, meeting) == (anna,)


def test_private_meetings_stay_the_leaver_s_and_keep_nobody_in_the_list(
    manager, people, case, plan, workspaces
) -> None:
    anna, boris, _vera = people
    private = plan(case, secrecy=Secrecy.PRIVATE)
    assert anna not in list_leading(manager)
    assert preview_hand_over(manager, leaver_id=anna).is_empty
    hand_over_cases(manager, leaver_id=anna, to={}, meetings_to=boris)
    assert leads(workspaces(Role.CONSULTANT, person_id=anna), private) == (anna,)


def test_the_preview_tells_whose_absence_matters(manager, people) -> None:
    anna, boris, vera = people
    later = Substitution(boris, anna, TODAY + timedelta(days=9), TODAY + timedelta(days=12))
    now = Substitution(vera, boris, TODAY, TODAY + timedelta(days=3))
    for wanted in (later, now):
        arrange_substitution(manager, wanted=wanted)
    preview = preview_hand_over(manager, leaver_id=anna)
    assert [line.person for line in preview.stands_in] == ["Борис"]
    assert [(line.person, line.substitute) for line in preview.absent] == [("Вера", "Борис")]

"""Consents taken back, on both databases."""

from datetime import date

import pytest

from accounts.domain.contact import Consent, ConsentScope, NewConsent
from casework import service
from casework.domain.initiative import InitiativeForm, NewInitiative, NewParticipant
from core.audit import find_lines
from core.errors import ForbiddenError, NotFoundError, OutOfRangeError, StaleError
from core.permissions import Role

GIVEN, TODAY = date(2026, 3, 1), date(2026, 11, 23)


def _register(workspace, name: str) -> int:
    consent = NewConsent(ConsentScope.CONTACT, GIVEN, "подписанный бланк")
    leader = NewParticipant("Анна Ёлкина", phone="+7 342", consent=consent)
    new = NewInitiative(InitiativeForm(name), leader=leader)
    made = service.register_initiative(workspace, new=new, is_sure=True)
    assert made.id is not None
    return made.id


def _consent(workspace, initiative_id: int) -> tuple[dict[str, int], Consent]:
    view = service.view_initiative(workspace, initiative_id=initiative_id)
    [contact] = view.contacts.values()
    [consent] = contact.consents
    which = {"initiative_id": initiative_id, "person_id": contact.id, "consent_id": consent.id}
    return which, consent


@pytest.fixture
def initiative_id(workspace) -> int:
    return _register(workspace, "Живой двор")


def test_a_consent_taken_back_stays_in_the_history_with_its_day(
    workspace, initiative_id, database
) -> None:
    which, given = _consent(workspace, initiative_id)
    service.withdraw_consent(workspace, **which, on=date(2026, 11, 20))
    now = _consent(workspace, initiative_id)[1]
    assert (now.given_on, now.ground, now.withdrawn_on) == (
        GIVEN, "подписанный бланк", date(2026, 11, 20),
    )  # fmt: skip
    service.restore_consent(workspace, **which, on=date(2026, 11, 20))
    assert _consent(workspace, initiative_id)[1] == given
    with database.reading() as db:
        told = [line.action for line in reversed(find_lines(db))]
        assert "бланк" not in str(find_lines(db))
    assert told[-2:] == ["consent.withdrawn", "consent.restored"]


@pytest.mark.parametrize("day", [date(2026, 2, 28), date(2026, 11, 24)])
def test_a_consent_ends_neither_before_it_was_given_nor_in_the_future(
    workspace, initiative_id, day
) -> None:
    which, given = _consent(workspace, initiative_id)
    with pytest.raises(OutOfRangeError):
        service.withdraw_consent(workspace, **which, on=day)
    assert _consent(workspace, initiative_id)[1] == given


def test_the_day_that_somebody_else_recorded_is_not_overwritten(workspace, initiative_id) -> None:
    which, _given = _consent(workspace, initiative_id)
    service.withdraw_consent(workspace, **which, on=TODAY)
    with pytest.raises(StaleError):
        service.withdraw_consent(workspace, **which, on=date(2026, 11, 20))
    with pytest.raises(StaleError):
        service.restore_consent(workspace, **which, on=date(2026, 11, 20))
    service.withdraw_consent(workspace, **which, on=TODAY)  # sent twice
    assert _consent(workspace, initiative_id)[1].withdrawn_on == TODAY


def test_a_consent_of_somebody_else_is_not_found(workspace, initiative_id) -> None:
    mine, _given = _consent(workspace, initiative_id)
    other, given = _consent(workspace, _register(workspace, "Школа соседей"))
    for mixed in (
        mine | {"consent_id": other["consent_id"]},
        other | {"initiative_id": initiative_id},
    ):
        with pytest.raises(NotFoundError):
            service.withdraw_consent(workspace, **mixed, on=TODAY)
    assert _consent(workspace, other["initiative_id"])[1] == given


def test_an_expert_records_no_withdrawal(workspace, workspaces, initiative_id) -> None:
    which, _given = _consent(workspace, initiative_id)
    with pytest.raises(ForbiddenError):
        service.withdraw_consent(workspaces(Role.EXPERT), **which, on=TODAY)

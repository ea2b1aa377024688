"""Signing in, invitations, roles: against real databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from accounts import service, store
from accounts.domain import passwords, throttle
from accounts.domain.person import AddressTakenError, LastAdministratorError
from accounts.domain.throttle import Client, SignInRefusedError, TooManyFailuresError
from core import audit
from core.errors import ForbiddenError, SignedOutError, StaleError
from core.links import LinkEndedError
from core.permissions import Role
from core.workspace import Workspace
from tests import factories

PASSWORD = "seven quiet herons"
HERE = Client("10.0.0.1")


@pytest.fixture
def anna(database) -> int:
    with database.writing() as db:
        person_id = factories.make_person(db, name="Anna", roles=[Role.CONSULTANT])
        store.set_password(db, person_id, passwords.hash_password(PASSWORD))
    return person_id


def address_of(database, person_id: int) -> str:
    with database.reading() as db:
        return store.load_person(db, person_id).address


def actor_behind(database, token: str, clock) -> object:
    return service.who(Workspace(database, service.identify(token), clock))


def test_right_password_opens_a_session_of_that_person(database, anna, clock) -> None:
    entry = service.sign_in(
        database, address_of(database, anna).upper(), PASSWORD, client=HERE, clock=clock
    )
    assert anna == actor_behind(database, entry.token, clock).person_id


def test_unknown_account_gets_the_same_answer_as_a_wrong_password(database, anna, clock) -> None:
    answers = []
    for address in (address_of(database, anna), "nobody@example.org"):
        with pytest.raises(SignInRefusedError) as refused:
            service.sign_in(database, address, "wrong password", client=HERE, clock=clock)
        answers.append((type(refused.value), refused.value.details))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("known", [True, False])
def test_five_failures_lock_the_account_for_five_minutes(database, anna, clock, known) -> None:
    address = address_of(database, anna) if known else "nobody@example.org"
    for attempt in range(throttle.PER_ACCOUNT):
        with pytest.raises(SignInRefusedError):
            service.sign_in(
                database, address, "wrong", client=Client(f"10.0.0.{attempt}"), clock=clock
            )
    with pytest.raises(TooManyFailuresError):
        service.sign_in(database, address, PASSWORD, client=Client("10.9.9.9"), clock=clock)
    clock.now += timedelta(minutes=5, seconds=1)
    if known:
        assert service.sign_in(database, address, PASSWORD, client=HERE, clock=clock).token
    else:
        with pytest.raises(SignInRefusedError):
            service.sign_in(database, address, PASSWORD, client=HERE, clock=clock)


def test_failures_are_counted_by_network_address_too(database, anna, clock) -> None:
    for attempt in range(throttle.PER_NETWORK):
        with pytest.raises(SignInRefusedError):
            service.sign_in(database, f"x{attempt}@example.org", "wrong", client=HERE, clock=clock)
    with pytest.raises(TooManyFailuresError):
        service.sign_in(database, address_of(database, anna), PASSWORD, client=HERE, clock=clock)


def test_ticket_gives_a_fresh_token_once(database, anna, clock) -> None:
    entry = service.sign_in(
        database, address_of(database, anna), PASSWORD, client=HERE, clock=clock
    )
    token = service.exchange_ticket(database, entry.ticket, clock=clock)
    assert token != entry.token
    assert anna == actor_behind(database, token, clock).person_id
    with pytest.raises(LinkEndedError):
        service.exchange_ticket(database, entry.ticket, clock=clock)


def test_ticket_dies_after_a_minute(database, anna, clock) -> None:
    entry = service.sign_in(
        database, address_of(database, anna), PASSWORD, client=HERE, clock=clock
    )
    clock.now += timedelta(minutes=1)
    with pytest.raises(LinkEndedError):
        service.exchange_ticket(database, entry.ticket, clock=clock)


def test_sign_out_ends_every_tab_of_the_browser_but_no_other_browser(database, anna, clock) -> None:
    address = address_of(database, anna)
    first = service.sign_in(database, address, PASSWORD, client=HERE, clock=clock)
    cookie = service.exchange_ticket(database, first.ticket, clock=clock)
    other = service.sign_in(database, address, PASSWORD, client=HERE, clock=clock)
    service.sign_out(database, cookie, clock=clock)
    for token in (first.token, cookie):
        with pytest.raises(SignedOutError):
            actor_behind(database, token, clock)
    assert anna == actor_behind(database, other.token, clock).person_id


def test_session_ends_after_twelve_idle_hours_and_after_fourteen_days(
    database, anna, clock
) -> None:
    address = address_of(database, anna)
    idle = service.sign_in(database, address, PASSWORD, client=HERE, clock=clock).token
    busy = service.sign_in(database, address, PASSWORD, client=HERE, clock=clock).token
    for _step in range(30):
        clock.now += timedelta(hours=11)
        service.keep_alive(Workspace(database, service.identify(busy), clock), busy)
    with pytest.raises(SignedOutError):
        actor_behind(database, idle, clock)
    assert anna == actor_behind(database, busy, clock).person_id
    clock.now += timedelta(hours=11)  # used all the time, but older than fourteen days
    with pytest.raises(SignedOutError):
        actor_behind(database, busy, clock)


def test_closing_an_account_and_changing_roles_take_effect_at_the_next_act(
    database, anna, clock, workspaces
) -> None:
    admin = workspaces(Role.ADMINISTRATOR)
    token = service.sign_in(
        database, address_of(database, anna), PASSWORD, client=HERE, clock=clock
    ).token
    service.set_account_roles(admin, anna, [Role.MANAGER, Role.EXPERT], seen=[Role.CONSULTANT])
    assert {Role.MANAGER, Role.EXPERT} == actor_behind(database, token, clock).roles
    service.set_account_active(admin, anna, active=False)
    with pytest.raises(SignedOutError):
        actor_behind(database, token, clock)
    with pytest.raises(SignInRefusedError):
        service.sign_in(database, address_of(database, anna), PASSWORD, client=HERE, clock=clock)


def test_invitation_sets_a_password_once_and_a_new_link_ends_the_old(
    database, clock, workspaces
) -> None:
    admin = workspaces(Role.ADMINISTRATOR)
    person_id, first = service.invite_person(
        admin, name=" Пётр  Ёлкин ", address="P@Example.org", roles=[Role.EXPERT]
    )
    second = service.hand_link(admin, person_id)
    with pytest.raises(LinkEndedError):
        service.invited_person(database, first, clock=clock)
    assert "Пётр Ёлкин" == service.invited_person(database, second, clock=clock).name
    with pytest.raises(passwords.PasswordsDifferError):
        service.accept_invitation(database, second, PASSWORD, "other words", clock=clock)
    entry = service.accept_invitation(database, second, PASSWORD, PASSWORD, clock=clock)
    assert person_id == actor_behind(database, entry.token, clock).person_id
    with pytest.raises(LinkEndedError):
        service.accept_invitation(database, second, PASSWORD, PASSWORD, clock=clock)
    assert service.sign_in(database, "p@example.org", PASSWORD, client=HERE, clock=clock).token


def test_two_people_cannot_share_an_address(workspaces) -> None:
    admin = workspaces(Role.ADMINISTRATOR)
    service.invite_person(admin, name="A", address="a@example.org", roles=[Role.EXPERT])
    with pytest.raises(AddressTakenError):
        service.invite_person(admin, name="B", address="A@example.org", roles=[Role.EXPERT])


def test_last_administrator_cannot_be_closed_or_demoted(workspaces) -> None:
    admin = workspaces(Role.ADMINISTRATOR)
    with admin.reading() as tx:
        me = tx.actor.person_id
    with pytest.raises(LastAdministratorError):
        service.set_account_active(admin, me, active=False)
    with pytest.raises(LastAdministratorError):
        service.set_account_roles(admin, me, [Role.MANAGER], seen=[Role.ADMINISTRATOR])


@pytest.mark.parametrize("role", [Role.MANAGER, Role.CONSULTANT, Role.EXPERT])
def test_only_administrators_manage_people(workspaces, role) -> None:
    other = workspaces(role)
    with pytest.raises(ForbiddenError):
        service.list_accounts(other)
    with pytest.raises(ForbiddenError):
        service.invite_person(other, name="A", address="a@example.org", roles=[Role.EXPERT])
    with pytest.raises(ForbiddenError):
        service.search_audit(other)


def test_profile_saved_by_two_keeps_the_first_and_tells_the_second(workspaces) -> None:
    from dataclasses import replace

    mine = workspaces(Role.CONSULTANT, name="Anna")
    with mine.reading() as tx:
        seen = store.load_person(tx.db, tx.actor.person_id)
    service.edit_profile(mine, replace(seen, phone="+7 1"))
    with pytest.raises(StaleError):
        service.edit_profile(mine, replace(seen, phone="+7 2"))
    with mine.reading() as tx:
        assert "+7 1" == store.load_person(tx.db, seen.id).phone


def test_set_up_token_claims_an_empty_server_once(database, clock) -> None:
    from core.settings import Centre, load_centre

    assert service.set_up_open(database)
    old = service.offer_set_up(database, clock=clock)
    token = service.offer_set_up(database, clock=clock)

    def claim(with_token: str) -> service.Entry:
        door = Workspace.of(database, factories_actor(), clock)
        with door.transaction() as tx:
            return service.claim_server(
                tx, with_token, centre=Centre("Centre"), name="Ada", address="a@b.org",
                password_hash="x",
            )  # fmt: skip

    for wrong in (old, "guess", ""):
        with pytest.raises(LinkEndedError):
            claim(wrong)
    entry = claim(token)
    assert {Role.ADMINISTRATOR} == actor_behind(database, entry.token, clock).roles
    assert service.offer_set_up(database, clock=clock) is None
    with pytest.raises(LinkEndedError):
        claim(token)
    with database.reading() as db:
        assert "Centre" == load_centre(db).name


def factories_actor():
    from core.permissions import Actor

    return Actor(0, frozenset())


def test_audit_of_accounts_holds_no_name_or_address(database, workspaces, clock) -> None:
    admin = workspaces(Role.ADMINISTRATOR)
    service.invite_person(
        admin, name="Planted Name", address="planted@example.org", roles=[Role.EXPERT]
    )
    with database.reading() as db:
        text = " ".join(f"{n.action} {n.subject} {n.details}" for n in audit.find_lines(db))
        assert audit.verify(db).broken_at is None
    assert "account.invited" in text
    assert "lanted" not in text


def test_many_sign_ins_at_once_all_succeed(database, anna) -> None:
    address = address_of(database, anna)
    with ThreadPoolExecutor(10) as pool:
        entries = list(
            pool.map(
                lambda _n: service.sign_in(database, address, PASSWORD, client=HERE), range(10)
            )
        )
    assert 10 == len({entry.token for entry in entries})


def test_guesses_sent_at_the_same_moment_are_counted_too(database, anna, clock) -> None:
    address = address_of(database, anna)

    def guess(number: int) -> str:
        client = Client(f"10.0.1.{number}")
        try:
            service.sign_in(database, address, f"guess {number}", client=client, clock=clock)
        except (SignInRefusedError, TooManyFailuresError) as error:
            return error.code
        return "in"

    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(guess, range(12)))
    assert answers.count(SignInRefusedError.code) == throttle.PER_ACCOUNT
    assert answers.count(TooManyFailuresError.code) == 12 - throttle.PER_ACCOUNT

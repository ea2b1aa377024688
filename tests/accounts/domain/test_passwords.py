"""Passwords that are refused and accepted, and how they are kept."""

import pytest

from accounts.domain import passwords
from accounts.domain.throttle import UNTRUSTED, client_of


@pytest.mark.parametrize(
    ("password", "error"),
    [
        ("short", passwords.PasswordTooShortError),
        ("x" * 201, passwords.PasswordTooLongError),
        ("Anna.Petrova@example.org", passwords.PasswordIsAddressError),
        ("anna.petrova", passwords.PasswordIsAddressError),
        ("Password2026!", passwords.PasswordCommonError),
        ("йцукенгшщзхъ", passwords.PasswordCommonError),
        ("ПарольПароль1", passwords.PasswordCommonError),
        ("1234567890", passwords.PasswordCommonError),
        ("aaaaaaaaaaaa", passwords.PasswordCommonError),
        ("abcdefghijkl", passwords.PasswordCommonError),
    ],
)
def test_easily_guessed_password_is_refused(password, error) -> None:
    with pytest.raises(error):
        passwords.check(password, "anna.petrova@example.org")


@pytest.mark.parametrize("password", ["seven quiet herons", "тихие цапли на Каме", "kJ8#fv2!pQ"])
def test_rare_password_is_accepted(password) -> None:
    passwords.check(password, "anna@example.org")


def test_hash_is_argon2id_with_our_parameters_and_matches_only_itself() -> None:
    stored = passwords.hash_password("seven quiet herons")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.matches("seven quiet herons", stored)
    assert not passwords.matches("seven quiet heron", stored)
    assert not passwords.is_outdated(stored)


def test_account_without_a_password_matches_nothing() -> None:
    assert not passwords.matches("", "")
    assert not passwords.matches("nobody's password", "")


def test_hash_of_other_parameters_is_outdated() -> None:
    from argon2 import PasswordHasher

    assert passwords.is_outdated(PasswordHasher(time_cost=1, memory_cost=8192).hash("x"))


def test_forwarded_header_without_trusted_proxies_falls_into_one_bucket() -> None:
    forged = {
        client_of(f"10.0.0.{n}", forwarded=True, proxies_trusted=False).network for n in range(9)
    }
    assert {UNTRUSTED} == forged
    assert "10.0.0.1" == client_of("10.0.0.1", forwarded=False, proxies_trusted=False).network
    assert "10.0.0.1" == client_of("10.0.0.1", forwarded=True, proxies_trusted=True).network

"""Passwords: what is accepted, how it is kept.

argon2id with 19 MiB, 2 passes and 1 lane (OWASP's first choice for argon2id): the library's
default costs 64 MiB each, which fifty sign-ins at once would turn into 3 GiB. At most two are
computed at a time in a process.
"""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from accounts.domain.common_passwords import COMMON
from core.errors import DomainError
from core.i18n import sort_key

MINIMUM: Final = 10
MAXIMUM: Final = 200
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_TURNS: Final = ThreadPoolExecutor(2, thread_name_prefix="password")
"""Two at a time, and always in the same two threads: every thread that hashes keeps its 19 MiB."""


class PasswordTooShortError(DomainError):
    """Shorter than the minimum; details: minimum."""

    code = "error.password_too_short"


class PasswordTooLongError(DomainError):
    """Longer than any password need be; details: maximum."""

    code = "error.password_too_long"


class PasswordIsAddressError(DomainError):
    """The password is the sign-in address, or its first half."""

    code = "error.password_is_address"


class PasswordCommonError(DomainError):
    """The password stands on every list of common ones, or repeats one sign."""

    code = "error.password_common"


class PasswordsDifferError(DomainError):
    """The password and its repetition differ."""

    code = "error.passwords_differ"


def check(password: str, address: str) -> None:
    """Refuse a password that is easy to guess."""
    if len(password) < MINIMUM:
        raise PasswordTooShortError(minimum=MINIMUM)
    if len(password) > MAXIMUM:
        raise PasswordTooLongError(maximum=MAXIMUM)
    folded = sort_key(password)
    if folded in {sort_key(address), sort_key(address.partition("@")[0])}:
        raise PasswordIsAddressError
    if folded in COMMON or folded.rstrip("0123456789!.") in COMMON or _is_monotonous(folded):
        raise PasswordCommonError


def hash_password(password: str) -> str:
    """Hash a password [PHC string]; waits its turn."""
    return _TURNS.submit(_HASHER.hash, password).result()


def matches(password: str, stored: str) -> bool:
    """Check a password; costs the same time when there is nothing to compare it with."""
    return _TURNS.submit(_matches, password, stored).result()


def is_outdated(stored: str) -> bool:
    """Tell whether a hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(stored)


def _matches(password: str, stored: str) -> bool:
    try:
        return _HASHER.verify(stored or _dummy(), password[:MAXIMUM]) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False


def _is_monotonous(text: str) -> bool:
    steps = {ord(b) - ord(a) for a, b in pairwise(text)}
    return len(set(text)) <= 3 or steps in ({1}, {-1})  # noqa: PLR2004 — three different signs


_made: list[str] = []


def _dummy() -> str:
    if not _made:
        _made.append(_HASHER.hash("nobody's password"))
    return _made[0]

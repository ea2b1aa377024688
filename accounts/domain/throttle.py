"""How often one may fail to sign in.

Failures are counted over a sliding window, for the account named and for the network address;
unknown accounts are counted like known ones, so that the answer tells nothing.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from core.errors import DomainError
from core.i18n import sort_key

WINDOW: Final = timedelta(minutes=5)
PER_ACCOUNT: Final = 5
PER_NETWORK: Final = 20
"""Several people may sit behind one address; one guesser may try several accounts."""
UNTRUSTED: Final = "forwarded"
"""The one bucket of all requests whose forwarding headers nobody vouches for."""


class SignInRefusedError(DomainError):
    """Wrong address or password, or no such account: never says which."""

    code = "error.sign_in_refused"


class TooManyFailuresError(DomainError):
    """Too many failures; details: minutes to wait."""

    code = "error.too_many_failures"


@dataclass(frozen=True, slots=True)
class Client:
    """Where a request comes from: its network address as the server believes it."""

    network: str = ""


def buckets(address: str, client: Client) -> tuple[tuple[str, int], ...]:
    """Give the counted buckets, hashed, each with how many failures it bears."""
    return (
        (_hashed(f"account:{sort_key(address)}"), PER_ACCOUNT),
        (_hashed(f"network:{client.network}"), PER_NETWORK),
    )


def client_of(peer: str, *, forwarded: bool, proxies_trusted: bool) -> Client:
    """Decide where a request comes from.

    `peer` is the address after the server has resolved forwarding headers; with no trusted
    proxies a request that carries such a header cannot be told from any other such.
    """
    if forwarded and not proxies_trusted:
        return Client(UNTRUSTED)
    return Client(peer)


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

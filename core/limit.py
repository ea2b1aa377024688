"""How often one address may ask a public page: for the pages that need no account.

Their links hold 256 random bits, so nobody guesses one; the limit keeps a loop from taking the
server away from the others. Each process counts by itself.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

_ADDRESSES: Final = 10_000


class Limit:
    """At most `most` requests of one address in `seconds`; the oldest addresses are forgotten."""

    def __init__(
        self, most: int, seconds: float = 60, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._seen: OrderedDict[str, list[float]] = OrderedDict()

    def allows(self, address: str) -> bool:
        """Count a request, and tell whether it may be answered."""
        now = self._clock()
        moments = [at for at in self._seen.pop(address, []) if now - at < self._seconds]
        is_allowed = len(moments) < self._most
        if is_allowed:
            moments.append(now)
        self._seen[address] = moments
        while len(self._seen) > _ADDRESSES:
            self._seen.popitem(last=False)
        return is_allowed

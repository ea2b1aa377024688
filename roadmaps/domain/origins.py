"""Which step of a template a task came from: its exchange name says so.

`event.notice~4f2a91c0` is the step `notice` of the template `event`, in the plan marked
4f2a91c0: so the advice of a step is found again after a copy or a trip through a file, and two
plans of one template never share a name.
"""

import re
from typing import Final, NamedTuple

_NAME: Final = re.compile(r"([a-z0-9_]{1,24})\.([a-z0-9_-]{1,28})(?:~[0-9a-f]{1,8})?")


class OriginStep(NamedTuple):
    """A step of a template that comes with the program."""

    template: str
    step: str


def named_after(template: str, step: str, mark: str) -> str:
    """Name a task after its step, in the plan of a mark."""
    return f"{template}.{step}~{mark}" if mark else f"{template}.{step}"


def origin_of(uid: str) -> OriginStep | None:
    """Tell which step a task was made of; None if its name says nothing of the kind."""
    found = _NAME.fullmatch(uid)
    return OriginStep(*found.groups()) if found else None


def renamed(uid: str, mark: str) -> str:
    """Name the copy of a task; empty where only the database can give a name."""
    origin = origin_of(uid)
    return named_after(*origin, mark) if origin else ""

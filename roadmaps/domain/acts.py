"""What a hand does in the editor of a plan, as it comes from the browser."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeAlias

from core.errors import InvalidError
from core.i18n import Term
from roadmaps.domain.plan import Dependency, LinkKey, LinkKind
from roadmaps.domain.rows import Move, Where

ACTS_LIMIT: Final = 20
_LARGEST: Final = 2**31 - 1
_LONGEST_TEXT: Final = 2_000


class Step(StrEnum):
    """Along one's own changes: the last one back, or the last taken back again."""

    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Turn:
    """A step along one's own changes, as it was offered: of the change `seq` and no other."""

    step: Step
    seq: int


@dataclass(frozen=True, slots=True)
class Place:
    """Put a task where a hand wants it: `at` a moment, or `by` so many units from where it is."""

    task: int
    at: datetime | None = None
    by: int = 0


@dataclass(frozen=True, slots=True)
class Free:
    """Let the links of a task place it again."""

    task: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Let a task last `until` a moment (counted in days: the last day), or `by` more units."""

    task: int
    until: datetime | None = None
    by: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """Say how much of a task is done [%]."""

    task: int
    percent: int


@dataclass(frozen=True, slots=True)
class Call:
    """Give a task another name."""

    task: int
    title: str


@dataclass(frozen=True, slots=True)
class Shift:
    """Move a row with its parts by one place."""

    task: int
    move: Move


@dataclass(frozen=True, slots=True)
class Drag:
    """Move a row with its parts beside another one, or into it."""

    task: int
    beside: int
    where: Where


@dataclass(frozen=True, slots=True)
class Link:
    """Make one task wait for another."""

    link: Dependency


@dataclass(frozen=True, slots=True)
class Unlink:
    """Let a task wait no longer."""

    key: LinkKey


@dataclass(frozen=True, slots=True)
class Lag:
    """Let a task wait longer, or less."""

    key: LinkKey
    lag: int


@dataclass(frozen=True, slots=True)
class Add:
    """Put a new task under a row, into the same stage; without one: last of all."""

    title: str
    below: int | None = None
    length: int = 1


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a task out."""

    task: int


Act: TypeAlias = (
    Place | Free | Stretch | Done | Call | Shift | Drag | Link | Unlink | Lag | Add | Remove
)
_Sent: TypeAlias = Mapping[str, Any]


def acts_of(sent: object) -> tuple[Act, ...] | Step | Turn:
    """Read the acts of one request; undo and redo stand alone.

    Raises
    ------
    InvalidError
        If it is no list of known acts with sound fields.
    """
    if not isinstance(sent, Sequence) or isinstance(sent, str) or not 0 < len(sent) <= ACTS_LIMIT:
        raise _invalid("acts")
    alone = sent[0] if len(sent) == 1 and isinstance(sent[0], Mapping) else {}
    if alone.get("do") in list(Step):
        return _step(alone)
    return tuple(_act(one) for one in sent)


def _step(sent: _Sent) -> Step | Turn:
    step = Step(sent["do"])
    if sent.get("seq") is None:
        return step
    try:
        return Turn(step, _number(sent["seq"]))
    except TypeError:
        raise _invalid(step) from None


def _act(sent: object) -> Act:
    if not isinstance(sent, Mapping):
        raise _invalid(sent)
    kind = sent.get("do")
    maker = _MAKERS.get(kind) if isinstance(kind, str) else None
    if maker is None:
        raise _invalid(kind)
    try:
        return maker(sent)
    except (KeyError, TypeError, ValueError):
        raise _invalid(kind) from None


def _invalid(value: object) -> InvalidError:
    return InvalidError(field=Term("field.act"), value=_sendable(str(value)[:40]))


def _sendable(text: str) -> str:
    """Give a text without halves of characters, which JSON can hold and nothing else."""
    return text.encode(errors="replace").decode()


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not -_LARGEST <= value <= _LARGEST:
        raise TypeError(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise TypeError(value)
    return _sendable(value)


def _moment(value: object) -> datetime:
    """Read a day or a moment in wall time."""
    found = datetime.fromisoformat(_text(value))
    if found.tzinfo is not None:
        raise ValueError(value)
    return found


def _place(sent: _Sent) -> Place:
    if "at" in sent:
        return Place(_number(sent["task"]), at=_moment(sent["at"]))
    return Place(_number(sent["task"]), by=_number(sent["by"]))


def _stretch(sent: _Sent) -> Stretch:
    if "until" in sent:
        return Stretch(_number(sent["task"]), until=_moment(sent["until"]))
    return Stretch(_number(sent["task"]), by=_number(sent["by"]))


def _key(sent: _Sent) -> LinkKey:
    kind = LinkKind(_text(sent.get("kind", "fs")).lower())
    return LinkKey(_number(sent["from"]), _number(sent["to"]), kind)


def _add(sent: _Sent) -> Add:
    below = sent.get("below")
    length = _number(sent.get("length", 1))
    return Add(_text(sent["title"]), None if below is None else _number(below), length)


_MAKERS: Final[Mapping[str, Callable[[_Sent], Act]]] = {
    "move": _place,
    "free": lambda sent: Free(_number(sent["task"])),
    "stretch": _stretch,
    "progress": lambda sent: Done(_number(sent["task"]), _number(sent["percent"])),
    "rename": lambda sent: Call(_number(sent["task"]), _text(sent["title"])),
    "shift": lambda sent: Shift(_number(sent["task"]), Move(_text(sent["move"]))),
    "row": lambda sent: Drag(
        _number(sent["task"]), _number(sent["beside"]), Where(_text(sent["where"]))
    ),
    "link": lambda sent: Link(Dependency(*_key(sent), _number(sent.get("lag", 0)))),
    "unlink": lambda sent: Unlink(_key(sent)),
    "lag": lambda sent: Lag(_key(sent), _number(sent["lag"])),
    "add": _add,
    "remove": lambda sent: Remove(_number(sent["task"])),
}

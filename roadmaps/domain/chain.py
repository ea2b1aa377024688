"""Which changes of a plan can be taken back by whom, and which of those be done again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of a change, of the change it takes back if it does, and who made it."""

    seq: int
    undoes: int | None = None
    by: int = 0


@dataclass(frozen=True, slots=True)
class Chain:
    """Numbers of one person's changes, the next one to be used last.

    `standing` can be taken back one after another, `taken_back` be done again; `again` are
    the changes that did so.
    """

    standing: tuple[int, ...] = ()
    taken_back: tuple[int, ...] = ()
    again: frozenset[int] = frozenset()

    @property
    def undo(self) -> int | None:
        """The change that would be taken back now."""
        return self.standing[-1] if self.standing else None

    @property
    def redo(self) -> int | None:
        """The taking back that would itself be taken back now."""
        return self.taken_back[-1] if self.taken_back else None


def chain_of(history: Iterable[Mark], person: int = 0) -> Chain:
    """Follow a whole history, oldest first, and give the chain of one person.

    To do a change again is to take its taking back back, so one number per change is enough
    to know all of it. A new change of a person ends what that person could do again; what
    others do ends nothing. A change that somebody else took back stands no more, and whoever
    does it again may take it back.
    """
    standing: dict[int, list[int]] = {}
    taken_back: dict[int, list[int]] = {}
    makers: dict[int, int] = {}
    again: set[int] = set()
    for mark in history:
        makers[mark.seq] = mark.by
        mine, back = (where.setdefault(mark.by, []) for where in (standing, taken_back))
        if mark.undoes is None:
            mine.append(mark.seq)
            back.clear()
            continue
        maker = makers.get(mark.undoes, mark.by)
        known = taken_back.setdefault(maker, [])
        if mark.undoes in known:
            known.remove(mark.undoes)
            mine.append(mark.seq)
            again.add(mark.seq)
            continue
        others = standing.setdefault(maker, [])
        if mark.undoes in others:
            others.remove(mark.undoes)
        back.append(mark.seq)
    return Chain(
        tuple(standing.get(person, ())), tuple(taken_back.get(person, ())), frozenset(again)
    )


def standing_of(history: Iterable[Mark]) -> frozenset[int]:
    """Give the numbers of all changes that stand, whoever made them; takings back aside."""
    found, takings = set[int](), set[int]()
    for mark in history:
        if mark.undoes is None or mark.undoes in takings:
            found.add(mark.seq)
            takings.discard(mark.undoes or 0)
        else:
            found.discard(mark.undoes)
            takings.add(mark.seq)
    return frozenset(found)


def left_of(history: Sequence[Mark]) -> tuple[int, ...]:
    """Give what a stretch of history has left: a change that it takes back itself is nothing."""
    found: dict[int, None] = {}
    for mark in history:
        if mark.undoes in found:
            del found[mark.undoes]
        else:
            found[mark.seq] = None
    return tuple(found)

"""Which changes of a plan can be taken back, and which of those be done again."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of a change, and of the change it takes back if it does."""

    seq: int
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """Numbers of changes, the next one to be used last.

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


def chain_of(history: Iterable[Mark]) -> Chain:
    """Follow a whole history, oldest first.

    To do a change again is to take its taking back back, so one number per change is enough
    to know all of it. A new change ends what could be done again.
    """
    standing: list[int] = []
    taken_back: list[int] = []
    again: set[int] = set()
    for mark in history:
        if mark.undoes is None:
            standing.append(mark.seq)
            taken_back.clear()
        elif taken_back and mark.undoes == taken_back[-1]:
            taken_back.pop()
            standing.append(mark.seq)
            again.add(mark.seq)
        else:
            standing.remove(mark.undoes)
            taken_back.append(mark.seq)
    return Chain(tuple(standing), tuple(taken_back), frozenset(again))

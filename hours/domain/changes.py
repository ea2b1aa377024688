"""What differs between the time of a source as it stands and as it shall be."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from hours.domain.entries import EntryStatus, TimeKind, TimeLine


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored line, how far it is agreed upon, and its version."""

    id: int
    line: TimeLine
    status: EntryStatus
    version: int = 1

    @property
    def key(self) -> tuple[int, TimeKind]:
        """Person and kind: one source has at most one entry of each."""
        return self.line.person_id, self.line.kind


@dataclass(frozen=True, slots=True)
class Changes:
    """The least that has to be written.

    `reshaded` entries differ only in who may see them: that is changed at any time.
    """

    added: tuple[TimeLine, ...]
    edited: tuple[tuple[Entry, TimeLine], ...]
    removed: tuple[Entry, ...]
    reshaded: tuple[tuple[Entry, TimeLine], ...]

    @property
    def touched(self) -> tuple[Entry, ...]:
        """Entries whose time does not stay as it was."""
        return (*(entry for entry, _line in self.edited), *self.removed)

    @property
    def fresh(self) -> tuple[TimeLine, ...]:
        """Lines that were not there like this before."""
        return (*self.added, *(line for _entry, line in self.edited))

    def __bool__(self) -> bool:
        """Whether anything has to be written."""
        return bool(self.added or self.edited or self.removed or self.reshaded)


def changes(before: Iterable[Entry], after: Iterable[TimeLine]) -> Changes:
    """Compare stored entries with the lines wanted, by person and kind."""
    old = {entry.key: entry for entry in before}
    added: list[TimeLine] = []
    edited: list[tuple[Entry, TimeLine]] = []
    reshaded: list[tuple[Entry, TimeLine]] = []
    for line in after:
        entry = old.pop((line.person_id, line.kind), None)
        if entry is None:
            added.append(line)
        elif _canonical(replace(entry.line, is_private=line.is_private)) != _canonical(line):
            edited.append((entry, line))
        elif entry.line.is_private != line.is_private:
            reshaded.append((entry, line))
    return Changes(tuple(added), tuple(edited), tuple(old.values()), tuple(reshaded))


def _canonical(line: TimeLine) -> TimeLine:
    """Forget what is no difference: topics are divided in sorted order."""
    return replace(line, topics=tuple(sorted(set(line.topics))))

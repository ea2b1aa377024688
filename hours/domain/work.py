"""Own work: time that no consultation and no training tells of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from core.errors import TooLongError
from core.i18n import Term
from hours.domain.entries import Activity, TimeKind, TimeLine

NOTE_LIMIT: Final = 500


@dataclass(frozen=True, slots=True)
class WorkDraft:
    """What a person says about a piece of work of their own [min].

    `note` is for its owner: nobody else is shown it.
    """

    worked_on: date
    minutes: int
    kind: TimeKind = TimeKind.FOLLOW_UP
    activity: Activity = Activity.CONSULTING
    starts_at: time | None = None
    note: str = ""

    def checked(self) -> "WorkDraft":
        """Tidy and check the note; time is checked where all time is. Raises `TooLongError`."""
        note = " ".join(self.note.split())
        if len(note) > NOTE_LIMIT:
            raise TooLongError(field=Term("field.work_note"), limit=NOTE_LIMIT, length=len(note))
        return WorkDraft(
            self.worked_on, self.minutes, self.kind, self.activity, self.starts_at, note
        )

    def line(self, person_id: int) -> TimeLine:
        """Give the time of the work."""
        return TimeLine(
            person_id, self.kind, self.minutes, self.worked_on, self.activity,
            starts_at=self.starts_at,
        )  # fmt: skip

    def plain(self) -> dict[str, Any]:
        """Give the draft as plain values, for taking a removal back."""
        return {
            "worked_on": self.worked_on.isoformat(),
            "minutes": self.minutes,
            "kind": self.kind.value,
            "activity": self.activity.value,
            "starts_at": self.starts_at.isoformat() if self.starts_at else None,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class WorkPiece:
    """A piece of own work as it is stored; `version` is for saving."""

    id: int
    person_id: int
    note: str
    version: int
    draft: WorkDraft | None = None


def work_from(plain: Mapping[str, Any]) -> WorkDraft:
    """Read a draft that `WorkDraft.plain` wrote."""
    starts_at = plain["starts_at"]
    return WorkDraft(
        date.fromisoformat(plain["worked_on"]), int(plain["minutes"]), TimeKind(plain["kind"]),
        Activity(plain["activity"]), time.fromisoformat(starts_at) if starts_at else None,
        str(plain["note"]),
    )  # fmt: skip

"""When something was last done on a plan, and whether it has come to a stop."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple, TypeAlias

from roadmaps.domain.roadmap import RoadmapLine, RoadmapState

Data: TypeAlias = Mapping[str, Any]
STILL: Final = timedelta(days=30)
"""A plan under way on which nothing was done for so long has come to a stop."""


class WorkMark(NamedTuple):
    """A change of a plan that says of work that it was done; `undoes` as in the history."""

    roadmap_id: int
    seq: int
    undoes: int | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Signs:
    """What the database knows of work on a plan.

    `marked_at`: when progress was last marked and not taken back; `actual_on`: the latest day,
    until today, on which a task was begun or finished; `made_on`: when the roadmap was made.
    """

    made_on: date
    marked_at: date | None = None
    actual_on: date | None = None

    @property
    def done_on(self) -> date | None:
        """The latest day on which something was done; None if nothing is known to be."""
        return max((x for x in (self.marked_at, self.actual_on) if x is not None), default=None)


def is_stalled(line: RoadmapLine, signs: Signs, today: date) -> bool:
    """Tell whether a plan is under way and nothing was done for 30 days.

    Days count from the last thing done; where nothing was done since, from the plan's first day
    or the day the roadmap was made.
    """
    if line.state is not RoadmapState.UNDER_WAY:
        return False
    begun = max(line.starts_on, signs.made_on)
    since = begun if signs.done_on is None else max(signs.done_on, min(begun, today))
    return today - since >= STILL


def last_marks(marks: Iterable[WorkMark]) -> dict[int, datetime]:
    """Give for each roadmap when progress was last marked and not taken back since.

    `marks` come by roadmap and number. To do a change again is to take its taking back back,
    so a change stands for work when the number of steps back to the first mark is even.
    """
    does = dict[tuple[int, int], bool]()
    standing = dict[tuple[int, int], datetime]()
    for roadmap_id, seq, undoes, made_at in marks:
        here, there = (roadmap_id, seq), (roadmap_id, undoes or 0)
        does[here] = undoes is None or not does.get(there, True)
        standing.pop(there, None)
        if does[here]:
            standing[here] = made_at
    found: dict[int, datetime] = {}
    for (roadmap_id, _seq), made_at in standing.items():
        found[roadmap_id] = max(found.get(roadmap_id, made_at), made_at)
    return found


def reaching_back(marks: Iterable[WorkMark]) -> frozenset[int]:
    """Tell of which roadmaps a mark takes back one that is not among these.

    Whether it stands, and what stands beside it, is known only from the marks before.
    """
    known = {(mark.roadmap_id, mark.seq): mark.undoes for mark in marks}
    return frozenset(
        roadmap_id
        for (roadmap_id, _seq), undoes in known.items()
        if undoes is not None and (roadmap_id, undoes) not in known
    )


def tells_of_work(forward: Data, backward: Data) -> bool:
    """Tell whether a change of a plan, there and back as the history keeps it, says what was done."""
    before = {x["task"]["id"]: x["task"] for x in _flat(backward) if x["edit"] == "ChangeTask"}
    for edit in _flat(forward):
        if edit["edit"] == "SetProgress":
            return True
        if edit["edit"] == "ChangeTask":
            old = before.get(edit["task"]["id"])
            if old is not None and _work(old) != _work(edit["task"]):
                return True
    return False


def _work(task: Data) -> tuple[Any, Any]:
    return task.get("done_percent", 0), task.get("progress")


def _flat(edit: Data) -> Iterator[Data]:
    if edit["edit"] == "Batch":
        for part in edit["edits"]:
            yield from _flat(part)
    else:
        yield edit


def signs_of(
    made: Mapping[int, date], marked: Mapping[int, date], actual: Mapping[int, date]
) -> dict[int, Signs]:
    """Put together what is known of each roadmap."""
    return {key: Signs(day, marked.get(key), actual.get(key)) for key, day in made.items()}

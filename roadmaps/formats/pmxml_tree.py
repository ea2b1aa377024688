"""The rows of a project of Primavera: elements of its breakdown and, under each, its activities."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from xml.etree.ElementTree import Element

from roadmaps.domain.errors import DuplicateTaskError, TooManyTasksError
from roadmaps.domain.plan import TASK_LIMIT, UID_LIMIT
from roadmaps.formats.pmxml import text

_CODE_LIMIT = UID_LIMIT - 24  # leaves room for the number that tells two of one code apart


@dataclass(frozen=True, slots=True)
class Row:
    """One element of the file with its place in the plan.

    Activities and elements of the breakdown are numbered apart in Primavera; an activity whose
    number is taken gets a new one. `uid` is the identifier that planners know.
    """

    element: Element
    id: int
    uid: str
    position: int
    parent_id: int | None
    is_work: bool


def rows_of(project: Element) -> list[Row]:
    """Lay the tree out in rows.

    Raises `DuplicateTaskError` if two of one kind have one number and, before it looks at any,
    `TooManyTasksError`.
    """
    wbs, works = project.findall("WBS"), project.findall("Activity")
    if len(wbs) + len(works) > TASK_LIMIT:
        raise TooManyTasksError(count=len(wbs) + len(works), limit=TASK_LIMIT)
    for elements in (wbs, works):
        _refuse_twins(elements)
    stages = {text(row, "ObjectId"): int(text(row, "ObjectId")) for row in wbs}
    taken = set(stages.values())
    used = {*taken, *(int(text(row, "ObjectId")) for row in works)}
    fresh, places = count(1 + max(used, default=0)), count(1)
    known_uids = set[str]()
    below, under = _grouped(wbs, "ParentObjectId", stages), _grouped(works, "WBSObjectId", stages)

    def uid(element: Element, own: int) -> str:
        code = (text(element, "Id") or str(own))[:_CODE_LIMIT]
        code = code if code not in known_uids else f"{code}-{own}"
        known_uids.add(code)
        return code

    def lay(stage: str) -> Iterator[Row]:
        parent = stages.get(stage)
        for work in sorted(under.get(stage, ()), key=lambda row: text(row, "Id")):
            key = int(text(work, "ObjectId"))
            own = next(fresh) if key in taken else key
            yield Row(work, own, uid(work, own), next(places), parent, is_work=True)
        for part in sorted(below.get(stage, ()), key=_sequence):
            own = stages[text(part, "ObjectId")]
            yield Row(part, own, uid(part, own), next(places), parent, is_work=False)
            yield from lay(text(part, "ObjectId"))

    found = list(lay(""))
    if len(found) < len(wbs) + len(works):  # elements that stand in a ring of their own
        raise ValueError("ParentObjectId")
    return found


def _refuse_twins(elements: list[Element]) -> None:
    seen = set[int]()
    for element in elements:
        key = int(text(element, "ObjectId"))
        if key in seen:
            raise DuplicateTaskError(task=text(element, "Name")[:80])
        seen.add(key)


def _grouped(
    elements: list[Element], name: str, stages: dict[str, int]
) -> dict[str, list[Element]]:
    """Group elements by the stage above them; those above which there is none under ''."""
    found: dict[str, list[Element]] = {}
    for element in elements:
        above = text(element, name)
        found.setdefault(above if above in stages else "", []).append(element)
    return found


def _sequence(element: Element) -> int:
    return int(text(element, "SequenceNumber") or 0)

"""Baselines of Primavera: whole projects beside the project, matched by the activities' names.

Where a file has none, the planned dates are the baseline, as they are in Primavera itself.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element

from roadmaps.domain.terms import Baseline, BaselineDates
from roadmaps.formats.pmxml import minutes, moment, text
from roadmaps.formats.pmxml_tree import Row

_MOST: Final = 11


class Baselines:
    """The baselines of one project; `left` counts those beyond number 10."""

    def __init__(self, root: Element, project: Element, rows: Sequence[Row]) -> None:
        own, current = text(project, "ObjectId"), text(project, "CurrentBaselineProjectObjectId")
        others = [
            element
            for element in root.findall("BaselineProject")
            if text(element, "OriginalProjectObjectId") in {own, ""}
        ]
        others.sort(key=lambda element: text(element, "ObjectId") != current)
        self.left = max(len(others) - _MOST, 0)
        found = []
        for number, element in enumerate(others[:_MOST] or [project]):
            works = {text(work, "Id"): work for work in element.findall("Activity")}
            title = "" if element is project else text(element, "Name")
            found.append(Baseline(number, tuple(_dates(rows, works)), title))
        self.found = tuple(baseline for baseline in found if baseline.dates)


def _dates(rows: Sequence[Row], works: dict[str, Element]) -> list[BaselineDates]:
    """Give the planned dates of activities, and of each stage from its first to its last."""
    found = dict[int, BaselineDates]()
    for row in reversed(rows):
        own = found.get(row.id)
        if row.is_work:
            work = works.get(text(row.element, "Id"))
            if work is None:
                continue
            start, finish = moment(work, "PlannedStartDate"), moment(work, "PlannedFinishDate")
            if start is None and finish is None:
                continue
            own = found[row.id] = BaselineDates(
                row.id, start, finish, minutes(work, "PlannedDuration")
            )
        if own is not None and row.parent_id is not None:
            found[row.parent_id] = _spanning(row.parent_id, found.get(row.parent_id), own)
    return [found[row.id] for row in rows if row.id in found]


def _spanning(stage: int, so_far: BaselineDates | None, part: BaselineDates) -> BaselineDates:
    if so_far is None:
        return BaselineDates(stage, part.start, part.finish)
    starts: list[datetime] = [x for x in (so_far.start, part.start) if x is not None]
    finishes: list[datetime] = [x for x in (so_far.finish, part.finish) if x is not None]
    return BaselineDates(stage, min(starts, default=None), max(finishes, default=None))

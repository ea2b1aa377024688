"""Project-scheduling problems of PSPLIB (`.sm`): jobs, durations, who precedes whom.

Kolisch and Sprecher (1996), "PSPLIB - a project scheduling problem library". Resources are
left out: precedence only. The format knows no dates; the plan starts on 1 January 2001, a
Monday, and works every day.
"""

import re
from datetime import date
from typing import Final

from core.i18n import Term
from roadmaps.domain.calendar import OwnCalendar
from roadmaps.domain.errors import PlanFileError
from roadmaps.domain.plan import OWN_CALENDAR, Dependency, Plan, Task
from roadmaps.formats.exchange import Lost, PlanFile

_START: Final = date(2001, 1, 1)
_EVERY_DAY: Final = OwnCalendar(weekdays=tuple(range(7)))
_PRECEDENCE, _REQUESTS = b"PRECEDENCE RELATIONS:", b"REQUESTS/DURATIONS:"
_DEMANDS: Final = 3


def is_psplib(data: bytes) -> bool:
    """Tell whether a file looks like a PSPLIB instance."""
    return _PRECEDENCE in data and _REQUESTS in data


def read_psplib(data: bytes) -> PlanFile:
    """Read the jobs and precedences of one instance.

    Raises
    ------
    PlanFileError
        If a job has no duration or a successor is no job.
    """
    text = data.decode("latin-1")
    after = _rows(text, "PRECEDENCE RELATIONS:")
    durations = {row[0]: row[2] for row in _rows(text, "REQUESTS/DURATIONS:")}
    demands = sum(any(row[_DEMANDS:]) for row in _rows(text, "REQUESTS/DURATIONS:"))
    jobs = [row[0] for row in after]
    if not jobs or set(jobs) != durations.keys() or len(jobs) != len(durations):
        raise PlanFileError(reason=Term("plan_file.wrong"), place="jobnr.")
    links = []
    for job, _modes, count, *successors in after:
        if len(successors) != count or not durations.keys() >= set(successors):
            raise PlanFileError(reason=Term("plan_file.unknown_activity"), place=f"jobnr. {job}")
        links += [Dependency(job, successor) for successor in successors]
    tasks = tuple(
        Task(job, f"№ {job}", durations[job], uid=str(job), position=row)
        for row, job in enumerate(jobs, start=1)
    )
    plan = Plan(_START, tasks, tuple(links), calendar_id=OWN_CALENDAR, own_calendar=_EVERY_DAY)
    name = re.search(r"basedata\s*:\s*(\S+)", text)
    lost = {Lost.PRECEDENCE_ONLY: demands} if demands else {}
    return PlanFile(name.group(1) if name else "", plan, lost)


def _rows(text: str, title: str) -> list[list[int]]:
    """Give the rows of numbers under a title, until a line of stars."""
    rows = []
    body = text.split(title, 1)[1].split("*****", 1)[0]
    for line in body.splitlines():
        words = line.split()
        if words and all(word.isdigit() for word in words):
            rows.append([int(word) for word in words])
    return rows

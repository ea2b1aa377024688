"""Rows pasted from a spreadsheet: what they would add to a plan, and what is wrong with which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.errors import DomainError, RequiredError, TooLongError
from core.i18n import Coded, Term
from roadmaps.domain.dating import CountedDays, Days, dated_task
from roadmaps.domain.edits import AddLink, AddTask, Edit
from roadmaps.domain.errors import ConstraintBeforeStartError, PlanCellError
from roadmaps.domain.notation import parse_waits
from roadmaps.domain.plan import PERSON_LIMIT, TITLE_LIMIT, Dependency, Plan, Task, clean
from roadmaps.domain.table import Row, task_of


class PastedNumbers(Coded):
    """What row numbers in pasted cells mean."""

    OWN = "own"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class PastedRow:
    """A row as pasted and the number of its line, from 1; `problem` is why it cannot be read.

    `days` are its first and its last, where the cells have days instead of a duration.
    """

    line: int
    row: Row
    problem: DomainError | None = None
    days: Days | None = None


@dataclass(frozen=True, slots=True)
class Pasting:
    """The edits that add pasted rows; none as long as some of them have problems, line by line."""

    edits: tuple[Edit, ...]
    problems: tuple[tuple[int, DomainError], ...] = ()


def pasting(
    plan: Plan,
    pasted: Sequence[PastedRow],
    numbers: PastedNumbers,
    calendar: CountedDays | None = None,
) -> Pasting:
    """Add rows at the end of a plan, in their order, with the links among them.

    With `OWN` numbers their cells mean each other, by the numbers pasted with them; with those
    of the `PLAN` they mean its rows, and the pasted ones by the numbers that they would get.
    Days that rows have are counted by the calendar of the plan.
    """
    last = len(plan.tasks)
    own = numbers is PastedNumbers.OWN
    rows = [x.row if own else replace(x.row, number=last + i) for i, x in enumerate(pasted, 1)]
    ids = {} if own else {task.position: task.id for task in plan.tasks}
    ids |= {row.number: -place for place, row in enumerate(rows, 1)}
    tasks: list[Edit] = []
    links: list[Edit] = []
    problems: list[tuple[int, DomainError]] = []
    taken: set[int] = set()
    stages = {row.part_of for row in rows}
    for place, (one, row) in enumerate(zip(pasted, rows, strict=True), 1):
        try:
            _check(one, row, taken)
            task = replace(task_of(replace(row, task_id=-place), ids), position=0, uid="")
            if one.days is not None and calendar is not None and row.number not in stages:
                task = _on_days(task, one.days, calendar, plan)
            waits = parse_waits(row.waits, ids, -place, one.line, plan.unit)
        except DomainError as problem:
            problems.append((one.line, _at(problem, one.line)))
            continue
        tasks.append(AddTask(task))
        links += [AddLink(link) for link in _once(waits)]
    return Pasting(() if problems else (*tasks, *links), tuple(problems))


def _on_days(task: Task, days: Days, calendar: CountedDays, plan: Plan) -> Task:
    if days[0] < plan.starts_on:
        raise ConstraintBeforeStartError(task=task.title, at=days[0], start=plan.starts_on)
    return dated_task(task, days, calendar)


def _check(one: PastedRow, row: Row, taken: set[int]) -> None:
    if one.problem is not None:
        raise one.problem
    if row.number in taken or row.number < 1:
        raise PlanCellError(row=one.line, column=Term("field.number"), text=str(row.number))
    taken.add(row.number)
    if not clean(row.title):
        raise RequiredError(field=Term("field.task_title"))
    limits = (("title", row.title, TITLE_LIMIT), ("responsible", row.responsible, PERSON_LIMIT))
    for name, text, limit in limits:
        if len(clean(text)) > limit:
            field = Term("field.task_title" if name == "title" else "field.responsible")
            raise TooLongError(field=field, limit=limit, length=len(clean(text)))


def _at(problem: DomainError, line: int) -> DomainError:
    """Let a problem that names a row name the pasted line."""
    details: Mapping[str, object] = problem.details
    return type(problem)(**{**details, "row": line}) if "row" in details else problem


def _once(links: Sequence[Dependency]) -> Sequence[Dependency]:
    return list({link.key: link for link in links}.values())

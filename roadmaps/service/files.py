"""Roadmaps from files: a look before importing, and the import."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final, NamedTuple

from casework.service import case_guard
from core.calendar import WorkCalendar, load_calendar
from core.permissions import Permission
from core.workspace import Workspace
from roadmaps.domain.adopting import adopted
from roadmaps.domain.checks import check_plan
from roadmaps.domain.dating import dated
from roadmaps.domain.laid import lay
from roadmaps.domain.plan import Plan, PlanUnit, Task
from roadmaps.domain.schedule import critical_tasks
from roadmaps.domain.table import plan_of
from roadmaps.domain.terms import Counting
from roadmaps.formats.exchange import Lost
from roadmaps.formats.files import read_plan
from roadmaps.formats.plan_csv import read_dated_csv, read_plan_csv
from roadmaps.service.common import require_case, require_chosen
from roadmaps.service.roadmaps import NewPlan, write_roadmap

_SPACE: Final = b"\xef\xbb\xbf \t\r\n"
_NO_TABLES: Final = (b"{", b"[", b"<", b"BEGIN:VCALENDAR")
_NO_TABLE_NAMES: Final = (".json", ".xml", ".ics", ".sm")


@dataclass(frozen=True, slots=True)
class File:
    """A file to be handed to a person, or one they gave."""

    name: str
    data: bytes
    mime: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What importing a file would make; nothing is saved.

    `lasts` is how long the plan would take [units] and in which time; `is_dated` says that the
    durations were counted from columns of days.
    """

    title: str
    plan: Plan
    lasts: tuple[int, Counting]
    start: datetime
    finish: datetime
    critical: tuple[Task, ...]
    ignored: tuple[str, ...]
    lost: Mapping[Lost, int] = field(default_factory=dict)
    is_dated: bool = False


def preview_import(
    workspace: Workspace,
    *,
    case_id: int | None,
    file: File,
    starts_on: date,
    unit: PlanUnit = PlanUnit.DAY,
) -> Preview:
    """Read a file and say what it would make of it, saving nothing; None is a case not chosen yet."""
    with workspace.reading() as tx:
        guard = None if case_id is None else case_guard(tx, case_id)
        workspace.require(Permission.EDIT_ROADMAP, guard)
        calendar = load_calendar(tx.db)
        (title, plan, lost, is_dated), ignored = _read(file, starts_on, unit, calendar)
        check_plan(plan)
        laid = lay(plan, load_calendar(tx.db, plan.calendar_id))
        return Preview(
            title=title,
            plan=plan,
            lasts=laid.lasts,
            start=laid.start,
            finish=laid.finish,
            critical=critical_tasks(plan, laid.result),
            ignored=ignored,
            lost=lost,
            is_dated=is_dated,
        )


def import_roadmap(
    workspace: Workspace, *, new: NewPlan, file: File, unit: PlanUnit = PlanUnit.DAY
) -> int:
    """Make a roadmap of a file and give its id; `new.plan` says when it starts.

    The file is read while others may write, by whoever may import it.
    """
    with workspace.reading() as tx:
        require_chosen(new.case_id)
        workspace.require(Permission.EDIT_ROADMAP, case_guard(tx, new.case_id))
        calendar = load_calendar(tx.db)
    (title, plan, lost, _dated), _ignored = _read(file, new.plan.starts_on, unit, calendar)
    with workspace.transaction() as tx:
        require_case(workspace, tx, new.case_id)
        tx.audit(
            "roadmap.imported",
            f"case:{new.case_id}",
            tasks=len(plan.tasks),
            lost=sum(lost.values()),
        )
        return write_roadmap(tx, replace(new, plan=plan, title=new.title or title))


class _Found(NamedTuple):
    title: str
    plan: Plan
    lost: Mapping[Lost, int]
    is_dated: bool = False


def _read(
    file: File, starts_on: date, unit: PlanUnit, calendar: WorkCalendar
) -> tuple[_Found, tuple[str, ...]]:
    """Read a file by its content; all but tables keep their own start and unit.

    Gives the columns of a table that mean nothing here, too.
    """
    if not file.data.lstrip(_SPACE).startswith(_NO_TABLES) and not file.name.lower().endswith(
        _NO_TABLE_NAMES
    ):
        days = read_dated_csv(file.data, file.name)
        if days is not None:
            rows, ignored, known = days
            plan, _strangers = adopted(plan_of(Plan(starts_on), rows))
            plan = dated(plan, known, calendar)
            return _Found("", plan, {}, is_dated=True), ignored
        rows, ignored = read_plan_csv(file.data, file.name, unit)
        plan, _strangers = adopted(plan_of(Plan(starts_on, unit=unit), rows))
        return _Found("", plan, {}), ignored
    found = read_plan(file.data, file.name, starts_on)
    plan, strangers = adopted(found.plan)
    lost = dict(found.lost)
    if strangers:
        lost[Lost.RESOURCES] = lost.get(Lost.RESOURCES, 0) + strangers
    return _Found(found.title, plan, lost), ()

"""My desk: what waits for the actor, collected from every feature."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from accounts.domain.person import PersonRow
from accounts.service import list_accounts
from casework.domain.consultation import Line
from casework.domain.due import Due
from casework.domain.step import Step
from casework.domain.views import Day
from casework.service import my_day, whats_due
from core.backup import backup_folder, last_backup_at
from core.drafts import DraftBrief, my_drafts
from core.permissions import Actor, Permission, Role, Scope, scope
from core.workspace import Workspace
from dashboards.domain.quarter import PLANNED, ActivityHours, HoursFilter
from dashboards.service.quarter import activity_in
from hours.service import HoursDue, hours_due_in
from panels.service import SheetLine, list_own_sheets

__all__ = ["Backups", "Desk", "DraftBrief", "Line", "SheetLine", "Step", "view_desk"]


@dataclass(frozen=True, slots=True)
class Backups:
    """How safe the centre's data are."""

    last_at: datetime | None
    age_days: int | None

    @property
    def is_old(self) -> bool:
        """Whether nothing was backed up since yesterday."""
        return self.age_days is None or self.age_days > 1


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits for one person; a part that is not theirs is None or empty.

    `day` and `due` are for those who accompany cases, `hours` for those whose entries came back
    or who approve others' months, `quarter` for those who answer for the promise, `sheets` for
    experts, `uninvited` (people whose invitation is still open) and `backups` for administrators.
    """

    name: str
    today: date
    zone: ZoneInfo
    drafts: tuple[DraftBrief, ...]
    day: Day | None = None
    due: Due | None = None
    hours: HoursDue = field(default_factory=HoursDue)
    quarter: tuple[ActivityHours, ...] = ()
    sheets: tuple[SheetLine, ...] = ()
    uninvited: tuple[PersonRow, ...] = ()
    backups: Backups | None = None

    @property
    def is_free(self) -> bool:
        """Whether the day asks for nothing: no meetings, no steps, no drafts."""
        day = self.day
        waits = day and (day.today or day.tomorrow or day.unwritten or day.steps)
        return not (waits or self.drafts)

    @property
    def is_clear(self) -> bool:
        """Whether nothing at all waits."""
        waits = (self.due is not None and not self.due.is_clear) or not self.hours.is_clear
        return self.is_free and not (waits or self.sheets or self.uninvited or self.quarter)


def view_desk(workspace: Workspace) -> Desk:
    """Collect what waits for the actor; each feature answers for its own part."""
    with workspace.reading() as tx:
        actor, today, zone, now = tx.actor, tx.today, tx.zone, tx.now
        hours = hours_due_in(tx)
        quarter = tuple(
            activity_in(tx, HoursFilter(), activity)
            for activity in PLANNED
            if _reaches(actor, Permission.VIEW_ALL_HOURS)
        )
    is_administrator = Role.ADMINISTRATOR in actor.roles
    return Desk(
        name=actor.name,
        today=today,
        zone=zone,
        drafts=my_drafts(workspace),
        day=my_day(workspace) if _reaches(actor, Permission.OPEN_CASE) else None,
        due=whats_due(workspace) if _reaches(actor, Permission.OPEN_CASE) else None,
        hours=hours,
        quarter=quarter,
        sheets=_sheets(workspace, actor),
        uninvited=_uninvited(workspace) if is_administrator else (),
        backups=_backups(now) if is_administrator else None,
    )


def _reaches(actor: Actor, permission: Permission) -> bool:
    return scope(actor, permission) is not Scope.NONE


def _sheets(workspace: Workspace, actor: Actor) -> tuple[SheetLine, ...]:
    """Give the sheets that still wait for the expert."""
    if not _reaches(actor, Permission.SCORE_SUBMISSION):
        return ()
    return tuple(
        sheet
        for sheet in list_own_sheets(workspace)
        if not (sheet.state.is_final or sheet.is_barred or sheet.is_closed)
    )


def _uninvited(workspace: Workspace) -> tuple[PersonRow, ...]:
    accounts = list_accounts(workspace)
    return tuple(person for person in accounts if person.active and not person.has_password)


def _backups(now: datetime) -> Backups:
    last_at = last_backup_at(backup_folder())
    return Backups(last_at, None if last_at is None else (now - last_at).days)

"""The centre itself: how it begins, and its settings."""

from collections.abc import Mapping
from datetime import date

from accounts.service import Entry, checked_hash, claim_server
from core.database import Database
from core.permissions import Actor, Permission
from core.settings import Centre, centre_version, change_centre, load_centre, save_setting
from core.workspace import Clock, Workspace, system_clock
from hours.domain.entries import MINUTES_IN_HOUR
from hours.domain.periods import Quarter
from hours.domain.policy import HoursPolicy
from hours.service.cache import AREA
from hours.service.closing import POLICY
from hours.service.plans import set_first_plan


def set_up_centre(
    database: Database,
    token: str,
    *,
    centre: Centre,
    hours: tuple[int, int],
    person: tuple[str, str, str],
    clock: Clock = system_clock,
) -> Entry:
    """Claim an empty server: the centre, its promise of hours, its first administrator.

    Parameters
    ----------
    hours
        Promised per quarter for consulting and for training [h].
    person
        Name, sign-in address and password of the administrator.

    Raises
    ------
    LinkEndedError
        If the token is not the one printed at the last start, or the server is claimed.
    """
    name, address, password = person
    stored = checked_hash(password, password, address)
    door = Workspace.of(database, Actor(0, frozenset()), clock)
    with door.transaction() as tx:
        entry = claim_server(
            tx, token, centre=centre.checked(), name=name, address=address, password_hash=stored
        )
        first = Quarter.of(tx.today).period.starts_on
        policy = HoursPolicy(closes_since=tx.today.replace(day=1).isoformat())
        save_setting(tx.db, POLICY, policy)
        set_first_plan(tx, hours[0] * MINUTES_IN_HOUR, hours[1] * MINUTES_IN_HOUR, first)
    return entry


def today(workspace: Workspace) -> date:
    """Say the centre's local date."""
    with workspace.reading() as tx:
        return tx.today


def view_centre(workspace: Workspace) -> tuple[Centre, int]:
    """Show the centre's settings and their version."""
    with workspace.reading() as tx:
        workspace.require(Permission.EDIT_PLANS)
        return load_centre(tx.db), centre_version(tx.db)


def edit_centre(workspace: Workspace, centre: Centre, *, seen: Centre, seen_version: int) -> None:
    """Change the centre's name, time zone and language from what was `seen`.

    Raises `StaleError` if somebody has saved since.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_SETTINGS)
        change_centre(tx.db, centre.checked(), seen, seen_version)
        tx.audit("centre.edited", "centre:1")
        tx.touched("settings", AREA)


def put_back_centre(workspace: Workspace, *, before: Mapping[str, str], seen_version: int) -> None:
    """Take a change of the centre's settings back. Raises `StaleError`."""
    centre = Centre(**before)
    edit_centre(workspace, centre, seen=centre, seen_version=seen_version)

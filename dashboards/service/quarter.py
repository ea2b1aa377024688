"""The hours of a quarter and the rows behind them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypedDict

from accounts.service import person_names
from core.errors import ForbiddenError, NotFoundError
from core.i18n import Term, sort_key
from core.permissions import Permission, Scope, scope
from core.workspace import Transaction, Workspace
from dashboards.domain.quarter import (
    PLANNED,
    ActivityHours,
    HoursFilter,
    QuarterView,
    RowsView,
)
from hours.service import (
    UNNAMED,
    Activity,
    HoursFigure,
    HoursQuery,
    Override,
    Period,
    Quarter,
    agreement_in,
    figure_in,
    first_day_in,
    overrides_in,
    pace_in,
    policy_in,
    rows_in,
)


class Told(TypedDict):
    """What stands under every report of hours."""

    overrides: tuple[Override, ...]
    names: Mapping[int, str]
    rounding: int


def view_quarter(workspace: Workspace, asked: HoursFilter) -> QuarterView:
    """Show the hours of a quarter against their promise, from one snapshot.

    Raises `NotFoundError` if the chosen person does not exist.
    """
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_ALL_HOURS)
        settled = asked.at(tx.today)
        quarter = settled.quarter or Quarter.of(tx.today)
        whole = figure_in(tx, HoursQuery(quarter.period))
        return QuarterView(
            asked=settled,
            quarter=quarter,
            current=Quarter.of(tx.today),
            activities=tuple(activity_in(tx, settled, activity) for activity in PLANNED),
            quarters=_quarters(tx, quarter),
            people=_people(tx, whole, asked.person_id),
            topics=_topics(whole, asked.topic),
            **_told(tx, quarter.period, asked.person_id),
        )


def view_rows(workspace: Workspace, asked: HoursFilter) -> RowsView:
    """Show the rows behind a figure and the figure itself, from one snapshot.

    Who may see only their own hours is shown their own.
    """
    with workspace.reading() as tx:
        return _rows(tx, asked)


def export_rows(workspace: Workspace, asked: HoursFilter) -> RowsView:
    """Give the rows behind a figure to a file, and write so into the trail."""
    with workspace.transaction() as tx:
        workspace.require(Permission.EXPORT)
        view = _rows(tx, asked)
        period = view.asked.period
        tx.audit(
            "hours.exported", "hours:rows",
            rows=len(view.rows), since=period.starts_on, until=period.ends_before,
        )  # fmt: skip
    return view


def export_figures(workspace: Workspace, asked: HoursFilter, lines: int) -> None:
    """Write into the trail that the parts of a figure were taken away as a file."""
    with workspace.transaction() as tx:
        workspace.require(Permission.EXPORT)
        workspace.require(Permission.VIEW_ALL_HOURS)
        period = asked.at(tx.today).period
        tx.audit(
            "hours.exported", "hours:figures",
            rows=lines, since=period.starts_on, until=period.ends_before,
        )  # fmt: skip


def activity_in(tx: Transaction, asked: HoursFilter, activity: Activity) -> ActivityHours:
    """Give one activity of the quarter, in an open transaction."""
    of_activity = replace(asked.at(tx.today), activity=activity)
    quarter = of_activity.quarter or Quarter.of(tx.today)
    facts = figure_in(tx, of_activity.query)
    whole = facts if of_activity.query == HoursQuery(quarter.period, activity) else None
    return ActivityHours(activity, facts, pace_in(tx, activity, quarter.period, whole))


def _rows(tx: Transaction, asked: HoursFilter) -> RowsView:
    settled = asked.at(tx.today)
    sees_all = scope(tx.actor, Permission.VIEW_ALL_HOURS) is Scope.ALL
    if not sees_all and settled.person_id is None:
        settled = replace(settled, person_id=tx.actor.person_id)
    if not sees_all and settled.agreement_id is not None:
        raise ForbiddenError(permission=Permission.VIEW_ALL_HOURS)
    agreement = settled.agreement_id and agreement_in(tx, settled.agreement_id).name
    rows = rows_in(tx, settled.query)
    shown = {row.person_id for row in rows if row.person_id is not None}
    return RowsView(
        asked=settled,
        figure=figure_in(tx, settled.query),
        rows=rows,
        people=_names(tx, shown, settled.person_id),
        is_own=settled.person_id == tx.actor.person_id,
        agreement=agreement or "",
        **_told(tx, settled.period, settled.person_id),
    )


def _told(tx: Transaction, period: Period, person_id: int | None) -> Told:
    """Say what every report owes: which locked days were opened, and how it rounds."""
    overrides = overrides_in(tx, period, person_id)
    people = {each.person_id for each in overrides} | {each.made_by for each in overrides}
    return {
        "overrides": overrides,
        "names": person_names(tx, people) if people else {},
        "rounding": policy_in(tx).rounding,
    }


def _quarters(tx: Transaction, asked: Quarter) -> tuple[Quarter, ...]:
    now = Quarter.of(tx.today)
    quarter = first = Quarter.of(first_day_in(tx) or tx.today)
    listed = {asked, now}
    while first <= quarter <= now:
        listed.add(quarter)
        quarter = quarter.next
    return tuple(sorted(listed, reverse=True))


def _people(tx: Transaction, whole: HoursFigure, chosen: int | None) -> dict[int, str]:
    return _names(tx, {person for person, _ in whole.by_person}, chosen)


def _names(tx: Transaction, ids: set[int], chosen: int | None) -> dict[int, str]:
    wanted = (ids if chosen is None else ids | {chosen}) - {UNNAMED}
    names = person_names(tx, wanted)
    if chosen is not None and chosen not in {UNNAMED, *names}:
        raise NotFoundError(kind=Term("object.person"), id=chosen)
    return dict(sorted(names.items(), key=lambda each: sort_key(each[1])))


def _topics(whole: HoursFigure, chosen: str | None) -> tuple[str, ...]:
    topics = [topic for topic, _ in whole.by_topic if topic is not None]
    return tuple(dict.fromkeys([*topics, chosen] if chosen else topics))

"""The journal of one consultant and the annex to the certificate of work."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from accounts.service import people_in, person_names
from casework.domain.views import MeetingBrief
from casework.service import meetings_told
from core.errors import NotFoundError
from core.i18n import Term, sort_key
from core.permissions import Guard, Permission, Role, Scope, scope
from core.settings import load_centre
from core.workspace import Transaction, Workspace
from dashboards.domain.journal import Journal, JournalLine, Share, annex_of
from dashboards.formats import Printed
from hours.domain.periods import period_of
from hours.service import (
    Activity,
    HoursQuery,
    TimeSource,
    WorkLine,
    figure_in,
    month_of,
    overrides_in,
    work_in,
)

CONSULTATION, OWN_WORK = "consultation", "work"


@dataclass(frozen=True, slots=True)
class JournalView:
    """A journal on the screen, whose it is, and whose can be chosen."""

    journal: Journal
    person_id: int
    people: dict[int, str]
    today: date


def view_journal(
    workspace: Workspace, *, person_id: int | None = None, code: str = ""
) -> JournalView:
    """Show the journal of a person, by default the actor, in a period, by default this month.

    Raises `NotFoundError` if there is no such person, `InvalidError` if the code names no period.
    """
    with workspace.reading() as tx:
        whose = tx.actor.person_id if person_id is None else person_id
        workspace.require(Permission.VIEW_OWN_HOURS, Guard(author=whose))
        return JournalView(_journal(tx, whose, code), whose, _choices(tx, whose), tx.today)


def export_journal(
    workspace: Workspace, *, person_id: int, code: str = ""
) -> tuple[Journal, Printed]:
    """Give the journal to paper or a file, and write so into the trail."""
    with workspace.transaction() as tx:
        whose = Guard(author=person_id)
        workspace.require(Permission.VIEW_OWN_HOURS, whose)
        workspace.require(Permission.EXPORT, whose)
        journal = _journal(tx, person_id, code)
        period = journal.period
        tx.audit(
            "journal.exported", f"person:{person_id}",
            rows=len(journal.lines), since=period.starts_on, until=period.ends_before,
        )  # fmt: skip
        return journal, Printed(tx.now, tx.zone)


def _journal(tx: Transaction, person_id: int, code: str) -> Journal:
    period = period_of(code) if code else month_of(tx.today)
    name = person_names(tx, [person_id]).get(person_id)
    if name is None:
        raise NotFoundError(kind=Term("object.person"), id=person_id)
    query = HoursQuery(period, person_id=person_id)
    work = work_in(tx, query)
    figure = figure_in(tx, query)
    private = figure.minutes - sum(each.minutes for each in work)
    told = meetings_told(tx, {w.source.id for w in work if w.source.type == CONSULTATION})
    by_source: dict[tuple[date, TimeSource], list[WorkLine]] = defaultdict(list)
    for each in work:
        by_source[each.worked_on, each.source].append(each)
    lines = [_line(entries, told) for entries in by_source.values()]
    order = list(Activity)
    lines.sort(
        key=lambda line: (
            order.index(line.activity), line.worked_on, line.starts_at or time.max
        )
    )  # fmt: skip
    return Journal(
        centre=load_centre(tx.db).name,
        person=name,
        period=period,
        lines=tuple(lines),
        annex=annex_of([share for each in work for share in _shares(each)], private),
        private_minutes=private,
        is_whole=person_id == tx.actor.person_id,
        unapproved=figure.minutes - figure.approved,
        opened=tuple((each.day, each.reason) for each in overrides_in(tx, period, person_id)),
    )


def _line(entries: Sequence[WorkLine], told: dict[int, MeetingBrief]) -> JournalLine:
    first = entries[0]
    brief = told.get(first.source.id) if first.source.type == CONSULTATION else None
    return JournalLine(
        worked_on=first.worked_on,
        minutes=tuple((each.kind, each.minutes) for each in entries),
        starts_at=brief.starts_at if brief else None,
        initiatives=brief.initiatives if brief else (),
        topics=tuple(sorted({topic for each in entries for topic, _minutes in each.shares})),
        form=brief.form if brief else None,
        audience=brief.audience if brief else None,
        activity=first.activity,
        is_meeting=first.source.type != OWN_WORK,
    )


def _shares(work: WorkLine) -> list[Share]:
    source = (work.source.type, work.source.id)
    parts: list[tuple[str | None, int]] = list(work.shares) or [(None, work.minutes)]
    is_meeting = work.source.type != OWN_WORK
    return [Share(source, topic, minutes, work.activity, is_meeting) for topic, minutes in parts]


def _choices(tx: Transaction, chosen: int) -> dict[int, str]:
    """Offer every consultant to those who see all hours, and to others themselves."""
    if scope(tx.actor, Permission.VIEW_OWN_HOURS) is not Scope.ALL:
        return person_names(tx, [chosen])
    people = {brief.id: brief.name for brief in people_in(tx, Role.CONSULTANT)}
    people |= person_names(tx, [chosen])
    return dict(sorted(people.items(), key=lambda each: sort_key(each[1])))

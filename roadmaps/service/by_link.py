"""What the holder of a private link may do: see one roadmap, mark its steps, write a remark.

The link says who acts: history and audit trail name its person.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from accounts.service import active_roles, person_names
from casework.service import TimelineKind, add_to_timeline, case_guard, case_names
from casework.service.seams import add_next_step, people_of_case, waiting_of
from core import links
from core.database import Database
from core.errors import InvalidError, NotFoundError
from core.i18n import Term, translator
from core.permissions import Actor, Permission, may
from core.settings import load_centre
from core.workspace import Clock, Transaction, Workspace, system_clock
from roadmaps import store
from roadmaps.domain.edits import Batch, ChangeTask, Edit
from roadmaps.domain.edits_task import SetProgress, done_by
from roadmaps.domain.plan import Plan, Task
from roadmaps.domain.remark import (
    OPEN_LIMIT,
    REMARK,
    FeedEntry,
    Remark,
    RoadmapFeed,
    SharedRoadmap,
    SharedStep,
    StepAheadError,
    TooManyRemarksError,
    clean_remark,
)
from roadmaps.domain.roadmap import Roadmap
from roadmaps.domain.schedule import schedule
from roadmaps.domain.spans import spans
from roadmaps.domain.template_views import advice_for
from roadmaps.domain.worktime import Span
from roadmaps.formats.template_toml import builtin_templates
from roadmaps.service.common import AREA, time_of, write_change
from roadmaps.service.sharing import FEED, OWN_FEED, PAGE, read_subject, take_remark_away

_DONE = 100
_HISTORY = 200  # changes, the newest, among which is sought how far a step was
_TEXT_ON_DESK = 1_000  # of a next step


def view_by_link(database: Database, token: str, clock: Clock = system_clock) -> SharedRoadmap:
    """Show the roadmap to whoever holds the link.

    Raises `LinkEndedError` if it is unknown, revoked or old, its person left the initiative,
    or the roadmap was taken away.
    """
    with _door(database, token, clock).reading() as tx:
        roadmap, plan = _opened(tx, token)
        dates, unit = _dates(tx, plan), plan.unit
        me = tx.actor.person_id
        remarks = _own_remarks(tx, roadmap.id)  # the page promises: the lead reads, nobody else
        titles = {task.id: task.title for task in plan.tasks}
        advice = advice_for(plan, builtin_templates())
        steps = tuple(
            SharedStep(
                id=task.id,
                title=task.title,
                starts_on=dates[task.id].start.date(),
                finishes_on=dates[task.id].last_day(unit),
                is_done=task.done_percent == _DONE,
                is_late=task.done_percent < _DONE and dates[task.id].last_day(unit) < tx.today,
                stage=titles.get(task.parent_id or 0, ""),
                step=advice.get(task.id),
                remarks=tuple(one for one in remarks if one.task_id == task.id),
            )
            for task in _steps(plan)
        )
        shown = {step.id for step in steps}
        return SharedRoadmap(
            centre=load_centre(tx.db).name,
            initiative=case_names(tx, [roadmap.case_id]).get(roadmap.case_id, ""),
            title=roadmap.title,
            name=person_names(tx, [me]).get(me, ""),
            person_id=me,
            today=tx.today,
            zone=tx.zone,
            steps=steps,
            remarks=tuple(one for one in remarks if one.task_id not in shown),
        )


def mark_by_link(
    database: Database,
    token: str,
    *,
    task_id: int,
    is_done: bool,
    is_sure: bool = False,
    clock: Clock = system_clock,
) -> None:
    """Say that a step is done, or that it is not after all; said twice it stands once.

    The change stands in the history of the roadmap under the person's name, and is taken back
    there like any other. The case's timeline tells on which day the leader marked last.

    Raises
    ------
    LinkEndedError
        If the link does not open anything any more.
    NotFoundError
        If the step is not there any more.
    StepAheadError
        If a step is said to be done that begins after today, and nobody `is_sure` of it.
    """
    with _door(database, token, clock).transaction() as tx:
        roadmap, plan = _opened(tx, token, lock=True)
        task = plan.task(task_id)
        if task_id in plan.stages:
            raise InvalidError(field=Term("field.step"), value=task.title)
        if is_done == (task.done_percent == _DONE):
            return
        if is_done and not is_sure:
            _require_begun(tx, plan, task)
        percent = _DONE if is_done else _before(tx, roadmap.id, task)
        write_change(tx, (roadmap, plan), ChangeTask(done_by(task, percent)))
        source = ("roadmap", roadmap.id)
        add_to_timeline(tx, roadmap.case_id, TimelineKind.LEADER_MARK, tx.today, source)
        tx.audit("roadmap.marked_by_link", f"roadmap:{roadmap.id}", task=task_id, done=is_done)


def comment_by_link(
    database: Database,
    token: str,
    *,
    text: str,
    task_id: int | None = None,
    clock: Clock = system_clock,
) -> None:
    """Write a remark on a step or on the whole roadmap; sent twice it stands once.

    The lead of the case finds it among the next steps, on the case and on the desk. A remark
    whose step is done is an answered one: it counts no more, and may be written again.

    Raises
    ------
    LinkEndedError, NotFoundError
        As `mark_by_link`.
    TooManyRemarksError
        If twenty remarks of this person wait for the lead already.
    """
    with _door(database, token, clock).transaction() as tx:
        roadmap, plan = _opened(tx, token, lock=True)
        about = None if task_id is None else plan.task(task_id)
        me, written = tx.actor.person_id, clean_remark(text)
        guard = case_guard(tx, roadmap.case_id, lock=True)
        waiting = waiting_of(tx, roadmap.case_id, REMARK)
        mine = [x for x in _own_remarks(tx, roadmap.id) if x.id in waiting]
        if any((x.text, x.task_id) == (written, task_id) for x in mine):
            return
        if len(mine) >= OPEN_LIMIT:
            raise TooManyRemarksError(limit=OPEN_LIMIT)
        remark = Remark(0, roadmap.id, task_id, me, written, tx.now)
        remark_id = store.add_remark(tx.db, remark)
        told = _told(tx, about.title if about else roadmap.title, written)
        add_next_step(tx, roadmap.case_id, told, tx.today, guard.lead, (REMARK, remark_id))
        tx.audit("roadmap.remark_made", f"roadmap:{roadmap.id}", remark=remark_id, task=task_id)
        tx.touched(AREA)


def unsay_by_link(
    database: Database, token: str, *, remark_id: int, clock: Clock = system_clock
) -> None:
    """Let a leader take a remark of their own back. Raises `NotFoundError` if it is not theirs."""
    with _door(database, token, clock).transaction() as tx:
        roadmap, _plan = _opened(tx, token, lock=True)
        found = [x for x in _own_remarks(tx, roadmap.id) if x.id == remark_id]
        if not found:
            raise NotFoundError(kind=Term("object.remark"), id=remark_id)
        take_remark_away(tx, found[0])


def read_roadmap_feed(database: Database, token: str, clock: Clock = system_clock) -> RoadmapFeed:
    """Give what stands in a calendar that reads a roadmap.

    Raises `LinkEndedError` if the link is unknown or revoked, or its person neither works here
    nor belongs to the initiative any more.
    """
    try:
        return _feed(database, token, clock, OWN_FEED)
    except links.LinkEndedError:
        return _feed(database, token, clock, FEED)


def _feed(database: Database, token: str, clock: Clock, purpose: str) -> RoadmapFeed:
    with _door(database, token, clock, purpose).reading() as tx:
        roadmap, plan = _opened(tx, token, purpose)
        dates = _dates(tx, plan)
        return RoadmapFeed(
            roadmap_id=roadmap.id,
            title=roadmap.title,
            version=roadmap.version,
            language=load_centre(tx.db).language,
            now=tx.now,
            entries=tuple(
                FeedEntry(
                    task.id,
                    task.title,
                    dates[task.id].start.date(),
                    dates[task.id].last_day(plan.unit),
                    task.done_percent == _DONE,
                )
                for task in _steps(plan)
            ),
        )


def _own_remarks(tx: Transaction, roadmap_id: int) -> list[Remark]:
    remarks = store.list_remarks(tx.db, roadmap_id)
    return [one for one in remarks if one.person_id == tx.actor.person_id]


def _told(tx: Transaction, title: str, text: str) -> str:
    """Say in the centre's language what the lead is to read."""
    _ = translator(load_centre(tx.db).language)
    return _("The leader about “{title}”: {text}", title=title, text=text)[:_TEXT_ON_DESK]


def _door(database: Database, token: str, clock: Clock, purpose: str = PAGE) -> Workspace:
    """Open the workspace of the person to whom a link was given; they have no role by it."""

    def holder(db: Session, now: datetime) -> Actor:
        opened = links.look(db, purpose, token, now=now)
        return Actor(read_subject(opened.subject)[1], frozenset())

    return Workspace(database, holder, clock)


def _opened(
    tx: Transaction, token: str, purpose: str = PAGE, *, lock: bool = False
) -> tuple[Roadmap, Plan]:
    """Load the roadmap behind a link whose person may still know of it."""
    opened = links.look(tx.db, purpose, token, now=tx.now)
    roadmap_id, person_id = read_subject(opened.subject)
    try:
        roadmap, plan = store.load_plan(tx.db, roadmap_id, lock=lock)
    except NotFoundError:
        raise links.LinkEndedError from None
    if person_id in people_of_case(tx, roadmap.case_id):
        return roadmap, plan
    reader = Actor(person_id, active_roles(tx, person_id))
    is_staff = may(reader, Permission.VIEW_ROADMAP, case_guard(tx, roadmap.case_id))
    if purpose == PAGE or not is_staff:
        raise links.LinkEndedError
    return roadmap, plan


def _steps(plan: Plan) -> Iterable[Task]:
    return (task for task in plan.tasks if task.id not in plan.stages)


def _dates(tx: Transaction, plan: Plan) -> dict[int, Span]:
    when = time_of(tx, plan)
    return dict(spans(plan, schedule(plan, when.days), when))


def _require_begun(tx: Transaction, plan: Plan, task: Task) -> None:
    """Refuse a step that lies ahead as a whole: whoever marks it may have meant another."""
    starts_on = _dates(tx, plan)[task.id].start.date()
    if starts_on > tx.today:
        raise StepAheadError(task=task.title, at=starts_on)


def _before(tx: Transaction, roadmap_id: int, task: Task) -> int:
    """Give how far a step was before it was said to be done."""
    for edit in reversed(store.list_edits(tx.db, roadmap_id, _HISTORY)):
        percent = _done_of(edit.backward, task.id)
        if percent is None or percent == _DONE:
            continue
        if _done_of(edit.forward, task.id) == _DONE:
            return percent
    return 0


def _done_of(edit: Edit, task_id: int) -> int | None:
    """Give how far an edit leaves a step; None if it says nothing of it."""
    match edit:
        case Batch(edits):
            said = (_done_of(part, task_id) for part in reversed(edits))
            return next((percent for percent in said if percent is not None), None)
        case ChangeTask(task) if task.id == task_id:
            return task.done_percent
        case SetProgress(task_id=known, done_percent=percent) if known == task_id:
            return percent
    return None

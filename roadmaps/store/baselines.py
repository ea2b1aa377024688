"""The baselines of a plan: dates as they were once agreed."""

from collections.abc import Collection

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from roadmaps.domain.terms import Baseline, BaselineDates
from roadmaps.tables import BaselineDateRow, BaselineRow


def load_baselines(db: Session, roadmap_id: int) -> tuple[Baseline, ...]:
    """Load all baselines of a plan: one query for their heads, one for the dates if any."""
    heads = db.scalars(
        select(BaselineRow).where(BaselineRow.roadmap_id == roadmap_id).order_by(BaselineRow.number)
    ).all()
    if not heads:
        return ()
    dates: dict[int, list[BaselineDates]] = {row.id: [] for row in heads}
    row = BaselineDateRow
    query = select(row.baseline_id, row.task_id, row.starts_at, row.finishes_at, row.duration)
    found = db.execute(query.where(row.baseline_id.in_(dates)))
    for baseline_id, task_id, start, finish, duration in found:
        dates[baseline_id].append(BaselineDates(task_id, start, finish, duration))
    return tuple(
        Baseline(head.number, tuple(dates[head.id]), head.title, head.taken_at, head.taken_by)
        for head in heads
    )


def save_baselines(
    db: Session, roadmap_id: int, before: Collection[Baseline], after: Collection[Baseline]
) -> None:
    """Write what differs: baselines that are new, gone or called otherwise."""
    if before == after:
        return
    had, has = {x.number: x for x in before}, {x.number: x for x in after}
    for number, old in had.items():
        new = has.get(number)
        mine = (BaselineRow.roadmap_id == roadmap_id, BaselineRow.number == number)
        if new is None or new.dates != old.dates:
            db.execute(delete(BaselineRow).where(*mine))
        elif new != old:
            db.execute(update(BaselineRow).where(*mine).values(**_head(new)))
    for number, new in has.items():
        if number not in had or had[number].dates != new.dates:
            _add(db, roadmap_id, new)


def _add(db: Session, roadmap_id: int, new: Baseline) -> None:
    row = {"roadmap_id": roadmap_id, "number": new.number, **_head(new)}
    head = db.scalar(insert(BaselineRow).returning(BaselineRow.id).values(row))
    dates = [
        {
            "baseline_id": head,
            "task_id": x.task_id,
            "starts_at": x.start,
            "finishes_at": x.finish,
            "duration": x.duration,
        }
        for x in new.dates
    ]
    if dates:
        db.execute(insert(BaselineDateRow), dates)


def _head(new: Baseline) -> dict[str, object]:
    return {"title": new.title, "taken_at": new.taken_at, "taken_by": new.taken_by}

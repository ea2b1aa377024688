"""A small centre whose hours the tests count."""

from datetime import date, timedelta

from hypothesis import strategies as st

from core.workspace import Workspace
from hours.domain.entries import Activity, TimeKind, TimeLine
from hours.domain.figures import WITHOUT, HoursQuery
from hours.domain.periods import Period, Quarter
from hours.domain.plans import HourPlan, Promise
from hours.service import list_promises, replace_time, set_plan

TODAY = date(2026, 11, 23)
Q4 = Quarter(2026, 4).period
TOPICS = ("budget", "legal", "psychologist", "roadmap")


def record(workspace: Workspace, number: int, *lines: TimeLine) -> None:
    """Make these lines the time of one consultation."""
    with workspace.transaction() as tx:
        replace_time(tx, ("consultation", number), lines)


def promise(workspace: Workspace, plan: HourPlan) -> tuple[Promise, ...]:
    """Promise hours, having seen all that is promised."""
    known = list_promises(workspace, agreement_id=plan.agreement_id)
    return set_plan(workspace, plan, seen=known[plan.activity])


def line(person_id: int, minutes: int, **other: object) -> TimeLine:
    """Contact time of today unless told otherwise."""
    values = {"kind": TimeKind.CONTACT, "worked_on": TODAY, "topics": ("budget",)} | other
    return TimeLine(person_id=person_id, minutes=minutes, **values)  # type: ignore[arg-type]


@st.composite
def sources(draw: st.DrawFn, people: int = 3) -> list[list[TimeLine]]:
    """Draw consultations and trainings around the edges of a quarter; people are 0, 1, 2…"""
    days = st.integers(-3, 55).map(
        lambda number: Period(Q4.starts_on, TODAY).starts_on + timedelta(number)
    )
    drawn = []
    for _ in range(draw(st.integers(0, 6))):
        activity = draw(st.sampled_from(Activity))
        worked_on = min(draw(days), TODAY)
        topics = tuple(draw(st.lists(st.sampled_from(TOPICS), max_size=3)))
        is_private = draw(st.booleans())
        who = draw(
            st.lists(
                st.tuples(st.integers(0, people - 1), st.sampled_from(TimeKind)),
                min_size=1, max_size=4, unique=True,
            )
        )  # fmt: skip
        drawn.append(
            [
                TimeLine(
                    person, kind, draw(st.integers(1, 40)), worked_on, activity, topics, is_private
                )
                for person, kind in who
            ]
        )
    return drawn


def queries(person_ids: list[int]) -> st.SearchStrategy[HoursQuery]:
    """Draw a question with any of its narrowings."""
    return st.builds(
        HoursQuery,
        period=st.sampled_from([Q4, Quarter(2026, 3).period, Period(date(2026, 10, 5), TODAY)]),
        activity=st.sampled_from([None, *Activity]),
        person_id=st.sampled_from([None, *person_ids]),
        topic=st.sampled_from([None, WITHOUT, *TOPICS]),
        kind=st.sampled_from([None, *TimeKind]),
    )

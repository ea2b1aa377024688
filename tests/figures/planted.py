"""A quarter that is hard to count: two consultants, three initiatives, every state and edge."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.domain.consultation import Draft, Topic, Work
from casework.service import Submission, mark_no_show, plan_consultation, record_consultation
from core.database import Database
from core.permissions import Role
from core.workspace import Workspace
from hours.domain.agreements import AgreementPlan, Measure, Served, Terms
from hours.domain.entries import Activity
from hours.service import (
    EntryStatus,
    MonthEntry,
    TimeKind,
    WorkDraft,
    add_agreement,
    approve_month,
    export_own_hours,
    lock_month,
    override_day,
    record_work,
    return_entry,
    serve_agreement,
    submit_month,
    view_person_month,
)
from tests.factories import make_case, make_initiative

START = date(2026, 10, 1)
CODES = ("2026-Q3", "2026-Q4")
WITH_PEOPLE = {"contact", "preparation", "travel", "follow_up", "roadmap"}


@dataclass(frozen=True)
class Planted:
    """Who works there, in their own workspaces, and the agreement their time serves."""

    manager: Workspace
    anna: Workspace
    boris: Workspace
    ids: tuple[int, int]
    agreement: int

    def exported(self) -> list[tuple[int, MonthEntry]]:
        """Every entry that the two consultants take away as a file, drafts too."""
        return [
            (person, entry)
            for here, person in zip((self.anna, self.boris), self.ids, strict=True)
            for code in CODES
            for entry in export_own_hours(here, code).entries
        ]


def plant(database: Database, workspaces: Callable[..., Workspace]) -> Planted:
    """Plant the quarter."""
    manager = workspaces(Role.MANAGER, name="Мария Орлова")
    anna = workspaces(Role.CONSULTANT, name="Анна Ёлкина")
    boris = workspaces(Role.CONSULTANT, name="Борис Седов")
    ids = (_id(anna), _id(boris))
    plan = AgreementPlan(Activity.CONSULTING, Measure.STAFF, 6000)
    terms = Terms("City", START, date(2026, 12, 31), "City", 3, plans=(plan,))
    agreement = add_agreement(manager, terms=terms)
    serve_agreement(manager, served=Served(Activity.CONSULTING, START, agreement))
    with database.writing() as db:
        cases = [
            make_case(db, ids[0], initiative_id=make_initiative(db, name, ids[0]), members=ids[1:])
            for name in ("Сад", "Хор", "Planted")
        ]
    planted = Planted(manager, anna, boris, ids, agreement)
    _meet(planted, cases)
    return planted


def _meet(here: Planted, cases: list[int]) -> None:
    a, b = here.ids
    one, two, three = cases
    budget, legal = frozenset({Topic.BUDGET}), frozenset({Topic.BUDGET, Topic.LEGAL})

    def meet(day: date, works: Iterable[Work], *of: int, topics: frozenset[Topic] = budget) -> None:
        works = tuple(works)
        by = here.anna if works[0].person_id == a else here.boris
        draft = Draft(day, topics, works, cases=frozenset(of))
        record_consultation(by, draft=draft, sent=Submission())

    meet(date(2026, 9, 30), [Work(a, 40)], three)
    meet(date(2026, 10, 1), [Work(b, 35)], three)
    meet(date(2026, 10, 5), [Work(a, 25)], two)
    meet(date(2026, 11, 10), [Work(a, 61, 15)], one, topics=legal)
    meet(date(2026, 11, 11), [Work(b, 50)], two)
    meet(date(2026, 11, 12), [Work(a, 90), Work(b, 91, 0, 30)], one, two, three, topics=legal)
    meet(date(2026, 11, 17), [Work(b, 45)], two)
    meet(date(2026, 11, 18), [Work(a, 40)], three, topics=frozenset({Topic.PSYCHOLOGIST}))
    record_work(here.anna, draft=WorkDraft(date(2026, 11, 13), 33, TimeKind.ADMINISTRATION))
    report = WorkDraft(date(2026, 11, 13), 20, TimeKind.ADMINISTRATION, Activity.OTHER)
    record_work(here.anna, draft=report)
    submit_month(here.anna, "2026-11")
    planned = Draft(date(2026, 11, 16), budget, (Work(a),), cases=frozenset({one}))
    absent = plan_consultation(here.anna, draft=planned, sent=Submission())
    mark_no_show(here.anna, consultation_id=getattr(absent, "id", absent))
    seen = view_person_month(here.manager, b, "2026-11")
    back = next(each for each in seen.entries if each.worked_on == date(2026, 11, 17))
    return_entry(here.manager, entry_id=back.id, version=back.version, comment="Which day?")
    october = view_person_month(here.manager, a, "2026-10")
    approve_month(here.manager, person_id=a, month="2026-10", seen=october.seen)
    lock_month(here.manager, person_ids=[a], month="2026-10")
    override_day(here.manager, person_id=a, day=date(2026, 10, 5), reason="A wrong topic")


def _id(here: Workspace) -> int:
    with here.reading() as tx:
        return tx.actor.person_id


def counted_again(
    exported: Iterable[tuple[int, MonthEntry]], query: dict[str, str], reader: int
) -> tuple[int, int]:
    """Count in plain Python what an address of rows asks for: minutes and rows."""
    minutes, rows, meetings = 0, 0, set()
    for person, entry in exported:
        is_private = "psychologist" in entry.topics and person != reader
        if not _counts(entry, query) or not _asked(person, entry, query, is_private):
            continue
        if is_private:
            meetings.add(entry.source)
        else:
            rows += 1
        minutes += _share(entry, query.get("topic", ""))
    return minutes, rows + len(meetings)


def _counts(entry: MonthEntry, query: dict[str, str]) -> bool:
    activity = entry.activity.value if entry.activity else ""
    if entry.status is EntryStatus.DRAFT:
        return False
    if activity == "consulting" and (entry.kind or "") not in WITH_PEOPLE:
        return False
    return query.get("activity", activity) == activity


def _asked(person: int, entry: MonthEntry, query: dict[str, str], is_private: bool) -> bool:
    day: Any = entry.worked_on
    if "since" in query:
        inside = query["since"] <= day.isoformat() <= query["until"]
    else:
        code = query.get("quarter", CODES[1])
        inside = f"{day.year}-Q{(day.month + 2) // 3}" == code
    if "week" in query:
        week = date.fromisoformat(query["week"]).isocalendar()[:2]
        inside = inside and day.isocalendar()[:2] == week
    ours = "agreement" not in query or (day >= START and entry.activity is Activity.CONSULTING)
    topic = query.get("topic")
    if is_private:  # fewer than five private meetings are nobody's by name, and have no kind
        told = topic in {None, "private"} and "person" not in query and "kind" not in query
        return inside and ours and told
    has_topic = topic is None or topic in entry.topics or (topic == "none" and not entry.topics)
    mine = query.get("person", str(person)) == str(person)
    return inside and has_topic and mine and ours and query.get("kind", entry.kind) == entry.kind


def _share(entry: MonthEntry, topic: str) -> int:
    if topic in {"", "none", "private"}:
        return entry.minutes
    each, rest = divmod(entry.minutes, len(entry.topics))
    return each + (sorted(entry.topics).index(topic) < rest)

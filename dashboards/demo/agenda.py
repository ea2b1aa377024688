"""Draw three years of meetings whose minutes match the promise of hours, quarter by quarter."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from enum import StrEnum
from random import Random
from typing import Final

from casework.domain.consultation import (
    COMPLEX,
    CONFIDENTIAL,
    Audience,
    ConsultationForm,
    Topic,
    Work,
)
from dashboards.demo.lives import CaseStory, InitiativeStory
from dashboards.demo.stage import CONSULTANTS, Frame, working_day
from hours.service import Quarter

PROMISED: Final = 250 * 60
"""Consulting minutes promised per quarter [min]."""
_SLOTS: Final = (time(10), time(12), time(14), time(16), time(18))
_MOST_A_DAY: Final = 3
_TOPICS: Final = {
    Topic.GOALS_METHODS: 20,
    Topic.LEADER: 14,
    Topic.PR_GR: 14,
    Topic.BUDGET: 12,
    Topic.LEGAL: 11,
    Topic.DIAGNOSTICS: 8,
    Topic.ROADMAP: 9,
    Topic.ASSESSMENT: 5,
    Topic.PSYCHOLOGIST: 5,
    Topic.MEDIATOR: 3,
}
_HOLDERS: Final = {Topic.PSYCHOLOGIST: "consultant3", Topic.MEDIATOR: "consultant6"}
_FORMS: Final = {
    ConsultationForm.IN_PERSON: 60,
    ConsultationForm.ONLINE: 22,
    ConsultationForm.PHONE: 18,
}
_SECOND: Final = 0.12
_PLANNED_AHEAD: Final = 0.15


class Course(StrEnum):
    """What becomes of a meeting."""

    HELD = "held"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Person:
    """A consultant of a meeting with their minutes."""

    key: str
    contact: int
    preparation: int = 0
    travel: int = 0

    def work(self, person_id: int) -> Work:
        """Say it as the form of a consultation does."""
        return Work(person_id, self.contact, self.preparation, self.travel)

    @property
    def minutes(self) -> int:
        """All of them together."""
        return self.contact + self.preparation + self.travel


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting as drawn; the first person records it."""

    day: date
    starts_at: time
    people: tuple[Person, ...]
    topics: tuple[Topic, ...]
    cases: tuple[str, ...] = ()
    form: ConsultationForm = ConsultationForm.IN_PERSON
    audience: Audience = Audience.INDIVIDUAL
    course: Course = Course.HELD
    planned_on: date | None = None

    @property
    def minutes(self) -> int:
        """All minutes of all consultants."""
        return sum(person.minutes for person in self.people)


@dataclass
class _Diary:
    """Who is taken when."""

    taken: dict[tuple[str, date], list[time]] = field(default_factory=lambda: defaultdict(list))

    def slot(self, rng: Random, keys: Sequence[str], day: date) -> time | None:
        """Take a time at which all of them are free; None if there is none."""
        if any(len(self.taken[key, day]) >= _MOST_A_DAY for key in keys):
            return None
        free = [s for s in _SLOTS if all(s not in self.taken[key, day] for key in keys)]
        if not free:
            return None
        chosen = rng.choice(free)
        for key in keys:
            self.taken[key, day].append(chosen)
        return chosen


def draw_agenda(frame: Frame, lives: Sequence[InitiativeStory]) -> tuple[Meeting, ...]:
    """Draw every meeting of the past, and those that are planned."""
    drawer = _Drawer(frame, tuple(case for life in lives for case in life.cases))
    found = list(drawer.past())
    found += drawer.ahead()
    return tuple(sorted(found, key=lambda m: (m.day, m.starts_at, m.people[0].key)))


class _Drawer:
    def __init__(self, frame: Frame, cases: tuple[CaseStory, ...]) -> None:
        self.frame = frame
        self.cases = cases
        self.rng = frame.options.random("agenda")
        self.diary = _Diary()

    def past(self) -> Iterator[Meeting]:
        """Fill each quarter until its share of the promise is kept."""
        quarter = Quarter.of(self.frame.starts_on)
        size = self.frame.options.initiatives / 60
        while quarter.period.starts_on < self.frame.today:
            whole = quarter.period
            last = min(whole.ends_before, self.frame.today)
            days = self.frame.calendar.working_days(whole.starts_on, last)
            every = self.frame.calendar.between(whole.starts_on, whole.ends_before)
            kept = self.rng.uniform(0.91, 1.015) if last == whole.ends_before else 0.96
            target = PROMISED * size * kept * len(days) / every
            if days:
                yield from self._quarter(days, target)
            quarter = quarter.next

    def _quarter(self, days: Sequence[date], target: float) -> Iterator[Meeting]:
        first = set(days)
        done = 0
        for case in self.cases:
            day = working_day(self.frame, case.opened_on, self.rng.randint(2, 7))
            if day in first:
                meeting = self._meeting(day, case, (Topic.DIAGNOSTICS,))
                if meeting:
                    done += meeting.minutes
                    yield meeting
        for _attempt in range(4000):
            if done >= target - 40:
                return
            found = self._any(days)
            if found:
                done += found.minutes if found.course is Course.HELD else 0
                yield found

    def _any(self, days: Sequence[date]) -> Meeting | None:
        day = self.rng.choice(days)
        at_work = [case for case in self.cases if case.is_at_work(day)]
        if not at_work:
            return None
        case = self.rng.choices(at_work, [case.weight_on(day) for case in at_work])[0]
        luck = self.rng.random()
        if luck < 0.055:
            return self._group(day, [c for c in at_work if c.lead == case.lead])
        meeting = self._meeting(day, case, self._topics(case))
        if meeting is None or luck < 0.92:
            return meeting
        planned_on = meeting.planned_on or self._ahead(day, case)
        if planned_on is None:
            return meeting
        course = Course.CANCELLED if luck < 0.97 else Course.NO_SHOW
        return replace(meeting, course=course, planned_on=planned_on)

    def _topics(self, case: CaseStory) -> tuple[Topic, ...]:
        open_to = {
            topic: weight
            for topic, weight in _TOPICS.items()
            if topic not in _HOLDERS or _HOLDERS[topic] in case.consultants
        }
        weights = [weight * (4 if t in CONFIDENTIAL else 1) for t, weight in open_to.items()]
        first = self.rng.choices(list(open_to), weights)[0]
        others = [t for t in open_to if t is not first and t not in CONFIDENTIAL | COMPLEX]
        if first in CONFIDENTIAL or self.rng.random() > 0.28:
            return (first,)
        return (first, self.rng.choice(others))

    def _meeting(self, day: date, case: CaseStory, topics: tuple[Topic, ...]) -> Meeting | None:
        leads = case.lead if self.rng.random() < 0.72 else case.member
        leads = _HOLDERS.get(topics[0], leads)
        keys = [leads]
        if topics[0] not in CONFIDENTIAL and self.rng.random() < _SECOND:
            keys += [key for key in case.consultants if key != leads]
        slot = self.diary.slot(self.rng, keys, day)
        if slot is None:
            return None
        form = self._form(topics)
        ahead = self.rng.random() < _PLANNED_AHEAD
        return Meeting(
            day=day,
            starts_at=slot,
            people=self._people(keys, topics, form),
            topics=topics,
            cases=(case.key,),
            form=form,
            planned_on=self._ahead(day, case) if ahead else None,
        )

    def _form(self, topics: tuple[Topic, ...]) -> ConsultationForm:
        if topics[0] in COMPLEX:
            return ConsultationForm.IN_PERSON
        return self.rng.choices(list(_FORMS), list(_FORMS.values()))[0]

    def _people(
        self, keys: Sequence[str], topics: tuple[Topic, ...], form: ConsultationForm
    ) -> tuple[Person, ...]:
        rng = self.rng
        if topics[0] in COMPLEX:
            contact, prepared = rng.choice((60, 75, 90, 90, 105)), rng.choice((15, 30, 45))
        elif form is ConsultationForm.PHONE:
            contact, prepared = rng.choice((20, 25, 30, 40)), rng.choice((0, 0, 10))
        else:
            contact, prepared = (
                rng.choice((45, 45, 60, 60, 60, 75)),
                rng.choice((0, 10, 10, 15, 20)),
            )
        travel = rng.choice((0, 0, 0, 20, 30, 40)) if form is ConsultationForm.IN_PERSON else 0
        lead = Person(keys[0], contact, prepared, travel)
        helped = [Person(key, contact, rng.choice((0, 15))) for key in keys[1:]]
        return (lead, *helped)

    def _group(self, day: date, cases: Sequence[CaseStory]) -> Meeting | None:
        """Draw a meeting of several initiatives of one consultant."""
        leads = cases[0].lead
        slot = self.diary.slot(self.rng, [leads], day)
        if slot is None:
            return None
        count = min(len(cases), self.rng.randint(2, 4))
        topic = self.rng.choice((Topic.BUDGET, Topic.LEGAL, Topic.PR_GR, Topic.GOALS_METHODS))
        return Meeting(
            day=day,
            starts_at=slot,
            people=(Person(leads, self.rng.choice((75, 90, 90, 120)), 30),),
            topics=(topic,),
            cases=tuple(case.key for case in self.rng.sample(list(cases), count)),
            audience=Audience.GROUP,
        )

    def _ahead(self, day: date, case: CaseStory) -> date | None:
        """Give the day on which a meeting was planned; None before the case was open."""
        planned = working_day(self.frame, day - timedelta(days=self.rng.randint(3, 12)))
        return planned if case.opened_on < planned < day else None

    def ahead(self) -> Iterator[Meeting]:
        """Plan today, tomorrow and next week; leave one past meeting not written up."""
        today = self.frame.today
        unwritten = working_day(self.frame, today - timedelta(days=1))
        if unwritten >= today:
            unwritten = self.frame.calendar.add(today, -1)
        for key in (*CONSULTANTS, "director"):
            own = [c for c in self.cases if key in c.consultants and c.is_at_work(today)]
            own = [c for c in own if c.opened_on < today - timedelta(days=8)]
            if not own:
                continue
            days = [working_day(self.frame, today + timedelta(days=1))]
            days += [working_day(self.frame, today, self.rng.randint(3, 8)) for _ in range(2)]
            if key in {"consultant1", "consultant4"}:
                days += [unwritten, today] if key == "consultant1" else [today]
            for day in days:
                yield from self._waiting(day, key, self.rng.choice(own))

    def _waiting(self, day: date, key: str, case: CaseStory) -> Iterator[Meeting]:
        slot = self.diary.slot(self.rng, [key], day)
        if slot is not None:
            topics = tuple(t for t in self._topics(case) if t not in CONFIDENTIAL)
            yield Meeting(
                day=day,
                starts_at=slot,
                people=(Person(key, 0),),
                topics=topics or (Topic.GOALS_METHODS,),
                cases=(case.key,),
                course=Course.WAITING,
                planned_on=self.frame.today - timedelta(days=self.rng.randint(1, 6)),
            )

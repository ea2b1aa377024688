"""Draw the lives of initiatives and the cases in which the centre was beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from casework.domain.case import CloseReason
from casework.domain.life import LifeEventType, Precision, When
from dashboards.demo.stage import CONSULTANTS, Frame, working_day

_FATES: Final = (
    (LifeEventType.CEASED, 0.115),
    (LifeEventType.BECAME_NGO, 0.115),
    (LifeEventType.BECAME_SOCIAL_ENTERPRISE, 0.07),
    (LifeEventType.PAUSED, 0.07),
    (LifeEventType.SPLIT, 0.035),
    (LifeEventType.LOST_CONTACT, 0.035),
    (LifeEventType.MERGED, 0.02),
)
"""What becomes of which share of initiatives; the others are simply alive."""
_ENDINGS: Final = {
    LifeEventType.CEASED: CloseReason.LEADER_STOPPED,
    LifeEventType.LOST_CONTACT: CloseReason.NO_CONTACT,
    LifeEventType.MERGED: CloseReason.HANDED_OVER,
}
_YOUNG_DAYS: Final = 160
_LONGEST_PAUSE: Final = 180


@dataclass(frozen=True, slots=True)
class CaseStory:
    """One engagement; `ends_on` None is still going on."""

    key: str
    initiative: int
    lead: str
    member: str
    opened_on: date
    request: int
    weight: float
    ends_on: date | None = None
    reason: CloseReason | None = None
    held_from: date | None = None
    held_until: date | None = None

    def is_at_work(self, day: date) -> bool:
        """Tell whether meetings of this case make sense on a day."""
        if day < self.opened_on or (self.ends_on is not None and day >= self.ends_on):
            return False
        return self.held_from is None or not self.held_from <= day < (self.held_until or date.max)

    def weight_on(self, day: date) -> float:
        """Say how much of the centre's time it gets: the most at its beginning."""
        return self.weight / (1 + (day - self.opened_on).days / 250)

    @property
    def consultants(self) -> tuple[str, str]:
        """Who works on it, the lead first."""
        return self.lead, self.member


@dataclass(frozen=True, slots=True)
class InitiativeStory:
    """One initiative: its row in the list, its beginning, its fate, its cases."""

    number: int
    founded: When
    registered_on: date
    fate: LifeEventType | None = None
    turned_on: date | None = None
    resumed_on: date | None = None
    cases: tuple[CaseStory, ...] = ()


def draw_lives(frame: Frame) -> tuple[InitiativeStory, ...]:
    """Draw every life; initiatives whose projects go before councils stay alive."""
    rng = frame.options.random("lives")
    judged = {row["initiative_key"] for row in frame.content.rows("projects")}
    rows = list(enumerate(frame.content.rows("initiatives")))
    rng.shuffle(rows)
    rows.sort(key=lambda row: row[1]["key"] not in judged)
    chosen = [number for number, _row in rows[: frame.options.initiatives]]
    kept = frozenset(number for number, row in rows if row["key"] in judged)
    chosen.sort(key=lambda number: rng.random() * (0.6 if number in kept else 1.0))
    fates = _fates(rng, [number for number in chosen if number not in kept])
    days = _registrations(frame, len(chosen))
    draw = _Draw(frame, rng, fates, kept)
    return tuple(
        draw.life(order, number, day)
        for order, (number, day) in enumerate(zip(chosen, days, strict=True))
    )


def _fates(rng: Random, numbers: list[int]) -> dict[int, LifeEventType]:
    """Give fates to the earliest three quarters, who had the time for them."""
    old = numbers[: max(len(numbers) * 3 // 4, 1)]
    rng.shuffle(old)
    counts = [(fate, round(len(numbers) * share * 1.25)) for fate, share in _FATES]
    given = [fate for fate, count in counts for _ in range(count)]
    return dict(zip(old, given, strict=False))


def _registrations(frame: Frame, count: int) -> list[date]:
    """Let two fifths come in the first weeks, the others evenly until a month ago."""
    early = max(count * 2 // 5, 1)
    later = max(count - early, 1)
    rest = (frame.today - frame.starts_on).days - 60
    days = [30 * number // early for number in range(early)]
    days += [30 + rest * (number + 1) // later for number in range(count - early)]
    return [working_day(frame, frame.starts_on + timedelta(days=day)) for day in days]


@dataclass(frozen=True)
class _Draw:
    frame: Frame
    rng: Random
    fates: Mapping[int, LifeEventType]
    kept: frozenset[int]

    @property
    def returning(self) -> frozenset[int]:
        """Every second of those that pause comes back."""
        paused = [number for number, fate in self.fates.items() if fate is LifeEventType.PAUSED]
        return frozenset(paused[::2])

    def life(self, order: int, number: int, registered_on: date) -> InitiativeStory:
        comes_back = number in self.returning
        turned_on = None
        if number in self.fates:
            turned_on = self._turn(registered_on, _LONGEST_PAUSE if comes_back else 0)
        fate = self.fates.get(number) if turned_on else None
        resumed_on = None
        if turned_on and comes_back:
            resumed_on = self._past(turned_on + timedelta(days=self.rng.randint(90, 160)))
        founded = registered_on - timedelta(days=self.rng.randint(60, 2600))
        precision = self.rng.choice((Precision.MONTH, Precision.MONTH, Precision.YEAR))
        story = InitiativeStory(
            number=number,
            founded=When(founded, precision),
            registered_on=registered_on,
            fate=fate,
            turned_on=turned_on,
            resumed_on=resumed_on,
        )
        return replace(story, cases=self._cases(order, story))

    def _cases(self, order: int, story: InitiativeStory) -> tuple[CaseStory, ...]:
        opened = working_day(self.frame, story.registered_on, self.rng.randint(0, 4))
        first = self._shaped(self._case((order, story.number, "a"), opened), story)
        if first.ends_on is None or story.turned_on is not None:
            return (first,)
        again = first.ends_on + timedelta(days=self.rng.randint(60, 220))
        if self._past(again) is None or self.rng.random() > 0.75:
            return (first,)
        again = working_day(self.frame, again)
        return (first, self._case((order + 1, story.number, "b"), again))

    def _shaped(self, case: CaseStory, story: InitiativeStory) -> CaseStory:
        """Let the fate of the initiative end or interrupt its case."""
        if story.number in self.kept:
            return replace(case, ends_on=None, reason=None)
        if story.turned_on is None or story.fate is None:
            return case
        if story.fate in _ENDINGS:
            ends_on = working_day(self.frame, story.turned_on, 2)
            return replace(case, ends_on=ends_on, reason=_ENDINGS[story.fate])
        if story.fate is LifeEventType.PAUSED:
            return replace(
                case,
                ends_on=None,
                reason=None,
                held_from=story.turned_on,
                held_until=story.resumed_on,
            )
        return case

    def _case(self, place: tuple[int, int, str], opened: date) -> CaseStory:
        order, number, letter = place
        lead = "director" if order % 15 == 14 else CONSULTANTS[order % len(CONSULTANTS)]
        helpers = ("consultant3", "consultant6", *CONSULTANTS)
        others = [key for key in helpers if key != lead]
        ends_on = working_day(self.frame, opened + timedelta(days=self.rng.randint(170, 560)))
        is_over = self._past(ends_on) is not None
        reasons = (CloseReason.GOAL_REACHED, CloseReason.GROWN_INDEPENDENT)
        return CaseStory(
            key=f"case {number}{letter}",
            initiative=number,
            lead=lead,
            member=self.rng.choice(others),
            opened_on=opened,
            request=self.rng.randrange(len(self.frame.content.rows("requests"))),
            weight=self.rng.uniform(0.6, 1.6),
            ends_on=ends_on if is_over else None,
            reason=self.rng.choice(reasons) if is_over else None,
        )

    def _turn(self, registered_on: date, before_end: int) -> date | None:
        """Draw the day of a turn: half a year after the registration at least."""
        room = (self.frame.today - registered_on).days - 12 - before_end
        if room < _YOUNG_DAYS:
            return None
        day = registered_on + timedelta(days=self.rng.randint(_YOUNG_DAYS, room))
        return self._past(working_day(self.frame, day))

    def _past(self, day: date) -> date | None:
        return day if day < self.frame.today - timedelta(days=5) else None

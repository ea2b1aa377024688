"""Where the acts take place: the database, its clock, who is who, what has been made."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from core.calendar import WorkCalendar, russian_calendar
from core.database import Database
from core.permissions import Actor
from core.workspace import Workspace
from dashboards.demo.content import Content

ZONE: Final = ZoneInfo("Asia/Yekaterinburg")
CONSULTANTS: Final = tuple(f"consultant{number}" for number in range(1, 7))
EXPERTS: Final = tuple(f"expert{number}" for number in range(1, 13))


@dataclass(frozen=True, slots=True)
class Options:
    """What the invented centre is drawn from."""

    language: str = "ru"
    seed: int = 2014
    initiatives: int = 60
    quarters: int = 12

    def random(self, part: str) -> Random:
        """Make the generator of one part, so that parts do not disturb each other."""
        return Random(f"{self.seed}:{part}")


@dataclass(slots=True)
class StoryClock:
    """A clock that shows the moment of the act."""

    now: datetime

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now


@dataclass(frozen=True)
class Frame:
    """The days of the story: from its first quarter until today."""

    options: Options
    content: Content
    starts_on: date
    now: datetime
    calendar: WorkCalendar = field(default_factory=russian_calendar)

    @property
    def today(self) -> date:
        """The centre's date when the demo is made."""
        return self.now.astimezone(ZONE).date()


@dataclass
class Stage:
    """What acts need and leave behind."""

    database: Database
    clock: StoryClock
    frame: Frame
    actors: dict[str, Actor] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)
    """Ids of what acts have made, by the names of the story, such as `case 5`."""

    def desk(self, key: str) -> Workspace:
        """Give the workspace of a person of the centre."""
        return Workspace.of(self.database, self.actors[key], self.clock)

    def person(self, key: str) -> int:
        """Give the id of a person of the centre."""
        return self.actors[key].person_id

    @property
    def content(self) -> Content:
        """The texts in the language of the centre."""
        return self.frame.content


@dataclass(frozen=True)
class Act:
    """One thing somebody did at a moment."""

    at: datetime
    do: Callable[[Stage], object]


Acts: TypeAlias = "tuple[Act, ...]"


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Give a moment of the centre's day."""
    return datetime.combine(day, time(hour, minute), ZONE)


def working_day(frame: Frame, day: date, after: int = 0) -> date:
    """Go so many working days on; a day off becomes the next working day."""
    return frame.calendar.add(day, after)

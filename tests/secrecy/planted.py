"""A full centre with private talks in it, in two versions that differ in nothing else.

Both hold the same meetings on the same days, of the same length; what was talked about, with
whom and what came of it differs. Whoever sees a difference has learnt a secret.
"""

from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Final

from accounts import service as accounts
from casework import service as casework
from casework.domain.attendance import Attendance, Attendee
from casework.domain.case import NewCase
from casework.domain.consultation import Draft, Topic, Work
from casework.domain.feedback import Feedback
from casework.domain.initiative import InitiativeForm, NewInitiative, NewParticipant
from casework.domain.step import NewStep
from core.database import Database
from core.drafts import Piece, keep_draft
from core.permissions import Role
from hours import service as hours
from tests.factories import NOW
from tests.full_centre import TODAY, FullCentre, build

HELD_ON: Final = date(2026, 10, 5)
TOPICS: Final = (Topic.PSYCHOLOGIST, Topic.MEDIATOR)
READERS: Final = {
    "outsider": Role.CONSULTANT,
    "second_expert": Role.EXPERT,
    "administrator": Role.ADMINISTRATOR,
    "manager": Role.MANAGER,
}
"""Nobody of these was at the talk, and their roles open none."""


@dataclass
class Planted:
    """The centre, its private talks, and the words that stand in them alone."""

    centre: FullCentre
    version: int
    cases: list[int] = field(default_factory=list)
    leaders: list[int] = field(default_factory=list)
    secrets: dict[str, str] = field(default_factory=dict)

    def secret(self, what: str) -> str:
        """Give a word that only the author and the named person may read."""
        self.secrets[what] = f"zqy{len(self.secrets)}v{self.version}" + "w" * (3 + self.version)
        return self.secrets[what]

    @property
    def ids(self) -> dict[str, int]:
        """The ids of what there is."""
        return self.centre.ids


def plant(database: Database, version: int) -> Planted:
    """Write one of the two versions: which topic, which initiative, which words."""
    planted = Planted(build(database), version)
    centre = planted.centre
    door = centre.by("administrator", Role.ADMINISTRATOR)
    for name in ("outsider", "confidant"):
        invited = accounts.invite_person(
            door, name=centre.words(), address=f"{name}@example.org", roles=[Role.CONSULTANT]
        )
        centre.people[name] = invited[0]
    for _each in TOPICS:
        _accompany(planted)
    _talk(planted)
    _settle(planted)
    _type(planted)
    return planted


def _accompany(planted: Planted) -> None:
    """Register an initiative with a leader and open its case; both stand nowhere else."""
    centre, here = planted.centre, planted.centre.consultant
    form = InitiativeForm(centre.words(), centre.words(), (), "")
    new = NewInitiative(form, leader=NewParticipant(centre.words()))
    made = casework.register_initiative(here, new=new, is_sure=True)
    assert made.id is not None
    lead = centre.people["lead"]
    planted.cases.append(casework.open_case(here, new=NewCase(made.id, lead, centre.words())))
    view = casework.view_initiative(here, initiative_id=made.id).initiative
    planted.leaders.append(view.participants[0].person_id)


def _talk(planted: Planted) -> None:
    """Hold a private talk with one of the initiatives, plan another; they have all there is."""
    centre, version = planted.centre, planted.version
    here, secret = centre.consultant, planted.secret
    draft = Draft(
        held_on=HELD_ON,
        topics=frozenset({TOPICS[version]}),
        consultants=(Work(centre.people["lead"], 50, 10),),
        starts_at=time(9, 0),
        cases=frozenset({planted.cases[version]}),
        named=frozenset({centre.people["confidant"]}),
        note=secret("note"),
        steps=(NewStep(secret("step"), TODAY), NewStep(secret("second step"))),
    )
    talk = planted.ids["talk"] = casework.record_consultation(here, draft=draft)
    there = [
        Attendee(Attendance.ATTENDED, planted.leaders[version]),
        Attendee(Attendance.ATTENDED, name=secret("participant")),
    ]
    casework.set_attendance(here, consultation_id=talk, version=1, attendees=there)
    token = casework.offer_feedback(here, consultation_id=talk)
    given = Feedback(2 + 2 * version, secret("feedback"))
    casework.give_feedback(centre.database, token, given, lambda: NOW)
    later = replace(draft, held_on=TODAY + timedelta(days=1), note=secret("plan"), steps=())
    planted.ids["later_talk"] = casework.plan_consultation(here, draft=later)


def _settle(planted: Planted) -> None:
    """Approve the month of the talk, so that its note is corrected by an addendum."""
    centre = planted.centre
    manager, lead = centre.by("manager", Role.MANAGER), centre.people["lead"]
    seen = hours.view_person_month(manager, lead, "2026-10").seen
    hours.approve_month(manager, person_id=lead, month="2026-10", seen=seen)
    talk = planted.ids["talk"]
    casework.add_addendum(centre.consultant, consultation_id=talk, text=planted.secret("addendum"))


def _type(planted: Planted) -> None:
    """Leave what is typed and not yet saved: a note and the grid of a week."""
    me = planted.centre.people["lead"]
    for what, key in (
        ("draft of the note", f"consultation:{planted.ids['later_talk']}"),
        ("draft of a week", "consultation_week:2026-11-23"),
    ):
        piece = Piece(key, planted.secret(what), "w", 1, 0)
        keep_draft(planted.centre.consultant, piece, person_id=me)

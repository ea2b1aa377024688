"""Who may do what: one readable table, and the rules on objects.

The table says, for each permission and role, whether it reaches *all* objects or only the
person's *own*. What is own is said by the object's guard. Notes have a rule of their own, by
secrecy. Each rule has a second face that stores turn into a WHERE clause: `scope` for the
table, `NoteReach` for notes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Protocol

from core.i18n import Coded


class Role(Coded):
    """What a person is to the centre; one account may hold several."""

    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    CONSULTANT = "consultant"
    EXPERT = "expert"


class Permission(Coded):
    """One kind of act."""

    VIEW_PEOPLE = "people.view"
    MANAGE_PEOPLE = "people.manage"
    VIEW_AUDIT = "audit.view"
    EDIT_SETTINGS = "settings.edit"
    VIEW_INITIATIVE = "initiative.view"
    EDIT_INITIATIVE = "initiative.edit"
    IMPORT_INITIATIVES = "initiative.import"
    VIEW_CASE = "case.view"
    OPEN_CASE = "case.open"
    EDIT_CASE = "case.edit"
    ASSIGN_CASE = "case.assign"
    VIEW_REQUEST = "request.view"
    TAKE_REQUEST = "request.take"
    TRIAGE_REQUEST = "request.triage"
    APPROVE_CLOSING = "case.approve_closing"
    HAND_OVER_CASES = "case.hand_over"
    ARRANGE_SUBSTITUTION = "substitution.arrange"
    OPEN_CASE_DOCUMENT = "case.documents"
    VIEW_HARM = "harm.view"
    VIEW_ROLL_CALL = "roll_call.view"
    RUN_ROLL_CALL = "roll_call.run"
    VIEW_CONSULTATION = "consultation.view"
    RECORD_CONSULTATION = "consultation.record"
    BREAK_GLASS = "note.break_glass"
    HAND_OVER_NOTES = "note.hand_over"
    VIEW_DIAGNOSTIC = "diagnostic.view"
    RUN_DIAGNOSTIC = "diagnostic.run"
    VIEW_ROADMAP = "roadmap.view"
    EDIT_ROADMAP = "roadmap.edit"
    VIEW_PANEL = "panel.view"
    CREATE_PANEL = "panel.create"
    MANAGE_PANEL = "panel.manage"
    SCORE_SUBMISSION = "panel.score"
    VIEW_OWN_HOURS = "hours.view_own"
    RECORD_HOURS = "hours.record"
    VIEW_ALL_HOURS = "hours.view_all"
    APPROVE_HOURS = "hours.approve"
    APPROVE_OWN_HOURS = "hours.approve_own"
    OVERRIDE_LOCK = "hours.override_lock"
    EDIT_PLANS = "hours.edit_plans"
    EXPORT = "data.export"


class Scope(Coded):
    """How far a permission reaches."""

    ALL = "all"
    OWN = "own"
    NONE = "none"


class Secrecy(Coded):
    """Who may read a consultation's note."""

    TEAM = "team"
    CASE = "case"
    PRIVATE = "private"


_A, _M, _C, _E = Role.ADMINISTRATOR, Role.MANAGER, Role.CONSULTANT, Role.EXPERT
_ALL, _OWN = Scope.ALL, Scope.OWN

GRANTS: Final[Mapping[Permission, Mapping[Role, Scope]]] = MappingProxyType(
    {
        Permission.VIEW_PEOPLE: {_A: _ALL, _M: _ALL, _C: _ALL},
        Permission.MANAGE_PEOPLE: {_A: _ALL},
        Permission.VIEW_AUDIT: {_A: _ALL},
        Permission.EDIT_SETTINGS: {_A: _ALL},
        Permission.VIEW_INITIATIVE: {_A: _ALL, _M: _ALL, _C: _ALL},
        Permission.EDIT_INITIATIVE: {_A: _ALL, _M: _ALL, _C: _ALL},
        Permission.IMPORT_INITIATIVES: {_A: _ALL, _M: _ALL},
        Permission.VIEW_CASE: {_A: _ALL, _M: _ALL, _C: _ALL},
        Permission.OPEN_CASE: {_M: _ALL, _C: _ALL},
        Permission.EDIT_CASE: {_M: _ALL, _C: _OWN},
        Permission.ASSIGN_CASE: {_M: _ALL, _C: _OWN},
        Permission.VIEW_REQUEST: {_A: _ALL, _M: _ALL, _C: _ALL},
        Permission.TAKE_REQUEST: {_M: _ALL, _C: _ALL},
        Permission.TRIAGE_REQUEST: {_M: _ALL},
        Permission.APPROVE_CLOSING: {_M: _ALL},
        Permission.HAND_OVER_CASES: {_M: _ALL},
        Permission.ARRANGE_SUBSTITUTION: {_M: _ALL, _C: _OWN},
        Permission.OPEN_CASE_DOCUMENT: {_M: _ALL, _C: _OWN},
        Permission.VIEW_HARM: {_M: _ALL, _C: _OWN},
        Permission.VIEW_ROLL_CALL: {_A: _ALL, _M: _ALL, _C: _ALL},
        Permission.RUN_ROLL_CALL: {_M: _ALL, _C: _ALL},
        Permission.VIEW_CONSULTATION: {_A: _ALL, _M: _ALL, _C: _ALL},
        Permission.RECORD_CONSULTATION: {_C: _OWN},
        Permission.BREAK_GLASS: {_A: _ALL, _M: _ALL},
        Permission.HAND_OVER_NOTES: {_M: _ALL},
        Permission.VIEW_DIAGNOSTIC: {_M: _ALL, _C: _ALL},
        Permission.RUN_DIAGNOSTIC: {_C: _OWN},
        Permission.VIEW_ROADMAP: {_M: _ALL, _C: _ALL},
        Permission.EDIT_ROADMAP: {_M: _ALL, _C: _OWN},
        Permission.VIEW_PANEL: {_M: _ALL, _C: _OWN, _E: _OWN},
        Permission.CREATE_PANEL: {_M: _ALL, _C: _ALL},
        Permission.MANAGE_PANEL: {_M: _OWN, _C: _OWN, _E: _OWN},
        Permission.SCORE_SUBMISSION: {_E: _OWN},
        Permission.VIEW_OWN_HOURS: {_M: _ALL, _C: _OWN},
        Permission.RECORD_HOURS: {_M: _OWN, _C: _OWN},
        Permission.VIEW_ALL_HOURS: {_M: _ALL},
        Permission.APPROVE_HOURS: {_M: _ALL},
        # four eyes, unless a manager is the administrator as well: a centre of two
        Permission.APPROVE_OWN_HOURS: {_A: _ALL},
        Permission.OVERRIDE_LOCK: {_M: _ALL},
        Permission.EDIT_PLANS: {_A: _ALL, _M: _ALL},
        Permission.EXPORT: {_A: _ALL, _M: _ALL, _C: _ALL, _E: _OWN},
    }
)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts, as the database knows them at this moment.

    `stands_in_for` are the absent whose cases the person leads meanwhile.
    """

    person_id: int
    roles: frozenset[Role]
    name: str = ""
    language: str = "ru"
    stands_in_for: frozenset[int] = frozenset()


class Guarded(Protocol):
    """What the rules need to know of an object."""

    @property
    def case_id(self) -> int | None:
        """The case it belongs to."""

    @property
    def lead(self) -> int | None:
        """The person who answers for it."""

    @property
    def members(self) -> frozenset[int]:
        """Those who work on it."""

    @property
    def leads(self) -> frozenset[int]:
        """Those who lead its cases: whoever stands in for one of them acts like them."""

    @property
    def secrecy(self) -> Secrecy | None:
        """How secret its note is."""

    @property
    def author(self) -> int | None:
        """Who wrote it."""

    @property
    def named(self) -> frozenset[int]:
        """Whom the author lets read it."""


@dataclass(frozen=True, slots=True)
class Guard:
    """The guard a store returns beside a value."""

    case_id: int | None = None
    lead: int | None = None
    members: frozenset[int] = field(default_factory=frozenset)
    secrecy: Secrecy | None = None
    author: int | None = None
    named: frozenset[int] = field(default_factory=frozenset)
    leads: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class NoteReach:
    """The notes an actor may read, in a form that a store can turn into SQL.

    A note is readable when it is the actor's own or names them; or when it is a team note and
    `team`; or a case note and `every_case`; or a case note of a case whose lead or member is
    the actor, or whose lead the actor stands in for, and `own_cases`.
    """

    person_id: int
    team: bool
    every_case: bool
    own_cases: bool
    stands_in_for: frozenset[int] = frozenset()


def scope(actor: Actor, permission: Permission) -> Scope:
    """Give the widest reach of a permission over the actor's roles."""
    reached = {GRANTS[permission].get(role, Scope.NONE) for role in actor.roles}
    if Scope.ALL in reached:
        return Scope.ALL
    return Scope.OWN if Scope.OWN in reached else Scope.NONE


def owns(actor: Actor, guard: Guarded) -> bool:
    """Tell whether the object is the actor's own: as lead, member, author or substitute."""
    person = actor.person_id
    if person in (guard.lead, guard.author) or person in guard.members:
        return True
    return not actor.stands_in_for.isdisjoint(guard.leads)


def may(actor: Actor, permission: Permission, guard: Guarded | None = None) -> bool:
    """Decide one act on one object; without a guard, whether the act is open at all."""
    reach = scope(actor, permission)
    if reach is Scope.ALL:
        return True
    return reach is Scope.OWN and (guard is None or owns(actor, guard))


def note_reach(actor: Actor) -> NoteReach:
    """Say which notes an actor may read: the second face of `may_read_note`."""
    consultant, manager = Role.CONSULTANT in actor.roles, Role.MANAGER in actor.roles
    return NoteReach(
        person_id=actor.person_id,
        team=consultant or manager,
        every_case=manager,
        own_cases=consultant,
        stands_in_for=actor.stands_in_for,
    )


def may_read_note(actor: Actor, guard: Guarded) -> bool:
    """Decide whether a consultation's note is open to the actor.

    Private notes are open to their author and the people they name, and to nobody by role.
    """
    person, reach = actor.person_id, note_reach(actor)
    if person == guard.author or person in guard.named:
        return True
    if guard.secrecy is Secrecy.TEAM:
        return reach.team
    if guard.secrecy is Secrecy.CASE:
        return reach.every_case or (reach.own_cases and owns(actor, guard))
    return False

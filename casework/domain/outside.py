"""What the page of a case's ways beyond the centre shows, and what is due there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.domain.authority import AuthorityContact, AuthorityKind
from casework.domain.harm import Harm
from casework.domain.referral import Referral


@dataclass(frozen=True, slots=True)
class OutsideView:
    """Referrals, contacts with authorities, and the harm that the reader may know of."""

    case_id: int
    initiative: str
    today: date
    referrals: tuple[Referral, ...]
    contacts: tuple[AuthorityContact, ...]
    harms: tuple[Harm, ...]
    people: Mapping[int, str]
    documents: Mapping[int, str]
    may_edit: bool
    handles: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class OutsideLine:
    """An answer that is awaited: of an authority if `kind` is said, else to a referral."""

    case_id: int
    initiative: str
    whom: str
    due_on: date
    kind: AuthorityKind | None = None


@dataclass(frozen=True, slots=True)
class HarmLine:
    """Harm or a complaint in a list."""

    harm: Harm
    initiative: str

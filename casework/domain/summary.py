"""The summary of a case that may leave the centre: nothing secret is in it."""

from dataclasses import dataclass
from datetime import date

from casework.domain.authority import AuthorityContact
from casework.domain.case import Case
from casework.domain.consultation import Line
from casework.domain.life import InitiativeState
from casework.domain.need import Need
from casework.domain.referral import Referral
from casework.domain.step import Step


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands on the paper.

    Meetings are those held and not private, without notes; harm, complaints, documents and what
    somebody was referred for are not there at all.
    """

    case: Case
    initiative: str
    state: InitiativeState
    outcome: str
    lead: str
    members: tuple[str, ...]
    needs: tuple[Need, ...]
    steps: tuple[Step, ...]
    meetings: tuple[Line, ...]
    referrals: tuple[Referral, ...]
    contacts: tuple[AuthorityContact, ...]
    centre: str
    today: date

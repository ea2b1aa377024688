"""The part of the full centre that goes beyond it: referrals, authorities, harm, papers."""

from typing import Any

from casework import service as casework
from casework.domain.authority import Answer, AuthorityForm, AuthorityKind, AuthorityResult
from casework.domain.harm import HarmForm, HarmKind
from casework.domain.referral import (
    Ground,
    NewReferral,
    ReferralMove,
    ReferralState,
    ReferralTarget,
)
from core.permissions import Role
from tests.factories import NOW

TODAY = NOW.date()


def fill(centre: Any) -> None:
    """Write it all once, as the full centre does."""
    w, here, case = centre.words, centre.consultant, {"case_id": centre.ids["case"]}
    for name in ("referral", "accepted_referral"):
        new = NewReferral(ReferralTarget.SPECIALIST, w(), w(), Ground.CONSENT, TODAY, TODAY)
        centre.ids[name] = casework.ask_referral(here, **case, new=new)
    accepted = ReferralMove(ReferralState.ACCEPTED, TODAY, w())
    casework.move_referral(
        here, referral_id=centre.ids["accepted_referral"], version=1, move=accepted
    )
    for name in ("document", "removed_document"):
        centre.ids[name] = casework.add_case_document(
            here, **case, name=w("{}.pdf"), content=b"%PDF-1.7 " + name.encode()
        )
    removed = centre.ids["removed_document"]
    casework.remove_case_document(here, **case, document_id=removed)
    for name in ("authority", "answered_authority"):
        form = AuthorityForm(AuthorityKind.APPEAL, w(), w(), TODAY, TODAY, w())
        centre.ids[name] = casework.record_authority(here, **case, form=form)
    answer = Answer(AuthorityResult.PARTLY, TODAY, w())
    casework.answer_authority(
        here, contact_id=centre.ids["answered_authority"], version=1, answer=answer
    )
    member = centre.by("member", Role.CONSULTANT)
    for name in ("harm", "handled_harm"):
        form = HarmForm(HarmKind.HARM, TODAY, w(), w())
        centre.ids[name] = casework.report_harm(member, **case, form=form)
    manager = centre.by("manager", Role.MANAGER)
    handled = centre.ids["handled_harm"]
    casework.handle_harm(manager, harm_id=handled, version=1, handling=w())
    centre.ids["roll_call"] = casework.begin_roll_call(here)

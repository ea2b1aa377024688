"""Calls of casework beyond the centre: referrals, authorities, harm, papers, the roll call."""

from datetime import date
from typing import Any, Final

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
from casework.domain.roll_call import RollAnswer, RollOutcome
from casework.domain.step import NewStep
from core.permissions import Actor, Guard, Scope, may, scope
from tests.full_centre import TODAY, FullCentre
from tests.service_calls.rules import Call, P, case_id, of_case, on, open_to

PDF: Final = b"%PDF-1.7 zqx"


def referral(c: FullCentre) -> NewReferral:
    return NewReferral(
        ReferralTarget.SPECIALIST, c.words(), c.words(), Ground.CONSENT, TODAY, TODAY
    )


def appeal(c: FullCentre) -> AuthorityForm:
    return AuthorityForm(AuthorityKind.APPEAL, c.words(), c.words(), TODAY, TODAY, c.words())


def harm(c: FullCentre) -> HarmForm:
    return HarmForm(HarmKind.HARM, TODAY, c.words(), c.words())


def _harm_guard(c: FullCentre) -> Guard:
    return Guard(c.ids["case"], c.people["lead"], author=c.people["member"])


def _handles(c: FullCentre, actor: Actor) -> bool:
    own = actor.person_id == c.people["lead"] and may(actor, P.VIEW_HARM, _harm_guard(c))
    return own or scope(actor, P.VIEW_HARM) is Scope.ALL


def _removes(c: FullCentre, actor: Actor) -> bool:
    own = actor.person_id == c.people["member"] and may(actor, P.VIEW_HARM, _harm_guard(c))
    return own or scope(actor, P.VIEW_HARM) is Scope.ALL


def _document(c: FullCentre, name: str = "document") -> dict[str, int]:
    return {**case_id(c), "document_id": c.ids[name]}


def _roll(c: FullCentre) -> dict[str, int]:
    return {"roll_call_id": c.ids["roll_call"], "initiative_id": c.ids["initiative"]}


def _year(_c: FullCentre) -> dict[str, Any]:
    return {"since": date(2026, 1, 1), "until": date(2027, 1, 1)}


_EDIT = on("case", P.EDIT_CASE)
_PAPERS = on("case", P.EDIT_CASE, P.OPEN_CASE_DOCUMENT)
_RUN = open_to(P.RUN_ROLL_CALL)

BEYOND: Final[dict[str, Call]] = {
    "plan_step": Call(
        _EDIT,
        lambda c, w: casework.plan_step(
            w, **case_id(c), step=NewStep(c.words(), need_id=c.ids["need"])
        ),
    ),
    "set_goal": Call(
        _EDIT, lambda c, w: casework.set_goal(w, need_id=c.ids["need"], goal=c.words())
    ),
    "ask_referral": Call(
        _EDIT, lambda c, w: casework.ask_referral(w, **case_id(c), new=referral(c))
    ),
    "move_referral": Call(
        _EDIT,
        lambda c, w: casework.move_referral(
            w,
            referral_id=c.ids["referral"],
            version=1,
            move=ReferralMove(ReferralState.DECLINED, TODAY, c.words()),
        ),
    ),
    "undo_referral_move": Call(
        _EDIT,
        lambda c, w: casework.undo_referral_move(
            w, referral_id=c.ids["accepted_referral"], version=2
        ),
    ),
    "remove_referral": of_case("referral", P.EDIT_CASE)(casework.remove_referral, "referral_id"),
    "record_authority": Call(
        _EDIT, lambda c, w: casework.record_authority(w, **case_id(c), form=appeal(c))
    ),
    "edit_authority": Call(
        _EDIT,
        lambda c, w: casework.edit_authority(
            w, contact_id=c.ids["authority"], version=1, form=appeal(c)
        ),
    ),
    "answer_authority": Call(
        _EDIT,
        lambda c, w: casework.answer_authority(
            w,
            contact_id=c.ids["authority"],
            version=1,
            answer=Answer(AuthorityResult.REFUSED, TODAY, c.words(), c.ids["document"]),
        ),
    ),
    "undo_answer": Call(
        _EDIT,
        lambda c, w: casework.undo_answer(w, contact_id=c.ids["answered_authority"], version=2),
    ),
    "remove_authority": of_case("authority", P.EDIT_CASE)(casework.remove_authority, "contact_id"),
    "report_harm": Call(_EDIT, lambda c, w: casework.report_harm(w, **case_id(c), form=harm(c))),
    "handle_harm": Call(
        _handles,
        lambda c, w: casework.handle_harm(w, harm_id=c.ids["harm"], version=1, handling=c.words()),
    ),
    "unhandle_harm": Call(
        _handles,
        lambda c, w: casework.unhandle_harm(w, harm_id=c.ids["handled_harm"], version=2),
    ),
    "remove_harm": Call(_removes, lambda c, w: casework.remove_harm(w, harm_id=c.ids["harm"])),
    "list_harms": Call(open_to(P.VIEW_HARM), lambda c, w: casework.list_harms(w, **_year(c))),
    "view_outside": of_case("case", P.VIEW_CASE)(casework.view_outside, "case_id"),
    "view_documents": of_case("case", P.VIEW_CASE)(casework.view_documents, "case_id"),
    "add_case_document": Call(
        _PAPERS,
        lambda c, w: casework.add_case_document(
            w, **case_id(c), name=c.words("{}.pdf"), content=PDF
        ),
    ),
    "download_case_document": Call(
        on("case", P.OPEN_CASE_DOCUMENT),
        lambda c, w: casework.download_case_document(w, **_document(c)),
    ),
    "remove_case_document": Call(
        _PAPERS, lambda c, w: casework.remove_case_document(w, **_document(c))
    ),
    "restore_case_document": Call(
        _PAPERS,
        lambda c, w: casework.restore_case_document(w, **_document(c, "removed_document")),
    ),
    "summary_pdf": Call(
        on("case", P.VIEW_CASE, P.EXPORT),
        lambda c, w: casework.summary_pdf(w, **case_id(c), language="ru"),
    ),
    "begin_roll_call": Call(_RUN, lambda _c, w: casework.begin_roll_call(w)),
    "view_roll_call": Call(open_to(P.VIEW_ROLL_CALL), lambda _c, w: casework.view_roll_call(w)),
    "answer_roll_call": Call(
        _RUN,
        lambda c, w: casework.answer_roll_call(
            w, **_roll(c), answer=RollAnswer(RollOutcome.PAUSED, note=c.words())
        ),
    ),
    "unanswer_roll_call": Call(_RUN, lambda c, w: casework.unanswer_roll_call(w, **_roll(c))),
    "roll_call_link": Call(_RUN, lambda c, w: casework.roll_call_link(w, **_roll(c))),
}

"""Calls of casework around a case: requests, closing, hand-over, what goes beyond the centre."""

from datetime import timedelta
from typing import Final

from casework import service as casework
from casework.domain.case import CloseReason
from casework.domain.closing import OwnClosingError
from casework.domain.request import Decision, RequestForm, RequestSearch, RequestState
from casework.domain.substitution import Substitution
from core.permissions import Actor, Guard, Role, may
from tests.full_centre import TODAY, FullCentre
from tests.service_calls.rules import Call, P, on, open_to


def _request(c: FullCentre) -> RequestForm:
    return RequestForm(
        c.words(), asked_on=TODAY, name=c.words(), asker=c.words(), contact=c.words(),
        has_consent=True,
    )  # fmt: skip


def _opens(_centre: FullCentre, actor: Actor) -> bool:
    """A new request is answered by who triages and opens cases."""
    return may(actor, P.OPEN_CASE) and may(actor, P.TRIAGE_REQUEST)


def _own_absence(centre: FullCentre, actor: Actor) -> bool:
    return may(actor, P.ARRANGE_SUBSTITUTION, Guard(author=centre.people["lead"]))


def _absence(c: FullCentre, after: int) -> Substitution:
    first = TODAY + timedelta(days=after)
    who = (c.people["lead"], c.people["colleague"])
    return Substitution(*who, first, first + timedelta(days=5))


ENGAGEMENTS: Final[dict[str, Call]] = {
    "take_request": Call(
        open_to(P.TAKE_REQUEST), lambda c, w: casework.take_request(w, form=_request(c))
    ),
    "edit_request": Call(
        open_to(P.TAKE_REQUEST),
        lambda c, w: casework.edit_request(
            w, request_id=c.ids["request"], version=1, seen=_request(c), wanted=_request(c)
        ),
    ),
    "decide_request": Call(
        open_to(P.TRIAGE_REQUEST),
        lambda c, w: casework.decide_request(
            w,
            request_id=c.ids["request"],
            version=1,
            decision=Decision(RequestState.REFERRED, referred_to=c.words(), comment=c.words()),
        ),
    ),
    "reconsider_request": Call(
        open_to(P.TRIAGE_REQUEST),
        lambda c, w: casework.reconsider_request(
            w, request_id=c.ids["accepted_request"], version=2
        ),
    ),
    "assign_request": Call(
        _opens,
        lambda c, w: casework.assign_request(
            w,
            request_id=c.ids["request"],
            version=1,
            to=casework.Assignment(c.ids["initiative"], c.people["lead"], c.words()),
        ),
    ),
    "remove_request": Call(
        open_to(P.TAKE_REQUEST),
        lambda c, w: casework.remove_request(w, request_id=c.ids["request"]),
    ),
    "list_requests": Call(open_to(P.VIEW_REQUEST), lambda _c, w: casework.list_requests(w)),
    "export_requests": Call(
        open_to(P.VIEW_REQUEST, P.EXPORT),
        lambda _c, w: casework.export_requests(w, RequestSearch()),
    ),
    "ask_closing": Call(
        on("case", P.EDIT_CASE),
        lambda c, w: casework.ask_closing(
            w, case_id=c.ids["case"], reason=CloseReason.GOAL_REACHED, outcome=c.words()
        ),
    ),
    "withdraw_closing": Call(
        on("case", P.EDIT_CASE),
        lambda c, w: casework.withdraw_closing(w, closing_id=c.ids["closing"]),
    ),
    "approve_closing": Call(
        open_to(P.APPROVE_CLOSING),
        lambda c, w: casework.approve_closing(w, closing_id=c.ids["closing"], version=1),
        (OwnClosingError,),
    ),
    "return_closing": Call(
        open_to(P.APPROVE_CLOSING),
        lambda c, w: casework.return_closing(
            w, closing_id=c.ids["closing"], version=1, comment=c.words()
        ),
        (OwnClosingError,),
    ),
    "undo_closing": Call(
        open_to(P.APPROVE_CLOSING),
        lambda c, w: casework.undo_closing(w, closing_id=c.ids["returned_closing"], version=2),
    ),
    "arrange_substitution": Call(
        _own_absence,
        lambda c, w: casework.arrange_substitution(w, wanted=_absence(c, 30)),
    ),
    "end_substitution": Call(
        _own_absence,
        lambda c, w: casework.end_substitution(w, substitution_id=c.ids["substitution"]),
    ),
    "restore_substitution": Call(
        _own_absence,
        lambda c, w: casework.restore_substitution(
            w, substitution_id=c.ids["ended_substitution"], until=TODAY + timedelta(days=25)
        ),
    ),
    "list_substitutions": Call(
        open_to(P.ARRANGE_SUBSTITUTION), lambda _c, w: casework.list_substitutions(w)
    ),
    "list_leading": Call(open_to(P.HAND_OVER_CASES), lambda _c, w: casework.list_leading(w)),
    "preview_hand_over": Call(
        open_to(P.HAND_OVER_CASES),
        lambda c, w: casework.preview_hand_over(w, leaver_id=c.people["lead"]),
    ),
    "hand_over_cases": Call(
        open_to(P.HAND_OVER_CASES),
        lambda c, w: casework.hand_over_cases(
            w,
            leaver_id=c.people["lead"],
            to={
                case.case_id: c.people["colleague"]
                for case in casework.preview_hand_over(
                    c.by("manager", Role.MANAGER), leaver_id=c.people["lead"]
                ).cases
            },
        ),
    ),
    "whats_due": Call(open_to(P.VIEW_CASE), lambda _c, w: casework.whats_due(w)),
    "view_request": Call(
        open_to(P.VIEW_REQUEST),
        lambda c, w: casework.view_request(w, request_id=c.ids["request"]),
    ),
}

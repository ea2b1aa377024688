"""Calls of casework around a case: requests, closing, hand-over, what goes beyond the centre."""

from typing import Final

from casework import service as casework
from casework.domain.request import Decision, RequestForm, RequestSearch, RequestState
from core.permissions import Actor, may
from tests.full_centre import TODAY, FullCentre
from tests.service_calls.rules import Call, P, open_to


def _request(c: FullCentre) -> RequestForm:
    return RequestForm(
        c.words(), asked_on=TODAY, name=c.words(), asker=c.words(), contact=c.words(),
        has_consent=True,
    )  # fmt: skip


def _opens(_centre: FullCentre, actor: Actor) -> bool:
    """A new request is answered by who triages and opens cases."""
    return may(actor, P.OPEN_CASE) and may(actor, P.TRIAGE_REQUEST)


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
    "whats_due": Call(open_to(P.VIEW_CASE), lambda _c, w: casework.whats_due(w)),
    "view_request": Call(
        open_to(P.VIEW_REQUEST),
        lambda c, w: casework.view_request(w, request_id=c.ids["request"]),
    ),
}

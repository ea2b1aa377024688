"""Public addresses of casework: each is opened by a private link and needs no account."""

from collections.abc import Callable
from functools import partial
from typing import Final
from urllib.parse import urlsplit

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from casework import service
from casework.domain.feedback import Feedback
from casework.domain.roll_call import RollOutcome
from casework.formats import public_pages
from casework.formats.ics import write_feed
from casework.formats.roll_call_page import roll_call_form
from core.database import the_database
from core.i18n import Translator, translator
from core.limit import Limit
from core.routes import Fields, fields_of, limited, opened, refusal_of, words_for
from core.web import not_found, prefixed, public_page, public_url
from core.workspace import Workspace

ROLL_CALL_URL: Final = "/roll-call"
_PER_MINUTE: Final = 60


def open_door(token: str) -> Workspace:
    """Open the workspace of a cookie's person, who may stand in for somebody."""
    return Workspace(the_database(), service.recognise(token))


def routes() -> list[BaseRoute]:
    """Give the calendar feed, and the pages of feedback, of the roll call and of a leader."""
    limit = Limit(_PER_MINUTE)
    both = ["GET", "POST"]
    return [
        *prefixed("/feed", Route("/{token}.ics", limited(limit, feed))),
        *prefixed("/feedback", Route("/{token}", limited(limit, feedback), methods=both)),
        *prefixed(ROLL_CALL_URL, Route("/{token}", limited(limit, roll_call), methods=both)),
        *prefixed("/leader", Route("/{token}", limited(limit, leader), methods=both)),
    ]


async def feed(request: Request) -> Response:
    """Give the meetings of the link's person as `text/calendar`; our 404 to any other link."""
    token = request.path_params["token"]
    found = await opened(partial(service.read_feed, the_database(), token))
    if found is None:
        return await not_found(request)
    host = urlsplit(public_url()).hostname or "localhost"
    written = await anyio.to_thread.run_sync(write_feed, found, host, translator(found.language))
    headers = {"Cache-Control": "private, no-store"}
    return Response(written, media_type="text/calendar; charset=utf-8", headers=headers)


async def feedback(request: Request) -> Response:
    """Ask how a meeting was, once; then thank. A link that was used gets our 404."""
    token, _ = request.path_params["token"], await words_for(request)
    asked = await opened(partial(service.look_feedback, the_database(), token))
    if asked is None:
        return await not_found(request)
    typed, wrong, status = Feedback(0), "", 200
    if request.method == "POST":
        fields = await fields_of(request)
        if fields is None:
            return Response(status_code=413)
        typed = _typed(fields)
        give = partial(service.give_feedback, the_database(), token, typed)
        refusal = await refusal_of(give)
        if refusal is None:
            thanks = _("Your answer is with the centre. You can close this page.")
            return public_page(_("Thank you"), f"<p>{thanks}</p>", language=_.language)
        wrong, status = _.error(refusal), 422
    body = public_pages.feedback_form(asked, typed, wrong, _)
    return public_page(asked.centre, body, language=_.language, status=status)


async def leader(request: Request) -> Response:
    """Show a leader what was agreed, and take a question or a consent taken back."""
    token, _ = request.path_params["token"], await words_for(request)
    typed, status = ("", ""), 200
    if request.method == "POST":
        fields = await fields_of(request)
        if fields is None:
            return Response(status_code=413)
        refusal = await refusal_of(_act(token, fields))
        if refusal is None:
            done = "back" if fields.get("act") == "withdraw" else "asked"
            return RedirectResponse(f"{request.url.path}?done={done}", status_code=303)
        typed, status = (fields.get("question", ""), _.error(refusal)), 422
    view = await opened(partial(service.view_for_leader, the_database(), token))
    if view is None:
        return await not_found(request)
    told = _told(request.query_params.get("done", ""), _)
    body = public_pages.leader_page(view, told, typed, _)
    return public_page(view.initiative, body, language=_.language, status=status)


def _act(token: str, fields: Fields) -> Callable[[], None]:
    """Choose what a leader's form does."""
    if fields.get("act") == "withdraw":
        number = fields.get("consent", "")
        consent = int(number) if number.isdecimal() and len(number) < len("2147483647") else 0
        return partial(service.take_consent_back, the_database(), token, consent)
    return partial(service.ask_question, the_database(), token, fields.get("question", ""))


def _typed(fields: Fields) -> Feedback:
    mark = fields.get("usefulness", "")
    return Feedback(int(mark) if mark in set("12345") else 0, fields.get("sentence", ""))


def _told(done: str, _: Translator) -> str:
    if done == "asked":
        return _("Your question is with the centre.")
    return _("The consent is taken back.") if done == "back" else ""


async def roll_call(request: Request) -> Response:
    """Ask a leader how their initiative is, once; then thank."""
    token, _ = request.path_params["token"], await words_for(request)
    asked = await opened(partial(service.look_roll_call, the_database(), token))
    if asked is None:
        return await not_found(request)
    note, wrong, status = "", "", 200
    if request.method == "POST":
        fields = await fields_of(request)
        if fields is None:
            return Response(status_code=413)
        said, note = fields.get("outcome", ""), fields.get("note", "")
        outcome = RollOutcome(said) if said in set(RollOutcome) else None
        answer = partial(service.answer_by_link, the_database(), token, outcome, note)
        refusal = await refusal_of(answer)
        if refusal is None:
            thanks = _("Your answer is with the centre. You can close this page.")
            return public_page(_("Thank you"), f"<p>{thanks}</p>", language=_.language)
        wrong, status = _.error(refusal), 422
    body = roll_call_form(asked, note, wrong, _)
    return public_page(asked.initiative, body, language=_.language, status=status)

"""Public addresses of casework: each is opened by a private link and needs no account."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final, TypeAlias, TypeVar
from urllib.parse import parse_qs, urlsplit

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
from core.errors import DomainError
from core.i18n import Translator, translator
from core.limit import Limit
from core.links import LinkEndedError
from core.web import (
    is_own_page,
    language_for,
    not_found,
    prefixed,
    public_page,
    public_url,
    shell,
)
from core.workspace import Workspace

ROLL_CALL_URL: Final = "/roll-call"
_PER_MINUTE: Final = 60
_LARGEST_BODY: Final = 20_000
Answer: TypeAlias = Callable[[Request], Awaitable[Response]]
Fields: TypeAlias = Mapping[str, str]
_Found = TypeVar("_Found")


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


def limited(limit: Limit, answer: Answer) -> Answer:
    """Answer 429 to an address that asks too often, and 403 to a form of a foreign page."""

    async def guarded(request: Request) -> Response:
        if not limit.allows(request.client.host if request.client else ""):
            _ = await _words(request)
            title, text = _("Too many requests"), _("Wait a minute and try again.")
            refused = shell(title, text, language=_.language, status=429)
            refused.headers["Retry-After"] = "60"
            return refused
        if request.method == "POST" and not is_own_page(request):
            return Response(status_code=403)
        return await answer(request)

    return guarded


async def feed(request: Request) -> Response:
    """Give the meetings of the link's person as `text/calendar`; our 404 to any other link."""
    token = request.path_params["token"]
    found = await _opened(partial(service.read_feed, the_database(), token))
    if found is None:
        return await not_found(request)
    host = urlsplit(public_url()).hostname or "localhost"
    written = await anyio.to_thread.run_sync(write_feed, found, host, translator(found.language))
    headers = {"Cache-Control": "private, no-store"}
    return Response(written, media_type="text/calendar; charset=utf-8", headers=headers)


async def feedback(request: Request) -> Response:
    """Ask how a meeting was, once; then thank. A link that was used gets our 404."""
    token, _ = request.path_params["token"], await _words(request)
    asked = await _opened(partial(service.look_feedback, the_database(), token))
    if asked is None:
        return await not_found(request)
    typed, wrong, status = Feedback(0), "", 200
    if request.method == "POST":
        fields = await _fields(request)
        if fields is None:
            return Response(status_code=413)
        typed = _typed(fields)
        give = partial(service.give_feedback, the_database(), token, typed)
        refusal = await _refusal(give)
        if refusal is None:
            thanks = _("Your answer is with the centre. You can close this page.")
            return public_page(_("Thank you"), f"<p>{thanks}</p>", language=_.language)
        wrong, status = _.error(refusal), 422
    body = public_pages.feedback_form(asked, typed, wrong, _)
    return public_page(asked.centre, body, language=_.language, status=status)


async def leader(request: Request) -> Response:
    """Show a leader what was agreed, and take a question or a consent taken back."""
    token, _ = request.path_params["token"], await _words(request)
    typed, status = ("", ""), 200
    if request.method == "POST":
        fields = await _fields(request)
        if fields is None:
            return Response(status_code=413)
        refusal = await _refusal(_act(token, fields))
        if refusal is None:
            done = "back" if fields.get("act") == "withdraw" else "asked"
            return RedirectResponse(f"{request.url.path}?done={done}", status_code=303)
        typed, status = (fields.get("question", ""), _.error(refusal)), 422
    view = await _opened(partial(service.view_for_leader, the_database(), token))
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
    token, _ = request.path_params["token"], await _words(request)
    asked = await _opened(partial(service.look_roll_call, the_database(), token))
    if asked is None:
        return await not_found(request)
    note, wrong, status = "", "", 200
    if request.method == "POST":
        fields = await _fields(request)
        if fields is None:
            return Response(status_code=413)
        said, note = fields.get("outcome", ""), fields.get("note", "")
        outcome = RollOutcome(said) if said in set(RollOutcome) else None
        answer = partial(service.answer_by_link, the_database(), token, outcome, note)
        refusal = await _refusal(answer)
        if refusal is None:
            thanks = _("Your answer is with the centre. You can close this page.")
            return public_page(_("Thank you"), f"<p>{thanks}</p>", language=_.language)
        wrong, status = _.error(refusal), 422
    body = roll_call_form(asked, note, wrong, _)
    return public_page(asked.initiative, body, language=_.language, status=status)


async def _words(request: Request) -> Translator:
    return translator(await language_for(request))


async def _opened(look: Callable[[], _Found]) -> _Found | None:
    """Open a link in a thread; None if it opens nothing."""

    def try_it() -> _Found | None:
        try:
            return look()
        except LinkEndedError:
            return None

    return await anyio.to_thread.run_sync(try_it)


async def _refusal(act: Callable[[], object]) -> DomainError | None:
    """Act in a thread; give the refusal if it is one that a person can understand."""

    def try_it() -> DomainError | None:
        try:
            act()
        except DomainError as error:
            return error
        return None

    return await anyio.to_thread.run_sync(try_it)


async def _fields(request: Request) -> Fields | None:
    """Read a small form; None if it is larger than one can be."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_BODY:
            return None
    sent = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in sent.items()}

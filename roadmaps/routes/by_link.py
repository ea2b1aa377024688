"""Public addresses of roadmaps: a leader's page and calendar feeds, opened by private links."""

from collections.abc import Callable
from functools import partial
from typing import Final
from urllib.parse import urlsplit

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from core.database import the_database
from core.i18n import Translator, translator
from core.limit import Limit
from core.links import derived
from core.routes import Fields, fields_of, limited, opened, refusal_of, words_for
from core.web import not_found, prefixed, public_page, public_url
from roadmaps import service
from roadmaps.domain.remark import SharedRoadmap, StepAheadError
from roadmaps.formats.leader_page import Refused, ask_ahead, leader_page, told_marked
from roadmaps.formats.roadmap_feed import write_roadmap_feed

PLAN_URL: Final = "/plan"
_PER_MINUTE: Final = 60
_MARKS: Final = ("done", "sure", "undone", "unsay")  # acts without words; all else is a remark
_LONGEST_ID: Final = len("2147483647")


def link_routes() -> list[BaseRoute]:
    """Give the page of a leader and the feed of a calendar."""
    limit = Limit(_PER_MINUTE)
    page = limited(limit, plan)
    return prefixed(
        PLAN_URL,
        Route("/{token}.ics", limited(limit, feed)),
        Route("/{token}", page, methods=["GET", "POST"]),
    )


async def plan(request: Request) -> Response:
    """Show a leader one roadmap; take marks and remarks."""
    token, _ = request.path_params["token"], await words_for(request)
    refused, status = Refused(), 200
    if request.method == "POST":
        fields = await fields_of(request)
        if fields is None:
            return Response(status_code=413)
        refusal = await refusal_of(_act(token, fields))
        if refusal is None:
            return RedirectResponse(_back(request, fields), status_code=303)
        about = 0 if fields.get("act") in _MARKS else _number(fields.get("number", ""))
        if isinstance(refusal, StepAheadError):
            return RedirectResponse(_back(request, fields, asks=True), status_code=303)
        refused, status = Refused(fields.get("text", ""), _.error(refusal), about), 422
    view = await opened(partial(service.view_by_link, the_database(), token))
    if view is None:
        return await not_found(request)
    feed_url = f"{public_url()}{PLAN_URL}/{derived(token, service.FEED)}.ics"
    body = leader_page(view, _told(request, view, _), refused, feed_url, _)
    return public_page(view.title, body, language=_.language, status=status)


async def feed(request: Request) -> Response:
    """Give a roadmap as `text/calendar`; our 404 to any other link."""
    token = request.path_params["token"]
    found = await opened(partial(service.read_roadmap_feed, the_database(), token))
    if found is None:
        return await not_found(request)
    host = urlsplit(public_url()).hostname or "localhost"
    words = translator(found.language)
    written = await anyio.to_thread.run_sync(write_roadmap_feed, found, host, words)
    headers = {"Cache-Control": "private, no-store"}
    return Response(written, media_type="text/calendar; charset=utf-8", headers=headers)


def _act(token: str, fields: Fields) -> Callable[[], None]:
    """Choose what a leader's form does."""
    number, database = _number(fields.get("number", "")), the_database()
    match fields.get("act"):
        case "done" | "sure" | "undone" as act:
            mark = partial(service.mark_by_link, database, token, task_id=number)
            return partial(mark, is_done=act != "undone", is_sure=act == "sure")
        case "unsay":
            return partial(service.unsay_by_link, database, token, remark_id=number)
    text = fields.get("text", "")
    return partial(service.comment_by_link, database, token, text=text, task_id=number or None)


def _back(request: Request, fields: Fields, *, asks: bool = False) -> str:
    """Lead back to where the leader was on the page; `asks` whether they meant this step."""
    act, number = fields.get("act", ""), _number(fields.get("number", ""))
    done = f"?ask={number}" if asks else f"?marked={number}"
    query = {"done": done, "sure": done, "undone": "?told=undone", "unsay": "?told=unsaid"}
    return request.url.path + query.get(act, "?told=said")


def _told(request: Request, view: SharedRoadmap, _: Translator) -> str:
    marked = _number(request.query_params.get("marked", ""))
    if marked:
        return told_marked(view, marked, _)
    asked = _number(request.query_params.get("ask", ""))
    if asked:
        return ask_ahead(view, asked, _)
    told = {
        "undone": _("The step is open again."),
        "said": _("Your remark is with the centre."),
        "unsaid": _("Your remark is taken back."),
    }.get(request.query_params.get("told", ""), "")
    return f"<p>{told}</p>" if told else ""


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < _LONGEST_ID else 0

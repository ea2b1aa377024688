"""Public addresses of casework: each is opened by a private link and needs no account."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias
from urllib.parse import urlsplit

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from casework import service
from casework.formats.ics import write_feed
from core.database import the_database
from core.errors import DomainError
from core.i18n import translator
from core.limit import Limit
from core.web import language_for, not_found, prefixed, public_url, shell

_PER_MINUTE: Final = 60
Answer: TypeAlias = Callable[[Request], Awaitable[Response]]


def routes() -> list[BaseRoute]:
    """Give the calendar feed under `/feed`."""
    limit = Limit(_PER_MINUTE)
    return [
        *prefixed("/feed", Route("/{token}.ics", limited(limit, feed))),
    ]


def limited(limit: Limit, answer: Answer) -> Answer:
    """Answer 429 to an address that asks too often."""

    async def guarded(request: Request) -> Response:
        if limit.allows(request.client.host if request.client else ""):
            return await answer(request)
        _ = translator(await language_for(request))
        refused = shell(
            _("Too many requests"),
            _("Wait a minute and try again."),
            language=_.language,
            status=429,
        )
        refused.headers["Retry-After"] = "60"
        return refused

    return guarded


async def feed(request: Request) -> Response:
    """Give the meetings of the link's person as `text/calendar`; our 404 to any other link."""
    token = request.path_params["token"]

    def write() -> bytes | None:
        try:
            found = service.read_feed(the_database(), token)
        except DomainError:
            return None
        host = urlsplit(public_url()).hostname or "localhost"
        return write_feed(found, host, translator(found.language))

    written = await anyio.to_thread.run_sync(write)
    if written is None:
        return await not_found(request)
    headers = {"Cache-Control": "private, no-store"}
    return Response(written, media_type="text/calendar; charset=utf-8", headers=headers)

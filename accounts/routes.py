"""The cookie of a sign-in: fetched for a ticket, dropped at sign-out."""

from functools import partial

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from accounts import service
from core.database import the_database
from core.errors import DomainError
from core.web import COOKIE, is_own_page, prefixed, set_cookie
from core.workspace import Workspace


def routes() -> list[BaseRoute]:
    """Give the routes `POST /session` and `POST /sign-out`."""
    return [
        Route("/session", session, methods=["POST"]),
        *prefixed("/session"),
        Route("/sign-out", sign_out, methods=["POST"]),
        *prefixed("/sign-out"),
    ]


async def session(request: Request) -> Response:
    """Burn a ticket and set the cookie: 204; 403 to a foreign page or a burnt ticket."""
    if not is_own_page(request):
        return Response(status_code=403)
    ticket = str((await request.form()).get("ticket", ""))
    exchange = partial(service.exchange_ticket, the_database(), ticket)
    try:
        token = await anyio.to_thread.run_sync(exchange)
    except DomainError:
        return Response(status_code=403)
    response = Response(status_code=204)
    set_cookie(response, token, int(service.absolute_limit().total_seconds()))
    return response


async def sign_out(request: Request) -> Response:
    """End the cookie's sign-in in all tabs and drop the cookie."""
    if not is_own_page(request):
        return Response(status_code=403)
    token = request.cookies.get(COOKIE, "")
    if token:
        await anyio.to_thread.run_sync(partial(service.sign_out, the_database(), token))
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
    return response


def language_of_token(token: str) -> str:
    """Give the language of the person behind a cookie; empty when it is nobody's."""
    try:
        return service.who(open_door(token)).language
    except DomainError:
        return ""


def open_door(token: str) -> Workspace:
    """Open the workspace of a cookie's person."""
    return Workspace(the_database(), service.identify(token))

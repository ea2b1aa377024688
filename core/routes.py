"""Core's own HTTP routes: drafts come in, documents go out.

Both act for the person of the sign-in cookie. `routes(open_door)` is given, by what starts
the application, the function that opens a workspace for a cookie's token.
"""

import json
from collections.abc import Callable
from typing import Final, TypeAlias
from urllib.parse import urlsplit

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core import drafts
from core.errors import DomainError, InvalidError, SignedOutError, TooLongError
from core.workspace import Workspace

DRAFTS_URL: Final = "/drafts"
_COOKIE: Final = "casework_session"
_LARGEST_BODY: Final = 2_000_000

Door: TypeAlias = Callable[[str], Workspace]


def routes(open_door: Door) -> list[Route]:
    """Make the routes; `open_door` turns a cookie's token into a workspace."""

    async def keep(request: Request) -> Response:
        return await _keep_draft(request, open_door)

    return [Route(DRAFTS_URL, keep, methods=["POST"])]


async def _keep_draft(request: Request, open_door: Door) -> Response:
    if not _is_own_page(request):
        return Response(status_code=403)
    body = await _body(request)
    if body is None:
        return Response(status_code=413)
    try:
        person_id, piece = _read(body)
    except (ValueError, KeyError, TypeError):
        return Response(status_code=422)
    token = request.cookies.get(_COOKIE, "")
    return await anyio.to_thread.run_sync(_answer, open_door, token, person_id, piece)


def _answer(open_door: Door, token: str, person_id: int, piece: drafts.Piece) -> Response:
    try:
        kept = drafts.keep_draft(open_door(token), piece, person_id=person_id)
    except SignedOutError:
        return Response(status_code=401)
    except (InvalidError, TooLongError):
        return Response(status_code=422)
    except DomainError:
        return Response(status_code=503, headers={"Retry-After": "2"})
    return JSONResponse(
        {
            "version": kept.version,
            "cleared": kept.is_cleared,
            "other": kept.other,
            "at": kept.updated_at.isoformat(),
        }
    )


def _read(body: bytes) -> tuple[int, drafts.Piece]:
    """Take the request apart. Raises `ValueError`, `KeyError` or `TypeError` if it is no draft."""
    sent = json.loads(body)
    other = sent["other"]
    piece = drafts.Piece(
        key=_text(sent["draft"]),
        text=_text(sent["text"]),
        writer=_text(sent["writer"]),
        sequence=_number(sent["sequence"]),
        base=_number(sent["base"]),
        basis=_text(sent["basis"]),
        heir_of=_text(sent["heir_of"]),
        other=None if other is None else _text(other),
    )
    return _number(sent["person"]), piece


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    largest = 2**31 - 1
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= largest:
        raise TypeError(value)
    return value


async def _body(request: Request) -> bytes | None:
    """Read the body, but no more than a draft can be; None if it is larger."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_BODY:
            return None
    return bytes(body)


def _is_own_page(request: Request) -> bool:
    """Refuse what another site's page sends: JSON only, from this origin only."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        return False
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")

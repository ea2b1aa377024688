"""Core's own HTTP routes: drafts come in, documents go out; what public routes stand on.

Both act for the person of the sign-in cookie. `routes(open_door)` is given, by what starts
the application, the function that opens a workspace for a cookie's token.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, TypeAlias, TypeVar
from urllib.parse import parse_qs

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from core import documents, drafts
from core.errors import DomainError, InvalidError, SignedOutError, TooLongError
from core.i18n import Translator, translator
from core.limit import Limit
from core.links import LinkEndedError
from core.web import COOKIE, is_own_page, language_for, not_found, prefixed, shell
from core.workspace import Workspace

DRAFTS_URL: Final = "/drafts"
DOCUMENTS_URL: Final = "/documents"
_LARGEST_BODY: Final = 2_000_000
_LARGEST_FORM: Final = 20_000

Door: TypeAlias = Callable[[str], Workspace]
Answer: TypeAlias = Callable[[Request], Awaitable[Response]]
Fields: TypeAlias = Mapping[str, str]
_Found = TypeVar("_Found")


def routes(open_door: Door) -> list[BaseRoute]:
    """Make the routes; `open_door` turns a cookie's token into a workspace."""

    async def keep(request: Request) -> Response:
        return await _keep_draft(request, open_door)

    async def fetch(request: Request) -> Response:
        return await _fetch_document(request, open_door)

    return [
        Route(DRAFTS_URL, keep, methods=["POST"]),
        *prefixed(DRAFTS_URL),
        *prefixed(DOCUMENTS_URL, Route("/{id:id}", fetch)),
    ]


async def _fetch_document(request: Request, open_door: Door) -> Response:
    """Send a document as a file to save: it never runs in our pages' name."""
    token = request.cookies.get(COOKIE, "")
    number = request.path_params["id"]

    def find() -> documents.OpenDocument | None:
        try:
            return documents.open_document(open_door(token), number)
        except DomainError:
            return None

    found = await anyio.to_thread.run_sync(find)
    if found is None:
        return await not_found(request)
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return FileResponse(
        found.path, media_type=found.media_type, filename=found.name, headers=headers
    )


async def _keep_draft(request: Request, open_door: Door) -> Response:
    is_json = request.headers.get("content-type", "").startswith("application/json")
    if not is_json or not is_own_page(request):
        return Response(status_code=403)
    body = await body_of(request, _LARGEST_BODY)
    if body is None:
        return Response(status_code=413)
    try:
        person_id, piece = _read(body)
    except (ValueError, KeyError, TypeError):
        return Response(status_code=422)
    token = request.cookies.get(COOKIE, "")
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


async def body_of(request: Request, largest: int) -> bytes | None:
    """Read a body of at most so many bytes; None if it is larger."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            return None
    return bytes(body)


def limited(limit: Limit, answer: Answer) -> Answer:
    """Answer 429 to an address that asks too often, and 403 to a form of a foreign page."""

    async def guarded(request: Request) -> Response:
        if not limit.allows(request.client.host if request.client else ""):
            _ = await words_for(request)
            title, text = _("Too many requests"), _("Wait a minute and try again.")
            refused = shell(title, text, language=_.language, status=429)
            refused.headers["Retry-After"] = "60"
            return refused
        if request.method == "POST" and not is_own_page(request):
            return Response(status_code=403)
        return await answer(request)

    return guarded


async def words_for(request: Request) -> Translator:
    """Give the words of the reader of a public page."""
    return translator(await language_for(request))


async def opened(look: Callable[[], _Found]) -> _Found | None:
    """Open a link in a thread; None if it opens nothing."""

    def try_it() -> _Found | None:
        try:
            return look()
        except LinkEndedError:
            return None

    return await anyio.to_thread.run_sync(try_it)


async def refusal_of(act: Callable[[], object]) -> DomainError | None:
    """Act in a thread; give the refusal if it is one that a person can understand."""

    def try_it() -> DomainError | None:
        try:
            act()
        except DomainError as error:
            return error
        return None

    return await anyio.to_thread.run_sync(try_it)


async def fields_of(request: Request) -> Fields | None:
    """Read a small form; None if it is larger than one can be."""
    body = await body_of(request, _LARGEST_FORM)
    if body is None:
        return None
    sent = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in sent.items()}

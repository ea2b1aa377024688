"""Where the plan editor gets its picture from, and sends what a hand has done.

Both act for the person of the sign-in cookie; who tells for whom the page was drawn is nobody
else: what one person drew never becomes the act of the next one at the same computer.
"""

import json
import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from math import isfinite
from typing import Any, Final, TypeAlias

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from casework.routes import open_door
from core.errors import (
    BusyError,
    DatabaseUnavailableError,
    DomainError,
    ForbiddenError,
    NotFoundError,
    SignedOutError,
    StaleError,
    StorageFullError,
)
from core.i18n import LANGUAGES, Translator, translator
from core.routes import body_of
from core.web import COOKIE, is_own_page, language_for, packed, prefixed
from core.workspace import Workspace
from roadmaps import service
from roadmaps.charts.desk_data import picture_text, stale_data
from roadmaps.domain.acts import acts_of
from roadmaps.domain.axis import Zoom
from roadmaps.domain.desk import DESK_URL
from roadmaps.domain.layout import Look

_LARGEST_BODY: Final = 200_000
_LARGEST_ID: Final = 2**31 - 1
_LEAST_DAY: Final = 0.2  # [px]
_WIDTHS: Final = (100.0, 20_000.0)  # [px]
_KEY_LENGTH: Final = 64
_STAMP: Final = re.compile(r"[0-9]{1,10}\.[0-9]{1,20}\.[0-9]{8}[ev]")
_FOLDED_LIMIT: Final = 2_000
_STATUS: Final[Mapping[type[DomainError], int]] = {
    SignedOutError: 401,
    ForbiddenError: 403,
    NotFoundError: 404,
    BusyError: 503,
    DatabaseUnavailableError: 503,
    StorageFullError: 503,
}
_Work: TypeAlias = Callable[[Workspace], Response]
# A request computes all the time: side by side they only wait for each other, holding locks.
_acting: Final = anyio.CapacityLimiter(1)
_looking: Final = anyio.CapacityLimiter(2)


def desk_routes() -> list[BaseRoute]:
    """Give the address of every plan's editor."""
    return prefixed(
        DESK_URL,
        Route("/{id:id}", look, methods=["GET"]),
        Route("/{id:id}", act, methods=["POST"]),
    )


async def look(request: Request) -> Response:
    """Give the picture of a plan; 204 if it is still the one that is there."""
    asked, number = request.query_params, request.path_params["id"]
    _ = await _words(request, asked.get("lang"))
    try:
        since = _since(asked["since"]) if "since" in asked else None
        person = _person(asked)
        look = _look({**asked, "folded": [x for x in asked.get("folded", "").split(",") if x]})
    except (ValueError, TypeError):
        return Response(status_code=422)

    def show(here: Workspace) -> Response:
        desk = service.view_desk(here, roadmap_id=number, look=look, since=since)
        if desk is None:
            return Response(status_code=204)
        return packed(request, _answer(picture_text(desk, _)))

    return await anyio.to_thread.run_sync(_guarded, request, show, person, limiter=_looking)


async def act(request: Request) -> Response:
    """Do what a hand has done; give the picture of now, with what was refused and why."""
    is_json = request.headers.get("content-type", "").startswith("application/json")
    if not is_json or not is_own_page(request):
        return Response(status_code=403)
    body = await body_of(request, _LARGEST_BODY)
    if body is None:
        return Response(status_code=413)
    try:
        sent = json.loads(body)
        look, version, key = _look(sent.get("look") or {}), _number(sent["version"]), _key(sent)
        lang, stamp, person = sent.get("lang"), sent.get("stamp"), _person(sent)
        if stamp is not None:
            _stamp(stamp)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Response(status_code=422)
    _ = await _words(request, lang)
    number = request.path_params["id"]

    def do(here: Workspace) -> Response:
        told: dict[str, Any]
        try:
            asked = service.Asked(version, acts_of(sent.get("acts")), look, key, stamp)
            desk = service.act_on_plan(here, roadmap_id=number, asked=asked)
            return packed(request, _answer(picture_text(desk, _)))
        except StaleError as error:
            told = {"stale": {"title": _.error(error), "rows": stale_data(_shown(error), _)}}
            status = 409
        except DomainError as error:
            if type(error) in _STATUS and not isinstance(error, NotFoundError):
                raise
            told, status = {"error": _.error(error)}, 422
        now = service.view_desk(here, roadmap_id=number, look=look)
        shown = "null" if now is None else picture_text(now, _)
        text = json.dumps(told, ensure_ascii=False)
        return packed(request, _answer(f'{text[:-1]},"picture":{shown}}}', status))

    return await anyio.to_thread.run_sync(_guarded, request, do, person, limiter=_acting)


def _guarded(request: Request, work: _Work, person: int | None) -> Response:
    """Work for the person of the cookie; an expected failure is a status without words."""
    if request.path_params["id"] > _LARGEST_ID:
        return Response(status_code=404)
    try:
        return work(open_door(request.cookies.get(COOKIE, "")).only_for(person))
    except DomainError as error:
        status = next((x for kind, x in _STATUS.items() if isinstance(error, kind)), 422)
        headers = {"Retry-After": "2"} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
        return Response(status_code=status, headers=headers)


def _answer(body: str, status: int = 200) -> Response:
    headers = {"Cache-Control": "private, no-store"}
    return Response(body, status, headers, media_type="application/json")


def _shown(error: StaleError) -> dict[str, Any]:
    return {name: error.details[name] for name in ("original", "yours", "current")}


async def _words(request: Request, wanted: object) -> Translator:
    """Give the words of the language asked for, else of the person's own."""
    known = isinstance(wanted, str) and wanted in LANGUAGES
    return translator(str(wanted) if known else await language_for(request))


def _look(asked: Mapping[str, Any]) -> Look:
    """Read what shall be shown. Raises `ValueError` or `TypeError` if it is nothing known."""
    zoom, width, baseline = (asked.get(name) for name in ("zoom", "width", "baseline"))
    folded = asked.get("folded") or ()
    if isinstance(folded, str | Mapping) or len(folded) > _FOLDED_LIMIT:
        raise TypeError(folded)
    (low, high), wide = _WIDTHS, _float(width or Look().width)
    if not isfinite(wide):
        raise ValueError(width)
    return Look(
        zoom=Zoom(zoom) if zoom else None,
        width=min(max(wide, low), high),
        least=_LEAST_DAY,
        collapsed=frozenset(map(_number, folded)),
        baseline=None if baseline in {None, ""} else _number(baseline),
    )


def _number(value: object) -> int:
    """Read a whole number of the size of an id."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError(value)
    if isinstance(value, str) and len(value) > len(str(_LARGEST_ID)):
        raise ValueError(value)
    found = int(value)
    if not 0 <= found <= _LARGEST_ID:
        raise ValueError(value)
    return found


def _float(value: str | float) -> float:
    try:
        return float(value)
    except OverflowError:
        raise ValueError from None


def _since(value: str) -> int | str:
    """Read a version, or the stamp of a picture."""
    return _number(value) if value.isdecimal() else _stamp(value)


def _stamp(value: object) -> str:
    if not isinstance(value, str) or not _STAMP.fullmatch(value):
        raise ValueError(value)
    return value


def _person(sent: Mapping[str, Any]) -> int | None:
    """Read for whom the page was drawn, if that is told."""
    person = sent.get("person")
    return None if person is None else _number(person)


def _key(sent: Mapping[str, Any]) -> str | None:
    key = sent.get("key")
    if key is None:
        return None
    if not isinstance(key, str) or not 0 < len(key) <= _KEY_LENGTH or not key.isprintable():
        raise TypeError(key)
    return key

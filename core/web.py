"""The HTTP side: headers of every answer, health, figures, fonts, our own 404."""

import base64
import gzip
import hashlib
import hmac
import html
import ipaddress
import os
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import urlsplit

import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
)
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core import telemetry
from core.errors import DatabaseUnavailableError, DomainError
from core.i18n import language_of, translator

COOKIE: Final = "casework_session"
_QUICKLY: Final = 1  # of nine levels: a tenth of the size for a millisecond
_YEAR: Final = "public, max-age=31536000, immutable"
_FONTS: Final = {
    "inter.ttf": "Inter[opsz,wght].ttf",
    "inter-italic.ttf": "Inter-Italic[opsz,wght].ttf",
}

_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_BROUGHT: Final = ("x-forwarded", "forwarded", "x-real-ip", "via")
"""Headers by which a proxy says that the request is another's."""
_SHORTCUTS: Final = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")

Check: TypeAlias = Callable[[], None]
"""Raises `DomainError` when the thing checked is not ready."""
Gauge: TypeAlias = Callable[[], dict[str, float]]
LanguageOf: TypeAlias = Callable[[str], str]
"""Gives the language of the person behind a cookie's token; empty when nobody's."""


def public_url() -> str:
    """Give the address under which people reach this server, without a slash at its end."""
    return (os.environ.get("PUBLIC_URL") or "http://127.0.0.1:8501").rstrip("/")


def is_secure() -> bool:
    """Tell whether cookies travel by HTTPS only: decided by PUBLIC_URL, never by a header."""
    return urlsplit(public_url()).scheme == "https"


def trusted_proxies() -> str:
    """Give the proxies whose forwarding headers are believed; empty is none."""
    return (os.environ.get("TRUSTED_PROXIES") or "").strip()


def is_own_page(request: Request) -> bool:
    """Tell whether a POST comes from a page of this very server (Origin, else Referer)."""
    origin = request.headers.get("origin") or request.headers.get("referer") or ""
    host = urlsplit(origin).netloc
    return bool(host) and host in {request.headers.get("host"), urlsplit(public_url()).netloc}


def set_cookie(response: Response, token: str, seconds: int) -> None:
    """Put a sign-in's token where scripts cannot read it."""
    response.set_cookie(
        COOKIE, token, max_age=seconds, httponly=True, samesite="lax", secure=is_secure(), path="/"
    )


class IdConvertor(IntegerConvertor):
    """Reads a number no longer than an id from an address: Python refuses to read endless ones."""

    regex = "[0-9]{1,10}"


register_url_convertor("id", IdConvertor())


def prefixed(prefix: str, *routes: BaseRoute) -> list[BaseRoute]:
    """Mount routes under a public prefix; whatever else is asked there gets our 404.

    An id stands in their paths as `{name:id}`. A mount does not hold its own name without a
    slash, which Streamlit would answer with its page.
    """
    return [
        Mount(prefix, routes=[*routes, Route("/{rest:path}", not_found, methods=_METHODS)]),
        Route(prefix, not_found, methods=_METHODS),
    ]


async def not_found(request: Request) -> Response:
    """Answer in the reader's language that there is nothing here."""
    _ = translator(await language_for(request))
    return shell(
        _("There is nothing at this address"),
        _("Check the link, or begin from the first page."),
        language=_.language,
        status=404,
    )


def shell(title: str, text: str, *, language: str, status: int = 200) -> HTMLResponse:
    """Make a small public page of a title and a text, both escaped."""
    body = f'<p>{html.escape(text)}</p><p><a href="/">→</a></p>'
    return public_page(title, body, language=language, status=status)


def public_page(title: str, body: str, *, language: str, status: int = 200) -> HTMLResponse:
    """Make a public page of a title, which is escaped, and a body, which already is.

    Nobody keeps a copy of it, and no search engine lists it.
    """
    whole = (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{_STYLE}</style>"
        f"<main><h1>{html.escape(title)}</h1>{body}</main></html>"
    )
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return HTMLResponse(whole, status_code=status, headers=headers)


async def language_for(request: Request) -> str:
    """Give the language in which the asker reads: their own, else their browser's."""
    reader = request.scope.get("reader") or _Reader(request.scope)
    found: str = await reader.language()
    return found


def health_route(ready: Iterable[Check]) -> list[BaseRoute]:
    """Make `GET /healthz`: 200 when every check passes, else 503 with the reason's code."""
    checks = tuple(ready)

    def look() -> Response:
        for check in checks:
            try:
                check()
            except DomainError as error:
                return _unready(error.code)
            except SQLAlchemyError as error:
                telemetry.log_failure(error)
                return _unready(DatabaseUnavailableError.code)
        return JSONResponse({"live": True, "ready": True})

    async def healthz(_request: Request) -> Response:
        return await anyio.to_thread.run_sync(look)

    return [Route("/healthz", healthz), *prefixed("/healthz")]


def metrics_route(gauges: Iterable[Gauge]) -> list[BaseRoute]:
    """Make `GET /metrics`: for this machine itself, or with METRICS_TOKEN as a bearer."""
    known = tuple(gauges)

    def read() -> str:
        lines = []
        for page, (count, middle, slow) in sorted(telemetry.rerun_figures().items()):
            lines += [
                f'casework_reruns_total{{page="{page}"}} {count}',
                f'casework_rerun_seconds{{page="{page}",quantile="0.5"}} {middle:.4f}',
                f'casework_rerun_seconds{{page="{page}",quantile="0.95"}} {slow:.4f}',
            ]
        statements, waited = telemetry.database_figures()
        lines.append(f"casework_database_statements_total {statements}")
        lines.append(f"casework_database_wait_seconds_total {waited:.3f}")
        for gauge in known:
            lines += [f"casework_{name} {value:g}" for name, value in gauge().items()]
        return "\n".join(lines) + "\n"

    async def metrics(request: Request) -> Response:
        if not _may_read_metrics(request):
            return await not_found(request)
        return PlainTextResponse(await anyio.to_thread.run_sync(read))

    return [Route("/metrics", metrics), *prefixed("/metrics")]


def font_routes() -> list[BaseRoute]:
    """Serve Inter from its package, to be kept by browsers for a year."""
    import fontpkg_inter

    folder = Path(fontpkg_inter.__file__).parent / "files"

    async def font(request: Request) -> Response:
        name = _FONTS.get(request.path_params["name"])
        if name is None:
            return await not_found(request)
        headers = {"Cache-Control": _YEAR}
        return FileResponse(folder / name, media_type="font/ttf", headers=headers)

    return prefixed("/fonts", Route("/{name}", font))


class _Reader:
    """Who asks: their language is looked up when first needed, and once."""

    def __init__(self, scope: Scope, language_of_token: LanguageOf | None = None) -> None:
        self._request = Request(scope)
        self._language_of_token = language_of_token
        self._found = ""

    async def language(self) -> str:
        """Give the language of the signed-in person, else of the browser."""
        if not self._found:
            own = await anyio.to_thread.run_sync(self._own)
            self._found = own or language_of(self._request.headers.get("accept-language"))
        return self._found

    def _own(self) -> str:
        token = self._request.cookies.get(COOKIE, "")
        if not token or self._language_of_token is None:
            return ""
        try:
            return self._language_of_token(token)
        except SQLAlchemyError:
            return ""  # the page that follows says what is wrong with the database


class HouseRules:
    """Middleware: security headers on every answer, the page's language in its `<html>`."""

    def __init__(self, app: ASGIApp, language_of_token: LanguageOf | None = None) -> None:
        self.app = app
        self.language_of_token = language_of_token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wrap one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        reader = _Reader(scope, self.language_of_token)
        scope = {**scope, "reader": reader, "packs": _packs(scope), "headers": _wanted(scope)}
        started: Message | None = None

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                _add_headers(headers)
                if headers.get("content-type", "").startswith("text/html"):
                    _vary(headers)
                    started = message
                    return
            elif started is not None:
                body = _in_language(message.get("body", b""), await reader.language())
                message = {**message, "body": body}
                headers = MutableHeaders(scope=started)
                if not body:
                    pass  # the answer to HEAD
                elif headers.get("content-length") and not message.get("more_body"):
                    headers["content-length"] = str(len(body))
                elif "content-length" in headers:
                    del headers["content-length"]
                await send(started)
                started = None
            await send(message)

        await self.app(scope, receive, guarded)


@cache
def content_security_policy() -> str:
    """Give the policy: nothing from outside, no inline script but Streamlit's own."""
    import streamlit

    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'"
        for s in scripts
    )
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' blob: {hashes}".strip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-ancestors 'none'",
            "base-uri 'self'",
            "object-src 'none'",
            "form-action 'self'",
        ]
    )


def _wanted(scope: Scope) -> list[tuple[bytes, bytes]]:
    """Ask for pages whole: packed, or "not changed since", they would keep another's language."""
    asked: list[tuple[bytes, bytes]] = scope["headers"]
    if "." in scope["path"].rpartition("/")[2]:
        return asked
    return [(name, value) for name, value in asked if name not in _SHORTCUTS]


def _packs(scope: Scope) -> bool:
    return "gzip" in Headers(scope=scope).get("accept-encoding", "")


def packed(request: Request, response: Response) -> Response:
    """Pack an answer that has no page's language in it, if its reader can unpack it."""
    if not request.scope.get("packs"):
        return response
    response.body = gzip.compress(bytes(response.body), _QUICKLY, mtime=0)
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.body))
    response.headers.add_vary_header("Accept-Encoding")
    return response


def _vary(headers: MutableHeaders) -> None:
    for name in ("etag", "last-modified"):
        if name in headers:
            del headers[name]
    headers["Vary"] = "Accept-Language, Cookie"


def _unready(reason: str) -> Response:
    return JSONResponse({"live": True, "ready": False, "reason": reason}, status_code=503)


def _add_headers(headers: MutableHeaders) -> None:
    headers["Content-Security-Policy"] = content_security_policy()
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if is_secure():
        headers["Strict-Transport-Security"] = "max-age=31536000"


def _in_language(body: bytes, language: str) -> bytes:
    return body.replace(b'<html lang="en">', f'<html lang="{language}">'.encode(), 1)


def _may_read_metrics(request: Request) -> bool:
    token = os.environ.get("METRICS_TOKEN") or ""
    if token:
        given = request.headers.get("authorization") or ""
        return hmac.compare_digest(given.encode("latin-1"), f"Bearer {token}".encode())
    forwarded = any(name.startswith(_BROUGHT) for name in Headers(scope=request.scope))
    peer = request.client.host if request.client else ""
    try:
        return ipaddress.ip_address(peer).is_loopback and not forwarded
    except ValueError:
        return False


_STYLE: Final = (
    "@font-face{font-family:Inter;src:url(/fonts/inter.ttf);font-weight:100 900}"
    ":root{color-scheme:light dark}body{font:16px/1.5 Inter,sans-serif;margin:0}"
    "main{max-width:34rem;margin:6vh auto;padding:0 1.25rem}h1{font-size:1.5rem}"
    "a{color:#2f7d5b;font-size:1.5rem;text-decoration:none}"
    "h2{font-size:1.15rem;margin:2rem 0 .5rem}ul{padding-left:1.2rem}li{margin:.4rem 0}"
    "form{margin:.75rem 0}label{display:block;margin:.5rem 0}textarea,input[type=text]{"
    "width:100%;box-sizing:border-box;font:inherit;padding:.5rem;border-radius:6px;"
    "border:1px solid #777}fieldset{border:0;padding:0;margin:1rem 0}legend{font-weight:600;"
    "padding:0}fieldset label{display:flex;gap:.6rem;align-items:center;min-height:44px;margin:0}"
    "input[type=radio]{width:1.3rem;height:1.3rem;accent-color:#2f7d5b}"
    "button{font:inherit;font-weight:600;min-height:44px;padding:.5rem 1.1rem;border-radius:8px;"
    "border:1px solid #1d6b4a;background:#1d6b4a;color:#fff}button.quiet{background:none;"
    "color:inherit;border-color:#777;font-weight:400}.soft{opacity:.8;font-size:.9rem}"
    "h3{font-size:1rem;margin:1.25rem 0 .25rem}details.step{border:1px solid #8886;"
    "border-radius:10px;padding:0 .8rem;margin:.5rem 0}summary{cursor:pointer;padding:.6rem 0;"
    "min-height:28px}details.step>summary{font-weight:600}summary .soft{font-weight:400}"
    "summary>span{display:inline-block;vertical-align:top;max-width:92%}details details summary{"
    "font-weight:400;text-decoration:underline}progress{width:100%;height:.9rem;"
    "accent-color:#2f7d5b}dt{font-weight:600;margin-top:.5rem}dd{margin:0}.said{border-left:"
    "3px solid #8888;padding-left:.7rem;white-space:pre-line}a.plain{font-size:inherit;"
    "color:inherit;text-decoration:underline}.address{overflow-wrap:anywhere}"
    ".told p{margin:.2rem 0}"
    ".told{border-left:4px solid #2f7d5b;padding:.4rem .8rem}.wrong{border-left:4px solid "
    "#b3472e;padding:.4rem .8rem}"
)

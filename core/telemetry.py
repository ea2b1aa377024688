"""What the server says of itself: JSON lines and figures, without names and texts."""

import json
import logging
import sys
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from threading import Lock
from typing import Any, Final
from uuid import uuid4

from core.database import tallied

KEPT: Final = 1000
"""Reruns remembered per page."""
_LOG: Final = logging.getLogger("casework")
_run: ContextVar[dict[str, Any] | None] = ContextVar("run", default=None)


class _Figures:
    def __init__(self) -> None:
        self.lock = Lock()
        self.reruns: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=KEPT))
        self.counts: dict[str, int] = defaultdict(int)
        self.waited = 0.0
        self.statements = 0


_FIGURES: Final = _Figures()


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **(getattr(record, "fields", None) or {}),
        }
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def start_logging(level: str = "INFO") -> None:
    """Send the program's log to stdout, one JSON object a line."""
    if _LOG.handlers:
        return
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_JsonLines())
    _LOG.addHandler(handler)
    _LOG.setLevel(level.upper())
    _LOG.propagate = False


def log(event: str, **fields: Any) -> None:  # noqa: ANN401 — ids, codes and numbers
    """Write one line; fields are ids, codes and numbers."""
    _LOG.info(event, extra={"fields": {**(_run.get() or {}), **fields}})


def log_failure(error: BaseException) -> str:
    """Write the trace of an unexpected failure and return its reference number."""
    reference = uuid4().hex[:8]
    fields = {**(_run.get() or {}), "reference": reference}
    _LOG.error(
        "failure", exc_info=(type(error), error, error.__traceback__), extra={"fields": fields}
    )
    return reference


@contextmanager
def measured(page: str, person_id: int | None) -> Iterator[None]:
    """Measure one run of a page and log it.

    After a failure the run stays known, for `log_failure` is called when it has ended.
    """
    token = _run.set({"run": uuid4().hex[:12], "page": page, "person": person_id})
    started = time.perf_counter()
    with tallied() as tally:
        try:
            yield
        finally:
            seconds = time.perf_counter() - started
            with _FIGURES.lock:
                _FIGURES.reruns[page].append(seconds)
                _FIGURES.counts[page] += 1
                _FIGURES.waited += tally.seconds
                _FIGURES.statements += tally.statements
            log("rerun", ms=round(seconds * 1000), sql=tally.statements)
    _run.reset(token)


def rerun_figures() -> dict[str, tuple[int, float, float]]:
    """Give per page: reruns so far, median and 95th percentile of the last ones [s]."""
    with _FIGURES.lock:
        taken = {page: (sorted(times), _FIGURES.counts[page]) for page, times in
                 _FIGURES.reruns.items()}  # fmt: skip
    return {
        page: (count, _quantile(times, 0.5), _quantile(times, 0.95))
        for page, (times, count) in taken.items()
    }


def database_figures() -> tuple[int, float]:
    """Give the statements run by pages, and the time waited for them [s]."""
    with _FIGURES.lock:
        return _FIGURES.statements, _FIGURES.waited


def _quantile(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0

"""The compiled passes, loaded where first needed, and where their machine code is kept."""

import importlib
import os
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Final

_KEPT_IN: Final = "NUMBA_CACHE_DIR"


@cache
def passes() -> ModuleType:
    """Load the passes of plans with one calendar; a second or less, once in a process."""
    return _loaded("passes")


@cache
def calendar_passes() -> ModuleType:
    """Load the passes of plans with several calendars, hands or progress."""
    return _loaded("calendar_passes")


def load() -> None:
    """Load every pass; compiles what has not been compiled on this machine."""
    passes()
    calendar_passes()


def _loaded(name: str) -> ModuleType:
    here = Path(__file__).parent
    if _KEPT_IN not in os.environ and not os.access(here, os.W_OK):
        data = Path(os.environ.get("DATA_DIR", "data"))
        os.environ[_KEPT_IN] = str((data / "numba").absolute())
    return importlib.import_module(f"roadmaps.domain.{name}")

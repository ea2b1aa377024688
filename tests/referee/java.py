"""What is spoken with MPXJ: its virtual machine, its dates, its reader."""

from datetime import datetime
from pathlib import Path
from typing import Any


def start() -> None:
    """Start Java with MPXJ's classes."""
    import jpype
    import mpxj  # noqa: F401 — puts its classes on the path

    jpype.startJVM()


def java(name: str) -> Any:
    """Give a class of Java."""
    import jpype

    return jpype.JClass(name)


def read(path: Path) -> Any:
    """Read a file as MPXJ does."""
    return java("org.mpxj.reader.UniversalProjectReader")().read(str(path))


def moment(value: Any) -> datetime | None:
    """Turn Java's LocalDateTime into ours."""
    return None if value is None else datetime.fromisoformat(str(value))


def when(at: datetime) -> Any:
    """Turn our moment into Java's."""
    return java("java.time.LocalDateTime").of(at.year, at.month, at.day, at.hour, at.minute)

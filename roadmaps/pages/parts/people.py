"""Who is responsible: a person of the centre by their name, or any name."""

from collections.abc import Mapping


def chosen(name: str | None, people: Mapping[int, str]) -> tuple[int | None, str]:
    """Turn a name into a person of the centre, or keep it as it was written."""
    written = (name or "").strip()
    for person, known in people.items():
        if known == written:
            return person, ""
    return None, written


def shown(responsible_id: int | None, responsible: str, people: Mapping[int, str]) -> str:
    """Give the name to be shown."""
    return responsible if responsible_id is None else people.get(responsible_id, responsible)

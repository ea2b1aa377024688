"""Texts that people write: what is dropped, what is refused."""

from core.errors import RequiredError, TooLongError
from core.i18n import Term


def tidy(text: str) -> str:
    """Drop what no database keeps: the NUL character and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def clean(text: str, field: Term, limit: int, *, required: bool = False) -> str:
    """Give a text without spaces around it.

    Raises
    ------
    RequiredError
        If nothing is left of a text that has to be there.
    TooLongError
        If it is longer than its limit [characters].
    """
    cleaned = tidy(text).strip()
    if required and not cleaned:
        raise RequiredError(field=field)
    if len(cleaned) > limit:
        raise TooLongError(field=field, limit=limit, length=len(cleaned))
    return cleaned

"""Expected failures: a small tree of classes without sentences.

The page's translator turns a `DomainError` into words (`core.i18n.Translator.error`): its
`code` is a message of the catalogues, its details are the fields of that message.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeAlias

Shown: TypeAlias = Mapping[Any, object]
"""Field (a `Term`) → value, as a person is shown it."""


class DomainError(Exception):
    """Something a person can understand and act on went wrong."""

    code: ClassVar[str] = "error.unknown"

    def __init__(self, **details: object) -> None:
        super().__init__(self.code)
        self.details = details

    def __str__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in self.details.items())
        return f"{self.code}({fields})"


class NotFoundError(DomainError):
    """No such object, or none that this person may know of; details: kind, id."""

    code = "error.not_found"


class ForbiddenError(DomainError):
    """The actor's roles do not permit this on this object; details: permission."""

    code = "error.forbidden"


class SignedOutError(DomainError):
    """The sign-in session has ended: expired, signed out, deactivated."""

    code = "error.signed_out"


class StaleError(DomainError):
    """Another person saved first.

    Details: kind, and three mappings field → shown value: current, yours, original.
    """

    code = "error.stale"


def require_seen(kind: object, *, original: Shown, current: Shown, yours: Shown) -> None:
    """Let a save pass only over what the person saw: the seen values are the version.

    Three mappings field → value. What stands there already as wanted passes too.

    Raises
    ------
    StaleError
        If somebody else has meanwhile saved something else.
    """
    if current not in (original, yours):
        raise StaleError(kind=kind, original=original, current=current, yours=yours)


class InvalidError(DomainError):
    """A value cannot be what it is; details: field, value."""

    code = "error.invalid"


class RequiredError(DomainError):
    """A field is empty; details: field."""

    code = "error.required"


class TooLongError(DomainError):
    """A text is longer than its limit; details: field, limit, length."""

    code = "error.too_long"


class OutOfRangeError(DomainError):
    """A number or date lies outside its bounds; details: field, low, high."""

    code = "error.out_of_range"


class BusyError(DomainError):
    """The database stayed locked longer than it waits for."""

    code = "error.busy"


class StorageFullError(DomainError):
    """The disk has no room left for the change."""

    code = "error.storage_full"


class DatabaseUnavailableError(DomainError):
    """The database does not answer."""

    code = "error.database_unavailable"

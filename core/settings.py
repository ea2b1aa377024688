"""What an administrator sets once for the whole centre."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Final, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.database import Base, rows_changed
from core.errors import InvalidError, RequiredError, StaleError, TooLongError
from core.i18n import LANGUAGES, Term

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

TIME_ZONES: Final = (
    "Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk",
    "Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan",
    "Asia/Kamchatka", "Asia/Almaty", "Asia/Tashkent", "Asia/Tbilisi", "Asia/Yerevan",
    "Europe/Minsk", "Europe/Berlin", "Europe/London", "America/New_York", "UTC",
)  # fmt: skip
"""Zones offered first; the browser's own is added."""
NAME_LIMIT: Final = 200
_CENTRE = "centre"
S = TypeVar("S", bound="DataclassInstance")


class Setting(Base):
    """One named group of settings, as JSON."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    value: Mapped[str] = mapped_column(sa.Text)
    version: Mapped[int] = mapped_column(default=1)
    __table_args__ = ()


@dataclass(frozen=True, slots=True)
class Centre:
    """The centre itself: its name, its clock, its language, its calendar of working days."""

    name: str = ""
    time_zone: str = "Asia/Yekaterinburg"
    language: str = "ru"
    calendar: str = "ru"

    def checked(self) -> Centre:
        """Tidy and check. Raises `RequiredError`, `TooLongError`, `InvalidError`."""
        name = " ".join(self.name.split())
        if not name:
            raise RequiredError(field=Term("field.centre_name"))
        if len(name) > NAME_LIMIT:
            raise TooLongError(field=Term("field.centre_name"), limit=NAME_LIMIT, length=len(name))
        try:
            ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise InvalidError(field=Term("field.time_zone"), value=self.time_zone) from error
        if self.language not in LANGUAGES:
            raise InvalidError(field=Term("field.language"), value=self.language)
        return replace(self, name=name)

    @property
    def is_set_up(self) -> bool:
        """Tell whether somebody has claimed this server."""
        return bool(self.name)


def load_centre(db: Session) -> Centre:
    """Read the centre's settings; an unclaimed server has the defaults."""
    return load_setting(db, _CENTRE, Centre)


def save_centre(db: Session, centre: Centre) -> None:
    """Write the centre's settings."""
    save_setting(db, _CENTRE, centre)


def centre_version(db: Session) -> int:
    """Read the version of the centre's settings, for saving them; 0 before the first save."""
    return db.scalar(sa.select(Setting.version).where(Setting.name == _CENTRE)) or 0


def change_centre(db: Session, centre: Centre, seen: Centre, seen_version: int) -> None:
    """Write the centre's settings over the version a person saw. Raises `StaleError`."""
    changed = rows_changed(
        db,
        sa.update(Setting)
        .where(Setting.name == _CENTRE, Setting.version == seen_version)
        .values(value=_text(centre), version=seen_version + 1),
    )
    if not changed:
        raise StaleError(
            kind=Term("object.settings"),
            original=_shown(seen),
            current=_shown(load_centre(db)),
            yours=_shown(centre),
        )


def load_setting(db: Session, name: str, kind: type[S]) -> S:
    """Read a group of settings as a dataclass whose fields all have defaults."""
    stored = db.scalar(sa.select(Setting.value).where(Setting.name == name))
    known = {field.name for field in fields(kind)}
    values = json.loads(stored) if stored else {}
    return kind(**{key: value for key, value in values.items() if key in known})


def save_setting(db: Session, name: str, value: DataclassInstance) -> None:
    """Write a group of settings."""
    text = _text(value)
    row = db.get(Setting, name)
    if row is None:
        db.add(Setting(name=name, value=text))
    else:
        row.value = text
        row.version += 1
    db.flush()


def _text(value: DataclassInstance) -> str:
    return json.dumps(asdict(value), ensure_ascii=False, sort_keys=True)


def _shown(centre: Centre) -> dict[str, str]:
    return {
        Term("field.centre_name"): centre.name,
        Term("field.time_zone"): centre.time_zone,
        Term("field.language"): centre.language,
    }

"""Words, dates, numbers and hours in the reader's language.

English text stands in the code, Russian in `locales/ru/messages.po`. Codes (members of
`Coded`, codes of `DomainError`, `Term`) have their English in `locales/en/messages.po`.
"""

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from enum import StrEnum
from functools import cache, lru_cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Final

from babel import Locale
from babel.dates import format_date, format_datetime, format_interval, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from core.errors import DomainError

LANGUAGES: Final = ("ru", "en")
LOCALES: Final = Path(__file__).parent / "locales"
_LOCALE_OF: Final = {"ru": "ru_RU", "en": "en_GB"}
_MINUTES_PER_HOUR: Final = 60


class Term(str):
    """A message code shown in the reader's language when it stands in an error's details."""

    __slots__ = ()


class Coded(StrEnum):
    """An enumeration whose members are shown to people.

    The message of a member is `snake_case_of_class.value`.
    """

    @property
    def message(self) -> str:
        """The code under which the catalogues keep this member's label."""
        return f"{_snake(type(self).__name__)}.{self.value}"


def N_(text: str) -> str:  # noqa: N802 — the name gettext gives to "translate later"
    """Mark a text for extraction; it is translated where it is shown."""
    return text


class Translator:
    """One language: its texts and its formats."""

    def __init__(self, language: str, catalogue: GNUTranslations) -> None:
        self.language = language
        self.locale = Locale.parse(_LOCALE_OF[language])
        self._catalogue = catalogue

    def __call__(self, text: str, /, **values: object) -> str:
        """Translate, then put the values into the placeholders."""
        shown = self._catalogue.gettext(text) if text else ""
        return shown.format(**values) if values else shown

    def plural(self, singular: str, plural: str, n: int, **values: object) -> str:
        """Translate a count; `{n}` is the number in the reader's format."""
        shown = self._catalogue.ngettext(singular, plural, n)
        return shown.format(n=self.number(n), **values)

    def label(self, code: Coded) -> str:
        """Give the label of a coded value."""
        return self._catalogue.gettext(code.message)

    def error(self, error: DomainError, escape: Callable[[str], str] = str) -> str:
        """Put an expected failure into one or two sentences; `escape` guards people's texts."""
        shown = {name: self.show(value, escape) for name, value in error.details.items()}
        sentence = self._catalogue.gettext(error.code).format(**shown)
        return sentence[:1].upper() + sentence[1:]

    def show(  # noqa: PLR0911 — one line per kind of value
        self, value: object, escape: Callable[[str], str] = str
    ) -> str:
        """Show any plain value: a code, a date, a number, a list of them."""
        if isinstance(value, Coded):
            return self.label(value)
        if isinstance(value, Term):
            return self._catalogue.gettext(str(value))
        if isinstance(value, bool):
            _ = self
            return _("yes") if value else _("no")
        if isinstance(value, int | float):
            return self.number(value, digits=0 if isinstance(value, int) else 2)
        if isinstance(value, date):
            return self.date(value)
        if isinstance(value, Mapping):
            pairs = ((self.show(k, escape), self.show(v, escape)) for k, v in value.items())
            return "; ".join(f"{name}: {shown}" for name, shown in pairs)
        if isinstance(value, list | tuple | set | frozenset):
            return ", ".join(self.show(item, escape) for item in value)
        return "" if value is None else escape(str(value))

    def date(self, day: dt.date) -> str:
        """Format a day with its year: 23 нояб. 2026 г. / 23 Nov 2026."""
        return format_date(day, "medium", locale=self.locale)

    def day(self, day: dt.date) -> str:
        """Format a day without its year: 23 нояб. / 23 Nov."""
        return format_skeleton("MMMd", _midnight(day), locale=self.locale)

    def full_day(self, day: dt.date) -> str:
        """Format a day in a sentence, without its year: 31 декабря / 31 December."""
        return format_skeleton("MMMMd", _midnight(day), locale=self.locale)

    def weekday(self, day: dt.date) -> str:
        """Format a day with its weekday: пн, 23 ноября / Mon, 23 November."""
        return format_skeleton("MMMMEd", _midnight(day), locale=self.locale)

    def short_weekday(self, day: dt.date) -> str:
        """Format a day of a month that is known: пн 23 / Mon 23."""
        return format_date(day, "EEE d", locale=self.locale)

    def month(self, day: dt.date) -> str:
        """Name a month and its year: ноябрь 2026 / November 2026."""
        return format_date(day, "LLLL y", locale=self.locale)

    def short_month(self, day: dt.date) -> str:
        """Name a month for an axis: нояб. / Nov."""
        return format_date(day, "LLL", locale=self.locale)

    def days(self, first: dt.date, last: dt.date, *, is_full: bool = False) -> str:
        """Format the days of something, both included: 1–5 дек. 2026 / 1–5 Dec 2026.

        In full, for a sentence, the month is a word: 1–5 декабря 2026.
        """
        return _days(self.locale, first, last, is_full=is_full)

    def moment(self, instant: datetime, zone: tzinfo) -> str:
        """Format an instant in a time zone: 23 нояб. 2026 г., 14:05."""
        return format_datetime(instant, "medium", tzinfo=zone, locale=self.locale).removesuffix(
            instant.astimezone(zone).strftime(":%S")
        )

    def number(self, value: float, digits: int = 0) -> str:
        """Format a number with at most `digits` decimals: 1 234,5 / 1,234.5."""
        return _number(self.locale, value + 0, digits)  # so that no zero is below zero

    def percent(self, share: float) -> str:
        """Format a share of 1: 0.42 → 42 %."""
        return _percent(self.locale, share + 0)

    def hours(self, minutes: int) -> str:
        """Format whole minutes: 165 → 2 h 45 min / 2 ч 45 мин."""
        _ = self  # so that the texts below are found for translation
        sign = "−" if minutes < 0 else ""
        hours, rest = divmod(abs(minutes), _MINUTES_PER_HOUR)
        if hours and rest:
            return sign + _("{hours} h {minutes} min", hours=self.number(hours), minutes=rest)
        if hours:
            return sign + _("{hours} h", hours=self.number(hours))
        return sign + _("{minutes} min", minutes=rest)


@cache
def translator(language: str) -> Translator:
    """Give the translator of a language; an unknown language reads English."""
    known = language if language in LANGUAGES else "en"
    return Translator(known, _read(LOCALES / known / "messages.po"))


def language_of(tag: str | None) -> str:
    """Choose a language of ours by a browser's tag such as `ru-RU`; English otherwise."""
    prefix = (tag or "").split("-")[0].lower()
    return prefix if prefix in LANGUAGES else "en"


def sort_key(name: str) -> str:
    """Make the key by which a name is searched and sorted.

    Casefolded, ё as е, marks dropped, spaces joined: what people mean by "the same name".
    """
    folded = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")
    return " ".join(folded.split())


def _read(path: Path) -> GNUTranslations:
    with path.open("rb") as source:
        catalogue = read_po(source)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


# A page of a long plan says hundreds of numbers and days, the same ones again and again.
@lru_cache(maxsize=8192)
def _number(locale: Locale, value: float, digits: int) -> str:
    pattern = "#,##0." + "#" * digits if digits else "#,##0"
    return format_decimal(value, pattern, locale=locale)


@lru_cache(maxsize=1024)
def _percent(locale: Locale, share: float) -> str:
    return format_percent(share, locale=locale)


@lru_cache(maxsize=8192)
def _days(locale: Locale, first: date, last: date, *, is_full: bool) -> str:
    """Format a period as the locale does, without the word for "year" that Russian adds."""
    if not is_full:
        found = format_interval(_midnight(first), _midnight(last), "yMMMd", locale=locale)
        return _without_year_word(found)
    end = _without_year_word(format_date(last, "long", locale=locale))
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    if first.year == last.year:
        return f"{format_skeleton('MMMMd', _midnight(first), locale=locale)} – {end}"
    return f"{_without_year_word(format_date(first, 'long', locale=locale))} – {end}"


def _without_year_word(day: str) -> str:
    return day.replace("\u202f", " ").replace("\xa0", " ").replace("\u2009", " ").replace(" г.", "")


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 — formatting only, no instant

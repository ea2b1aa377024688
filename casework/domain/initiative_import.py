"""A list of initiatives from a file: each row is new, perhaps known, or in need of mending."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from casework.domain.initiative import (
    Codes,
    InitiativeForm,
    NewInitiative,
    NewParticipant,
    NotListedError,
    clean_form,
)
from casework.domain.life import LifeEvent, LifeEventType, When, clean_event, parse_when
from casework.domain.similar import NameIndex
from core.errors import DomainError, InvalidError, RequiredError
from core.i18n import Coded, Term, sort_key

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("Name", "Название", "Название инициативы", "Инициатива", "Initiative"),
    "summary": ("Summary", "Описание", "Кратко", "О чём", "Чем занимается"),
    "themes": ("Themes", "Темы", "Тема", "Theme", "Направления", "Направление"),
    "territory": ("Territory", "Территория", "Район", "Город", "District"),
    "founded": ("Founded", "Основана", "Год основания", "Дата основания", "Начало"),
    "leader": ("Leader", "Лидер", "Руководитель", "Контактное лицо", "Контакт"),
    "email": ("E-mail", "Эл. почта", "Email", "Почта", "Электронная почта"),
    "phone": ("Phone", "Телефон"),
}
"""Names of each column; the first is English, the second Russian: those of the template."""
_CONTACT_LIMIT: Final = 200


class ImportVerdict(Coded):
    """What a row of the file is."""

    NEW = "new"
    DUPLICATE = "duplicate"
    ERROR = "error"


class RowsToMendError(DomainError):
    """Some rows have errors, so nothing is taken; details: count."""

    code = "error.rows_to_mend"


class NothingNewError(DomainError):
    """All rows are known already, so there is nothing to take."""

    code = "error.nothing_new"


@dataclass(frozen=True, slots=True)
class Texts:
    """A row as the file has it, by our names of columns; `founded` may be a spreadsheet's date."""

    number: int
    cells: Mapping[str, str]
    founded: str | date = ""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What would become of a row."""

    number: int
    name: str
    verdict: ImportVerdict
    new: NewInitiative | None = None
    errors: tuple[DomainError, ...] = ()
    similar: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """The centre's lists by every way to write their entries: codes, labels, parts of labels."""

    themes: Mapping[str, str] = field(default_factory=dict)
    territories: Mapping[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> Codes:
        """The codes behind the words."""
        return Codes(frozenset(self.themes.values()), frozenset(self.territories.values()))


def spellings(entries: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Map every way to write an entry to its code.

    An entry is a code with its labels; "Kungur" and "Perm, Kungur street" both know their last
    part after a comma, unless another entry shares it.
    """
    whole: dict[str, str] = {}
    parts: dict[str, set[str]] = {}
    for code, labels in entries:
        for written in (code, *labels):
            whole[sort_key(written)] = code
            tail = written.rpartition(",")[2]
            for part in (tail, tail.removesuffix("район"), tail.removesuffix("district")):
                parts.setdefault(sort_key(part), set()).add(code)
    tails = {part: next(iter(codes)) for part, codes in parts.items() if len(codes) == 1}
    return {written: code for written, code in {**tails, **whole}.items() if written}


def plan_rows(
    rows: Iterable[Texts], choices: Choices, known: Iterable[str], today: date
) -> tuple[PlannedRow, ...]:
    """Decide what would become of every row.

    A row whose name is like a known one, or like an earlier row's, is a possible duplicate.
    """
    names: dict[int, str] = dict(enumerate(known))
    index = NameIndex(names.items())
    planned = []
    for row in rows:
        new, errors = _read(row, choices, today)
        name = " ".join(row.cells.get("name", "").split())
        alike = index.find(name, limit=1)
        if errors:
            verdict = ImportVerdict.ERROR
        else:
            verdict = ImportVerdict.DUPLICATE if alike else ImportVerdict.NEW
        similar = names[alike[0]] if alike else ""
        planned.append(PlannedRow(row.number, name, verdict, new, errors, similar))
        names[len(names)] = name
        index.add(len(names) - 1, name)
    return tuple(planned)


def _read(
    row: Texts, choices: Choices, today: date
) -> tuple[NewInitiative | None, tuple[DomainError, ...]]:
    errors: list[DomainError] = []
    form, founded, leader = None, None, None
    try:
        form = clean_form(_form(row.cells, choices), choices.codes)
    except DomainError as error:
        errors.append(error)
    try:
        founded = _founded(row.founded, today)
    except DomainError as error:
        errors.append(error)
    try:
        leader = _leader(row.cells)
    except DomainError as error:
        errors.append(error)
    if form is None or errors:
        return None, tuple(errors)
    return NewInitiative(form, founded, is_active=False, leader=leader), ()


def _form(cells: Mapping[str, str], choices: Choices) -> InitiativeForm:
    territory = cells.get("territory", "")
    if territory:
        territory = _code(territory, choices.territories, "field.territory")
    return InitiativeForm(
        cells.get("name", ""),
        cells.get("summary", ""),
        _themes(cells.get("themes", ""), choices.themes),
        territory,
    )


def _themes(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Read themes split by semicolons or, where no theme has a comma in its name, by commas."""
    parts = [part.strip() for part in re.split(r"[;|\n]", text) if part.strip()]
    codes: list[str] = []
    for part in parts:
        pieces = [part] if sort_key(part) in known else part.split(",")
        codes += [_code(piece.strip(), known, "field.themes") for piece in pieces if piece.strip()]
    return tuple(codes)


def _code(text: str, known: Mapping[str, str], field_name: str) -> str:
    code = known.get(sort_key(text).rstrip("."))
    if code is None:
        raise NotListedError(field=Term(field_name), value=text)
    return code


def _founded(value: str | date, today: date) -> When | None:
    if isinstance(value, datetime):
        when: When | None = When(value.date())
    elif isinstance(value, date):
        when = When(value)
    else:
        when = parse_when(value, Term("field.founded"))
    if when is None:
        return None
    return clean_event(LifeEvent(LifeEventType.FOUNDED, when), (), today).when


def _leader(cells: Mapping[str, str]) -> NewParticipant | None:
    name, email, phone = (cells.get(key, "") for key in ("leader", "email", "phone"))
    if not name and not email and not phone:
        return None
    if not name:
        raise RequiredError(field=Term("field.leader"))
    if email and ("@" not in email or len(email) > _CONTACT_LIMIT):
        raise InvalidError(field=Term("field.email"), value=email[:_CONTACT_LIMIT])
    if len(phone) > _CONTACT_LIMIT or not any(letter.isdigit() for letter in phone or "0"):
        raise InvalidError(field=Term("field.phone"), value=phone[:_CONTACT_LIMIT])
    return NewParticipant(name[:_CONTACT_LIMIT], email=email, phone=phone)

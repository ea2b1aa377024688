"""Files of diagnostics: an instrument's folder in, the answers' table out."""

from pathlib import Path
from typing import Final

from core.database import ROOT
from core.i18n import Translator
from core.spreadsheet import (
    ENGLISH,
    RUSSIAN,
    Value,
    as_text,
    read_table,
    write_csv,
    write_xlsx,
)
from diagnostics.domain.assessment import Response, Responses
from diagnostics.domain.instrument import Domain, Instrument, Item, Missing, text
from diagnostics.domain.source import CHOICES, SETTINGS, SURVEY, Row, Sheets

BUILTIN: Final = ROOT / "data" / "instruments"


def builtin_folders() -> tuple[Path, ...]:
    """List the folders of the instruments that come with the program."""
    return tuple(sorted(path.parent for path in BUILTIN.glob("*/survey.csv")))


def read_folder(folder: Path) -> Sheets:
    """Read the sheets of a folder: `survey.csv`, `choices.csv` and `settings.csv`.

    A sheet that is not there is absent from the result, which `read_instrument` refuses.
    """
    return {
        sheet: read_sheet(sheet, (folder / f"{sheet}.csv").read_bytes())
        for sheet in (SURVEY, CHOICES, SETTINGS)
        if (folder / f"{sheet}.csv").is_file()
    }


def read_sheet(sheet: str, data: bytes) -> tuple[Row, ...]:
    """Read one sheet from the bytes of a CSV or XLSX file."""
    table = read_table(data, f"{sheet}.csv")
    return tuple(
        Row(
            sheet,
            row.number,
            {
                header: as_text(row.cell(index))
                for index, header in enumerate(table.headers)
                if header
            },
        )
        for row in table.rows
    )


def write_answers(
    instrument: Instrument, responses: Responses, file: str, words: Translator
) -> bytes:
    """Write answers as a table, one row per item: `xlsx`, or `csv` as the reader's Excel reads it."""
    _ = words
    columns = {
        "domain": _("Domain"),
        "name": _("Code"),
        "item": _("Question"),
        "level": _("Level"),
        "wanted": _("Wanted level"),
        "weight": _("Weight"),
        "answer": _("Answer"),
        "justification": _("Example"),
    }
    rows = [
        _answer_row(domain, item, responses.get(item.name, Response()), words)
        for domain in instrument.domains
        for item in domain.items
    ]
    if file == "xlsx":
        return write_xlsx(rows, columns, title=text(instrument.titles, _.language))
    return write_csv(rows, columns, RUSSIAN if _.language == "ru" else ENGLISH)


def _answer_row(
    domain: Domain, item: Item, response: Response, words: Translator
) -> dict[str, Value]:
    language, answer = words.language, response.answer
    level = None if isinstance(answer, Missing) else item.scale.level(answer)
    shown = text(level.labels, language) if level else words.label(Missing(answer))
    return {
        "domain": text(domain.labels, language),
        "name": item.name,
        "item": text(item.labels, language),
        "level": level.score if level else None,
        "wanted": item.wanted,
        "weight": float(item.weight),
        "answer": shown,
        "justification": response.justification,
    }

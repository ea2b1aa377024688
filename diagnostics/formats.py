"""Files of diagnostics: an instrument's folder in, the answers' table out."""

from pathlib import Path
from typing import Final

from core.database import ROOT
from core.spreadsheet import as_text, read_table
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

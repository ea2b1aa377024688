"""Critical-path lengths published for PSPLIB, where the instances lie beside the project.

Kolisch and Sprecher (1996), "PSPLIB - a project scheduling problem library".
"""

import csv
from pathlib import Path

import pytest

from roadmaps.domain.laid import lay
from roadmaps.formats.psplib import read_psplib

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "rcpsp"
INSTANCES = sorted(FOLDER.glob("j*/*.sm"))
pytestmark = pytest.mark.skipif(
    not INSTANCES, reason=f"the instances are not beside the project: {FOLDER}"
)


def _published(set_name: str) -> dict[str, int]:
    text = (FOLDER / f"best_known_{set_name}.csv").read_text("latin-1")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    head = next(i for i, row in enumerate(rows) if "CPM" in row)
    place = rows[head].index("CPM")
    found = [row for row in rows[head + 1 :] if len(row) > place and row[1].endswith(".sm")]
    return {row[1].removesuffix(".sm"): int(row[place]) for row in found}


@pytest.mark.parametrize("set_name", ["j30", "j60", "j120"])
def test_critical_paths_are_as_long_as_published(set_name: str) -> None:
    published = _published(set_name)
    paths = [path for path in INSTANCES if path.parent.name == set_name]
    found = {path.stem: lay(read_psplib(path.read_bytes()).plan).result.length for path in paths}
    assert len(found) == 60
    assert found == {name: published[name] for name in found}

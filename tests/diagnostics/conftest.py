"""A small instrument in code, and the built-in one as it stands in its folder."""

import pytest

from diagnostics.domain.instrument import Instrument
from diagnostics.domain.source import Sheets, read_instrument
from diagnostics.formats import BUILTIN, read_folder
from tests.diagnostics.small import make_sheets


@pytest.fixture
def sheets() -> Sheets:
    return make_sheets()


@pytest.fixture
def small() -> Instrument:
    return read_instrument(make_sheets())


@pytest.fixture(scope="session")
def health() -> Instrument:
    return read_instrument(read_folder(BUILTIN / "health_of_an_initiative"))

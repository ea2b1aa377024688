"""Sheets of paper, and the units in which drawings measure them."""

from typing import Final

from core.i18n import Coded

SCALE: Final = 0.7  # points of paper for each unit of a drawing: names are 8.4 points high
LARGER: Final = (1.0, 0.85, 0.78)  # the same where a whole plan fits on one sheet


class Paper(Coded):
    """A sheet to print on, lying on its long side."""

    A4 = "a4"
    A3 = "a3"

    @property
    def size(self) -> tuple[float, float]:
        """Give width and height [pt]."""
        return (841.89, 595.28) if self is Paper.A4 else (1190.55, 841.89)

    @property
    def drawn(self) -> tuple[float, float]:
        """Give width and height in units of a drawing."""
        return self.drawn_at(SCALE)

    def drawn_at(self, scale: float) -> tuple[float, float]:
        """Give width and height in units of a drawing of so many points each."""
        width, height = self.size
        return width / scale, height / scale

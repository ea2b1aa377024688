"""Sheets of paper, and the units in which drawings measure them."""

from typing import Final

from core.i18n import Coded

SCALE: Final = 0.7  # points of paper for each unit of a drawing: names are 8.4 points high


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
        width, height = self.size
        return width / SCALE, height / SCALE

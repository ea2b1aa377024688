"""Colours by meaning, the same on every page, chart and export."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Palette:
    """One accent, one warning, one danger, greys. All readable on paper white and on ink."""

    plan: str = "#2F7D5B"
    """The accent: a plan, a norm, a promise."""
    done: str = "#17503A"
    """What is done: the accent, dark."""
    soft: str = "#A9CDBB"
    """The accent, quiet: what was before, what stands behind."""
    at_risk: str = "#B9770E"
    """Amber: at risk, behind."""
    critical: str = "#A63D2F"
    """Brick: critical, late."""
    critical_soft: str = "#E9B7AF"
    """Brick, quiet: the hatching on what is critical."""
    grey: str = "#6B746F"
    """Labels and secondary marks."""
    faint: str = "rgba(120,130,125,0.22)"
    """Grid lines."""
    today: str = "#3B6EA8"
    """The line of today."""
    ink: str = "#1F2A25"
    """Text of a file, which is always on paper."""
    paper: str = "#FFFFFF"
    """The ground of a file."""
    rule: str = "#D9DEDB"
    """Lines of a file."""
    shade: str = "#F1F3F1"
    """Days off in a file."""
    series: tuple[str, ...] = (
        "#2F7D5B", "#3B6EA8", "#B9770E", "#7A5C99", "#5B8C2A", "#A63D2F", "#4C8C96", "#8A6B4F",
    )  # fmt: skip
    """Things that differ only in kind."""


PALETTE: Final = Palette()
NIGHT: Final = Palette(
    plan="#4FA57F", done="#8FD0B0", soft="#2F5E49", at_risk="#D9A04A", critical="#D9705F",
    critical_soft="#6E2A20", grey="#A3AEA7", today="#7FA9DA", ink="#E6ECE8", paper="#151A17",
    rule="#303A34", shade="#1D2420",
)  # fmt: skip
"""The same meanings on dark paper: files that are read on a screen by night."""
FONT: Final = "Inter, sans-serif"

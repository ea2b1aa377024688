"""Where a promise will probably end: the pace of the last weeks carried on, with its doubt."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from hours.domain.pace import WorkingDays
from hours.domain.periods import DAYS_IN_WEEK, Period

WEEKS: Final = 13
"""How many whole weeks before today are looked at: a quarter."""
FEWEST: Final = 4
CONFIDENCE: Final = 0.8


@dataclass(frozen=True, slots=True)
class Forecast:
    """Minutes at the period's end: the likely figure and the interval around it [min].

    `weeks` is the number of weeks on which it stands.
    """

    low: int
    likely: int
    high: int
    weeks: int


def past_weeks(
    done_by_day: Mapping[date, int], today: date, since: date, calendar: WorkingDays
) -> tuple[tuple[int, int], ...]:
    """Return minutes and working days of the whole weeks before today, oldest first.

    At most `WEEKS` of them, none that begins before `since`; a week without a working day is
    left out.
    """
    monday = today - timedelta(days=today.weekday())
    found: list[tuple[int, int]] = []
    for back in range(WEEKS, 0, -1):
        begins = monday - timedelta(days=DAYS_IN_WEEK * back)
        days = Period(begins, begins + timedelta(days=DAYS_IN_WEEK)).dates()
        working = sum(calendar.is_working(day) for day in days)
        if begins >= since and working:
            found.append((sum(done_by_day.get(day, 0) for day in days), working))
    return tuple(found)


def forecast(done: int, days_left: int, weeks: Sequence[tuple[int, int]]) -> Forecast | None:
    """Carry the pace of past weeks on to the period's end.

    Parameters
    ----------
    done
        Minutes done in the period so far [min].
    days_left
        Working days of the period from today on [d].
    weeks
        Minutes and working days of each past week.

    Returns
    -------
    Forecast | None
        None for fewer than `FEWEST` weeks: so few say nothing of their spread.

    Notes
    -----
    A week of w working days brings minutes of mean μw and variance σ²w. The rate is estimated by
    weighted least squares, μ = Σx / Σw, its spread by s² = Σ (x − μw)² / w / (n − 1). What the
    days left bring lies in μr ± t·s·√(r + r² / Σw), a prediction interval of Student's t with
    n − 1 degrees of freedom: Hahn and Meeker (1991), "Statistical Intervals", section 4. The
    interval never falls below what is done. O(n) time.
    """
    if len(weeks) < FEWEST:
        return None
    worked = sum(days for _minutes, days in weeks)
    rate = sum(minutes for minutes, _days in weeks) / worked
    spread = sum((minutes - rate * days) ** 2 / days for minutes, days in weeks)
    deviation = math.sqrt(spread / (len(weeks) - 1))
    doubt = math.sqrt(days_left + days_left**2 / worked)
    margin = student_quantile(len(weeks) - 1, CONFIDENCE) * deviation * doubt
    likely = rate * days_left
    low, high = max(likely - margin, 0), likely + margin
    return Forecast(done + round(low), done + round(likely), done + round(high), len(weeks))


def student_quantile(freedom: int, confidence: float) -> float:
    """Return t such that Student's variable lies within ±t with this probability.

    Bisection on the distribution, exact for whole degrees of freedom: Abramowitz and Stegun
    (1964), 26.7.3 and 26.7.4.
    """
    low, high = 0.0, 1.0
    while _within(high, freedom) < confidence:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        if _within(middle, freedom) < confidence:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _within(t: float, freedom: int) -> float:
    """Return the probability that Student's variable lies within ±t."""
    angle = math.atan(t / math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    is_odd = freedom % 2
    term = cosine if is_odd else 1.0
    total = 0.0
    for step in range(1, freedom // 2 + 1):
        total += term
        ratio = 2 * step / (2 * step + 1) if is_odd else (2 * step - 1) / (2 * step)
        term *= cosine**2 * ratio
    if is_odd:
        return 2 / math.pi * (angle + sine * total)
    return sine * total

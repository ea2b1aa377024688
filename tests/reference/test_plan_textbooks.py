"""Worked examples of the critical-path method, published by others.

Estimates (optimistic, likely, pessimistic) give an expected duration (a + 4 m + b) / 6; six
times that is a whole number, so the plans are scheduled in sixths of the published unit. The
published figures are rounded to hundredths before they are added up, hence the tolerances.
"""

from datetime import date

import pytest

from roadmaps.domain.plan import Dependency, Plan, PlanUnit, Task
from roadmaps.domain.schedule import Schedule, schedule

SIXTHS = 6
# https://en.wikipedia.org/wiki/Program_evaluation_and_review_technique
ARTICLE = {
    "A": (2, 4, 6, ""),
    "B": (3, 5, 9, ""),
    "C": (4, 5, 7, "A"),
    "D": (4, 6, 10, "A"),
    "E": (4, 5, 7, "BC"),
    "F": (3, 4, 8, "D"),
    "G": (3, 5, 8, "E"),
}
# https://wizedu.com/questions/717873/
FOURTEEN = {
    "A": (5, 5, 7, ""),
    "B": (1, 2, 5, ""),
    "C": (5, 5, 5, "A"),
    "D": (4, 8, 13, "A"),
    "E": (1, 10, 17, "BC"),
    "F": (1, 5, 7, "D"),
    "G": (2, 6, 9, "D"),
    "H": (4, 4, 6, "EF"),
    "I": (2, 7, 10, "GH"),
    "J": (2, 4, 7, "I"),
    "K": (6, 10, 13, "I"),
    "L": (2, 6, 6, "J"),
    "M": (2, 2, 3, "K"),
    "N": (7, 7, 12, "LM"),
}
# https://ja.scribd.com/presentation/396883604/PRIME-CPM-UNIT-4-pptx, problem 1
TEN = {
    "A": (5, 6, 7, ""),
    "B": (1, 3, 5, ""),
    "C": (1, 4, 7, ""),
    "D": (1, 2, 3, "A"),
    "E": (1, 2, 9, "B"),
    "F": (1, 5, 9, "C"),
    "G": (2, 2, 8, "C"),
    "H": (4, 4, 10, "EF"),
    "I": (2, 5, 8, "D"),
    "J": (2, 2, 8, "HG"),
}


def _solve(tasks: dict[str, tuple[int, int, int, str]]) -> tuple[dict[str, int], Schedule]:
    ids = {name: number for number, name in enumerate(tasks, start=1)}
    plan = Plan(
        date(2026, 1, 12),
        tuple(Task(ids[name], name, a + 4 * m + b) for name, (a, m, b, _) in tasks.items()),
        tuple(
            Dependency(ids[before], ids[name])
            for name, (*_, waits) in tasks.items()
            for before in waits
        ),
        unit=PlanUnit.HOUR,
    )
    return ids, schedule(plan)


def _critical(ids: dict[str, int], result: Schedule) -> str:
    return "".join(name for name, number in ids.items() if result[number].is_critical)


def _floats(ids: dict[str, int], result: Schedule, names: str) -> dict[str, float]:
    return {name: result[ids[name]].total_float / SIXTHS for name in names}


def test_the_example_of_the_encyclopedia_ends_when_its_article_says() -> None:
    ids, result = _solve(ARTICLE)
    assert result.length / SIXTHS == pytest.approx(19.51, abs=0.02)
    assert _critical(ids, result) == "ACEG"
    assert _floats(ids, result, "BDF") == pytest.approx({"B": 3.84, "D": 4.68, "F": 4.68}, abs=0.02)


def test_an_example_of_fourteen_tasks_has_the_published_slack() -> None:
    ids, result = _solve(FOURTEEN)
    published = {"A": 0, "B": 8.0, "C": 0, "D": 1.83, "E": 0, "F": 1.83}
    assert _floats(ids, result, "ABCDEF") == pytest.approx(published, abs=0.011)


def test_an_example_of_ten_tasks_takes_seventeen() -> None:
    ids, result = _solve(TEN)
    assert result.length == 17 * SIXTHS
    assert _critical(ids, result) == "CFHJ"

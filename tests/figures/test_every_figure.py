"""Every figure of hours on every page opens its rows, and a second calculation agrees."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

import hours.store.figures as sums
from core.permissions import Role
from hours.domain.entries import EntryStatus
from hours.domain.periods import Period
from tests.figures.planted import Planted
from tests.figures.walking import DRAWN, EVERY, Open, faults
from tests.pages import Spec

MANAGERS = {
    "activity", "kind", "rows", "agreement_staff", "agreement_event", "agreement_person",
    "agreement_line", "meetings",
}  # fmt: skip
OWN = {"own", "own_kind", "own_topic", "journal", "rows"}


def as_manager(here: Planted) -> tuple[Role, int]:
    with here.manager.reading() as tx:
        return Role.MANAGER, tx.actor.person_id


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ({}, EVERY),
        ({"topic": "legal"}, DRAWN),
        ({"quarter": "2026-Q3"}, DRAWN),  # the day before the quarter's edge
        ({"quarter": "2026-Q4", "activity": "consulting"}, DRAWN),
    ],
)
def test_every_figure_of_a_manager_is_its_rows_and_the_second_calculation(
    open_page: Open, planted: Planted, query: dict[str, str], pages: Sequence[Spec]
) -> None:
    wrong, seen = faults(open_page, planted, as_manager(planted), query, pages)
    assert wrong == []
    assert MANAGERS - {"kind"} <= seen


def test_every_figure_of_a_filtered_person_is_its_rows(open_page: Open, planted: Planted) -> None:
    query = {"person": str(planted.ids[1]), "quarter": "2026-Q4"}
    assert faults(open_page, planted, as_manager(planted), query, DRAWN)[0] == []


@pytest.mark.parametrize(
    ("who", "period", "pages"),
    [
        (0, "2026-11", EVERY),
        *((who, period, DRAWN) for who in (0, 1) for period in ("2026-Q4", "2026-Q3")),
        (1, "2026-11", DRAWN),
    ],
)
def test_a_consultant_who_sees_a_part_sees_it_whole(
    open_page: Open, planted: Planted, who: int, period: str, pages: Sequence[Spec]
) -> None:
    person = planted.ids[who]
    wrong, seen = faults(open_page, planted, (Role.CONSULTANT, person), {"period": period}, pages)
    assert wrong == []
    if period != "2026-Q3":
        assert seen >= OWN


def include_drafts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sums, "COUNTED_STATUSES", frozenset(EntryStatus))


def include_the_day_after(patch: pytest.MonkeyPatch) -> None:
    whole = sums._within

    def later(db: Any, query: Any, *of: Any) -> Any:
        longer = Period(query.period.starts_on, query.period.ends_before + timedelta(days=1))
        return whole(db, replace(query, period=longer), *of)

    patch.setattr(sums, "_within", later)


def forget_the_rule(patch: pytest.MonkeyPatch) -> None:
    import sqlalchemy as sa

    patch.setattr(sums, "_counts", lambda _query, _rules, _of: sa.true())


@pytest.mark.parametrize("spoil", [include_drafts, forget_the_rule])
def test_one_wrong_sum_is_found_by_the_walk(
    open_page: Open, planted: Planted, monkeypatch: pytest.MonkeyPatch, spoil: Any
) -> None:
    spoil(monkeypatch)
    assert faults(open_page, planted, as_manager(planted), {}, DRAWN)[0] != []

import json
from datetime import date

import pytest

from core.i18n import translator
from roadmaps.domain.calendar import OwnCalendar
from roadmaps.domain.errors import PlanFileError
from roadmaps.domain.plan import Dependency, LinkKind, PlanUnit
from roadmaps.formats.project_json import LIMIT_BYTES, read_project

PROJECT = {
    "name": "Street party",
    "calendar": {
        "nonworking_hours": [0, 1, 2, 3, 4, 5, 6, 7, 12, 17, 18, 19, 20, 21, 22, 23],
        "nonworking_weekdays": [5, 6],
        "holidays": ["2012-06-08"],
    },
    "activities": [
        {"id": 10, "name": "ask", "hours": 12, "baseline_start": "2012-06-04T10:00"},
        {"id": 20, "name": "  ", "hours": 0, "baseline_start": "2012-06-01T08:00"},
    ],
    "relations": [{"predecessor": 10, "successor": 20, "type": "SS", "lag_hours": -2}],
}


def _changed(**parts: object) -> bytes:
    return json.dumps(PROJECT | parts).encode()


def test_a_project_becomes_a_plan_in_hours_with_its_own_calendar() -> None:
    title, plan = read_project(json.dumps(PROJECT).encode())
    assert title == "Street party"
    assert (plan.starts_on, plan.starts_minute) == (date(2012, 6, 1), 480)
    assert plan.unit is PlanUnit.HOUR
    assert plan.own_calendar == OwnCalendar(
        (8, 9, 10, 11, 13, 14, 15, 16), (0, 1, 2, 3, 4), frozenset({date(2012, 6, 8)})
    )
    assert [(t.title, t.duration) for t in plan.tasks] == [("ask", 12), ("№ 20", 0)]
    assert plan.dependencies == (Dependency(10, 20, LinkKind.SS, -2),)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{", "plan_file.not_json"),
        (b"[" * 100_000, "plan_file.not_json"),
        (b"[]", "plan_file.missing"),
        (b"{}", "plan_file.missing"),
        (b'"x"', "plan_file.missing"),
        (_changed(activities=[{"id": 1}]), "plan_file.missing"),
        (_changed(activities=[]), "plan_file.missing"),
        (_changed(calendar={}), "plan_file.missing"),
        (_changed(activities=[{"id": 1, "name": "a", "hours": "8", "baseline_start": "2012-06-01"}]), "plan_file.wrong"),
        (_changed(activities=[{"id": 1, "name": "a", "hours": 1.5, "baseline_start": "2012-06-01"}]), "plan_file.wrong"),
        (_changed(activities=[{"id": 1, "name": "a", "hours": 1, "baseline_start": "soon"}]), "plan_file.wrong"),
        (_changed(relations=[{"predecessor": 1, "successor": 20, "type": "FS", "lag_hours": 0}]), "plan_file.unknown_activity"),
        (_changed(relations=[{"predecessor": 10, "successor": 20, "type": "XX", "lag_hours": 0}]), "plan_file.wrong"),
        (b" " * (LIMIT_BYTES + 1), "plan_file.too_big"),
    ],
)  # fmt: skip
def test_what_is_no_project_is_refused_in_words(data: bytes, reason: str) -> None:
    with pytest.raises(PlanFileError) as caught:
        read_project(data)
    assert caught.value.details["reason"] == reason
    assert translator("ru").error(caught.value)

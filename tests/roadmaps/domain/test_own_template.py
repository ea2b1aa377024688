"""Templates of the centre as data: nothing that a template keeps is lost on the way."""

import json

from hypothesis import given, settings

from roadmaps.domain.laid import lay
from roadmaps.domain.own_template import plan_from_data, plan_to_data, template_plan
from tests.roadmaps.rich import rich_plans


@given(rich_plans())
@settings(max_examples=20, deadline=None)
def test_a_template_comes_back_from_its_data_with_all_it_keeps(plan) -> None:
    kept = template_plan(plan)
    found = plan_from_data(json.loads(json.dumps(plan_to_data(kept))))
    assert found == kept
    assert lay(found).result == lay(kept).result


def test_a_template_kept_before_tasks_had_calendars_is_still_read() -> None:
    data = {
        "unit": "day",
        "starts_minute": 0,
        "calendar": "ru",
        "own_calendar": None,
        "tasks": [],
        "links": [],
    }
    assert plan_from_data(data).calendars == ()

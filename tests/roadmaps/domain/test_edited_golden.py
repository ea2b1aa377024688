"""The outcome that the browser's tests expect is the domain's own."""

import json

from tests.golden.edited import edited, kept, plan_of_300, told, twelve


def test_twelve_edits_of_a_plan_of_300_tasks_are_as_they_were() -> None:
    plan = plan_of_300()
    assert (len(plan.tasks), len(twelve(plan))) == (300, 12)
    assert kept() == json.loads(json.dumps(told(edited())))
    assert kept() != told(plan)

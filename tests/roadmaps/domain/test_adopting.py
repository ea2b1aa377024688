"""A plan from a file does not pass for what was taken from a case here."""

from dataclasses import replace

from roadmaps.domain.adopting import adopted
from roadmaps.domain.plan import Plan, Task
from tests.roadmaps.plans import START


def test_names_by_which_steps_and_needs_of_a_case_are_known_are_left_out() -> None:
    names = ("case-step-7", " case-need-7 ", "case-step-x", "case-study", "u1")
    tasks = tuple(Task(n, "t", uid=uid, position=n) for n, uid in enumerate(names, start=1))
    plan, _strangers = adopted(Plan(START, tasks))
    assert [task.uid for task in plan.tasks] == ["", "", "", "case-study", "u1"]
    again, _strangers = adopted(plan)
    assert again == replace(plan)

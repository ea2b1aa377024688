"""The templates that come with the program: sound, whole in both languages, honest about laws."""

from datetime import date, timedelta

import pytest

from core.calendar import russian_calendar
from roadmaps.domain.checks import check_plan
from roadmaps.domain.laid import Laid, lay
from roadmaps.domain.plan import TITLE_LIMIT, UID_LIMIT
from roadmaps.domain.template import Template, TemplateTheme, plan_of_template
from roadmaps.domain.template_views import advice_for
from roadmaps.domain.terms import Counting
from roadmaps.formats.template_toml import TEMPLATES, builtin_templates, read_laws

STARTS = date(2026, 11, 30)
TODAY = date(2026, 11, 25)
WAYS = [
    (code, branch)
    for code, one in builtin_templates().items()
    for branch in ([x.code for x in one.branches] or [""])
]


def laid(code: str, branch: str, language: str = "ru") -> Laid:
    plan = plan_of_template(builtin_templates()[code], branch, STARTS, language, "1a2b3c4d")
    check_plan(plan)
    return lay(plan, russian_calendar())


def wordings(template: Template) -> list[dict[str, str]]:
    """List everything that is said in a template, in both languages."""
    told = [template.title, template.about]
    told += [x for one in template.branches for x in (one.title, one.about)]
    told += [one.title for one in template.stages]
    told += [x for s in template.steps for x in (s.title, s.what, s.whom, s.paper)]
    told += [x for s in template.steps for law in s.laws for x in (law.act, law.says)]
    return [dict(x) for x in told]


def test_there_are_twelve_templates_with_the_branches_that_were_asked_for() -> None:
    found = builtin_templates()
    assert len(found) == 12
    assert [one.position for one in found.values()] == list(range(1, 13))
    assert {path.stem for path in TEMPLATES.glob("*.toml")} == set(found)
    assert [x.code for x in found["ngo"].branches] == ["entity", "tos", "free"]
    assert [x.code for x in found["event"].branches] == ["agreed", "notice"]
    assert {one.theme for one in found.values()} == set(TemplateTheme)


@pytest.mark.parametrize(("code", "branch"), WAYS)
def test_every_way_schedules_from_one_beginning_with_no_loose_step(code, branch) -> None:
    plan = laid(code, branch).plan
    steps = [task for task in plan.tasks if task.id not in plan.stages]
    waiting = {link.successor for link in plan.dependencies}
    awaited = {link.predecessor for link in plan.dependencies}
    assert [task.id for task in steps if task.id not in waiting] == [steps[0].id]
    assert [task.title for task in steps if task.id not in waiting | awaited] == []
    assert 8 <= len(steps) <= 20
    assert 10 <= laid(code, branch).result.length <= 150


@pytest.mark.parametrize("template", builtin_templates().values(), ids=lambda one: one.code)
def test_a_template_is_whole_in_both_languages(template) -> None:
    told = wordings(template)
    assert [x for x in told if not all(x[lang].strip() for lang in ("ru", "en"))] == []
    assert [x["ru"] for x in told if x["ru"] == x["en"]] == []
    assert [x for x in told if any("а" <= letter.lower() <= "я" for letter in x["en"])] == []
    titles = [x for one in template.steps for x in one.title.values()]
    assert max(map(len, titles)) <= min(TITLE_LIMIT, 60)


@pytest.mark.parametrize("template", builtin_templates().values(), ids=lambda one: one.code)
def test_steps_have_ordered_estimates_known_stages_and_known_ways(template) -> None:
    codes, ways = set(template.by_code), {one.code for one in template.branches}
    assert len(codes) == len(template.steps)
    for step in template.steps:
        points = step.estimate
        assert 0 <= points.optimistic <= points.likely <= points.pessimistic, step.code
        assert step.stage in {stage.code for stage in template.stages}
        assert {wait.step for wait in step.waits} <= codes
        assert step.branches <= ways
        assert step.counting in {Counting.WORKING, Counting.CALENDAR}
    assert all(any(s.stage == one.code for s in template.steps) for one in template.stages)


def test_every_law_has_its_article_and_a_check_names_where_it_was_read() -> None:
    laws = read_laws((TEMPLATES / "laws.csv").read_text("utf-8"))
    assert [code for code, law in laws.items() if not law.article.strip()] == []
    assert [c for c, law in laws.items() if (law.checked_on is None) != (not law.source)] == []
    assert [c for c, law in laws.items() if law.checked_on and law.checked_on > TODAY] == []
    used = {law.code for t in builtin_templates().values() for s in t.steps for law in s.laws}
    assert set(laws) == used


def test_a_check_is_fresh_for_twelve_months() -> None:
    law = builtin_templates()["ngo"].by_code["border"].laws[0]
    assert law.checked_on == date(2025, 12, 6)
    assert law.is_fresh(date(2026, 12, 6))
    assert not law.is_fresh(date(2026, 12, 7))
    assert not builtin_templates()["appeal"].by_code["draft"].laws[0].is_fresh(TODAY)


def test_an_answer_to_an_appeal_is_due_in_calendar_days_and_rolls_over_the_holidays() -> None:
    plan = laid("appeal", "").plan
    named = {task.uid.split(".")[1].split("~")[0]: task for task in plan.tasks}
    answer, registered = named["answer"], named["registered"]
    assert (answer.counting, answer.duration) == (Counting.CALENDAR, 30)
    found = laid("appeal", "")
    begun, due = found.span(registered.id).finish.date(), found.span(answer.id).finish.date()
    assert due >= begun + timedelta(days=30)
    assert russian_calendar().is_working(due)


def test_a_notice_of_a_rally_is_given_between_fifteen_and_ten_days_before() -> None:
    found = laid("event", "notice")
    named = {t.uid.split(".")[1].split("~")[0]: t.id for t in found.plan.tasks}
    given = found.span(named["notice"]).start.date()
    held = found.span(named["held"]).start.date()
    assert 10 <= (held - given).days <= 15


def test_the_advice_of_a_step_is_found_again_by_the_name_of_its_task() -> None:
    found = laid("ngo", "tos")
    advice = advice_for(found.plan, builtin_templates())
    steps = [task for task in found.plan.tasks if task.id not in found.plan.stages]
    assert [advice[task.id].title["ru"] for task in steps] == [task.title for task in steps]
    assert max(len(task.uid) for task in found.plan.tasks) <= UID_LIMIT

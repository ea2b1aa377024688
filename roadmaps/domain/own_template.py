"""Templates of the centre: a plan that was good once, without its people and its dates."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from core.errors import RequiredError, TooLongError
from core.i18n import Term
from roadmaps.domain.copying import fresh_copy
from roadmaps.domain.plan import Plan, PlanUnit, clean
from roadmaps.domain.plan_data import (
    calendar_from_data,
    calendar_to_data,
    link_from_data,
    link_to_data,
    named_from_data,
    named_to_data,
    task_from_data,
    task_to_data,
)
from roadmaps.domain.template import TemplateTheme

NAME_LIMIT: Final = 200
ABOUT_LIMIT: Final = 1_000
_OWN: Final = "own-"
_DAY_ZERO: Final = date(2001, 1, 1)  # a Monday: a template has no dates of its own
_LARGEST_ID: Final = 2**31 - 1


@dataclass(frozen=True, slots=True)
class TemplateForm:
    """What is said of a template: its name, its theme, what it is for."""

    title: str
    theme: TemplateTheme
    about: str = ""


@dataclass(frozen=True)
class OwnTemplate:
    """A template of the centre; who saved it, and when."""

    id: int
    form: TemplateForm
    plan: Plan
    version: int
    created_by: int
    created_at: datetime


def own_ref(template_id: int) -> str:
    """Name a template of the centre in an address."""
    return f"{_OWN}{template_id}"


def own_id(ref: str) -> int | None:
    """Read the id out of such a name; None if it names a template of the program."""
    number = ref.removeprefix(_OWN)
    is_own = ref.startswith(_OWN) and number.isdecimal() and len(number) <= len(str(_LARGEST_ID))
    return int(number) if is_own and int(number) <= _LARGEST_ID else None


def clean_form(form: TemplateForm) -> TemplateForm:
    """Give what is said of a template as it is kept; refuse an empty or endless name."""
    title, about = clean(form.title), clean(form.about)
    if not title:
        raise RequiredError(field=Term("field.template_title"))
    for name, text, limit in (
        ("field.template_title", title, NAME_LIMIT),
        ("field.template_about", about, ABOUT_LIMIT),
    ):
        if len(text) > limit:
            raise TooLongError(field=Term(name), limit=limit, length=len(text))
    return TemplateForm(title, TemplateTheme(form.theme), about)


def template_plan(plan: Plan) -> Plan:
    """Take people, progress and dates out of a plan: what is left serves anybody."""
    kept = fresh_copy(plan, _DAY_ZERO)
    tasks = (replace(task, constraint=None, deadline=None, placed_at=None) for task in kept.tasks)
    return replace(kept, tasks=tuple(tasks))


def plan_to_data(plan: Plan) -> dict[str, Any]:
    """Turn a template's plan into what JSON can hold."""
    return {
        "unit": plan.unit.value,
        "starts_minute": plan.starts_minute,
        "calendar": plan.calendar_id,
        "own_calendar": calendar_to_data(plan.own_calendar),
        "calendars": named_to_data(plan.calendars),
        "tasks": [task_to_data(task) for task in plan.tasks],
        "links": [link_to_data(link) for link in plan.dependencies],
    }


def plan_from_data(data: Mapping[str, Any]) -> Plan:
    """Make the plan again that `plan_to_data` took apart."""
    return Plan(
        _DAY_ZERO,
        tuple(task_from_data(one) for one in data["tasks"]),
        tuple(link_from_data(one) for one in data["links"]),
        PlanUnit(data["unit"]),
        data["starts_minute"],
        data["calendar"],
        calendar_from_data(data["own_calendar"]),
        named_from_data(data.get("calendars", ())),
    )

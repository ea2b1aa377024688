"""What every reader gives: a plan with its name, and what of the file it could not carry."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.i18n import Coded
from roadmaps.domain.plan import Plan


class Lost(Coded):
    """What a file holds or a plan has that the other cannot carry."""

    COSTS = "costs"
    CUSTOM_FIELDS = "custom_fields"
    DAY_PARTS = "day_parts"
    EXTERNAL = "external"
    INACTIVE = "inactive"
    LAG_CALENDARS = "lag_calendars"
    LEVELLING = "levelling"
    NOTES = "notes"
    OTHER_PROJECTS = "other_projects"
    PERCENT_LAGS = "percent_lags"
    PRIORITIES = "priorities"
    RECURRING = "recurring"
    SECONDS = "seconds"
    SPANNING = "spanning"
    SPLITS = "splits"
    STAGE_CONSTRAINTS = "stage_constraints"
    TIMEPHASED = "timephased"
    UNIT = "unit"
    BASELINES = "baselines"
    CALENDARS = "calendars"
    CONSTRAINTS = "constraints"
    DEADLINES = "deadlines"
    ESTIMATES = "estimates"
    HANDS = "hands"
    LINKS = "links"
    PROGRESS = "progress"
    RESOURCES = "resources"
    TERMS = "terms"
    PRECEDENCE_ONLY = "precedence_only"


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan as a file holds it; `lost` counts what was left behind."""

    title: str
    plan: Plan
    lost: Mapping[Lost, int] = field(default_factory=dict)


def left_behind(plan: Plan, *kept: Lost) -> dict[Lost, int]:
    """Count what a plan has beyond tasks, links and stages, except what the format keeps."""
    tasks = plan.tasks
    found = {
        Lost.BASELINES: len(plan.baselines),
        Lost.CALENDARS: sum(bool(task.calendar) for task in tasks),
        Lost.CONSTRAINTS: sum(task.constraint is not None for task in tasks),
        Lost.DEADLINES: sum(task.deadline is not None for task in tasks),
        Lost.ESTIMATES: sum(task.estimate is not None for task in tasks),
        Lost.HANDS: sum(task.placed_at is not None for task in tasks),
        Lost.PROGRESS: sum(task.progress is not None for task in tasks),
        Lost.RESOURCES: len(plan.assignments),
        Lost.TERMS: sum(task.counting != "working" for task in tasks)
        + sum(link.counting != "working" for link in plan.dependencies),
    }
    return {what: count for what, count in found.items() if count and what not in kept}

"""Templates and copies as pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from casework.domain.need import Need
from casework.domain.step import Step as AgreedStep
from roadmaps.domain.laid import Laid
from roadmaps.domain.origins import origin_of
from roadmaps.domain.own_template import OwnTemplate
from roadmaps.domain.plan import Plan
from roadmaps.domain.template import Law, Step, Template, TemplateTheme


@dataclass(frozen=True, slots=True)
class TemplateSearch:
    """Which templates are asked for; None and empty ask for all."""

    text: str = ""
    theme: TemplateTheme | None = None


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A template in a list; `length` [working d] is that of its first way.

    `checked_on` is the day of the oldest comparison with the law, None if one is missing or
    there are no laws in it; `laws` counts them, `stale` those not compared for twelve months.
    """

    ref: str
    title: str
    about: str
    theme: TemplateTheme
    steps: int
    length: int
    ways: int = 1
    laws: int = 0
    stale: int = 0
    checked_on: date | None = None
    is_own: bool = False


@dataclass(frozen=True)
class TemplateView:
    """A template on its page: the plan it would make from a day on, and its words.

    Exactly one of `builtin` and `own` is given.
    """

    ref: str
    title: str
    about: str
    theme: TemplateTheme
    branch: str
    laid: Laid
    today: date
    builtin: Template | None = None
    own: OwnTemplate | None = None
    saved_by: str = ""
    saved_at: datetime | None = None
    may_edit: bool = False

    @property
    def plan(self) -> Plan:
        """The plan of the chosen way."""
        return self.laid.plan

    @property
    def laws(self) -> tuple[Law, ...]:
        """The laws that its steps name."""
        return self.builtin.laws_of(self.branch) if self.builtin else ()


@dataclass(frozen=True, slots=True)
class Additions:
    """What can be taken from a case into one of its roadmaps.

    `steps` are agreed and not done, none of a private talk; `taken` says which of them stand in
    which roadmap already.
    """

    initiative: str
    steps: tuple[AgreedStep, ...]
    roadmaps: Mapping[int, str]
    taken: Mapping[int, frozenset[int]]
    need: Need | None = None


@dataclass(frozen=True, slots=True)
class HeldSteps:
    """A roadmap that holds steps of a meeting; `tasks` are their titles there by id."""

    roadmap_id: int
    title: str
    initiative: str
    tasks: Mapping[int, str]


def advice_for(plan: Plan, templates: Mapping[str, Template]) -> dict[int, Step]:
    """Find, by task, the step of a template that it was made of."""
    found: dict[int, Step] = {}
    for task in plan.tasks:
        origin = origin_of(task.uid)
        template = templates.get(origin.template) if origin else None
        step = template.by_code.get(origin.step) if template and origin else None
        if step is not None:
            found[task.id] = step
    return found

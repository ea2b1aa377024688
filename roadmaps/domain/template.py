"""Templates: what others did before, as steps with estimates, papers and laws."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from core.errors import InvalidError
from core.i18n import Coded, Term
from roadmaps.domain.origins import named_after
from roadmaps.domain.plan import Dependency, LinkKind, Plan, Task
from roadmaps.domain.terms import Counting, Estimate

Texts = Mapping[str, str]
"""One wording by language: {"ru": "…", "en": "…"}."""

_MONTHS: Final = 12


class TemplateTheme(Coded):
    """What a template is about."""

    FORM = "form"
    EVENTS = "events"
    CITY = "city"
    AUTHORITIES = "authorities"
    MONEY = "money"
    PEOPLE = "people"
    PARTNERS = "partners"
    MEDIA = "media"


@dataclass(frozen=True, slots=True)
class Law:
    """What an article says, in our words.

    `checked_on` is the day as of which `source` showed it so; None: nobody has compared it.
    """

    code: str
    act: Texts
    article: str
    says: Texts
    checked_on: date | None = None
    source: str = ""

    def is_fresh(self, today: date) -> bool:
        """Tell whether it was compared within the last twelve months."""
        if self.checked_on is None:
            return False
        months = (today.year - self.checked_on.year) * _MONTHS + today.month - self.checked_on.month
        return months < _MONTHS or (months == _MONTHS and today.day <= self.checked_on.day)


class Wait(NamedTuple):
    """A step waits for another of the same template; `lag` [d]."""

    step: str
    kind: LinkKind = LinkKind.FS
    lag: int = 0
    counting: Counting = Counting.WORKING


@dataclass(frozen=True, slots=True)
class Branch:
    """One of the ways a template can go."""

    code: str
    title: Texts
    about: Texts


@dataclass(frozen=True, slots=True)
class Stage:
    """Steps that stand together under one title."""

    code: str
    title: Texts


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what to do, whom to ask, which paper results, what the law says.

    `estimate` [d]; all 0 make a milestone. Without `branches` it stands in each of them.
    """

    code: str
    stage: str
    title: Texts
    what: Texts
    whom: Texts
    paper: Texts
    estimate: Estimate
    counting: Counting = Counting.WORKING
    waits: tuple[Wait, ...] = ()
    branches: frozenset[str] = frozenset()
    laws: tuple[Law, ...] = ()

    def is_in(self, branch: str) -> bool:
        """Tell whether a way goes through this step."""
        return not self.branches or branch in self.branches


@dataclass(frozen=True)
class Template:
    """A template as it comes with the program; `branches` are empty or to be chosen from."""

    code: str
    position: int
    theme: TemplateTheme
    title: Texts
    about: Texts
    stages: tuple[Stage, ...]
    steps: tuple[Step, ...]
    branches: tuple[Branch, ...] = field(default=())

    @cached_property
    def by_code(self) -> dict[str, Step]:
        """The steps by their codes."""
        return {step.code: step for step in self.steps}

    @property
    def first_branch(self) -> str:
        """The way that is offered first; empty where there is only one."""
        return self.branches[0].code if self.branches else ""

    def require_branch(self, branch: str) -> None:
        """Refuse a way that the template does not have: `InvalidError`."""
        if branch not in {one.code for one in self.branches} and (branch or self.branches):
            raise InvalidError(field=Term("field.template_branch"), value=branch[:40])

    def steps_of(self, branch: str) -> tuple[Step, ...]:
        """List the steps of one way."""
        return tuple(step for step in self.steps if step.is_in(branch))

    def laws_of(self, branch: str) -> tuple[Law, ...]:
        """List the laws of one way, each once."""
        found = {law.code: law for step in self.steps_of(branch) for law in step.laws}
        return tuple(found.values())


def said(texts: Texts, language: str) -> str:
    """Give the wording in a language, else in the first one there is; "" if none."""
    return texts.get(language) or next((text for text in texts.values() if text), "")


def plan_of_template(
    template: Template, branch: str, starts_on: date, language: str, mark: str = ""
) -> Plan:
    """Make the plan of one way; ids count from 1, stages before their steps.

    `mark` tells the exchange names of this plan's tasks from those of other plans. What a step
    waits for in another way only is left out.
    """
    template.require_branch(branch)
    steps = template.steps_of(branch)
    tasks: list[Task] = []
    ids: dict[str, int] = {}
    for stage in template.stages:
        parts = [step for step in steps if step.stage == stage.code]
        head = len(tasks) + 1
        if parts:
            name = named_after(template.code, f"stage-{stage.code}", mark)
            tasks.append(Task(head, said(stage.title, language), 0, name, head))
        for step in parts:
            ids[step.code] = row = len(tasks) + 1
            task = _task(step, row, language)
            name = named_after(template.code, step.code, mark)
            tasks.append(replace(task, uid=name, parent_id=head))
    links = tuple(
        Dependency(ids[wait.step], ids[step.code], wait.kind, wait.lag, wait.counting)
        for step in steps
        for wait in step.waits
        if wait.step in ids
    )
    return Plan(starts_on, tuple(tasks), links)


def _task(step: Step, row: int, language: str) -> Task:
    points = step.estimate
    is_certain = points.optimistic == points.pessimistic
    return Task(
        id=row,
        title=said(step.title, language),
        duration=points.likely,
        position=row,
        counting=step.counting,
        estimate=None if is_certain else points,
    )

"""The views of a roadmap that are no chart of its tasks: baselines, people's load, the history."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from core.i18n import Translator
from core.workspace import Workspace
from roadmaps.domain.roadmap import PlanView
from roadmaps.pages.parts.plan_baselines import draw_baselines
from roadmaps.pages.parts.plan_load import draw_load
from roadmaps.pages.parts.plan_past import draw_history_view

Draw: TypeAlias = Callable[[Workspace, PlanView, Mapping[int, str], Translator], None]
OTHERS: Final[Mapping[str, Draw]] = {
    "baselines": lambda here, view, _people, _: draw_baselines(here, view, _),
    "load": draw_load,
    "history": lambda here, view, _people, _: draw_history_view(here, view, _),
}


def other_views(_: Translator) -> dict[str, str]:
    """Name the views by their words in the address."""
    return {"baselines": _("Baselines"), "load": _("Load"), "history": _("History")}

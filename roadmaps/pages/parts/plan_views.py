"""The views of a plan beside its editor."""

from collections.abc import Callable, Mapping
from typing import Final

from core.i18n import Translator
from core.workspace import Workspace
from roadmaps.charts import SCREEN, gantt_words
from roadmaps.domain.layout import gantt_layout
from roadmaps.domain.roadmap import PlanView
from roadmaps.pages.parts.many_tasks import draw_many
from roadmaps.pages.parts.plan_baselines import draw_baselines
from roadmaps.pages.parts.plan_dates import draw_redundant
from roadmaps.pages.parts.plan_load import draw_load
from roadmaps.pages.parts.plan_network import draw_network
from roadmaps.pages.parts.plan_past import draw_history_view
from roadmaps.pages.parts.plan_paste import draw_paste
from roadmaps.pages.parts.plan_steps import draw_moves
from roadmaps.pages.parts.plan_table import draw_table


def _network(here: Workspace, view: PlanView, _people: Mapping[int, str], _: Translator) -> None:
    layout = gantt_layout(view.laid, view.today, SCREEN)
    draw_network(view, gantt_words(layout, _), _)
    draw_redundant(here, view, _)


def _table(here: Workspace, view: PlanView, people: Mapping[int, str], _: Translator) -> None:
    draw_table(here, view, people, _)
    if view.may_edit:
        draw_moves(here, view, _)
        draw_many(here, view, people, _)
        draw_paste(here, view, people, _)


def _baselines(here: Workspace, view: PlanView, _people: Mapping[int, str], _: Translator) -> None:
    draw_baselines(here, view, _)


def _history(here: Workspace, view: PlanView, _people: Mapping[int, str], _: Translator) -> None:
    draw_history_view(here, view, _)


VIEWS: Final[Mapping[str, Callable[[Workspace, PlanView, Mapping[int, str], Translator], None]]] = {
    "network": _network,
    "table": _table,
    "load": draw_load,
    "baselines": _baselines,
    "history": _history,
}
"""By the word that the address has for them."""


def view_names(_: Translator) -> dict[str, str]:
    """Name the views in their order."""
    return {
        "network": _("Network"),
        "table": _("Table"),
        "load": _("People"),
        "baselines": _("Baselines"),
        "history": _("History"),
    }

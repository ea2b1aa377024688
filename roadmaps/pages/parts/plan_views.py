"""Other views of a plan beside its editor: the network and the table."""

from collections.abc import Mapping

from core.i18n import Translator
from core.workspace import Workspace
from roadmaps.charts import SCREEN, gantt_words
from roadmaps.domain.layout import gantt_layout
from roadmaps.domain.roadmap import PlanView
from roadmaps.pages.parts.many_tasks import draw_many
from roadmaps.pages.parts.plan_dates import draw_redundant
from roadmaps.pages.parts.plan_network import draw_network
from roadmaps.pages.parts.plan_paste import draw_paste
from roadmaps.pages.parts.plan_steps import draw_moves
from roadmaps.pages.parts.plan_table import draw_table


def draw_network_view(
    here: Workspace, view: PlanView, people: Mapping[int, str], _: Translator
) -> None:
    """Draw what waits for what."""
    del people
    layout = gantt_layout(view.plan, view.schedule, view.when, view.today, SCREEN)
    draw_network(view, gantt_words(layout, _), _)
    draw_redundant(here, view, _)


def draw_table_view(
    here: Workspace, view: PlanView, people: Mapping[int, str], _: Translator
) -> None:
    """Draw the table and what is done with several of its rows."""
    draw_table(here, view, people, _)
    if view.may_edit:
        draw_moves(here, view, _)
        draw_many(here, view, people, _)
        draw_paste(here, view, people, _)

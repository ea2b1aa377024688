"""Pictures of a plan: pure values in, plotly figures out."""

from roadmaps.charts.gantt import SCREEN, gantt, gantt_words
from roadmaps.charts.load import load_cells, load_heat, load_words
from roadmaps.charts.network import Flow, Look, flow_of, network, network_place, network_size
from roadmaps.charts.portfolio import portfolio_bars, portfolio_words

__all__ = [
    "SCREEN",
    "Flow",
    "Look",
    "flow_of",
    "gantt",
    "gantt_words",
    "load_cells",
    "load_heat",
    "load_words",
    "network",
    "network_place",
    "network_size",
    "portfolio_bars",
    "portfolio_words",
]

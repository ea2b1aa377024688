"""Pictures of a plan: pure values in, plotly figures out."""

from roadmaps.charts.gantt import SCREEN, gantt, gantt_words
from roadmaps.charts.network import network

__all__ = ["SCREEN", "gantt", "gantt_words", "network"]

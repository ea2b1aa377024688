"""No figure of hours is drawn past the registry."""

import ast

from hours.domain.registry import FIGURES
from tests.pages import SPECS
from tests.test_architecture import calls, relative
from tests.words import sources, tree

DRAWS = "hours/pages/parts/figures.py"
OWN_WORDS = {
    "casework/pages/parts/case_timeline.py": "the length of one meeting in a line of it",
    "casework/pages/parts/consultation_acts.py": "what one removal takes away",
    "casework/pages/parts/consultation_view.py": "how long one meeting is expected to last",
    "dashboards/pages/parts/quarter.py": "what is approved or undated of a figure, beside it",
    "dashboards/pages/parts/sentences.py": "what is missing from a promise, beside its figure",
    "hours/pages/parts/agreements.py": "what is missing, carried or likely, beside the figure",
    "hours/pages/parts/months.py": "the minutes of the one entry that is returned",
    "hours/pages/parts/own.py": "one returned entry, and by how much a promise is exceeded",
    "hours/pages/parts/promise.py": "what is promised, not what is done",
    "hours/pages/parts/rules.py": "to how many minutes a report rounds",
    "roadmaps/pages/parts/plan_load.py": "what plans ask of a person ahead, not what was done",
}
"""Modules that write minutes which are no figure of hours, and why."""
OWN_TABLES = {
    "casework/pages/consultations.py": "the meetings themselves, one a row",
    "roadmaps/pages/parts/plan_load.py": "what plans ask of a person ahead, not what was done",
    "roadmaps/pages/parts/portfolio.py": "what plans ask of people ahead, not what was done",
}
OWN_METRICS = {
    "casework/pages/harms.py", "casework/pages/parts/initiative_import.py",
    "casework/pages/parts/consultation_view.py", "panels/pages/parts/project.py",
    "roadmaps/pages/parts/plan_baselines.py", "roadmaps/pages/parts/plan_head.py",
    "roadmaps/pages/roadmap_template.py",
}  # fmt: skip
OF_HOURS = ("hours/", "dashboards/")
COUNTS_NO_HOURS = {"dashboards/pages/parts/served.py": "initiatives and people, not hours"}


def on_pages() -> list[tuple[str, ast.Call, str]]:
    return [
        (relative(path), call, name)
        for path in sources()
        if "pages" in relative(path).split("/") and relative(path) != DRAWS
        for call, name in calls(path)
    ]


def test_minutes_are_written_through_the_registry() -> None:
    writing = {file for file, call, name in on_pages() if name == "hours" and _is_words(call)}
    assert writing == set(OWN_WORDS)


def _is_words(call: ast.Call) -> bool:
    target = call.func
    return isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name)


def test_headlines_charts_and_tables_of_hours_are_drawn_through_the_registry() -> None:
    drawing = {
        file
        for file, _call, name in on_pages()
        if name in {"chart", "table", "dataframe", "plotly_chart", "bar_chart", "line_chart"}
        and file.startswith(OF_HOURS)
    }
    assert drawing == set(COUNTS_NO_HOURS)
    assert {file for file, _call, name in on_pages() if name == "metric"} == OWN_METRICS


def test_other_tables_with_a_column_of_minutes_are_known() -> None:
    other = {
        file
        for file, call, name in on_pages()
        if name == "Column"
        and not file.startswith(OF_HOURS)
        and any(isinstance(each, ast.Constant) and each.value == "minutes" for each in call.args)
    }
    assert other == set(OWN_TABLES)


def test_every_figure_drawn_is_registered_and_every_registered_one_is_drawn() -> None:
    named = {
        node.value
        for path in sources()
        if "pages" in relative(path).split("/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and node.value in FIGURES
    }
    from_measures = {name for name in FIGURES if name.startswith("agreement_")}
    assert set(FIGURES) - named - from_measures == set()
    urls = {spec.url for spec in SPECS}
    assert {each.page for each in FIGURES.values()} | {e.rows for e in FIGURES.values()} <= urls

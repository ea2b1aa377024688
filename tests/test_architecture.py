"""The rules of docs/architecture.md that no linter knows, and the import contracts that one does."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from core.errors import SignedOutError
from core.ui.navigation import PageSpec
from migrations.tables import MODULES
from tests.words import PACKAGES, ROOT, errors, sources, tree

PAGE_LINES, MODULE_LINES, FUNCTION_LINES = 100, 400, 50
TEST_LINES = 500  # the tests of one service stay together, and each stands on its own
WIDGETS = {
    "audio_input", "button", "camera_input", "chat_input", "checkbox", "color_picker",
    "data_editor", "date_input", "datetime_input", "download_button", "feedback", "file_uploader",
    "form_submit_button", "menu_button", "multiselect", "number_input", "pagination", "pills",
    "radio", "segmented_control", "select_slider", "selectbox", "slider", "text_area",
    "text_input", "time_input", "toggle",
}  # fmt: skip
MACHINES_NOW = {"today", "now"}
HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")
OUTSIDE = re.compile(r"https?://(?!www\.w3\.org/)")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def pages() -> list[Path]:
    return [path for path in sources() if path.parent.name == "pages" and path.stem != "__init__"]


def calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Find the calls of a file, each with the last word of what is called."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node, getattr(node.func, "attr", getattr(node.func, "id", ""))


def imported(path: Path) -> set[str]:
    """Name the top packages that a file imports."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def page_specs() -> list[PageSpec]:
    import importlib

    found: list[PageSpec] = []
    for package in PACKAGES:
        if (ROOT / package / "pages" / "__init__.py").exists():
            found += importlib.import_module(f"{package}.pages").PAGES
    return found


def test_imports_keep_their_contracts(capsys) -> None:
    with capsys.disabled():
        assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_pages_are_short() -> None:
    scripts = filter(runs_as_script, pages())
    lengths = {relative(path): path.read_text("utf-8").count("\n") for path in scripts}
    assert {name: lines for name, lines in lengths.items() if lines > PAGE_LINES} == {}


def test_modules_are_not_long() -> None:
    scripts = [path for package in PACKAGES for path in (ROOT / package).rglob("*.js")]
    assert too_long([*sources(), *scripts], MODULE_LINES) == {}
    assert too_long(list((ROOT / "tests").rglob("*.py")), TEST_LINES) == {}


def too_long(files: list[Path], most: int) -> dict[str, int]:
    lengths = {relative(path): path.read_text("utf-8").count("\n") for path in files}
    return {name: lines for name, lines in lengths.items() if lines > most}


def test_functions_are_not_long() -> None:
    long = {}
    for path in sources():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
                if lines > FUNCTION_LINES:
                    long[f"{relative(path)}:{node.name}"] = lines
    assert long == {}


def test_every_widget_has_a_key() -> None:
    files = [*pages(), *(ROOT / "core" / "ui").rglob("*.py"), ROOT / "streamlit_app.py"]
    bare = [
        f"{relative(path)}:{call.lineno} {name}"
        for path in files
        for call, name in calls(path)
        if name in WIDGETS
        and isinstance(call.func, ast.Attribute)
        and not any(keyword.arg in {"key", None} for keyword in call.keywords)
    ]
    assert bare == []


def test_no_form_clears_what_was_typed() -> None:
    clearing = [
        f"{relative(path)}:{call.lineno}"
        for path in sources()
        for call, _name in calls(path)
        if any(keyword.arg == "clear_on_submit" for keyword in call.keywords)
    ]
    assert clearing == []


def test_no_field_begins_with_the_date_of_this_machine() -> None:
    """The centre's date is another one for some hours of each day: ask `hours.service.today`."""
    fields = {"date_input", "datetime_input", "time_input"}
    found = [
        f"{relative(path)}:{call.lineno}"
        for path in sources()
        for call, name in calls(path)
        for argument in (*call.args, *(keyword.value for keyword in call.keywords))
        if name in fields and isinstance(argument, ast.Constant) and argument.value in MACHINES_NOW
    ]
    assert found == []


def test_one_place_turns_an_expected_failure_into_words_on_a_page() -> None:
    catching = {
        relative(path)
        for path in sources()
        if "streamlit" in imported(path) and relative(path) != "core/web.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and node.type and "Error" in ast.dump(node.type)
        if any(
            kind.__name__ in ast.dump(node.type) for kind in errors() if kind is not SignedOutError
        )
    }
    assert catching == {"core/ui/desk.py"}


def test_one_place_writes_into_the_address() -> None:
    """Elsewhere a choice could be taken back by an address that comes late."""
    writing = {
        relative(path)
        for path in sources()
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del))
        or (isinstance(node, ast.Attribute) and node.attr in {"pop", "update", "from_dict"})
        if getattr(node.value, "attr", "") == "query_params"
    }
    assert writing == {"core/ui/address.py"}


def test_raw_html_stands_only_in_core_ui() -> None:
    raw = [
        f"{relative(path)}:{call.lineno}"
        for path in sources()
        for call, name in calls(path)
        if not relative(path).startswith("core/ui/")
        and (name == "html" or any(keyword.arg == "unsafe_allow_html" for keyword in call.keywords))
    ]
    assert raw == []


def test_colours_come_from_the_palette() -> None:
    painted = [
        f"{relative(path)}:{node.lineno} {node.value}"
        for path in sources()
        if not relative(path).startswith("core/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and HEX_COLOUR.search(node.value)
    ]
    assert painted == []


def test_streamlit_is_spoken_where_it_belongs() -> None:
    components = {path.parent for path in ROOT.rglob("*.js") if ".venv" not in path.parts}
    speaking = {relative(path) for path in sources() if "streamlit" in imported(path)}
    allowed = {
        name
        for name in speaking
        if name == "streamlit_app.py"
        or name.startswith("core/ui/")
        or name == "core/web.py"  # reads the scripts of Streamlit's page for the security policy
        or "pages" in Path(name).parts
        or (ROOT / name).parent in components
    }
    assert speaking - allowed == set()


def test_starlette_is_spoken_where_it_belongs() -> None:
    speaking = {relative(path) for path in sources() if "starlette" in imported(path)}
    allowed = {name for name in speaking if "/routes" in name}
    assert speaking - allowed - {"core/web.py", "streamlit_app.py"} == set()


def test_nothing_is_loaded_from_outside() -> None:
    kinds = ("*.js", "*.css", "*.html")
    files = [
        path for package in PACKAGES for kind in kinds for path in (ROOT / package).rglob(kind)
    ]
    assert [relative(path) for path in files if OUTSIDE.search(path.read_text("utf-8"))] == []


def test_migrations_know_every_table() -> None:
    declaring = {
        relative(path).removesuffix(".py").replace("/", ".")
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign) and "__tablename__" in ast.dump(node)
    }
    unknown = [
        name for name in declaring if name not in MODULES and name.rpartition(".")[0] not in MODULES
    ]
    assert unknown == []


def runs_as_script(path: Path) -> bool:
    """Tell a page from a part of one: a page asks for its words when it runs."""
    return any(
        isinstance(node, ast.Assign) and "words" in ast.dump(node.value) for node in tree(path).body
    )


def test_every_page_is_listed_once() -> None:
    specs = page_specs()
    scripts = [relative(path) for path in pages() if runs_as_script(path)]
    assert sorted(spec.path for spec in specs) == sorted(scripts)
    assert len({spec.url for spec in specs}) == len(specs)


@pytest.mark.parametrize("page", pages(), ids=relative)
def test_a_page_says_what_it_is(page) -> None:
    assert ast.get_docstring(tree(page))

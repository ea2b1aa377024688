import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from roadmaps.__main__ import main
from roadmaps.domain.calendar import OwnCalendar
from roadmaps.domain.earned import broken_by
from roadmaps.domain.laid import lay
from roadmaps.domain.plan import Plan
from roadmaps.formats.exchange import PlanFile
from roadmaps.formats.files import read_plan
from roadmaps.formats.plan_json import write_plan_json
from tests.roadmaps.plans import plan_of
from tests.words import ROOT

DATA = ROOT.parent / "shared" / "data"
PLAN = replace(plan_of(2, 5, 3, links="A-B A-C:fs+1"), own_calendar=OwnCalendar())
KEYS = {
    "early_start", "early_finish", "late_start", "late_finish", "start", "finish",
    "total_float", "free_float", "critical", "driven_by",
}  # fmt: skip


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANG", "en")
    for name, plan in (
        ("a", PLAN),
        ("b", replace(PLAN, tasks=(replace(PLAN.tasks[0], duration=4), *PLAN.tasks[1:]))),
    ):
        (tmp_path / f"{name}.json").write_text(write_plan_json(PlanFile(name, plan)), "utf-8")
    (tmp_path / "bad.xml").write_text("<Project", "utf-8")
    return tmp_path


def test_schedule_gives_one_object_a_line_in_the_order_given(files, capsys) -> None:
    status = main(["schedule", "--json", str(files / "b.json"), str(files / "a.json")])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert status == 0
    assert [line["file"] for line in lines] == [str(files / "b.json"), str(files / "a.json")]
    assert [line["length"] for line in lines] == [9, 7]
    found = lines[1]
    assert found.keys() == {"file", "unit", "length", "start", "finish", "tasks"}
    assert (found["unit"], found["start"], found["finish"]) == (
        "day", "2026-02-02T00:00:00", "2026-02-11T00:00:00",
    )  # fmt: skip
    assert all(task.keys() == KEYS for task in found["tasks"].values())
    assert found["tasks"]["3"] == {
        "early_start": 3, "early_finish": 6, "late_start": 4, "late_finish": 7,
        "start": "2026-02-05T00:00:00", "finish": "2026-02-10T00:00:00",
        "total_float": 1, "free_float": 1, "critical": False, "driven_by": "1",
    }  # fmt: skip


def test_a_bad_file_gets_one_sentence_and_the_others_their_answer(files, capsys) -> None:
    paths = [files / "bad.xml", files / "a.json", files / "none.json"]
    assert main(["schedule", "--json", *map(str, paths)]) == 2
    told = capsys.readouterr()
    assert [json.loads(line)["file"] for line in told.out.splitlines()] == [str(paths[1])]
    first, second = told.err.splitlines()
    assert first.startswith(f"{paths[0]}: The file cannot be read")
    assert second == f"{paths[2]}: No such file or directory"


def test_without_json_a_table_is_printed(files, capsys) -> None:
    assert main(["schedule", str(files / "a.json")]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head == f"{files / 'a.json'}: a — 7 working days, until 10 Feb 2026"
    assert [row[0] for row in rows] == ["*", "*", " "]


@pytest.mark.parametrize("form", ["json", "mspdi", "csv", "xlsx", "ics"])
def test_what_convert_writes_is_read_again(files, capfdbinary, form: str) -> None:
    assert main(["convert", str(files / "a.json"), "--to", form]) == 0
    data = capfdbinary.readouterr().out
    found = read_plan(data, f"x.{form}", date(2026, 1, 1)).plan
    assert [task.title for task in found.tasks] == ["A", "B", "C"]
    assert len(found.dependencies) == 2


def test_convert_to_json_prints_one_plan_a_line(files, capfdbinary) -> None:
    assert main(["convert", str(files / "a.json"), str(files / "b.json"), "--to", "json"]) == 0
    lines = capfdbinary.readouterr().out.splitlines()
    assert [read_plan(line, "x.json", date.min).title for line in lines] == ["a", "b"]


def test_convert_says_what_it_leaves_behind(files, capfd) -> None:
    assert main(["convert", str(files / "a.json"), "--to", "mermaid"]) == 0
    told = capfd.readouterr()
    assert told.out.startswith("gantt\n")
    assert told.err == f"{files / 'a.json'}: Not carried over: links (2), calendars (1).\n"


def test_diff_says_what_moved_by_how_much_and_why(files, capsys) -> None:
    assert main(["diff", "--json", str(files / "a.json"), str(files / "b.json")]) == 0
    found = json.loads(capsys.readouterr().out)
    duration = {"kind": "duration", "task": "1", "link": None}
    assert found["changes"] == [duration]
    assert found["finish"] == ["2026-02-10T00:00:00", "2026-02-12T00:00:00"]
    assert [(x["id"], x["start_by_hours"], x["because"], x["through"]) for x in found["moved"]] == [
        ("1", 0.0, duration, None),
        ("2", 48.0, duration, "1"),
        ("3", 96.0, duration, "1"),
    ]
    assert main(["diff", str(files / "a.json"), str(files / "a.json")]) == 0
    assert capsys.readouterr().out == "Nothing has moved.\n"
    assert main(["diff", str(files / "a.json"), str(files / "bad.xml")]) == 2


def test_warming_compiles_in_a_child_process() -> None:
    done = subprocess.run([sys.executable, "-m", "roadmaps", "warm"], cwd=ROOT, check=False)
    assert done.returncode == 0


@pytest.mark.skipif(not DATA.exists(), reason=f"no files beside the project: {DATA}")
def test_one_file_of_each_kind_is_answered(capsys) -> None:
    kinds = (
        "rcpsp/j30/*.sm",
        "rcpsp/j120/*.sm",
        "real_projects/*.json",
        "mspdi/task-links*.xml",
        "mspdi/resource-rates*.xml",
    )
    paths = [str(min(DATA.glob(kind))) for kind in kinds]
    assert main(["schedule", "--json", *paths]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["file"] for line in found] == paths
    assert all(line["tasks"] for line in found)


@pytest.mark.skipif(not DATA.exists(), reason=f"no files beside the project: {DATA}")
def test_all_real_plans_keep_every_link_and_what_their_people_broke_is_listed() -> None:
    broken, violated = 0, {}
    paths = sorted((DATA / "real_projects").glob("*.json"))
    for path in paths:
        plan: Plan = read_plan(path.read_bytes(), path.name, date.min).plan
        laid = lay(plan)
        for link in plan.dependencies:
            before, after = laid.result[link.predecessor], laid.result[link.successor]
            held = before.early_finish if link.kind.leaves_finish else before.early_start
            met = after.early_finish if link.kind.meets_finish else after.early_start
            broken += met < held + link.lag
        if links := broken_by(laid, plan.baselines[0]):
            violated[path.stem] = len(links)
    assert (len(paths), broken) == (66, 0)
    assert violated == {"C2015-34_Roadworks_Poperinge": 1, "C2019-07_Gluing_Machine": 3}

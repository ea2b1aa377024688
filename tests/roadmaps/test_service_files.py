import json
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from defusedxml import ElementTree

from core.audit import AuditEntry
from core.database import Database
from core.errors import DomainError, ForbiddenError
from core.permissions import Role
from roadmaps import service
from roadmaps.domain.errors import CycleError, NotationError
from roadmaps.domain.plan import Plan, PlanUnit
from roadmaps.domain.roadmap import Roadmap
from roadmaps.domain.table import rows_of
from roadmaps.formats.exchange import Lost
from roadmaps.service import ExportForm, File, NewPlan
from tests import factories
from tests.roadmaps.plans import plan_of

START = date(2026, 11, 23)
TABLE = File("plan.csv", b"Task,Duration,Predecessors,Colour\nA,2,,red\nB,3,1SS+1,\n")
PROJECT = File(
    "party.json",
    json.dumps({
        "name": "Street party",
        "calendar": {"nonworking_hours": [*range(8), *range(12, 24)], "nonworking_weekdays": [5, 6], "holidays": []},
        "activities": [
            {"id": 1, "name": "ask", "hours": 6, "baseline_start": "2012-06-01T09:00"},
            {"id": 2, "name": "party", "hours": 1, "baseline_start": "2012-06-04T09:00"},
        ],
        "relations": [{"predecessor": 1, "successor": 2, "type": "FS", "lag_hours": 0}],
    }).encode(),
)  # fmt: skip


@pytest.fixture
def case_id(database, workspace) -> int:
    with workspace.reading() as tx:
        me = tx.actor.person_id
    with database.writing() as db:
        return factories.make_case(db, me)


def _rows(database, table: str) -> int:
    from core.database import Base

    with database.reading() as db:
        return db.scalar(sa.select(sa.func.count()).select_from(Base.metadata.tables[table]))


def test_a_look_at_a_table_saves_nothing(workspace, case_id, database) -> None:
    preview = service.preview_import(workspace, case_id=case_id, file=TABLE, starts_on=START)
    assert (preview.lasts[0], preview.ignored) == (4, ("Colour",))
    assert [task.title for task in preview.critical] == ["A", "B"]
    assert (preview.start.date(), preview.finish.date()) == (START, date(2026, 11, 26))
    assert (_rows(database, "roadmap"), _rows(database, "task")) == (0, 0)


def test_a_table_becomes_a_roadmap(workspace, case_id) -> None:
    new = NewPlan(case_id, "Imported", Plan(START))
    roadmap_id = service.import_roadmap(workspace, new=new, file=TABLE)
    plan = service.view_plan(workspace, roadmap_id=roadmap_id).plan
    assert [(r.title, r.duration, r.waits) for r in rows_of(plan)] == [
        ("A", 2, ""),
        ("B", 3, "1SS+1"),
    ]
    assert plan.starts_on == START


def test_a_project_in_hours_keeps_its_calendar(workspace, case_id) -> None:
    new = NewPlan(case_id, "", Plan(START))
    roadmap_id = service.import_roadmap(workspace, new=new, file=PROJECT)
    view = service.view_plan(workspace, roadmap_id=roadmap_id)
    assert view.roadmap.title == "Street party"
    assert view.plan.unit is PlanUnit.HOUR
    assert view.preliminary_years == ()
    first, last = view.plan.tasks
    assert view.spans[first.id].start.isoformat() == "2012-06-01T09:00:00"
    assert view.spans[first.id].finish.isoformat() == "2012-06-04T11:00:00"
    assert view.spans[last.id].finish.isoformat() == "2012-06-04T12:00:00"


@pytest.mark.parametrize(
    ("table", "error"),
    [
        ("Task,Duration,Predecessors\nA,1,2\nB,1,1\n", CycleError),
        ("Task,Duration,Predecessors\nA,1,x\n", NotationError),
        ("Task,Duration\nA,-1\n", DomainError),
        ("Task,Duration\n,1\n", DomainError),
        ("a,b\n1,2\n", DomainError),
    ],
)
def test_a_bad_table_makes_nothing(workspace, case_id, database, table, error) -> None:
    file = File("plan.csv", table.encode())
    new = NewPlan(case_id, "Bad", Plan(START))
    for act in (
        lambda: service.preview_import(workspace, case_id=case_id, file=file, starts_on=START),
        lambda: service.import_roadmap(workspace, new=new, file=file),
    ):
        with pytest.raises(error):
            act()
    assert (_rows(database, "roadmap"), _rows(database, "task")) == (0, 0)


class Watched(bytes):
    """A file that tells whether others can write while it is read."""

    database: Database

    def lstrip(self, chars=None, /) -> bytes:
        with self.database.writing() as db:
            factories.make_initiative(db, "Пока файл читают")
        return super().lstrip(chars)


def test_others_write_while_a_file_is_read(workspace, case_id, database) -> None:
    data = Watched(TABLE.data)
    data.database = database
    before = _rows(database, "initiative")
    service.import_roadmap(
        workspace, new=NewPlan(case_id, "Imported", Plan(START)), file=File("plan.csv", data)
    )
    assert (_rows(database, "initiative"), _rows(database, "roadmap")) == (before + 1, 1)


def test_who_may_not_import_is_told_so_and_not_what_is_wrong_with_the_file(
    workspaces, case_id
) -> None:
    new = NewPlan(case_id, "Bad", Plan(START))
    with pytest.raises(ForbiddenError):
        service.import_roadmap(workspaces(Role.EXPERT), new=new, file=File("plan.csv", b"a,b\n1\n"))


def test_a_table_does_not_pass_for_steps_of_the_case(workspace, case_id) -> None:
    file = File("plan.csv", b"Task,Duration,UID\nA,2,case-step-7\nB,1,b\n")
    new = NewPlan(case_id, "Imported", Plan(START))
    roadmap_id = service.import_roadmap(workspace, new=new, file=file)
    first, second = service.view_plan(workspace, roadmap_id=roadmap_id).plan.tasks
    assert (first.uid, second.uid) == (f"{roadmap_id}-{first.id}", "b")
    assert service.view_additions(workspace, case_id=case_id).taken == {roadmap_id: frozenset()}


def test_texts_that_no_database_holds_are_cleaned(workspace, case_id) -> None:
    source = json.loads(PROJECT.data)
    source["activities"][0]["name"] = "ask\x00 \ud800 all"
    file = File("party.json", json.dumps(source).encode())
    new = NewPlan(case_id, "", Plan(START))
    roadmap_id = service.import_roadmap(workspace, new=new, file=file)
    task = service.view_plan(workspace, roadmap_id=roadmap_id).plan.tasks[0]
    assert task.title == "ask all"


def test_a_file_is_called_after_its_roadmap_in_letters_that_every_system_takes() -> None:
    def name(title: str) -> str:
        return Roadmap(7, 1, title, 1, 1).file_name("pdf")

    assert name("Двор: «Ёлка» / 2027?") == "Двор Ёлка 2027.pdf"
    assert name("../..") == "roadmap-7.pdf"
    assert name("а" * 200) == "а" * 80 + ".pdf"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_export_is_written_and_audited(workspace, case_id, database, language) -> None:
    plan = plan_of(2, 5, 0, links="A-B B-C", start=START)
    roadmap_id = service.create_roadmap(workspace, new=NewPlan(case_id, "Путь", plan))
    files = {
        form: service.export_roadmap(workspace, roadmap_id=roadmap_id, form=form, language=language)
        for form in ExportForm
    }
    assert ElementTree.fromstring(files[ExportForm.SVG].data).tag.endswith("svg")
    assert files[ExportForm.HTML].data.startswith(b"<!DOCTYPE html>")
    assert files[ExportForm.PDF].data.startswith(b"%PDF")
    assert {file.name for file in files.values()} == {
        f"Путь.{ending}"
        for ending in ["pdf", "png", "svg", "html", "xlsx", "csv", "xml", "ics", "mmd", "json"]
    }
    for form in (ExportForm.CSV, ExportForm.XLSX):
        again = File(files[form].name, files[form].data)
        preview = service.preview_import(workspace, case_id=case_id, file=again, starts_on=START)
        assert (preview.lasts[0], len(preview.plan.tasks)) == (7, 3)
    with database.reading() as db:
        actions = db.scalars(sa.select(AuditEntry.action)).all()
    assert actions.count("roadmap.exported") == len(ExportForm)


def test_who_is_responsible_leaves_by_name(workspace, case_id) -> None:
    with workspace.reading() as tx:
        me = tx.actor.person_id
    plan = plan_of(2, 5, start=START)
    tasks = (replace(plan.tasks[0], responsible_id=me), replace(plan.tasks[1], responsible="Ёж"))
    new = NewPlan(case_id, "Путь", replace(plan, tasks=tasks))
    roadmap_id = service.create_roadmap(workspace, new=new)
    name = service.view_plan(workspace, roadmap_id=roadmap_id).people[me]
    for form in set(ExportForm) - {ExportForm.PNG, ExportForm.PDF, ExportForm.MERMAID}:
        file = service.export_roadmap(workspace, roadmap_id=roadmap_id, form=form, language="ru")
        data = file.data
        if form is ExportForm.XLSX:
            with ZipFile(BytesIO(data)) as book:
                data = book.read("xl/worksheets/sheet1.xml")
        text = " ".join(data.decode("utf-8").replace("</tspan><tspan", " <").split())
        assert all(part in text for part in (*name.split(), "Ёж")), form


def test_what_a_file_cannot_carry_is_told_beside_it() -> None:
    plan = plan_of(2, 5, links="A-B")
    dated = replace(plan.tasks[0], deadline=datetime(2026, 12, 1))
    plan = replace(plan, tasks=(dated, plan.tasks[1]))
    lost = {form: set(form.lost(plan)) for form in ExportForm}
    assert [form for form in ExportForm if Lost.DEADLINES in lost[form]] == [
        ExportForm.XLSX, ExportForm.CSV, ExportForm.ICS, ExportForm.MERMAID,
    ]  # fmt: skip
    assert lost[ExportForm.JSON] == lost[ExportForm.PDF] == set()
    assert Lost.LINKS in lost[ExportForm.MERMAID]


def test_who_may_not_see_a_roadmap_exports_none(workspace, workspaces, case_id) -> None:
    roadmap_id = service.create_roadmap(workspace, new=NewPlan(case_id, "Путь", Plan(START)))
    for role in (Role.EXPERT, Role.ADMINISTRATOR):
        with pytest.raises(ForbiddenError):
            service.export_roadmap(
                workspaces(role), roadmap_id=roadmap_id, form=ExportForm.SVG, language="ru"
            )


def test_a_picture_of_a_long_plan_is_called_an_archive() -> None:
    short, long = plan_of(1, 2), plan_of(*[1] * 460)
    assert [ExportForm.PNG.ending(plan) for plan in (short, long)] == ["png", "zip"]
    assert [ExportForm.PNG.mime(plan) for plan in (short, long)] == ["image/png", "application/zip"]
    assert [ExportForm.PDF.ending(plan) for plan in (short, long)] == ["pdf", "pdf"]

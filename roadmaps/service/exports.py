"""Roadmaps as files to take away: to print, to show, to work on in other programs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from accounts.service import person_names
from casework.service import case_guard, case_names
from core.i18n import Coded, translator
from core.permissions import Permission
from core.settings import load_centre
from core.workspace import Workspace
from roadmaps import store
from roadmaps.domain.laid import Laid
from roadmaps.domain.plan import Plan
from roadmaps.domain.schedule import schedule
from roadmaps.domain.terms import Assignment, Resource
from roadmaps.formats.caption import Caption
from roadmaps.formats.exchange import Lost, PlanFile
from roadmaps.formats.files import PlanForm, lost_in, write_plan
from roadmaps.formats.paper import Paper
from roadmaps.formats.takeaway import Takeaway, in_parts
from roadmaps.service.common import time_of
from roadmaps.service.files import File


class ExportForm(Coded):
    """What a roadmap can be taken away as."""

    PDF = "pdf"
    PNG = "png"
    SVG = "svg"
    HTML = "html"
    XLSX = "xlsx"
    CSV = "csv"
    MSPDI = "mspdi"
    ICS = "ics"
    MERMAID = "mermaid"
    JSON = "json"

    def is_archive(self, plan: Plan) -> bool:
        """Tell whether its file holds several, as one could not be read."""
        return self is ExportForm.PNG and in_parts(plan)

    def mime(self, plan: Plan) -> str:
        """Give the media type of its file."""
        return "application/zip" if self.is_archive(plan) else _FILES[self][1]

    def ending(self, plan: Plan) -> str:
        """Give how its file's name ends."""
        return "zip" if self.is_archive(plan) else _FILES[self][0]

    @property
    def is_picture(self) -> bool:
        """Tell whether it shows the plan rather than holds it."""
        return self in _PICTURES

    def lost(self, plan: Plan) -> Mapping[Lost, int]:
        """Count what a file to work on cannot carry of a plan."""
        return {} if self.is_picture else lost_in(PlanForm(self.value), plan)


_FILES: Final = {
    ExportForm.PDF: ("pdf", "application/pdf"),
    ExportForm.PNG: ("png", "image/png"),
    ExportForm.SVG: ("svg", "image/svg+xml"),
    ExportForm.HTML: ("html", "text/html"),
    ExportForm.XLSX: ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ExportForm.CSV: ("csv", "text/csv"),
    ExportForm.MSPDI: ("xml", "application/xml"),
    ExportForm.ICS: ("ics", "text/calendar"),
    ExportForm.MERMAID: ("mmd", "text/plain"),
    ExportForm.JSON: ("json", "application/json"),
}
_PICTURES: Final = {ExportForm.PDF, ExportForm.PNG, ExportForm.SVG, ExportForm.HTML}


class ExportView(Coded):
    """Which view of the plan a picture shows."""

    GANTT = "gantt"
    NETWORK = "network"


def export_roadmap(
    workspace: Workspace,
    *,
    roadmap_id: int,
    form: ExportForm,
    language: str,
    view: ExportView = ExportView.GANTT,
    paper: Paper = Paper.A4,
) -> File:
    """Write a roadmap as a file in the reader's language; the trail tells of it.

    The file is made when the transaction has ended: drawing takes longer than others may wait.
    """
    form, view = ExportForm(form), ExportView(view)
    with workspace.transaction() as tx:
        roadmap, plan = store.load_plan(tx.db, roadmap_id)
        guard = case_guard(tx, roadmap.case_id)
        workspace.require(Permission.VIEW_ROADMAP, guard)
        workspace.require(Permission.EXPORT, guard)
        people = person_names(tx, {t.responsible_id for t in plan.tasks if t.responsible_id})
        when = time_of(tx, plan)
        caption = Caption(
            title=roadmap.title,
            initiative=case_names(tx, [roadmap.case_id]).get(roadmap.case_id, ""),
            centre=load_centre(tx.db).name,
            drawn_on=tx.today,
            people=people,
        )
        tx.audit("roadmap.exported", f"roadmap:{roadmap_id}", form=form, view=view, paper=paper)
    laid = Laid(plan, schedule(plan, when.days), when)
    taken = Takeaway(laid, caption, translator(language), tx.now, view is ExportView.NETWORK)
    name = roadmap.file_name(form.ending(plan))
    return File(name, _written(form, taken, Paper(paper)), form.mime(plan))


def _written(form: ExportForm, taken: Takeaway, paper: Paper) -> bytes:
    match form:
        case ExportForm.PDF:
            return taken.pdf(paper)
        case ExportForm.PNG:
            return taken.png()
        case ExportForm.SVG:
            return taken.svg()
        case ExportForm.HTML:
            return taken.page()
        case ExportForm.XLSX:
            return taken.xlsx()
        case _:
            laid = replace(taken.laid, plan=_named(taken.laid.plan, taken.caption.people, form))
            file = PlanFile(taken.caption.title, laid.plan)
            return write_plan(PlanForm(form.value), file, laid, taken.words)


def _named(plan: Plan, people: Mapping[int, str], form: ExportForm) -> Plan:
    """Write out who is responsible: other programs do not know our people by their ids."""
    tasks = tuple(
        replace(task, responsible=people.get(task.responsible_id or 0, task.responsible))
        for task in plan.tasks
    )
    named = replace(plan, tasks=tasks)
    return _assigned(named) if form is ExportForm.MSPDI else named


def _assigned(plan: Plan) -> Plan:
    """Make whoever is responsible a resource, which is what Microsoft Project shows."""
    busy = {assignment.task_id for assignment in plan.assignments}
    ids = {resource.title: resource.id for resource in plan.resources}
    following = max(ids.values(), default=0) + 1
    resources, assignments = list(plan.resources), list(plan.assignments)
    for task in plan.tasks:
        if not task.responsible or task.id in busy or task.id in plan.stages:
            continue
        if task.responsible not in ids:
            ids[task.responsible] = following
            resources.append(Resource(following, task.responsible))
            following += 1
        assignments.append(Assignment(task.id, ids[task.responsible]))
    return replace(plan, resources=tuple(resources), assignments=tuple(assignments))

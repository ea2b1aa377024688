"""Calls of diagnostics and roadmaps."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from casework.domain.need import NeedState
from core.i18n import translator
from core.workspace import Workspace
from diagnostics import service as diagnostics
from diagnostics.domain.assessment import NewAssessment, RespondentKind, Response
from diagnostics.domain.views import AssessmentSearch
from roadmaps import service as roadmaps
from roadmaps.domain.acts import Add
from roadmaps.domain.edits import ChangePlan
from roadmaps.domain.edits_task import Rename, SetResponsible
from roadmaps.domain.errors import NothingToRedoError
from roadmaps.domain.plan import Dependency
from roadmaps.domain.portfolio_lines import PortfolioSearch
from roadmaps.domain.roadmap import Head
from roadmaps.domain.rows import Move
from roadmaps.domain.table import rows_of
from tests.full_centre import INSTRUMENT, TODAY, FullCentre
from tests.roadmaps.plans import plan_of
from tests.service_calls.rules import (
    Call,
    P,
    case_id,
    of_case,
    on,
    open_to,
)


def _roadmap(c: FullCentre) -> dict[str, int]:
    return {"roadmap_id": c.ids["roadmap"]}


def _plan_version(c: FullCentre) -> int:
    return roadmaps.view_plan(c.consultant, **_roadmap(c)).roadmap.version


def _head(c: FullCentre) -> Head:
    view = roadmaps.view_plan(c.consultant, **_roadmap(c))
    return Head(view.roadmap.title, view.plan.starts_on)


def _tasks(c: FullCentre) -> list[int]:
    plan = roadmaps.view_plan(c.consultant, **_roadmap(c)).plan
    return [task.id for task in plan.tasks]


def _table(c: FullCentre, w: Workspace) -> int:
    view = roadmaps.view_plan(c.consultant, **_roadmap(c))
    rows = [replace(row, title=c.words()) for row in rows_of(view.plan)]
    version = view.roadmap.version
    return roadmaps.edit_table(w, **_roadmap(c), version=version, rows=rows, language="ru")


def _new_plan(c: FullCentre) -> roadmaps.NewPlan:
    return roadmaps.NewPlan(c.ids["case"], c.words(), plan_of(1, start=TODAY))


def _file(c: FullCentre) -> roadmaps.File:
    return roadmaps.File("plan.csv", f"Задача;Длительность\n{c.words()};2\n".encode())


def _run_version(c: FullCentre, name: str) -> int:
    run = diagnostics.view_assessment(c.consultant, assessment_id=c.ids[name])
    return run.assessment.version


def _gap(c: FullCentre) -> list[str]:
    return [diagnostics.view_assessment(c.consultant, assessment_id=c.ids["run"]).gaps[0].item]


def _item(c: FullCentre) -> str:
    view = diagnostics.view_assessment(c.consultant, assessment_id=c.ids["draft_run"])
    return next(iter(view.instrument.items)).name


def _justification(c: FullCentre) -> str:
    view = diagnostics.view_assessment(c.consultant, assessment_id=c.ids["draft_run"])
    return view.responses[_item(c)].justification


_run = {
    name: of_case(name, P.RUN_DIAGNOSTIC) for name in ("draft_run", "discarded_run", "closed_run")
}

DIAGNOSTICS: Final[dict[str, Call]] = {
    "answer_item": Call(
        on("case", P.RUN_DIAGNOSTIC),
        lambda c, w: diagnostics.answer_item(
            w, assessment_id=c.ids["draft_run"], item=_item(c), answer="level_2", seen="level_1"
        ),
    ),
    "answer_items": Call(
        on("case", P.RUN_DIAGNOSTIC),
        lambda c, w: diagnostics.answer_items(
            w,
            assessment_id=c.ids["draft_run"],
            responses={_item(c): Response("level_3", c.words())},
        ),
    ),
    "discard_assessment": _run["draft_run"](diagnostics.discard_assessment, "assessment_id"),
    "export_answers": Call(
        on("case", P.VIEW_DIAGNOSTIC, P.EXPORT),
        lambda c, w: diagnostics.export_answers(
            w, assessment_id=c.ids["run"], file="csv", words=translator("ru")
        ),
    ),
    "export_assessments": Call(
        open_to(P.VIEW_DIAGNOSTIC, P.EXPORT),
        lambda _, w: diagnostics.export_assessments(w, AssessmentSearch()),
    ),
    "justify_item": Call(
        on("case", P.RUN_DIAGNOSTIC),
        lambda c, w: diagnostics.justify_item(
            w,
            assessment_id=c.ids["draft_run"],
            item=_item(c),
            justification=c.words(),
            seen=_justification(c),
        ),
    ),
    "list_assessments": Call(
        open_to(P.VIEW_DIAGNOSTIC), lambda _, w: diagnostics.list_assessments(w)
    ),
    "list_choices": Call(open_to(P.RUN_DIAGNOSTIC), lambda _, w: diagnostics.list_choices(w)),
    "list_instruments": Call(
        open_to(P.VIEW_DIAGNOSTIC), lambda _, w: diagnostics.list_instruments(w)
    ),
    "make_needs": Call(
        on("case", P.EDIT_CASE),
        lambda c, w: diagnostics.make_needs(
            w, assessment_id=c.ids["run"], items=_gap(c), language="ru"
        ),
    ),
    "restore_assessment": _run["discarded_run"](diagnostics.restore_assessment, "assessment_id"),
    "start_assessment": Call(
        on("case", P.RUN_DIAGNOSTIC),
        lambda c, w: diagnostics.start_assessment(
            w, NewAssessment(c.ids["case"], INSTRUMENT, RespondentKind.TEAM, TODAY)
        ),
    ),
    "submit_assessment": Call(
        on("case", P.RUN_DIAGNOSTIC),
        lambda c, w: diagnostics.submit_assessment(
            w, assessment_id=c.ids["draft_run"], version=_run_version(c, "draft_run")
        ),
    ),
    "unmake_needs": Call(
        on("case", P.EDIT_CASE),
        lambda c, w: diagnostics.unmake_needs(
            w, assessment_id=c.ids["run_with_needs"], need_ids=[c.ids["gap_need"]]
        ),
    ),
    "view_assessment": of_case("run", P.VIEW_DIAGNOSTIC)(
        diagnostics.view_assessment, "assessment_id"
    ),
    "view_instrument": Call(
        open_to(P.VIEW_DIAGNOSTIC), lambda _, w: diagnostics.view_instrument(w, name=INSTRUMENT)
    ),
    "withdraw_submission": _run["closed_run"](diagnostics.withdraw_submission, "assessment_id"),
}


_PLAN = on("case", P.EDIT_ROADMAP)

ROADMAPS: Final[dict[str, Call]] = {
    "act_on_plan": Call(
        _PLAN,
        lambda c, w: roadmaps.act_on_plan(
            w, **_roadmap(c), asked=roadmaps.Asked(_plan_version(c), (Add(c.words()),))
        ),
    ),
    "add_task": Call(
        _PLAN,
        lambda c, w: roadmaps.add_task(
            w,
            **_roadmap(c),
            version=_plan_version(c),
            draft=roadmaps.TaskDraft(c.words(), 1, responsible=c.words()),
        ),
    ),
    "answer_need": Call(
        _PLAN, lambda c, w: roadmaps.answer_need(w, **_roadmap(c), state=NeedState.MET)
    ),
    "change_plan": Call(
        _PLAN,
        lambda c, w: roadmaps.change_plan(
            w,
            **_roadmap(c),
            version=_plan_version(c),
            edits=(Rename(_tasks(c)[0], c.words()), SetResponsible(_tasks(c)[1], None, c.words())),
        ),
    ),
    "create_roadmap": Call(_PLAN, lambda c, w: roadmaps.create_roadmap(w, new=_new_plan(c))),
    "edit_head": Call(
        _PLAN,
        lambda c, w: roadmaps.edit_head(
            w, **_roadmap(c), seen=_head(c), wanted=Head(c.words(), TODAY + timedelta(days=3))
        ),
    ),
    "edit_plan": Call(
        _PLAN,
        lambda c, w: roadmaps.edit_plan(
            w,
            **_roadmap(c),
            version=_plan_version(c),
            edit=ChangePlan(TODAY + timedelta(days=7)),
        ),
    ),
    "edit_table": Call(_PLAN, _table),
    "export_portfolio": Call(
        open_to(P.VIEW_ROADMAP, P.EXPORT),
        lambda _, w: roadmaps.export_portfolio(w, PortfolioSearch()),
    ),
    "export_roadmap": Call(
        on("case", P.VIEW_ROADMAP, P.EXPORT),
        lambda c, w: roadmaps.export_roadmap(
            w, **_roadmap(c), form=roadmaps.ExportForm.CSV, language="ru"
        ),
    ),
    "import_roadmap": Call(
        _PLAN, lambda c, w: roadmaps.import_roadmap(w, new=_new_plan(c), file=_file(c))
    ),
    "link_tasks": Call(
        _PLAN,
        lambda c, w: roadmaps.link_tasks(
            w, **_roadmap(c), link=Dependency(_tasks(c)[1], _tasks(c)[2])
        ),
    ),
    "list_roadmaps": Call(open_to(P.VIEW_ROADMAP), lambda _, w: roadmaps.list_roadmaps(w)),
    "move_task": Call(
        _PLAN,
        lambda c, w: roadmaps.move_task(
            w, **_roadmap(c), version=_plan_version(c), task_id=_tasks(c)[0], move=Move.DOWN
        ),
    ),
    "preview_import": Call(
        _PLAN,
        lambda c, w: roadmaps.preview_import(w, **case_id(c), file=_file(c), starts_on=TODAY),
    ),
    "plan_pulse": of_case("roadmap", P.VIEW_ROADMAP)(roadmaps.plan_pulse, "roadmap_id"),
    "redo_edit": Call(
        _PLAN,
        lambda c, w: roadmaps.redo_edit(w, roadmap_id=c.ids["undone_roadmap"]),
        besides=(NothingToRedoError,),  # only who took back does it again
    ),
    "remove_roadmap": of_case("roadmap", P.EDIT_ROADMAP)(roadmaps.remove_roadmap, "roadmap_id"),
    "restore_roadmap": of_case("removed_roadmap", P.EDIT_ROADMAP)(
        roadmaps.restore_roadmap, "roadmap_id"
    ),
    "take_back_head": Call(
        _PLAN,
        lambda c, w: roadmaps.take_back_head(
            w, **_roadmap(c), title=c.words(), seen=_head(c).title, seq=None
        ),
    ),
    "take_baseline": Call(
        _PLAN,
        lambda c, w: roadmaps.take_baseline(
            w, **_roadmap(c), version=_plan_version(c), title=c.words()
        ),
    ),
    "undo_edit": Call(
        _PLAN, lambda c, w: roadmaps.undo_edit(w, **_roadmap(c), seq=_plan_version(c) - 1)
    ),
    "view_desk": of_case("roadmap", P.VIEW_ROADMAP)(roadmaps.view_desk, "roadmap_id"),
    "view_last_change": of_case("roadmap", P.VIEW_ROADMAP)(roadmaps.view_last_change, "roadmap_id"),
    "view_load": of_case("roadmap", P.VIEW_ROADMAP)(roadmaps.view_load, "roadmap_id"),
    "view_need": Call(
        on("case", P.VIEW_CASE),
        lambda c, w: roadmaps.view_need(w, **case_id(c), need_id=c.ids["need"]),
    ),
    "view_portfolio": Call(open_to(P.VIEW_ROADMAP), lambda _, w: roadmaps.view_portfolio(w)),
    "view_past": of_case("roadmap", P.VIEW_ROADMAP)(roadmaps.view_past, "roadmap_id"),
    "view_plan": of_case("roadmap", P.VIEW_ROADMAP)(roadmaps.view_plan, "roadmap_id"),
}

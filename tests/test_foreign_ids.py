"""Ids of other people's things, sent along with one's own, reach nothing."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from casework import service as casework
from casework.domain.attendance import Attendance, Attendee
from casework.domain.authority import Answer, AuthorityForm, AuthorityKind, AuthorityResult
from casework.domain.consultation import Draft, Topic, Work
from casework.domain.initiative import InitiativeForm, NewInitiative
from casework.domain.step import NewStep
from core.database import Database
from core.drafts import Piece, keep_draft
from core.errors import DomainError, ForbiddenError
from core.permissions import Role
from core.workspace import Workspace
from diagnostics import service as diagnostics
from diagnostics.domain.assessment import NewAssessment, RespondentKind, Response
from hours import service as hours
from panels import service as panels
from panels.domain.panel import NewPanel, NewSubmission, PanelKind
from panels.domain.sheet import Opinion, Score
from roadmaps import service as roadmaps
from roadmaps.domain.acts import Remove
from roadmaps.domain.edits import RemoveTask
from roadmaps.domain.edits_task import LeaveOut
from roadmaps.domain.plan import Dependency
from roadmaps.domain.rows import Move
from roadmaps.domain.table import Row
from tests import factories
from tests.filling import counts
from tests.full_centre import INSTRUMENT, TODAY, FullCentre, build, criterion_of
from tests.roadmaps.plans import plan_of

Act = Callable[[FullCentre, Workspace], Any]


@pytest.fixture(scope="module")
def centre(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FullCentre]:
    """A full centre in which the stranger has a case, a roadmap and a council of their own."""
    path = tmp_path_factory.mktemp("foreign") / "centre.db"
    shutil.copy(empty_sqlite, path)
    database = Database(f"sqlite:///{path}", durable=False)
    centre = build(database)
    _own_things(centre)
    yield centre
    database.dispose()


def _own_things(centre: FullCentre) -> None:
    me, here = centre.people["stranger"], centre.by("stranger", Role.CONSULTANT)
    made = casework.register_initiative(
        here, new=NewInitiative(InitiativeForm(centre.words(), "", (), "")), is_sure=True
    )
    assert made.id is not None
    with centre.database.writing() as db:
        case = factories.make_case(db, me, initiative_id=made.id)
    centre.ids |= {"own_initiative": made.id, "own_case": case}
    form = AuthorityForm(AuthorityKind.APPEAL, "x", "y", TODAY)
    centre.ids["own_authority"] = casework.record_authority(here, case_id=case, form=form)
    new = roadmaps.NewPlan(case, "x", plan_of(1, 1, start=TODAY))
    centre.ids["own_roadmap"] = roadmaps.create_roadmap(here, new=new)
    run = diagnostics.start_assessment(
        here, NewAssessment(case, INSTRUMENT, RespondentKind.TEAM, TODAY)
    )
    item = next(iter(diagnostics.view_assessment(here, assessment_id=run).instrument.items)).name
    diagnostics.answer_items(here, assessment_id=run, responses={item: Response("level_1")})
    version = diagnostics.view_assessment(here, assessment_id=run).assessment.version
    diagnostics.submit_assessment(here, assessment_id=run, version=version)
    talk = Draft(TODAY, frozenset({Topic.BUDGET}), (Work(me, 30),))
    centre.ids |= {"own_run": run, "own_talk": casework.record_consultation(here, draft=talk)}
    _own_council(centre, here)


def _own_council(centre: FullCentre, here: Workspace) -> None:
    expert = centre.people["second_expert"]
    new = NewPanel("x", PanelKind.CONSILIUM, centre.people["stranger"], expert_ids=(expert,))
    panel = panels.create_panel(here, new=new)
    panels.add_criterion(here, panel_id=panel, criterion=criterion_of(centre.words))
    project = NewSubmission("x", "y", case_id=centre.ids["own_case"])
    submission = panels.add_submission(here, panel_id=panel, new=project)
    lines = panels.list_own_sheets(centre.by("second_expert", Role.EXPERT))
    sheet = next(line.id for line in lines if line.submission_id == submission)
    centre.ids |= {"own_panel": panel, "own_sheet": sheet, "own_submission": submission}


def _plan(c: FullCentre, name: str) -> Any:
    who = c.consultant if name == "roadmap" else c.by("stranger", Role.CONSULTANT)
    return roadmaps.view_plan(who, roadmap_id=c.ids[name])


def _foreign_task(c: FullCentre) -> int:
    return _plan(c, "roadmap").plan.tasks[-1].id


def _row_of_another_plan(c: FullCentre, w: Workspace) -> Any:
    view = _plan(c, "own_roadmap")
    rows = [Row(1, "taken", 1, task_id=_foreign_task(c))]
    return roadmaps.edit_table(
        w, roadmap_id=c.ids["own_roadmap"], version=view.roadmap.version, rows=rows, language="en"
    )


def _score_of_another_council(c: FullCentre, _w: Workspace) -> Any:
    expert = c.by("second_expert", Role.EXPERT)
    opinion = Opinion((Score(c.ids["panel_criterion"], 4),), "", "")
    return panels.save_sheet(expert, sheet_id=c.ids["own_sheet"], version=1, opinion=opinion)


def _foreign_case_in_own_talk(c: FullCentre, w: Workspace) -> Any:
    draft = Draft(
        TODAY, frozenset({Topic.BUDGET}), (Work(c.people["stranger"], 30),),
        cases=frozenset({c.ids["case"]}),
    )  # fmt: skip
    return casework.edit_consultation(w, consultation_id=c.ids["own_talk"], version=1, draft=draft)


def _contact_of_another_initiative(c: FullCentre, w: Workspace) -> Any:
    view = casework.view_initiative(w, initiative_id=c.ids["initiative"])
    known = view.contacts[c.people["leader"]]
    return casework.edit_person(
        w, initiative_id=c.ids["own_initiative"], seen=known, wanted=replace(known, name="x")
    )


def _typed_for(c: FullCentre, w: Workspace) -> Any:
    piece = Piece("consultation:new", "x", "w", 1, 0)
    return keep_draft(w, piece, person_id=c.people["lead"])


def _document_of_another_case(c: FullCentre, w: Workspace) -> Any:
    own = c.ids["own_authority"]
    answer = Answer(AuthorityResult.REFUSED, TODAY, document_id=c.ids["document"])
    return casework.answer_authority(w, contact_id=own, version=1, answer=answer)


MIXED: Final[dict[str, Act]] = {
    "an event": lambda c, w: casework.remove_life_event(
        w, initiative_id=c.ids["own_initiative"], event_id=c.ids["event"]
    ),
    "a removed event": lambda c, w: casework.restore_life_event(
        w, initiative_id=c.ids["own_initiative"], event_id=c.ids["removed_event"]
    ),
    "a bond": lambda c, w: casework.remove_person(
        w, initiative_id=c.ids["own_initiative"], bond_id=c.ids["bond"]
    ),
    "a removed bond": lambda c, w: casework.restore_person(
        w, initiative_id=c.ids["own_initiative"], bond_id=c.ids["removed_bond"]
    ),
    "a contact": _contact_of_another_initiative,
    "a consent": lambda c, w: casework.withdraw_consent(
        w, initiative_id=c.ids["own_initiative"], person_id=c.people["leader"],
        consent_id=c.ids["consent"], on=TODAY,
    ),
    "a participant": lambda c, w: casework.set_attendance(
        w, consultation_id=c.ids["own_talk"], version=1,
        attendees=[Attendee(Attendance.ATTENDED, c.people["leader"])],
    ),
    "a leader": lambda c, w: casework.make_leader_link(
        w, case_id=c.ids["own_case"], person_id=c.people["leader"]
    ),
    "a meeting of a week": lambda c, w: casework.take_back_week(
        w, made=[c.ids["own_talk"], c.ids["held"]], written=[]
    ),
    "a need": lambda c, w: roadmaps.create_roadmap(
        w, new=roadmaps.NewPlan(c.ids["own_case"], "x", plan_of(1), need_id=c.ids["need"])
    ),
    "a task": lambda c, w: roadmaps.edit_plan(
        w, roadmap_id=c.ids["own_roadmap"], version=_plan(c, "own_roadmap").roadmap.version,
        edit=RemoveTask(_foreign_task(c)),
    ),
    "a task in several edits": lambda c, w: roadmaps.change_plan(
        w, roadmap_id=c.ids["own_roadmap"], version=_plan(c, "own_roadmap").roadmap.version,
        edits=(LeaveOut(_foreign_task(c)),),
    ),
    "a task to move": lambda c, w: roadmaps.move_task(
        w, roadmap_id=c.ids["own_roadmap"], version=_plan(c, "own_roadmap").roadmap.version,
        task_id=_foreign_task(c), move=Move.UP,
    ),
    "a dependency": lambda c, w: roadmaps.link_tasks(
        w, roadmap_id=c.ids["own_roadmap"],
        link=Dependency(_plan(c, "own_roadmap").plan.tasks[0].id, _foreign_task(c)),
    ),
    "a row": _row_of_another_plan,
    "a task under the hand": lambda c, w: roadmaps.act_on_plan(
        w, roadmap_id=c.ids["own_roadmap"],
        asked=roadmaps.Asked(_plan(c, "own_roadmap").roadmap.version, (Remove(_foreign_task(c)),)),
    ),
    "a step to take": lambda c, w: roadmaps.take_steps(
        w, roadmap_id=c.ids["own_roadmap"], step_ids=[c.ids["step"]]
    ),
    "a need to take": lambda c, w: roadmaps.take_steps(
        w, roadmap_id=c.ids["own_roadmap"], step_ids=[], need_id=c.ids["need"]
    ),
    "a stage": lambda c, w: roadmaps.copy_roadmap(
        w, source=roadmaps.Source(c.ids["own_roadmap"], _foreign_task(c)),
        new=roadmaps.NewPlan(c.ids["own_case"], "x", plan_of(1)),
    ),
    "a leader of a roadmap": lambda c, w: roadmaps.make_roadmap_link(
        w, roadmap_id=c.ids["own_roadmap"], person_id=c.people["leader"]
    ),
    "a criterion": _score_of_another_council,
    "a case": _foreign_case_in_own_talk,
    "an expert": lambda c, w: panels.remove_expert(
        w, panel_id=c.ids["own_panel"], person_id=c.people["member"]
    ),
    "a recommendation": lambda c, w: panels.adopt_recommendation(
        w, sheet_id=c.ids["sheet_of_second_expert"], line=c.tokens["recommendation"]
    ),
    "a draft": _typed_for,
    "a piece of work": lambda c, w: hours.edit_work(
        w, work_id=c.ids["work"], version=1, draft=hours.WorkDraft(TODAY, 5)
    ),
    "a removed piece of work": lambda c, w: hours.restore_work(
        w, work_id=c.ids["removed_work"], before={}
    ),
    "a need of a step": lambda c, w: casework.plan_step(
        w, case_id=c.ids["own_case"], step=NewStep("x", need_id=c.ids["need"])
    ),
    "a document": lambda c, w: casework.download_case_document(
        w, case_id=c.ids["own_case"], document_id=c.ids["document"]
    ),
    "a document of an answer": _document_of_another_case,
}  # fmt: skip


@pytest.mark.parametrize("name", MIXED)
def test_a_foreign_id_beside_ones_own_is_refused_and_changes_nothing(
    centre: FullCentre, name: str
) -> None:
    before = _everything(centre)
    with pytest.raises(DomainError):
        MIXED[name](centre, centre.by("stranger", Role.CONSULTANT))
    assert before == _everything(centre)


def test_needs_of_another_run_are_not_unmade(centre: FullCentre) -> None:
    diagnostics.unmake_needs(
        centre.by("stranger", Role.CONSULTANT),
        assessment_id=centre.ids["own_run"],
        need_ids=[centre.ids["gap_need"], centre.ids["need"]],
    )
    needs = casework.view_case(centre.consultant, case_id=centre.ids["case"]).needs
    states = {need.id: need.state for need in needs}
    assert states[centre.ids["gap_need"]] == casework.NeedState.OPEN


def test_a_need_of_another_case_is_not_shown(centre: FullCentre) -> None:
    shown = roadmaps.view_need(
        centre.consultant, case_id=centre.ids["own_case"], need_id=centre.ids["need"]
    )
    assert shown is None


def test_an_undo_reaches_nobody_elses_things(centre: FullCentre) -> None:
    stranger = centre.by("stranger", Role.CONSULTANT)
    for undo in (
        lambda: casework.restore_step(stranger, step_id=centre.ids["removed_step"]),
        lambda: casework.restore_need(stranger, need_id=centre.ids["removed_need"]),
        lambda: casework.restore_consultation(stranger, consultation_id=centre.ids["removed"]),
        lambda: roadmaps.undo_edit(stranger, roadmap_id=centre.ids["roadmap"]),
        lambda: roadmaps.undo_edit(stranger, roadmap_id=centre.ids["roadmap"], seq=2),
        lambda: roadmaps.restore_template(stranger, template_id=centre.ids["withdrawn_template"]),
        lambda: roadmaps.restore_remark(stranger, remark_id=centre.ids["removed_remark"]),
        lambda: roadmaps.redo_edit(stranger, roadmap_id=centre.ids["undone_roadmap"]),
        lambda: diagnostics.withdraw_submission(stranger, assessment_id=centre.ids["closed_run"]),
    ):
        with pytest.raises(ForbiddenError):
            undo()


def _everything(centre: FullCentre) -> dict[str, int]:
    with centre.database.engine.connect() as connection:
        return counts(connection)

"""Looking at runs: the list, one run, the cases one may start for."""

from collections import defaultdict
from dataclasses import replace

from accounts.service import person_names
from casework.domain.views import CaseSearch
from casework.service import case_guard
from casework.service.case_views import case_lines
from casework.service.seams import initiative_names
from core.i18n import sort_key
from core.permissions import Permission, may
from core.workspace import Transaction, Workspace
from diagnostics import store
from diagnostics.domain.assessment import Assessment, AssessmentState, answers
from diagnostics.domain.scoring import Run, compare, gaps, score, unknowns
from diagnostics.domain.views import (
    AssessmentLine,
    AssessmentSearch,
    AssessmentView,
    Beside,
    CaseChoice,
    Earlier,
)


def list_assessments(
    workspace: Workspace, search: AssessmentSearch | None = None
) -> tuple[AssessmentLine, ...]:
    """List runs, the latest first."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_DIAGNOSTIC)
        return _lines(tx, search or AssessmentSearch())


def export_assessments(
    workspace: Workspace, search: AssessmentSearch
) -> tuple[AssessmentLine, ...]:
    """Give the list of runs for a file, and say in the trail that it was taken."""
    with workspace.transaction() as tx:
        workspace.require(Permission.VIEW_DIAGNOSTIC)
        workspace.require(Permission.EXPORT)
        lines = _lines(tx, search)
        tx.audit("assessments.exported", "assessments", rows=len(lines))
        return lines


def view_assessment(
    workspace: Workspace, *, assessment_id: int, beside: int | None = None
) -> AssessmentView:
    """Show one run with its profile, its gaps and an earlier run beside it.

    `beside` names the earlier run; without it the latest of the same kind is taken, else the
    latest of any. 0 takes none.
    """
    with workspace.reading() as tx:
        run = store.load_assessment(tx.db, assessment_id)
        guard = case_guard(tx, run.case_id)
        workspace.require(Permission.VIEW_DIAGNOSTIC, guard)
        instrument = store.load_instrument(tx.db, run.version_id)
        responses = store.load_responses(tx.db, assessment_id)
        given = answers(responses)
        earlier = store.list_earlier(tx.db, run)
        chosen = _chosen(earlier, run, beside)
        return AssessmentView(
            assessment=run,
            instrument=instrument,
            responses=responses,
            initiative=initiative_names(tx, [run.initiative_id]).get(run.initiative_id, ""),
            author=person_names(tx, [run.started_by]).get(run.started_by, ""),
            profile=score(instrument, given),
            gaps=gaps(instrument, given),
            unknowns=unknowns(instrument, given),
            needs=store.load_needs(tx.db, assessment_id),
            earlier=earlier,
            beside=_beside(tx, Run(instrument, given), chosen) if chosen else None,
            may_run=may(tx.actor, Permission.RUN_DIAGNOSTIC, guard),
            may_make_needs=may(tx.actor, Permission.EDIT_CASE, guard),
        )


def list_choices(workspace: Workspace) -> tuple[CaseChoice, ...]:
    """List the open cases for which the actor may run a diagnostic, by initiative."""
    with workspace.reading() as tx:
        workspace.require(Permission.RUN_DIAGNOSTIC)
        drafts = defaultdict(list)
        for line in store.list_assessments(tx.db, AssessmentSearch(state=AssessmentState.DRAFT)):
            drafts[line.case_id].append(line.id)
        mine = CaseSearch(person_id=tx.actor.person_id, open_only=True)
        choices = [
            CaseChoice(case.id, case.initiative, case.title, tuple(drafts[case.id]))
            for case in case_lines(tx, mine)
        ]
        return tuple(sorted(choices, key=lambda choice: sort_key(choice.initiative)))


def _lines(tx: Transaction, wanted: AssessmentSearch) -> tuple[AssessmentLine, ...]:
    lines = store.list_assessments(tx.db, wanted)
    names = initiative_names(tx, {line.initiative_id for line in lines})
    people = person_names(tx, {line.started_by for line in lines})
    instruments = {
        version_id: store.load_instrument(tx.db, version_id)
        for version_id in {line.version_id for line in lines}
    }
    sought = sort_key(wanted.text.strip())
    return tuple(
        replace(
            line,
            initiative=name,
            instrument=instruments[line.version_id].titles,
            items=sum(1 for _ in instruments[line.version_id].items),
            author=people.get(line.started_by, ""),
        )
        for line in lines
        if sought in sort_key(name := names.get(line.initiative_id, ""))
    )


def _chosen(earlier: tuple[Earlier, ...], run: Assessment, beside: int | None) -> Earlier | None:
    if beside is not None:
        return next((other for other in earlier if other.id == beside), None)
    alike = (other for other in earlier if other.kind is run.kind)
    return next(alike, next(iter(earlier), None))


def _beside(tx: Transaction, now: Run, other: Earlier) -> Beside:
    past = store.load_assessment(tx.db, other.id)
    before = Run(
        store.load_instrument(tx.db, past.version_id),
        answers(store.load_responses(tx.db, other.id)),
    )
    return Beside(other, score(before.instrument, before.answers), compare(now, before))

"""One run from its start to its submission."""

from dataclasses import replace

from casework.service import TimelineKind, add_to_timeline, case_guard, remove_from_timeline
from casework.service.seams import initiative_of
from core.errors import StaleError
from core.i18n import Term
from core.permissions import Permission
from core.workspace import Transaction, Workspace
from diagnostics import store
from diagnostics.domain.assessment import (
    Assessment,
    AssessmentState,
    NewAssessment,
    Response,
    Responses,
    answers,
    check_answer,
    check_draft,
    check_new,
    check_submission,
    clean_justification,
)
from diagnostics.domain.errors import NeedsMadeError
from diagnostics.domain.instrument import Instrument, Missing, text
from diagnostics.domain.scoring import Answer


def start_assessment(workspace: Workspace, new: NewAssessment) -> int:
    """Start a run of the current version for a case; give its id.

    A form sent twice starts one run.
    """
    with workspace.transaction() as tx:
        guard = case_guard(tx, new.case_id, lock=True)
        workspace.require(Permission.RUN_DIAGNOSTIC, guard)
        check_new(new, tx.today)
        assessment_id, is_new = store.add_assessment(
            tx.db,
            new,
            initiative_id=initiative_of(tx, new.case_id),
            by=tx.actor.person_id,
            now=tx.now,
        )
        if is_new:
            tx.audit("assessment.started", _subject(assessment_id), case=new.case_id, kind=new.kind)
            tx.touched("diagnostics")
    return assessment_id


def answer_item(
    workspace: Workspace, *, assessment_id: int, item: str, answer: Answer, seen: Answer
) -> None:
    """Keep one answer; `seen` is the answer that the person saw standing there.

    Writes no audit line: start and submission do.

    Raises
    ------
    StaleError
        If somebody else has meanwhile answered otherwise; nothing changes.
    """
    with workspace.transaction() as tx:
        run = _draft(workspace, tx, assessment_id)
        instrument = store.load_instrument(tx.db, run.version_id)
        check_answer(instrument, item, answer)
        stands = store.load_responses(tx.db, assessment_id).get(item, Response())
        if stands.answer not in {seen, answer}:
            language = tx.actor.language
            raise StaleError(
                kind=Term("object.response"),
                original={Term("field.answer"): _shown(instrument, item, seen, language)},
                current={Term("field.answer"): _shown(instrument, item, stands.answer, language)},
                yours={Term("field.answer"): _shown(instrument, item, answer, language)},
            )
        if stands.answer != answer:
            _write(tx, assessment_id, item, Response(answer, stands.justification))


def answer_items(workspace: Workspace, *, assessment_id: int, responses: Responses) -> None:
    """Write down answers given on paper, all at once; what stood there is replaced."""
    with workspace.transaction() as tx:
        run = _draft(workspace, tx, assessment_id)
        instrument = store.load_instrument(tx.db, run.version_id)
        cleaned = {}
        for item, response in responses.items():
            check_answer(instrument, item, response.answer)
            cleaned[item] = replace(
                response, justification=clean_justification(response.justification)
            )
        store.save_responses(tx.db, assessment_id, cleaned, by=tx.actor.person_id, now=tx.now)


def justify_item(
    workspace: Workspace, *, assessment_id: int, item: str, justification: str, seen: str
) -> None:
    """Keep the example under one item; `seen` is the text that the person saw there.

    Raises
    ------
    StaleError
        If somebody else has meanwhile written something else; nothing changes.
    TooLongError
        If the text exceeds 2,000 characters.
    """
    with workspace.transaction() as tx:
        run = _draft(workspace, tx, assessment_id)
        check_answer(store.load_instrument(tx.db, run.version_id), item, Missing.NOT_ANSWERED)
        cleaned = clean_justification(justification)
        stands = store.load_responses(tx.db, assessment_id).get(item, Response())
        if stands.justification not in {seen, cleaned}:
            raise StaleError(
                kind=Term("object.response"),
                original={Term("field.justification"): seen},
                current={Term("field.justification"): stands.justification},
                yours={Term("field.justification"): cleaned},
            )
        if stands.justification != cleaned:
            _write(tx, assessment_id, item, Response(stands.answer, cleaned))


def submit_assessment(workspace: Workspace, *, assessment_id: int, version: int) -> None:
    """Close a run for good and tell of it on the case's timeline.

    `version` is the run's version that the person saw.

    Raises
    ------
    NothingAnsweredError
        If no item has a level.
    StaleError
        If somebody has answered since the person saw the run.
    """
    with workspace.transaction() as tx:
        run = _draft(workspace, tx, assessment_id)
        given = answers(store.load_responses(tx.db, assessment_id))
        check_submission(given)
        if run.version != version:
            raise StaleError(kind=store.KIND)
        store.save_submitted(tx.db, assessment_id, by=tx.actor.person_id, now=tx.now)
        add_to_timeline(
            tx, run.case_id, TimelineKind.ASSESSMENT, run.held_on, ("assessment", assessment_id)
        )
        levels = sum(not isinstance(answer, Missing) for answer in given.values())
        tx.audit("assessment.submitted", _subject(assessment_id), case=run.case_id, answers=levels)
        tx.touched("diagnostics")


def withdraw_submission(workspace: Workspace, *, assessment_id: int) -> None:
    """Take a submission back: the run is a draft again. The undo of `submit_assessment`.

    Raises `NeedsMadeError` if needs were already made of its gaps.
    """
    with workspace.transaction() as tx:
        run = _locked(workspace, tx, assessment_id)
        if run.state is AssessmentState.DRAFT:
            return
        made = store.load_needs(tx.db, assessment_id)
        if made:
            raise NeedsMadeError(count=len(made))
        store.save_draft(tx.db, assessment_id)
        remove_from_timeline(tx, ("assessment", assessment_id))
        tx.audit("assessment.withdrawn", _subject(assessment_id), case=run.case_id)
        tx.touched("diagnostics")


def discard_assessment(workspace: Workspace, *, assessment_id: int) -> None:
    """Take an unfinished run away; it can be given back."""
    with workspace.transaction() as tx:
        run = _draft(workspace, tx, assessment_id)
        store.save_removed(tx.db, assessment_id, tx.now)
        tx.audit("assessment.discarded", _subject(assessment_id), case=run.case_id)
        tx.touched("diagnostics")


def restore_assessment(workspace: Workspace, *, assessment_id: int) -> None:
    """Give a discarded run back. The undo of `discard_assessment`."""
    with workspace.transaction() as tx:
        run = store.load_assessment(tx.db, assessment_id, removed=True)
        workspace.require(Permission.RUN_DIAGNOSTIC, case_guard(tx, run.case_id, lock=True))
        store.save_removed(tx.db, assessment_id, None)
        tx.audit("assessment.restored", _subject(assessment_id), case=run.case_id)
        tx.touched("diagnostics")


def _locked(workspace: Workspace, tx: Transaction, assessment_id: int) -> Assessment:
    """Load a run for writing: its case is locked first, parent before child."""
    case_id = store.load_assessment(tx.db, assessment_id).case_id
    guard = case_guard(tx, case_id, lock=True)
    workspace.require(Permission.RUN_DIAGNOSTIC, guard)
    return store.load_assessment(tx.db, assessment_id, lock=True)


def _draft(workspace: Workspace, tx: Transaction, assessment_id: int) -> Assessment:
    run = _locked(workspace, tx, assessment_id)
    check_draft(run)
    return run


def _write(tx: Transaction, assessment_id: int, item: str, response: Response) -> None:
    store.save_responses(tx.db, assessment_id, {item: response}, by=tx.actor.person_id, now=tx.now)


def _shown(instrument: Instrument, item_name: str, answer: Answer, language: str) -> str:
    item = instrument.item(item_name)
    if item is None or answer is Missing.NOT_ANSWERED:
        return ""
    if isinstance(answer, Missing):
        return text(item.scale.ways_out.get(answer, {}), language)
    level = item.scale.level(answer)
    return "" if level is None else text(level.labels, language)


def _subject(assessment_id: int) -> str:
    return f"assessment:{assessment_id}"

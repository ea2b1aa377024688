"""From gaps to needs: what a diagnostic gives to its case."""

from collections.abc import Iterable

from casework.service import NeedKind, NeedState, add_need, case_guard, set_need_state
from core.permissions import Permission
from core.workspace import Transaction, Workspace
from diagnostics import store
from diagnostics.domain.assessment import Assessment, AssessmentState, answers
from diagnostics.domain.errors import NotSubmittedError, UnknownItemError
from diagnostics.domain.instrument import Item, text
from diagnostics.domain.scoring import gaps, unknowns


def make_needs(
    workspace: Workspace, *, assessment_id: int, items: Iterable[str], language: str
) -> tuple[int, ...]:
    """Make needs of the case out of chosen gaps; give the ids of the new ones.

    Chosen may be gaps and what nobody knew. A gap that already is a need stays one need.
    """
    chosen = list(dict.fromkeys(items))
    with workspace.transaction() as tx:
        run = _submitted(workspace, tx, assessment_id)
        open_to_choice = _offered(tx, run)
        for name in chosen:
            if name not in open_to_choice:
                raise UnknownItemError(item=name)
        known = store.load_needs(tx.db, assessment_id)
        made = {
            name: add_need(
                tx,
                run.case_id,
                NeedKind.GAP,
                text(open_to_choice[name].short, language),
                origin=("assessment", assessment_id),
            )
            for name in chosen
            if name not in known
        }
        store.add_needs(tx.db, assessment_id, made)
        tx.audit(
            "assessment.needs_made",
            f"assessment:{assessment_id}",
            case=run.case_id,
            count=len(made),
        )
        tx.touched("diagnostics")
    return tuple(made.values())


def unmake_needs(workspace: Workspace, *, assessment_id: int, need_ids: Iterable[int]) -> None:
    """Drop needs that were made of a run's gaps. The undo of `make_needs`."""
    with workspace.transaction() as tx:
        run = _submitted(workspace, tx, assessment_id)
        own = set(store.load_needs(tx.db, assessment_id).values()) & set(need_ids)
        for need_id in sorted(own):
            set_need_state(tx, need_id, NeedState.DROPPED)
        store.delete_needs(tx.db, assessment_id, own)
        tx.audit(
            "assessment.needs_unmade",
            f"assessment:{assessment_id}",
            case=run.case_id,
            count=len(own),
        )
        tx.touched("diagnostics")


def _submitted(workspace: Workspace, tx: Transaction, assessment_id: int) -> Assessment:
    case_id = store.load_assessment(tx.db, assessment_id).case_id
    workspace.require(Permission.EDIT_CASE, case_guard(tx, case_id, lock=True))
    run = store.load_assessment(tx.db, assessment_id, lock=True)
    if run.state is not AssessmentState.SUBMITTED:
        raise NotSubmittedError
    return run


def _offered(tx: Transaction, run: Assessment) -> dict[str, Item]:
    instrument = store.load_instrument(tx.db, run.version_id)
    given = answers(store.load_responses(tx.db, run.id))
    names = {gap.item for gap in gaps(instrument, given)}
    names |= {item.name for item in unknowns(instrument, given)}
    return {item.name: item for item in instrument.items if item.name in names}

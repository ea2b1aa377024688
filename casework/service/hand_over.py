"""Handing all cases of a leaver over: at once, to one successor or several."""

from collections.abc import Mapping

from accounts.service import active_roles, person_names
from casework import store
from casework.domain.substitution import HandOverPreview, check_hand_over
from casework.service.notes import pass_notes
from casework.service.seams import stamp
from casework.service.substitutions import require_consultants
from core.permissions import Permission
from core.workspace import Workspace


def list_leading(workspace: Workspace) -> dict[int, str]:
    """Name everybody who leads an open case; whose cases may be handed over."""
    with workspace.reading() as tx:
        workspace.require(Permission.HAND_OVER_CASES)
        return person_names(tx, store.list_leading(tx.db))


def preview_hand_over(workspace: Workspace, *, leaver_id: int) -> HandOverPreview:
    """Show what a person leaves: cases with open steps and planned meetings, private notes.

    `notes` counts only what may be passed on: nothing while the person still works here.
    """
    with workspace.reading() as tx:
        workspace.require(Permission.HAND_OVER_CASES)
        cases = store.list_left_cases(tx.db, leaver_id)
        has_left = not active_roles(tx, leaver_id)
        return HandOverPreview(
            cases=cases,
            steps=sum(case.steps for case in cases),
            meetings=sum(case.meetings for case in cases),
            notes=len(store.list_private_of(tx.db, leaver_id)) if has_left else 0,
        )


def hand_over_cases(
    workspace: Workspace,
    *,
    leaver_id: int,
    to: Mapping[int, int],
    notes_to: int | None = None,
) -> int:
    """Pass every open case of a person to the successors given by case; give how many.

    Open steps and planned meetings go along. Private notes stay sealed, unless the person has
    left and a successor is named: then the rule of handing notes over holds.

    Raises
    ------
    CasesChangedError
        If the cases are not those of the preview any more.
    NotAConsultantError, RequiredError, SuccessorError
        If a successor cannot lead a case or take notes.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.HAND_OVER_CASES)
        cases = store.list_left_cases(tx.db, leaver_id, lock=True)
        check_hand_over(frozenset(case.case_id for case in cases), to, leaver_id)
        require_consultants(tx, to.values())
        for case in cases:
            leads = (leaver_id, to[case.case_id])
            store.pass_case(tx.db, case.case_id, leads, tx.today)
            store.add_lead_change(tx.db, case.case_id, leads, stamp(tx), is_hand_over=True)
            tx.audit("case.handed_over", f"case:{case.case_id}", leaver=leaver_id, to=leads[1])
        left = store.end_memberships(tx.db, leaver_id, tx.today)
        if notes_to is not None:
            workspace.require(Permission.HAND_OVER_NOTES)
            pass_notes(tx, leaver_id, notes_to)
        tx.audit("person.handed_over", f"person:{leaver_id}", cases=len(cases), memberships=left)
        tx.touched("casework")
    return len(cases)

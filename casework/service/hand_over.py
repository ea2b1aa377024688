"""Handing all cases of a leaver over: at once, to one successor or several."""

from collections import Counter
from collections.abc import Mapping

from accounts.service import active_roles, person_names
from casework import store
from casework.domain.substitution import (
    HandedOver,
    HandOverPreview,
    LeftCase,
    Received,
    check_hand_over,
    share_meetings,
)
from casework.service.notes import pass_notes
from casework.service.seams import stamp
from casework.service.substitutions import named, require_consultants
from core.i18n import sort_key
from core.permissions import Permission
from core.workspace import Transaction, Workspace


def list_leading(workspace: Workspace) -> dict[int, str]:
    """Name everybody who leads an open case or a meeting to come: what may be handed over."""
    with workspace.reading() as tx:
        workspace.require(Permission.HAND_OVER_CASES)
        return person_names(tx, store.list_leading(tx.db, tx.today))


def preview_hand_over(workspace: Workspace, *, leaver_id: int) -> HandOverPreview:
    """Show what a person leaves: cases with open steps and planned meetings, private notes.

    `notes` counts only what may be passed on: nothing while the person still works here.
    """
    with workspace.reading() as tx:
        workspace.require(Permission.HAND_OVER_CASES)
        cases = store.list_left_cases(tx.db, leaver_id)
        meetings = store.list_left_meetings(tx.db, leaver_id, tx.today)
        has_left = not active_roles(tx, leaver_id)
        lines = named(tx, store.list_substitutions(tx.db, tx.today))
        return HandOverPreview(
            cases=cases,
            steps=sum(case.steps for case in cases),
            meetings=len(meetings),
            notes=len(store.list_private_of(tx.db, leaver_id)) if has_left else 0,
            others=tuple(meeting for meeting in meetings if not meeting.cases),
            stands_in=tuple(line for line in lines if line.substitution.substitute_id == leaver_id),
            absent=tuple(
                line
                for line in lines
                if line.substitution.holds_on(tx.today) and line.substitution.person_id != leaver_id
            ),
        )


def hand_over_cases(
    workspace: Workspace,
    *,
    leaver_id: int,
    to: Mapping[int, int],
    meetings_to: int | None = None,
    notes_to: int | None = None,
) -> HandedOver:
    """Pass every open case of a person to the successors given by case; tell who got what.

    Open steps and planned meetings go along. Meetings in cases of others go to `meetings_to`;
    where somebody else leads one too, the leaver is only taken off it. Private notes stay
    sealed, unless the person has left and a successor is named: then the rule of handing notes
    over holds.

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
        otherwise = 0 if meetings_to == leaver_id else meetings_to or 0
        meetings = store.list_left_meetings(tx.db, leaver_id, tx.today)
        shared = share_meetings(meetings, to, otherwise)
        takers = Counter(who for who in shared.values() if who is not None)
        require_consultants(tx, {*to.values(), *takers})
        _pass_cases(tx, leaver_id, cases, to)
        store.pass_meetings(tx.db, leaver_id, shared)
        left = store.end_memberships(tx.db, leaver_id, tx.today)
        if notes_to is not None:
            workspace.require(Permission.HAND_OVER_NOTES)
            pass_notes(tx, leaver_id, notes_to)
        freed = len(shared) - takers.total()
        tx.audit(
            "person.handed_over",
            f"person:{leaver_id}",
            cases=len(cases),
            memberships=left,
            meetings=takers.total(),
            freed=freed,
        )
        tx.touched("casework")
        return HandedOver(_received(tx, Counter(to.values()), takers), freed)


def _pass_cases(
    tx: Transaction, leaver_id: int, cases: tuple[LeftCase, ...], to: Mapping[int, int]
) -> None:
    for case in cases:
        leads = (leaver_id, to[case.case_id])
        store.pass_case(tx.db, case.case_id, leads, tx.today)
        store.add_lead_change(tx.db, case.case_id, leads, stamp(tx), is_hand_over=True)
        tx.audit("case.handed_over", f"case:{case.case_id}", leaver=leaver_id, to=leads[1])


def _received(tx: Transaction, cases: Counter[int], meetings: Counter[int]) -> tuple[Received, ...]:
    names = person_names(tx, {*cases, *meetings})
    found = [Received(names.get(who, ""), cases[who], meetings[who]) for who in names]
    return tuple(sorted(found, key=lambda one: sort_key(one.name)))

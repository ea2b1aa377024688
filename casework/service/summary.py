"""The summary of a case on paper, for those outside who may know of the case."""

from accounts.service import person_names
from casework import store
from casework.domain.case import CaseStatus
from casework.domain.consultation import ConsultationStatus
from casework.domain.documents import Download
from casework.domain.summary import Summary
from casework.formats.case_summary import write_pdf
from core.i18n import translator
from core.permissions import NoteReach, Permission
from core.settings import load_centre
from core.workspace import Transaction, Workspace

NOBODY = NoteReach(person_id=0, team=False, every_case=False, own_cases=False)
"""The reach of whoever finds the paper on a table: private meetings do not exist for them."""


def summary_pdf(workspace: Workspace, *, case_id: int, language: str) -> Download:
    """Write the summary of a case as a PDF, and note who took it.

    It is the same for everybody who may: what is private or restricted is in none.
    """
    with workspace.transaction() as tx:
        _case, guard = store.load_case(tx.db, case_id)
        workspace.require(Permission.VIEW_CASE, guard)
        workspace.require(Permission.EXPORT, guard)
        summary = summarise(tx, case_id)
        tx.audit("case.summary_taken", f"case:{case_id}", language=language)
    content = write_pdf(summary, translator(language), at=tx.now)
    return Download(f"case-{case_id}.pdf", "application/pdf", content)


def summarise(tx: Transaction, case_id: int) -> Summary:
    """Collect what may stand on the paper."""
    case, _guard = store.load_case(tx.db, case_id)
    initiative = store.load_initiative(tx.db, case.initiative_id)
    members = [member.person_id for member in case.members if member.until is None]
    names = person_names(tx, {case.lead_id, *members})
    lines = store.list_case_consultations(tx.db, case_id, NOBODY)
    outcome = ""
    if case.status is CaseStatus.CLOSED:
        outcome = store.load_status_changes(tx.db, case_id)[-1][0].comment
    return Summary(
        case=case,
        initiative=initiative.form.name,
        state=initiative.life.state,
        outcome=outcome,
        lead=names.get(case.lead_id, ""),
        members=tuple(names.get(member, "") for member in members),
        needs=store.list_needs(tx.db, case_id),
        steps=store.list_case_steps(tx.db, case_id, NOBODY),
        meetings=tuple(line for line in lines if line.status is ConsultationStatus.HELD),
        referrals=store.list_referrals(tx.db, case_id),
        contacts=store.list_authorities(tx.db, case_id),
        centre=load_centre(tx.db).name,
        today=tx.today,
    )

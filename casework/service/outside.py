"""Looking at what goes beyond the centre in a case."""

from collections.abc import Iterator

from accounts.service import person_names
from casework import store
from casework.domain.outside import OutsideView
from casework.domain.timeline import Entry, TimelineKind
from core.documents import list_documents
from core.permissions import Permission, may
from core.workspace import Transaction, Workspace


def view_outside(workspace: Workspace, *, case_id: int) -> OutsideView:
    """Show the referrals of a case, its contacts with authorities and the harm one may know of."""
    with workspace.reading() as tx:
        case, guard = store.load_case(tx.db, case_id)
        workspace.require(Permission.VIEW_CASE, guard)
        referrals = store.list_referrals(tx.db, case_id)
        harms = [
            line.harm
            for line, own in store.list_harms(tx.db, case_id)
            if may(tx.actor, Permission.VIEW_HARM, own)
        ]
        documents = {}
        if may(tx.actor, Permission.OPEN_CASE_DOCUMENT, guard):
            documents = {one.id: one.name for one in list_documents(tx, f"case:{case_id}")}
        is_lead = not guard.leads.isdisjoint({tx.actor.person_id} | tx.actor.stands_in_for)
        handles = may(tx.actor, Permission.VIEW_HARM) and is_lead
        handles = handles or may(tx.actor, Permission.APPROVE_CLOSING)
        people = {referral.lead_id for referral in referrals}
        names = store.find_initiative_names(tx.db, [case.initiative_id])
        return OutsideView(
            case_id=case_id,
            initiative=names.get(case.initiative_id, ""),
            today=tx.today,
            referrals=referrals,
            contacts=store.list_authorities(tx.db, case_id),
            harms=tuple(harms),
            people=person_names(tx, people),
            documents=documents,
            may_edit=may(tx.actor, Permission.EDIT_CASE, guard),
            handles=frozenset(harm.id for harm in harms if handles),
        )


def outside_entries(tx: Transaction, case_id: int) -> Iterator[Entry]:
    """Tell on the timeline of referrals, of what was sent to authorities, and of answers."""
    for referral in store.list_referrals(tx.db, case_id):
        for move in referral.moves:
            text = f"{referral.said.to_whom}: {move.comment}".removesuffix(": ")
            source = ("referral", referral.id)
            yield Entry(TimelineKind.REFERRAL, move.moved_on, source, (move.state,), text)
    for contact in store.list_authorities(tx.db, case_id):
        form, source = contact.form, ("authority", contact.id)
        text = f"{form.addressee}: {form.subject}"
        if form.registered_on:
            yield Entry(TimelineKind.AUTHORITY, form.registered_on, source, (form.kind,), text)
        if contact.answer and contact.answer.answered_on and contact.answer.result:
            facts = (contact.answer.result,)
            yield Entry(
                TimelineKind.AUTHORITY, contact.answer.answered_on, source, facts, form.addressee
            )

"""Requests for help: taken down, decided on, answered by a case."""

from dataclasses import dataclass, fields, replace

from accounts.service import person_names
from casework import store
from casework.domain.case import NewCase, clean_texts
from casework.domain.request import (
    Decision,
    Request,
    RequestForm,
    RequestLine,
    RequestMoveError,
    RequestSearch,
    RequestState,
    clean_request,
    decide,
)
from casework.service.cases import require_people
from casework.service.seams import stamp
from core.errors import NotFoundError, RequiredError, StaleError
from core.i18n import Term
from core.permissions import Permission, may
from core.workspace import Transaction, Workspace


@dataclass(frozen=True, slots=True)
class RequestView:
    """Everything the page of a request shows."""

    request: Request
    initiative: str
    recorded_by: str
    decided_by: str
    days: int | None
    may_edit: bool
    may_decide: bool
    may_open: bool


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is to lead the case that answers a request, and which initiative it is for."""

    initiative_id: int | None
    lead_id: int | None
    title: str = ""


def take_request(workspace: Workspace, *, form: RequestForm, token: str | None = None) -> int:
    """Write down that somebody asks for help; give the request's id. Sent twice it stands once."""
    with workspace.transaction() as tx:
        workspace.require(Permission.TAKE_REQUEST)
        clean = clean_request(form, tx.today)
        _require_initiative(tx, clean.initiative_id)
        request_id = store.add_request(tx.db, clean, token, stamp(tx))
        if request_id is None:
            return store.find_request_by_token(tx.db, token or "") or 0
        tx.audit("request.taken", f"request:{request_id}", source=clean.source)
        tx.touched("casework")
    return request_id


def edit_request(
    workspace: Workspace, *, request_id: int, version: int, seen: RequestForm, wanted: RequestForm
) -> None:
    """Correct what a request says. Raises `StaleError` if somebody did since it was seen."""
    with workspace.transaction() as tx:
        now = store.load_request(tx.db, request_id, lock=True)
        workspace.require(Permission.TAKE_REQUEST)
        clean = clean_request(wanted, tx.today)
        if now.version != version:
            raise StaleError(
                kind=Term("object.request"),
                current=_shown(now.form),
                yours=_shown(clean),
                original=_shown(seen),
            )
        _require_initiative(tx, clean.initiative_id)
        changed = [
            f.name for f in fields(clean) if getattr(clean, f.name) != getattr(now.form, f.name)
        ]
        store.save_request_form(tx.db, request_id, clean)
        tx.audit("request.edited", f"request:{request_id}", fields=changed)
        tx.touched("casework")


def decide_request(
    workspace: Workspace, *, request_id: int, version: int, decision: Decision
) -> None:
    """Accept a request, refuse it with a reason, refer it elsewhere, or let it wait again."""
    with workspace.transaction() as tx:
        now = store.load_request(tx.db, request_id, lock=True)
        workspace.require(Permission.TRIAGE_REQUEST)
        _require_fresh(now, version, decision.state)
        kept = decide(now.state, decision)
        if kept.state is RequestState.ASSIGNED:
            raise RequiredError(field=Term("field.lead"))
        store.save_decision(tx.db, request_id, kept, now.form.initiative_id, stamp(tx))
        tx.audit("request.decided", f"request:{request_id}", state=kept.state, refusal=kept.refusal)
        tx.touched("casework")


def reconsider_request(workspace: Workspace, *, request_id: int, version: int) -> None:
    """Take a decision back: the request waits again."""
    decide_request(
        workspace,
        request_id=request_id,
        version=version,
        decision=Decision(RequestState.NEW),
    )


def assign_request(workspace: Workspace, *, request_id: int, version: int, to: Assignment) -> int:
    """Open the case that answers a request, with its lead; give the case's id.

    A request that nobody has decided on yet is thereby accepted: only who triages may do that.
    """
    with workspace.transaction() as tx:
        now = store.load_request(tx.db, request_id, lock=True)
        workspace.require(Permission.OPEN_CASE)
        if now.state is RequestState.NEW:
            workspace.require(Permission.TRIAGE_REQUEST)
        if now.state is RequestState.ASSIGNED and now.case_id is not None:
            return now.case_id
        _require_fresh(now, version, RequestState.ASSIGNED)
        decision = decide(now.state, replace(now.decision, state=RequestState.ASSIGNED))
        new = _new_case(tx, now, to)
        store.save_decision(tx.db, request_id, decision, new.initiative_id, stamp(tx))
        case_id = store.add_case(tx.db, new, stamp(tx)) or 0
        tx.audit("request.assigned", f"request:{request_id}", case=case_id)
        tx.audit("case.opened", f"case:{case_id}", initiative=new.initiative_id, lead=new.lead_id)
        tx.touched("casework")
    return case_id


def remove_request(workspace: Workspace, *, request_id: int) -> None:
    """Take away a request written down by mistake; one that a case answers stays."""
    with workspace.transaction() as tx:
        now = store.load_request(tx.db, request_id, lock=True)
        workspace.require(Permission.TAKE_REQUEST)
        if now.state is RequestState.ASSIGNED:
            raise RequestMoveError(now=now.state, wanted=RequestState.NEW)
        store.save_request_removed(tx.db, request_id, tx.now)
        tx.audit("request.removed", f"request:{request_id}")
        tx.touched("casework")


def list_requests(
    workspace: Workspace, search: RequestSearch | None = None
) -> tuple[RequestLine, ...]:
    """List requests: who has waited longest on top."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_REQUEST)
        return _listed(tx, search or RequestSearch())


def export_requests(workspace: Workspace, search: RequestSearch) -> tuple[RequestLine, ...]:
    """Give the list of requests to be taken away as a file, and note that it was."""
    with workspace.transaction() as tx:
        workspace.require(Permission.VIEW_REQUEST)
        workspace.require(Permission.EXPORT)
        lines = _listed(tx, search)
        tx.audit("request.exported", "requests", rows=len(lines))
    return lines


def view_request(workspace: Workspace, *, request_id: int) -> RequestView:
    """Show one request: what was asked, what became of it, and what one may do now."""
    with workspace.reading() as tx:
        found = store.load_request(tx.db, request_id)
        workspace.require(Permission.VIEW_REQUEST)
        known = found.form.initiative_id
        names = store.find_initiative_names(tx.db, [known]) if known else {}
        people = person_names(tx, {found.recorded_by, found.decided_by or found.recorded_by})
        may_decide = may(tx.actor, Permission.TRIAGE_REQUEST)
        is_accepted = found.state is RequestState.ACCEPTED
        return RequestView(
            request=found,
            initiative=names.get(known or 0, "") or found.form.name,
            recorded_by=people.get(found.recorded_by, ""),
            decided_by=people.get(found.decided_by or 0, ""),
            days=found.waits(tx.today),
            may_edit=may(tx.actor, Permission.TAKE_REQUEST),
            may_decide=may_decide,
            may_open=may(tx.actor, Permission.OPEN_CASE) and (is_accepted or may_decide),
        )


def _listed(tx: Transaction, search: RequestSearch) -> tuple[RequestLine, ...]:
    lines = store.list_requests(tx.db, search)
    waits = (RequestState.NEW, RequestState.ACCEPTED)
    return tuple(
        replace(line, days=(tx.today - line.asked_on).days) if line.state in waits else line
        for line in lines
    )


def _new_case(tx: Transaction, request: Request, to: Assignment) -> NewCase:
    """Make the case of a request. Raises `RequiredError` without an initiative or a lead."""
    if to.initiative_id is None:
        raise RequiredError(field=Term("field.initiative"))
    if to.lead_id is None:
        raise RequiredError(field=Term("field.lead"))
    require_people(tx, {to.lead_id})
    _require_initiative(tx, to.initiative_id)
    title, text = clean_texts(to.title, request.form.text)
    return NewCase(to.initiative_id, to.lead_id, text, title, request_id=request.id)


def _require_initiative(tx: Transaction, initiative_id: int | None) -> None:
    if initiative_id is None:
        return
    if initiative_id not in store.find_initiative_names(tx.db, [initiative_id]):
        raise NotFoundError(kind=Term("object.initiative"), id=initiative_id)


def _require_fresh(now: Request, version: int, wanted: RequestState) -> None:
    if now.version != version:
        raise StaleError(
            kind=Term("object.request"),
            current={Term("field.status"): now.state},
            yours={Term("field.status"): wanted},
            original={},
        )


def _shown(form: RequestForm) -> dict[Term, object]:
    return {
        Term("field.request"): form.text,
        Term("field.initiative_name"): form.name,
        Term("field.asker"): form.asker,
        Term("field.contact"): form.contact,
        Term("field.asked_on"): form.asked_on,
    }

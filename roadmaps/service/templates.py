"""Templates: those that come with the program, those of the centre, and what begins with them."""

import secrets
from dataclasses import dataclass, replace
from datetime import date

from accounts.service import person_names
from casework.service import case_guard
from core.calendar import load_calendar
from core.errors import NotFoundError, StaleError
from core.i18n import Term, sort_key
from core.permissions import Guard, Permission, may
from core.workspace import Transaction, Workspace
from roadmaps import store
from roadmaps.domain.checks import check_plan
from roadmaps.domain.copying import fresh_copy
from roadmaps.domain.laid import Laid, lay
from roadmaps.domain.own_template import (
    OwnTemplate,
    TemplateForm,
    clean_form,
    own_id,
    template_plan,
)
from roadmaps.domain.plan import Plan
from roadmaps.domain.template import Template, plan_of_template, said
from roadmaps.domain.template_views import TemplateLine, TemplateSearch, TemplateView
from roadmaps.formats.template_toml import builtin_templates
from roadmaps.service.common import require_case
from roadmaps.service.roadmaps import NewPlan, write_roadmap


@dataclass(frozen=True, slots=True)
class Way:
    """Which template, and which of its ways; `language` is that of the tasks to be made."""

    ref: str
    branch: str = ""
    language: str = "ru"


def list_templates(
    workspace: Workspace, search: TemplateSearch | None = None, *, language: str = "ru"
) -> tuple[TemplateLine, ...]:
    """List templates: those of the centre by name, then those of the program in their order."""
    wanted = search or TemplateSearch()
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_ROADMAP)
        builtin = (_line(tx, one, language) for one in builtin_templates().values())
        return tuple(x for x in (*store.list_templates(tx.db), *builtin) if _is_wanted(x, wanted))


def view_template(workspace: Workspace, *, way: Way, starts_on: date | None = None) -> TemplateView:
    """Show a template: the plan that it would make from a day on (today when None).

    Raises `NotFoundError` if there is none, `InvalidError` if it has no such way,
    `OutOfRangeError` on a day on which no plan may begin.
    """
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_ROADMAP)
        template = _find(tx, way.ref)
        day = starts_on or tx.today
        if isinstance(template, Template):
            branch = way.branch or template.first_branch
            plan = plan_of_template(template, branch, day, way.language)
            return TemplateView(
                way.ref,
                said(template.title, way.language),
                said(template.about, way.language),
                template.theme,
                branch,
                _laid(tx, plan),
                tx.today,
                builtin=template,
            )
        return TemplateView(
            way.ref,
            template.form.title,
            template.form.about,
            template.form.theme,
            "",
            _laid(tx, fresh_copy(template.plan, day)),
            tx.today,
            own=template,
            saved_by=person_names(tx, [template.created_by]).get(template.created_by, ""),
            saved_at=template.created_at,
            may_edit=may(tx.actor, Permission.EDIT_ROADMAP, _guard(template)),
        )


def start_from_template(workspace: Workspace, *, way: Way, new: NewPlan) -> int:
    """Make a roadmap of a template and give its id; `new.plan` says when it starts.

    Sent twice, the same form makes one.
    """
    with workspace.transaction() as tx:
        require_case(workspace, tx, new.case_id)
        template = _find(tx, way.ref)
        plan = _plan(template, way, new.plan.starts_on)
        tx.audit(
            "template.used",
            f"case:{new.case_id}",
            own=template.id if isinstance(template, OwnTemplate) else None,
            builtin=template.position if isinstance(template, Template) else None,
            tasks=len(plan.tasks),
        )
        return write_roadmap(tx, replace(new, plan=plan))


def save_as_template(
    workspace: Workspace, *, roadmap_id: int, form: TemplateForm, token: str | None = None
) -> int:
    """Keep the plan of a roadmap as a template of the centre, and give its id.

    People, progress and dates stay behind. Sent twice, the same form makes one.
    """
    with workspace.transaction() as tx:
        roadmap, plan = store.load_plan(tx.db, roadmap_id, lock=True)
        workspace.require(Permission.EDIT_ROADMAP, case_guard(tx, roadmap.case_id))
        made = store.find_template_by_token(tx.db, token)
        if made is not None:
            return made
        kept = template_plan(plan)
        length = _laid(tx, replace(kept, starts_on=tx.today)).working_days
        by = (tx.actor.person_id, tx.now, token)
        template_id = store.add_template(tx.db, clean_form(form), kept, length, by)
        tx.audit(
            "template.saved", f"template:{template_id}", roadmap=roadmap_id, tasks=len(kept.tasks)
        )
    return template_id


def edit_template(
    workspace: Workspace, *, template_id: int, version: int, form: TemplateForm
) -> TemplateForm:
    """Give a template of the centre another name, theme or purpose; gives what it had.

    Raises `StaleError` if somebody has done so since.
    """
    with workspace.transaction() as tx:
        template = _load_for_change(workspace, tx, template_id)
        wanted = clean_form(form)
        if template.version != version and template.form != wanted:
            raise StaleError(
                kind=Term("object.template"),
                current=_shown(template.form),
                yours=_shown(wanted),
                original={},
            )
        store.save_template(tx.db, template_id, wanted)
        tx.audit("template.edited", f"template:{template_id}")
    return template.form


def withdraw_template(workspace: Workspace, *, template_id: int) -> None:
    """Take a template of the centre out of the list; roadmaps made of it stay."""
    with workspace.transaction() as tx:
        _load_for_change(workspace, tx, template_id)
        store.save_withdrawn(tx.db, template_id, tx.now)
        tx.audit("template.withdrawn", f"template:{template_id}")


def restore_template(workspace: Workspace, *, template_id: int) -> None:
    """Bring a withdrawn template back."""
    with workspace.transaction() as tx:
        _load_for_change(workspace, tx, template_id, withdrawn=True)
        store.save_withdrawn(tx.db, template_id, None)
        tx.audit("template.restored", f"template:{template_id}")


def _find(tx: Transaction, ref: str) -> Template | OwnTemplate:
    number = own_id(ref)
    if number is not None:
        return store.load_template(tx.db, number)
    found = builtin_templates().get(ref)
    if found is None:
        raise NotFoundError(kind=Term("object.template"), id=ref[:40])
    return found


def _plan(template: Template | OwnTemplate, way: Way, starts_on: date) -> Plan:
    mark = secrets.token_hex(4)
    if isinstance(template, Template):
        branch = way.branch or template.first_branch
        return plan_of_template(template, branch, starts_on, way.language, mark)
    return fresh_copy(template.plan, starts_on, mark=mark)


def _load_for_change(
    workspace: Workspace, tx: Transaction, template_id: int, *, withdrawn: bool = False
) -> OwnTemplate:
    template = store.load_template(tx.db, template_id, lock=True, withdrawn=withdrawn)
    workspace.require(Permission.EDIT_ROADMAP, _guard(template))
    return template


def _guard(template: OwnTemplate) -> Guard:
    return Guard(author=template.created_by)


def _laid(tx: Transaction, plan: Plan) -> Laid:
    """Schedule what a template makes. Raises `OutOfRangeError` where no calendar is kept."""
    check_plan(plan)
    return lay(plan, load_calendar(tx.db, plan.calendar_id))


def _line(tx: Transaction, template: Template, language: str) -> TemplateLine:
    branch = template.first_branch
    laws = {law.code: law for step in template.steps for law in step.laws}.values()
    days = [law.checked_on for law in laws if law.checked_on is not None]
    plan = plan_of_template(template, branch, tx.today, language)
    return TemplateLine(
        ref=template.code,
        title=said(template.title, language),
        about=said(template.about, language),
        theme=template.theme,
        steps=len(template.steps_of(branch)),
        length=_laid(tx, plan).working_days,
        ways=max(len(template.branches), 1),
        laws=len(laws),
        stale=sum(not law.is_fresh(tx.today) for law in laws),
        checked_on=min(days) if len(days) == len(laws) and days else None,
    )


def _is_wanted(line: TemplateLine, search: TemplateSearch) -> bool:
    if search.theme is not None and line.theme is not search.theme:
        return False
    return sort_key(search.text) in sort_key(f"{line.title} {line.about}")


def _shown(form: TemplateForm) -> dict[Term, object]:
    return {
        Term("field.template_title"): form.title,
        Term("field.theme"): form.theme,
        Term("field.template_about"): form.about,
    }

"""Templates of the centre."""

import json
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.errors import NotFoundError
from core.i18n import Term, sort_key
from roadmaps.domain.own_template import (
    OwnTemplate,
    TemplateForm,
    own_ref,
    plan_from_data,
    plan_to_data,
)
from roadmaps.domain.plan import Plan
from roadmaps.domain.template_views import TemplateLine
from roadmaps.tables import TemplateRow


def list_templates(db: Session) -> tuple[TemplateLine, ...]:
    """List the templates of the centre by name; withdrawn ones are left out."""
    rows = db.scalars(
        select(TemplateRow)
        .where(TemplateRow.withdrawn_at.is_(None))
        .order_by(TemplateRow.sort_key, TemplateRow.id)
    )
    return tuple(
        TemplateLine(
            own_ref(row.id), row.title, row.about, row.theme, row.steps, row.length, is_own=True
        )
        for row in rows
    )


def load_template(
    db: Session, template_id: int, *, lock: bool = False, withdrawn: bool = False
) -> OwnTemplate:
    """Load a template; `lock` it before changing it. Raises `NotFoundError`."""
    query = select(TemplateRow).where(TemplateRow.id == template_id)
    if not withdrawn:
        query = query.where(TemplateRow.withdrawn_at.is_(None))
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFoundError(kind=Term("object.template"), id=template_id)
    return OwnTemplate(
        row.id,
        TemplateForm(row.title, row.theme, row.about),
        plan_from_data(json.loads(row.plan)),
        row.version,
        row.created_by,
        row.created_at,
    )


def find_template_by_token(db: Session, token: str | None) -> int | None:
    """Find the template that this very form has already made."""
    if token is None:
        return None
    return db.scalar(select(TemplateRow.id).where(TemplateRow.token == token))


def add_template(
    db: Session, form: TemplateForm, plan: Plan, length: int, made: tuple[int, datetime, str | None]
) -> int:
    """Write a template; `made` is by whom, when and by which form."""
    by, now, token = made
    row = TemplateRow(
        title=form.title,
        sort_key=sort_key(form.title),
        theme=form.theme,
        about=form.about,
        plan=json.dumps(plan_to_data(plan), ensure_ascii=False),
        steps=len(plan.tasks) - len(plan.stages),
        length=length,
        token=token,
        created_by=by,
        created_at=now,
    )
    db.add(row)
    db.flush()
    return row.id


def save_template(db: Session, template_id: int, form: TemplateForm) -> None:
    """Write what is said of a template, and its next version."""
    db.execute(
        update(TemplateRow)
        .where(TemplateRow.id == template_id)
        .values(
            title=form.title,
            sort_key=sort_key(form.title),
            theme=form.theme,
            about=form.about,
            version=TemplateRow.version + 1,
        )
    )


def save_withdrawn(db: Session, template_id: int, at: datetime | None) -> None:
    """Take a template out of the list, or bring it back."""
    db.execute(update(TemplateRow).where(TemplateRow.id == template_id).values(withdrawn_at=at))

"""A template of the centre: another name, taken out of the list; a roadmap kept as one."""

from uuid import uuid4

import streamlit as st

from core.i18n import Translator
from core.ui.desk import Undo, link, saved, told
from core.ui.forms import filled, refill, submit
from core.workspace import Workspace
from roadmaps.domain.own_template import TemplateForm
from roadmaps.domain.roadmap import PlanView
from roadmaps.domain.template import TemplateTheme
from roadmaps.domain.template_views import TemplateView
from roadmaps.service import edit_template, save_as_template, withdraw_template


def draw_own(here: Workspace, view: TemplateView, _: Translator) -> None:
    """Offer to say something else of a template of the centre, and to withdraw it."""
    own = view.own
    if own is None:
        return
    form = f"template_{own.id}"
    now = {
        f"{form}_title": own.form.title,
        f"{form}_theme": own.form.theme,
        f"{form}_about": own.form.about,
        f"{form}_version": own.version,
    }
    seen = filled(form, now, "template_save")
    with st.expander(_("Name and purpose"), key="template_settings", icon=":material/tune:"):
        with st.form(form, border=False, enter_to_submit=False):
            wanted = _fields(form, _)
            sent = submit(_("Save"), key="template_save", main=False)
        if sent:
            with told():
                version = seen[f"{form}_version"]
                edit_template(here, template_id=own.id, version=version, form=wanted)
                refill(form)
                saved(_("Saved"))
        if st.button(
            _("Take it out of the list"), key="template_withdraw", type="tertiary",
            icon=":material/delete:",
        ):  # fmt: skip
            with told():
                withdraw_template(here, template_id=own.id)
                undo = Undo("roadmaps.service:restore_template", {"template_id": own.id})
                saved(_("The template is withdrawn"), undo=undo, to=("roadmap_templates", {}))


def draw_use_again(here: Workspace, view: PlanView, _: Translator) -> None:
    """Offer to copy a roadmap to another case, and to keep it as a template of the centre."""
    roadmap = view.roadmap
    with st.expander(_("Use it again"), key="plan_again", icon=":material/content_copy:"):
        query = {"from": "copy", "source": roadmap.id}
        link(_("Copy it to a case"), "roadmap_new", icon=":material/content_copy:", **query)
        if not view.plan.tasks:
            return
        st.caption(
            _(
                "A template of the centre keeps the tasks with their order. People, progress and"
                " dates stay here. Everybody in the centre sees its words: take names out of the"
                " titles first."
            )
        )
        key = f"keep_{roadmap.id}"
        token = st.session_state.setdefault(f"{key}_token", uuid4().hex)
        st.session_state.setdefault(f"{key}_title", roadmap.title)
        with st.form(key, border=False, enter_to_submit=False):
            form = _fields(key, _)
            sent = submit(_("Keep as a template"), key="plan_keep", main=False)
        if sent:
            with told():
                made = save_as_template(here, roadmap_id=roadmap.id, form=form, token=token)
                del st.session_state[f"{key}_token"]
                undo = Undo("roadmaps.service:withdraw_template", {"template_id": made})
                saved(_("Kept as a template"), undo=undo)


def _fields(key: str, _: Translator) -> TemplateForm:
    title = st.text_input(_("Name of the template"), key=f"{key}_title")
    theme = st.selectbox(_("Theme"), list(TemplateTheme), key=f"{key}_theme", format_func=_.label)
    about = st.text_input(_("What it is for"), key=f"{key}_about")
    return TemplateForm(title or "", theme or TemplateTheme.FORM, about or "")

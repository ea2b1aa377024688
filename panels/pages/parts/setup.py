"""The chair's table: criteria, experts, projects and who has handed in."""

from datetime import date
from decimal import Decimal, InvalidOperation

import streamlit as st

from casework.domain.views import CaseSearch
from casework.service import list_cases
from core.ui.address import found_id
from core.ui.desk import Undo, can_open, link, plain, saved, told, words
from core.ui.forms import required, submit
from core.ui.note import note
from core.ui.tables import Column, table
from core.workspace import Workspace
from panels.domain.criteria import Criterion, Scale, said
from panels.domain.panel import LONGEST_TEXT, NewSubmission
from panels.domain.sheet import Progress
from panels.service import (
    PanelView,
    add_criteria_set,
    add_criterion,
    add_submission,
    assign_expert,
    list_candidates,
    list_criteria_sets,
    remove_criterion,
    remove_expert,
    submission_draft,
)


def progress(view: PanelView) -> None:
    """Show who has handed in which sheet, without a word of what is in them."""
    _ = words()
    projects = [one for one in view.submissions if not one.submission.is_withdrawn]
    if not (projects and view.panel.expert_ids):
        st.info(_("Add experts and a project: then you will see here who has handed in."))
        return
    table(
        [
            {
                "expert": view.people.get(person, ""),
                **{
                    str(one.submission.id): one.progress.get(person, Progress.NOT_BEGUN)
                    for one in projects
                },
            }
            for person in view.panel.expert_ids
        ],
        {
            "expert": Column(_("Expert")),
            **{str(one.submission.id): Column(one.submission.title, "status") for one in projects},
        },
        key="progress",
    )


def projects(here: Workspace, view: PanelView) -> None:
    """List the projects and take a new one."""
    _ = words()
    for one in view.submissions:
        project = one.submission
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"project_{project.id}"
        ):
            facts = [plain(view.initiatives.get(project.initiative_id, ""))]
            facts.append(_("version {number}", number=project.version))
            if project.is_withdrawn:
                facts.append(_("withdrawn"))
            st.markdown(f"**{plain(project.title)}** · " + " · ".join(facts))
            link(_("Open"), "submission", submission=project.id)
    if not view.panel.is_closed and can_open("case"):
        _new_project(here, view)


def _new_project(here: Workspace, view: PanelView) -> None:
    _ = words()
    cases = {
        line.id: f"{line.initiative} · {line.title}" if line.title else line.initiative
        for line in list_cases(here, CaseSearch(open_only=True))
    }
    wanted = found_id("case")
    ids = list(cases)
    chosen = ids.index(wanted) if wanted in cases else None
    with st.form("project_new"):
        st.markdown("**" + _("A project for the experts") + "**")
        case_id = st.selectbox(
            required(_("Case")), ids, index=chosen, format_func=lambda one: cases[one],
            placeholder=_("Whose project is it?"), key="project_case",
        )  # fmt: skip
        title = st.text_input(required(_("Name of the project")), key="project_title")
        text = note(
            key="project_text",
            draft=submission_draft(view.panel.id),
            label=_("Text that the experts will read; it is frozen and cannot be changed later"),
            height=220,
            limit=LONGEST_TEXT,
        )
        if submit(_("Lay before the experts"), key="project_add"):
            with told():
                add_submission(
                    here,
                    panel_id=view.panel.id,
                    new=NewSubmission(title or "", text, case_id=case_id),
                )
                saved(_("The project lies before the experts"), reset={"project_title": ""})


def criteria(here: Workspace, view: PanelView) -> None:
    """Show the criteria; change them until the first mark."""
    _ = words()
    can_change = not (view.criteria_are_frozen or view.panel.is_closed)
    if view.criteria_are_frozen:
        st.caption(_("An expert has begun to score, so the criteria stay as they are."))
    for number, criterion in enumerate(view.panel.criteria, start=1):
        head = f"{number}\\. {plain(said(criterion.title, _.language))}"
        weight = _("weight {weight}", weight=_.number(float(criterion.weight), 2))
        with st.expander(f"{head} · {weight}", key=f"criterion_{criterion.id}"):
            _levels(criterion)
            if can_change and st.button(
                _("Remove"), key=f"criterion_remove_{criterion.id}", type="tertiary"
            ):
                with told():
                    remove_criterion(here, criterion_id=criterion.id)
                    saved(_("Criterion removed"))
    if can_change:
        _new_set(here, view)
        _new_criterion(here, view)


def _levels(criterion: Criterion) -> None:
    _ = words()
    st.markdown(plain(said(criterion.question, _.language)))
    if not criterion.is_required:
        st.caption(_("May be left without a mark"))
    for mark in criterion.scale.marks:
        st.markdown(f"**{mark}** {plain(criterion.level(mark, _.language))}")


def _new_set(here: Workspace, view: PanelView) -> None:
    _ = words()
    if view.panel.criteria:
        return
    sets = {one.code: said(one.title, _.language) for one in list_criteria_sets()}
    with st.form("criteria_set"):
        code = st.selectbox(
            _("Ready criteria"), list(sets), format_func=lambda one: sets[one], key="set_code"
        )
        if submit(_("Take these criteria"), key="set_add", main=False):
            with told():
                add_criteria_set(here, panel_id=view.panel.id, code=code or "")
                saved(_("Criteria added"))


def _new_criterion(here: Workspace, view: PanelView) -> None:
    _ = words()
    scale = view.panel.criteria[0].scale if view.panel.criteria else Scale()
    with (
        st.expander(_("Write a criterion of your own"), key="criterion_own"),
        st.form("criterion_new", border=False),
    ):
        title = st.text_input(required(_("Criterion")), key="criterion_title")
        question = st.text_input(_("Question to the expert"), key="criterion_question")
        weight = st.text_input(_("Weight"), value="1", key="criterion_weight")
        levels = st.text_area(
            _("What each mark means: one line per mark, from {low} to {high}",
              low=scale.low, high=scale.high),
            key="criterion_levels",
        )  # fmt: skip
        is_required = st.checkbox(
            _("Every expert must mark it"), value=True, key="criterion_required"
        )
        if submit(_("Add criterion"), key="criterion_add", main=False):
            lines = [line.strip() for line in (levels or "").splitlines() if line.strip()]
            described = zip(scale.marks, lines, strict=False)
            with told():
                criterion_id = add_criterion(
                    here,
                    panel_id=view.panel.id,
                    criterion=Criterion(
                        id=0,
                        title={_.language: (title or "").strip()},
                        question={_.language: question or ""},
                        weight=_decimal(weight or ""),
                        scale=scale,
                        levels={mark: {_.language: line} for mark, line in described},
                        is_required=is_required,
                    ),
                )
                saved(
                    _("Criterion added"),
                    undo=Undo("panels.service:remove_criterion", {"criterion_id": criterion_id}),
                    reset={"criterion_title": "", "criterion_question": "",
                           "criterion_weight": "1", "criterion_levels": ""},
                )  # fmt: skip


def experts(here: Workspace, view: PanelView) -> None:
    """Show the experts; seat new ones."""
    _ = words()
    for person in view.panel.expert_ids:
        with st.container(horizontal=True, vertical_alignment="center", key=f"expert_{person}"):
            st.markdown(plain(view.people.get(person, "")))
            if not view.panel.is_closed and st.button(
                _("Remove"), key=f"expert_remove_{person}", type="tertiary"
            ):
                with told():
                    remove_expert(here, panel_id=view.panel.id, person_id=person)
                    saved(_("The expert left the council"))
    if view.panel.is_closed:
        return
    free = list_candidates(here, panel_id=view.panel.id).experts
    with st.form("expert_new"):
        chosen = st.selectbox(
            required(_("Expert")), list(free), index=None, format_func=lambda one: free[one],
            placeholder=_("Choose a person"), key="expert_person",
        )  # fmt: skip
        if submit(_("Ask this expert"), key="expert_add", main=False):
            with told():
                assign_expert(here, panel_id=view.panel.id, person_id=chosen or 0)
                undo = {"panel_id": view.panel.id, "person_id": chosen}
                saved(
                    _("The expert sits in the council"),
                    undo=Undo("panels.service:remove_expert", undo),
                    reset={"expert_person": None},
                )


def due(day: date | None) -> str:
    """Say until when sheets are taken; empty without a date."""
    _ = words()
    return _("until {day}", day=_.date(day)) if day else ""


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return Decimal("NaN")

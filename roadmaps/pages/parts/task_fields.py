"""The widgets of one task's form."""

from collections.abc import Mapping
from datetime import date, datetime, time

import streamlit as st

from core.i18n import Translator
from roadmaps.domain.field_words import calendar_title
from roadmaps.domain.plan import Plan, PlanUnit, Task
from roadmaps.domain.roadmap import PlanView
from roadmaps.domain.terms import ConstraintKind, Counting
from roadmaps.domain.usual import UsualCalendar

_ON_STAGES = (ConstraintKind.ASAP, ConstraintKind.SNET, ConstraintKind.FNLT)


def draw_fields(
    view: PlanView, task: Task, form: str, names: Mapping[int, str], _: Translator
) -> None:
    """Draw the fields; their values stand in the session under the form's name."""
    is_stage = task.id in view.plan.stages
    st.text_input(_("Task"), key=f"{form}_title")
    if not is_stage:
        first, second = st.columns(2)
        first.number_input(
            _("Duration"), min_value=0, step=1, key=f"{form}_duration",
            help=_("0 makes a milestone"),
        )  # fmt: skip
        second.number_input(_("Done, %"), min_value=0, max_value=100, step=5, key=f"{form}_done")
    _draw_responsible(form, names, _)
    with st.expander(_("Dates to keep"), key=f"{form}_dates"):
        _draw_dates(view.plan, form, _, is_stage=is_stage)
    if is_stage:
        st.checkbox(_("Leave out of the critical path"), key=f"{form}_off_path")
        return
    with st.expander(_("What has happened"), key=f"{form}_progress"):
        day_input(_("Begun"), f"{form}_started", view.plan.unit)
        day_input(_("Finished"), f"{form}_finished", view.plan.unit)
        st.number_input(
            _("Still to do"), min_value=0, step=1, value=None, key=f"{form}_remaining",
            help=_("In the units of the plan; empty: reckoned from the share that is done"),
        )  # fmt: skip
    with st.expander(_("Three estimates"), key=f"{form}_estimates"):
        columns = st.columns(3)
        labels = {
            "optimistic": _("At best"),
            "likely": _("Likely"),
            "pessimistic": _("At worst"),
        }
        for column, (name, label) in zip(columns, labels.items(), strict=True):
            column.number_input(label, min_value=0, step=1, value=None, key=f"{form}_{name}")
    with st.expander(_("How its time is counted"), key=f"{form}_time"):
        _draw_time(view.plan, form, _)


def day_input(label: str, key: str, unit: PlanUnit, help: str | None = None) -> None:  # noqa: A002 — Streamlit's word
    """Ask for a day, or for a moment where the plan counts less than days: see `held`."""
    if unit is PlanUnit.DAY:
        st.date_input(label, value=None, key=key, format="DD.MM.YYYY", help=help)
    else:
        st.datetime_input(label, value=None, key=key, format="DD.MM.YYYY", help=help)


def held(at: datetime | None, unit: PlanUnit) -> date | datetime | None:
    """Give a moment as the field holds it."""
    return at.date() if at is not None and unit is PlanUnit.DAY else at


def moment_of(value: date | datetime | None, known: datetime | None = None) -> datetime | None:
    """Give what a field holds as a moment; a day that is that of the `known` one, as this."""
    if value is None or isinstance(value, datetime):
        return value
    if known is not None and known.date() == value:
        return known
    return datetime.combine(value, time())


def _draw_responsible(form: str, names: Mapping[int, str], _: Translator) -> None:
    now = st.session_state.get(f"{form}_responsible")
    known = list(names.values())
    st.selectbox(
        _("Responsible"),
        known if now is None or now in known else [now, *known],
        index=None,
        key=f"{form}_responsible",
        accept_new_options=True,
        placeholder=_("a person of the centre or any name"),
    )


def _draw_dates(plan: Plan, form: str, _: Translator, *, is_stage: bool) -> None:
    st.selectbox(
        _("Constraint"),
        _ON_STAGES if is_stage else tuple(ConstraintKind),
        key=f"{form}_kind",
        format_func=_.label,
        help=_("What binds the task besides its links"),
    )
    day_input(_("Date of the constraint"), f"{form}_at", plan.unit)
    day_input(
        _("Deadline"), f"{form}_deadline", plan.unit,
        help=_("It moves nothing; the plan shows when it is not kept"),
    )  # fmt: skip
    if not is_stage:
        day_input(
            _("Place by hand on"), f"{form}_placed", plan.unit,
            help=_("The task stands there whatever its links say; empty: its links place it"),
        )  # fmt: skip


def _draw_time(plan: Plan, form: str, _: Translator) -> None:
    st.selectbox(
        _("The duration runs in"), list(Counting), key=f"{form}_counting", format_func=_.label,
        help=_("Legal terms run in calendar days; a last day off moves to the next working day"),
    )  # fmt: skip
    usual = [x for x in UsualCalendar if plan.unit is not PlanUnit.DAY or x != "evenings"]
    own = {"": calendar_title(_, plan, ""), **{x.id: x.title for x in plan.calendars}}
    options = {**{kind.value: _.label(kind) for kind in usual}, **own}
    st.selectbox(
        _("Calendar"), ["", *(code for code in options if code)], key=f"{form}_calendar",
        format_func=lambda code: options.get(code) or code,
        help=_("When the people of this task work: activists at weekends, officials on weekdays"),
    )  # fmt: skip
    st.checkbox(
        _("Leave out of the critical path"), key=f"{form}_off_path",
        help=_("For accompanying work that shall not set the end of the plan"),
    )  # fmt: skip

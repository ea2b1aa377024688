"""Agreements: plan beside fact, and the form of what is promised."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import streamlit as st

from core.i18n import Translator
from core.permissions import Permission
from core.ui.desk import allows, plain, saved, told
from core.ui.forms import required, submit
from core.ui.tables import Column
from core.workspace import Workspace
from hours.domain.entries import MINUTES_IN_HOUR
from hours.pages.parts import figures
from hours.service import (
    Activity,
    Agreement,
    AgreementPlan,
    AgreementView,
    Forecast,
    Measure,
    PaceState,
    Period,
    PlanFact,
    ProRata,
    Served,
    Terms,
    export_agreement,
    rounded,
    serve_agreement,
)

_LENGTHS = (1, 2, 3, 4, 6, 12)
_PLANNED = (Activity.CONSULTING, Activity.TRAINING)
_FAR = timedelta(days=400)


def span(period: Period, _: Translator) -> str:
    """Say a period by its first and last day."""
    return f"{_.date(period.starts_on)} – {_.date(period.last_day)}"


def said(terms: Terms, _: Translator) -> str:
    """Say who pays, from when until when, and how the periods run."""
    parts = [
        plain(terms.payer),
        _("from {date}", date=_.date(terms.starts_on)),
        _("until {date}", date=_.date(terms.ends_on)) if terms.ends_on else "",
        length_name(terms.period_months, _),
        _.label(terms.pro_rata),
        _("what is missing or over goes on to the next period") if terms.carries_over else "",
    ]
    return " · ".join(part for part in parts if part)


def length_name(months: int | None, _: Translator) -> str:
    """Say how long a period is."""
    if months is None:
        return _("one period, the whole agreement")
    return _.plural("periods of {n} month", "periods of {n} months", months)


def draw_lines(here: Workspace, view: AgreementView, _: Translator) -> None:
    """Draw plan and fact, each measure by itself, with the pace and the forecast of each."""
    step = view.rounding
    columns = {
        "what": Column(_("What is promised")),
        "plan": Column(_("Plan"), "minutes"),
        "carried": Column(_("of it carried over")),
        "done": Column(_("Done"), "minutes"),
        "share": Column(_("Done, %"), "share"),
        "approved": Column(_("of it approved"), "minutes"),
        "rounded": Column(_("In the report"), "minutes"),
        "expected": Column(_("Plan by today"), "minutes", help=_("Even plan by today")),
        # the sentences below say both, and the table fits its place
        "per_week": Column(_("Needed a week"), "minutes", is_seen=False),
        "forecast": Column(_("Forecast"), is_seen=False),
    }
    if not step:
        del columns["rounded"]
    if not any(line.carried for line in view.lines):
        del columns["carried"]
    figures.listed(
        "agreement_line",
        [_cells(line, view, _) for line in view.lines],
        columns,
        key="agreement_lines",
        export="agreement",
        on_export=lambda: export_agreement(
            here, agreement_id=view.agreement.id, lines=len(view.lines)
        ),
    )
    if step:
        st.caption(_("In the report each figure is rounded to {step}.", step=_.hours(step)))
    for line in view.lines:
        st.markdown(f"- **{what(line.plan, view, _)}**: {sentence(line, view.period, _)}")
        if line.plan.measure is Measure.STAFF:
            place = f"{line.plan.activity}_{line.plan.person_id or 0}"
            query = _behind(view, line.plan.measure, line.plan)
            figures.behind("agreement_line", _, part=place, query=query)


def what(plan: AgreementPlan, view: AgreementView, _: Translator) -> str:
    """Name what a plan promises: the activity, the measure, and whose it is."""
    parts = [_.label(plan.activity), _.label(plan.measure)]
    if plan.person_id is not None:
        parts.append(plain(view.names.get(plan.person_id, "")))
    return ", ".join(parts)


def _cells(line: PlanFact, view: AgreementView, _: Translator) -> dict[str, Any]:
    pace = line.pace
    return {
        "what": what(line.plan, view, _).replace("\\", ""),
        "plan": pace.plan,
        "carried": _.hours(line.carried) if line.carried else "",
        "done": pace.done,
        "share": pace.share,
        "approved": line.approved,
        "rounded": rounded(pace.done, view.rounding),
        "expected": pace.expected,
        "per_week": pace.per_week,
        "forecast": between(line.forecast, _),
    }


def between(found: Forecast | None, _: Translator) -> str:
    """Say a forecast with its interval."""
    if found is None:
        return ""
    values = {"low": _about(found.low, _), "high": _about(found.high, _)}
    return _("{likely} ({low} – {high})", likely=_about(found.likely, _), **values)


def _about(minutes: int, _: Translator) -> str:
    """Say a guess in whole hours: minutes would pretend to know more."""
    return _.hours(rounded(minutes, MINUTES_IN_HOUR))


def sentence(line: PlanFact, period: Period, _: Translator) -> str:
    """Say in words how a plan stands, and where it will probably end."""
    pace, until = line.pace, _.full_day(period.last_day)
    match pace.state:
        case PaceState.KEPT:
            said_of = _("kept, {hours} over.", hours=_.hours(pace.done - pace.plan))
        case PaceState.MISSED:
            said_of = _("ended {hours} short.", hours=_.hours(pace.left))
        case PaceState.NO_PLAN:
            said_of = _("nothing is promised for this period.")
        case _any:
            said_of = _("{hours} a week are needed until {date}.",
                        hours=_.hours(pace.per_week), date=until)  # fmt: skip
    if line.forecast is None:
        return said_of
    return said_of + " " + _(
        "At the pace of the last {weeks} weeks {likely} are likely by {date}; four times out of "
        "five between {low} and {high}.",
        weeks=line.forecast.weeks, likely=_about(line.forecast.likely, _), date=until,
        low=_about(line.forecast.low, _), high=_about(line.forecast.high, _),
    )  # fmt: skip


def draw_measures(view: AgreementView, _: Translator) -> None:
    """Show the three measures of the period side by side: they are never added up."""
    events = view.events
    with st.container(horizontal=True, gap="large", key="measures"):
        for measure, minutes, beside in (
            (Measure.STAFF, view.staff, _("{hours} approved", hours=figures.said("agreement_staff", view.approved, _))),
            (
                Measure.EVENT, events.event_minutes,
                _.plural("{n} meeting", "{n} meetings", events.events),
            ),
            (
                Measure.PERSON, events.person_minutes,
                _.plural("{n} attendance", "{n} attendances", events.attended),
            ),
        ):  # fmt: skip
            with st.container(gap=None, width=220, key=f"measure_{measure}"):
                st.caption(_.label(measure).capitalize())
                name = f"agreement_{measure}"
                figures.total(name, minutes, _, size="##")
                st.caption(beside)
                figures.behind(name, _, query=_behind(view, measure))
    st.caption(_("Three different measures: they are never added to each other."))


def _behind(
    view: AgreementView, measure: Measure, plan: AgreementPlan | None = None
) -> dict[str, object]:
    """Give the address of what a measure adds up: entries of staff, or the meetings."""
    period, agreement = view.period, view.agreement.id
    if measure is not Measure.STAFF:
        return {"agreement": agreement, "period": period.starts_on}
    found: dict[str, object] = {
        "agreement": agreement, "since": period.starts_on, "until": period.last_day,
    }  # fmt: skip
    if plan is not None:
        found["activity"] = plan.activity
        if plan.person_id is not None:
            found["person"] = plan.person_id
    return found


def draw_serves(here: Workspace, view: AgreementView, _: Translator) -> None:
    """Say whose new minutes count here, and let a manager change that."""
    for rule in view.serves:
        st.caption(
            _("{activity}: new minutes since {date} count here.",
              activity=_.label(rule.activity), date=_.date(rule.valid_from))
        )  # fmt: skip
    if not allows(Permission.EDIT_PLANS):
        return
    fold = st.expander(_("Let new minutes count here"), key="serve_fold")
    with fold, st.form("serve"):
        st.caption(
            _("A minute counts in one agreement. What is recorded already stays where it is.")
        )
        activity = st.selectbox(_("Activity"), _PLANNED, format_func=_.label, key="serve_activity")
        since = st.date_input(
            _("Since"), view.agreement.terms.starts_on, format="DD.MM.YYYY", key="serve_since"
        )
        if submit(_("Let them count here"), key="serve_save", main=False):
            with told():
                serve_agreement(here, served=Served(activity, since, view.agreement.id))
                saved(_("New minutes count in this agreement"))


def fields(prefix: str, found: Agreement | None, people: dict[int, str], today: date,
           _: Translator) -> Terms:  # fmt: skip
    """Draw the fields of an agreement and give what stands in them."""
    start = found.terms if found else Terms("", today.replace(day=1), None, "", 3)
    with st.container(horizontal=True):
        name = st.text_input(required(_("Name")), start.name, key=f"{prefix}_name")
        payer = st.text_input(_("Who pays"), start.payer, key=f"{prefix}_payer")
    with st.container(horizontal=True):
        starts_on = st.date_input(
            _("First day"), start.starts_on, format="DD.MM.YYYY", key=f"{prefix}_starts"
        )
        ends_on = st.date_input(
            _("Last day"), start.ends_on, format="DD.MM.YYYY", key=f"{prefix}_ends",
            help=_("Empty while it has none."), max_value=today + 30 * _FAR,
        )  # fmt: skip
        lengths = sorted({*_LENGTHS, start.period_months or 3})
        options: list[int | None] = [None, *lengths]
        months = st.selectbox(
            _("Plan and fact by"), options, index=options.index(start.period_months),
            format_func=lambda each: length_name(each, _), key=f"{prefix}_months",
        )  # fmt: skip
    rates = list(ProRata)
    pro_rata = st.selectbox(
        _("A part of a period gets its part"), rates, index=rates.index(start.pro_rata),
        format_func=_.label, key=f"{prefix}_rata", width=300,
    )  # fmt: skip
    carries = st.checkbox(
        _("What is missing or over goes on to the next period"), start.carries_over,
        key=f"{prefix}_carries", width="stretch",
    )  # fmt: skip
    terms = Terms(name, starts_on, ends_on, payer, months, pro_rata, carries)
    return replace(terms, plans=_plans(prefix, start, people, _))


def _plans(
    prefix: str, start: Terms, people: dict[int, str], _: Translator
) -> tuple[AgreementPlan, ...]:
    known = {(p.activity, p.measure, p.person_id): p.minutes for p in start.plans}
    found: list[AgreementPlan] = []

    def ask(label: str, plan: AgreementPlan) -> None:
        key = (plan.activity, plan.measure, plan.person_id)
        hours = st.number_input(
            label, value=known.get(key, 0) // MINUTES_IN_HOUR, min_value=0, step=1, width=220,
            key=f"{prefix}_{plan.activity}_{plan.measure}_{plan.person_id or 0}",
        )  # fmt: skip
        if hours:
            found.append(replace(plan, minutes=int(hours) * MINUTES_IN_HOUR))

    for activity in _PLANNED:
        st.markdown("**" + _("{activity}, hours in each period", activity=_.label(activity)) + "**")
        with st.container(horizontal=True):
            for measure in Measure:
                ask(_.label(measure).capitalize(), AgreementPlan(activity, measure, 0))
    with st.expander(_("Parts of single consultants"), key=f"{prefix}_people"):
        for person_id, name in people.items():
            with st.container(horizontal=True):
                for activity in _PLANNED:
                    label = f"{plain(name)}: {_.label(activity)}"
                    ask(label, AgreementPlan(activity, Measure.STAFF, 0, person_id))
    return tuple(found)

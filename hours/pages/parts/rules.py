"""What counts since when, how a month closes, and how reports round: forms for managers."""

from datetime import date
from types import MappingProxyType

import streamlit as st

from core.i18n import Translator
from core.ui.desk import plain, saved, told
from core.ui.forms import submit
from core.workspace import Workspace
from hours.service import (
    ROUNDING_STEPS,
    Activity,
    CountingRule,
    HoursPolicy,
    RulesView,
    TimeKind,
    remove_rule,
    set_policy,
    set_rule,
    view_rules,
)


def draw(here: Workspace, today: date, _: Translator) -> None:
    """Draw the rules with their history, and the policy of the centre."""
    view = view_rules(here)
    st.header(_("What counts"), anchor=False)
    st.caption(
        _("A rule holds from its date on; days before it keep the rule of their time, so figures "
          "that were reported do not change. Consulting and training exclude each other: a minute "
          "counts in one of them.")
    )  # fmt: skip
    _new_rule(here, view, today, _)
    _history(here, view, _)
    st.header(_("Closing of months and rounding"), anchor=False)
    _policy(here, view.policy, today, _)


def _new_rule(here: Workspace, view: RulesView, today: date, _: Translator) -> None:
    now = view.rules[-1]
    with st.expander(_("Change what counts"), key="rule_new"), st.form("rule"):
        since = st.date_input(
            _("Holds from"), today.replace(day=1), format="DD.MM.YYYY", key="rule_since"
        )
        kinds = {
            activity: frozenset(
                st.multiselect(
                    _.label(activity), list(TimeKind), sorted(now.kinds.get(activity, ())),
                    format_func=_.label, key=f"rule_{activity}", placeholder=_("nothing"),
                )
            )
            for activity in Activity
        }  # fmt: skip
        outside = st.checkbox(
            _("Minutes of outside experts count too"), now.outside_counts, key="rule_outside",
            help=_("An outside expert is a person who is neither consultant nor manager here."),
        )  # fmt: skip
        if submit(_("Let this rule hold"), key="rule_save", main=False):
            with told():
                set_rule(here, rule=CountingRule(since, MappingProxyType(kinds), outside))
                saved(_("The rule is set"))


def _history(here: Workspace, view: RulesView, _: Translator) -> None:
    for rule in reversed(view.rules):
        with st.container(border=True, key=f"rule_{rule.id or 0}"):
            if rule.made_by is None:
                st.markdown(_("**From the beginning**"))
            else:
                st.markdown("**" + _("From {date}", date=_.date(rule.valid_from)) + "**")
            for activity in Activity:
                counted = rule.kinds.get(activity, frozenset())
                named = [_.label(kind) for kind in TimeKind if kind in counted]
                st.caption(f"{_.label(activity)}: {', '.join(named) or _('nothing')}")
            st.caption(
                _("Outside experts count.") if rule.outside_counts
                else _("Outside experts do not count.")
            )  # fmt: skip
            if rule.made_by is not None and rule.made_at is not None and rule.id is not None:
                _made(here, rule, view.names.get(rule.made_by, ""), _)


def _made(here: Workspace, rule: CountingRule, name: str, _: Translator) -> None:
    if rule.made_at is not None:
        st.caption(_("Set by {name} on {date}", name=plain(name), date=_.date(rule.made_at.date())))
    with st.popover(_("Take the rule back…"), key=f"rule_remove_{rule.id}"):
        st.caption(_("The rule before it will hold on; figures since its date change."))
        if st.button(_("Take it back"), key=f"rule_remove_sure_{rule.id}"):
            with told():
                remove_rule(here, rule_id=rule.id or 0)
                saved(_("The rule is taken back"))


def _policy(here: Workspace, policy: HoursPolicy, today: date, _: Translator) -> None:
    with st.form("policy"):
        closes = st.checkbox(
            _("Months close by themselves"), policy.closing is not None, key="policy_closes"
        )
        with st.container(horizontal=True):
            grace = st.number_input(
                _("Days to write in after the month's end"), value=policy.grace_days, min_value=0,
                max_value=366, key="policy_grace", width=300,
            )  # fmt: skip
            since = st.date_input(
                _("Beginning with the month of"), policy.closing or today.replace(day=1),
                format="DD.MM.YYYY", key="policy_since", width=260,
            )  # fmt: skip
        rounding = st.selectbox(
            _("Reports round to"), ROUNDING_STEPS, index=ROUNDING_STEPS.index(policy.rounding),
            format_func=lambda step: _.hours(step) if step else _("the minute, as recorded"),
            key="policy_rounding", width=300,
        )  # fmt: skip
        st.caption(
            _("What is recorded stays exact. A report rounds each figure once, at the end, an "
              "exact half up, and shows the exact figure beside it.")
        )  # fmt: skip
        if submit(_("Save"), key="policy_save", main=False):
            with told():
                first = since.replace(day=1).isoformat() if closes else ""
                set_policy(here, policy=HoursPolicy(int(grace), first, rounding))
                saved(_("Saved"))

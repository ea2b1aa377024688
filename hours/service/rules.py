"""The rules that a manager sets: what counts since when, how a month closes, how reports round."""

from dataclasses import dataclass

from accounts.service import person_names
from core.errors import InvalidError, NotFoundError
from core.i18n import Term
from core.permissions import Permission
from core.settings import save_setting
from core.workspace import Workspace
from hours import store
from hours.domain.counting import CountingRule
from hours.domain.policy import HoursPolicy
from hours.service.cache import AREA
from hours.service.closing import POLICY, policy_in


@dataclass(frozen=True, slots=True)
class RulesView:
    """The rules of counting, oldest first, who set them, and the policy of the centre.

    The first rule holds from the beginning and comes with the program.
    """

    rules: tuple[CountingRule, ...]
    names: dict[int, str]
    policy: HoursPolicy


def view_rules(workspace: Workspace) -> RulesView:
    """Show what counts since when, and how months close and reports round."""
    with workspace.reading() as tx:
        workspace.require(Permission.EDIT_PLANS)
        rules = store.load_rules(tx.db)
        people = {rule.made_by for rule in rules if rule.made_by is not None}
        return RulesView(rules, person_names(tx, people), policy_in(tx))


def set_rule(workspace: Workspace, *, rule: CountingRule) -> int:
    """Say what counts from a date on, over a rule of the same date; give its id.

    Days before it keep the rule of their time. Raises `InvalidError` if nothing would count.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_PLANS)
        if not any(rule.kinds.values()):
            raise InvalidError(field=Term("field.kinds"), value="")
        rule_id = store.save_rule(tx.db, rule, tx.actor.person_id, tx.now)
        kinds = [(each, *sorted(counted)) for each, counted in sorted(rule.kinds.items())]
        tx.audit(
            "hours.rule_set", f"counting_rule:{rule_id}",
            valid_from=rule.valid_from, kinds=kinds, outside=rule.outside_counts,
        )  # fmt: skip
        tx.touched(AREA)
    return rule_id


def remove_rule(workspace: Workspace, *, rule_id: int) -> None:
    """Take a rule back: the one before it holds on. Raises `NotFoundError`."""
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_PLANS)
        if not store.delete_rule(tx.db, rule_id):
            raise NotFoundError(kind=Term("object.counting_rule"), id=rule_id)
        tx.audit("hours.rule_removed", f"counting_rule:{rule_id}")
        tx.touched(AREA)


def set_policy(workspace: Workspace, *, policy: HoursPolicy) -> None:
    """Say how long a month may be written in after its end, and how reports round.

    Raises `OutOfRangeError`, `InvalidError`.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_PLANS)
        policy = policy.checked()
        save_setting(tx.db, POLICY, policy)
        tx.audit(
            "hours.policy_set", "hours:policy", grace_days=policy.grace_days,
            closes_since=policy.closing, rounding=policy.rounding,
        )  # fmt: skip
        tx.touched(AREA)

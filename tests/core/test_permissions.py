"""The table of permissions, and the rule of notes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.permissions import (
    GRANTS,
    Actor,
    Guard,
    Permission,
    Role,
    Scope,
    Secrecy,
    may,
    may_read_note,
    note_reach,
    owns,
    scope,
)

PEOPLE = st.integers(1, 4)
ACTORS = st.builds(Actor, PEOPLE, st.frozensets(st.sampled_from(list(Role)), max_size=4))
GUARDS = st.builds(
    Guard,
    case_id=st.just(1),
    lead=PEOPLE,
    members=st.frozensets(PEOPLE, max_size=2),
    secrecy=st.sampled_from(list(Secrecy)),
    author=PEOPLE,
    named=st.frozensets(PEOPLE, max_size=2),
)


def test_every_permission_is_granted_to_somebody_and_no_expert_sees_cases() -> None:
    assert set(Permission) == set(GRANTS)
    assert all(roles for roles in GRANTS.values())
    expert = Actor(1, frozenset({Role.EXPERT}))
    reach = {p for p in Permission if scope(expert, p) is not Scope.NONE}
    assert {
        Permission.VIEW_PANEL, Permission.MANAGE_PANEL, Permission.SCORE_SUBMISSION,
        Permission.EXPORT,
    } == reach  # fmt: skip


@given(ACTORS, GUARDS)
def test_private_note_is_open_to_its_author_and_the_named_only(actor, guard) -> None:
    private = Guard(secrecy=Secrecy.PRIVATE, lead=guard.lead, members=guard.members,
                    author=guard.author, named=guard.named)  # fmt: skip
    allowed = actor.person_id == guard.author or actor.person_id in guard.named
    assert allowed == may_read_note(actor, private)


@given(ACTORS, GUARDS)
def test_note_reach_is_the_same_rule_as_may_read_note(actor, guard) -> None:
    reach = note_reach(actor)
    allowed = (
        guard.author == reach.person_id
        or reach.person_id in guard.named
        or (guard.secrecy is Secrecy.TEAM and reach.team)
        or (guard.secrecy is Secrecy.CASE and reach.every_case)
        or (guard.secrecy is Secrecy.CASE and reach.own_cases and owns(actor, guard))
    )
    assert allowed == may_read_note(actor, guard)


@given(ACTORS, GUARDS, st.sampled_from(list(Permission)))
def test_more_roles_never_take_a_permission_away(actor, guard, permission) -> None:
    everything = Actor(actor.person_id, frozenset(Role))
    assert may(everything, permission, guard) or not may(actor, permission, guard)


@pytest.mark.parametrize("role", list(Role))
def test_stranger_may_not_edit_a_case_unless_manager(role) -> None:
    actor = Actor(9, frozenset({role}))
    assert (role is Role.MANAGER) == may(actor, Permission.EDIT_CASE, Guard(lead=1))

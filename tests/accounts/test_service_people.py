"""Two administrators at one account, a profile and its undo: on both databases."""

from dataclasses import replace

import pytest

from accounts import service
from core.errors import StaleError
from core.i18n import Term
from core.permissions import Role
from tests import factories

ROLES = Term("field.roles")


@pytest.fixture
def anna(database) -> int:
    with database.writing() as db:
        return factories.make_person(db, name="Анна", roles=[Role.CONSULTANT])


def _roles(workspace, person_id: int) -> frozenset[Role]:
    return service.view_person(workspace, person_id).roles


def test_roles_given_by_two_keep_the_first_and_show_the_second_all_three(workspaces, anna) -> None:
    first, second = workspaces(Role.ADMINISTRATOR), workspaces(Role.ADMINISTRATOR)
    seen = _roles(first, anna)
    service.set_account_roles(first, anna, [Role.CONSULTANT, Role.MANAGER], seen=seen)
    with pytest.raises(StaleError) as caught:
        service.set_account_roles(second, anna, [Role.EXPERT], seen=seen)
    shown = [caught.value.details[name][ROLES] for name in ("original", "current", "yours")]
    assert shown == [
        (Role.CONSULTANT,), (Role.CONSULTANT, Role.MANAGER), (Role.EXPERT,),
    ]  # fmt: skip
    assert _roles(first, anna) == {Role.CONSULTANT, Role.MANAGER}


def test_who_has_seen_the_new_roles_may_give_others(workspaces, anna) -> None:
    admin = workspaces(Role.ADMINISTRATOR)
    service.set_account_roles(admin, anna, [Role.EXPERT], seen=[Role.CONSULTANT])
    service.set_account_roles(admin, anna, [Role.EXPERT], seen=[Role.CONSULTANT])  # sent twice
    service.set_account_roles(admin, anna, [Role.CONSULTANT], seen=[Role.EXPERT])
    assert _roles(admin, anna) == {Role.CONSULTANT}


def test_a_profile_is_put_back_unless_somebody_saved_since(workspaces, anna) -> None:
    mine = workspaces(Role.CONSULTANT, person_id=anna)
    seen = service.view_person(mine, anna)
    service.edit_profile(mine, replace(seen, phone="+7 1"), seen=seen)
    back = {"name": seen.name, "phone": seen.phone}
    service.put_back_profile(mine, person_id=anna, version=seen.version + 1, fields=back)
    assert service.view_person(mine, anna).phone == seen.phone
    service.edit_profile(mine, replace(seen, phone="+7 2", version=seen.version + 2))
    with pytest.raises(StaleError):
        service.put_back_profile(mine, person_id=anna, version=seen.version + 2, fields=back)

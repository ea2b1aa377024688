"""What waits on the desk beside meetings and steps."""

from datetime import date

from casework.domain.request import RequestForm
from casework.service import take_request
from core.permissions import Role
from hours.domain.entries import TimeKind, TimeLine
from hours.service import replace_time, return_entry, view_person_month
from tests.dashboards.reading import links
from tests.factories import make_person


def test_a_manager_finds_who_waits_and_a_consultant_does_not(open_page, workspace) -> None:
    for day in (3, 20):
        form = RequestForm("Помогите", asked_on=date(2026, 11, day), name="Двор")
        take_request(workspace, form=form)

    assert ("2 requests wait, the oldest for 20 days", {}) in links(
        open_page("desk", Role.MANAGER, "en")
    )
    shown = links(open_page("desk", Role.CONSULTANT, "en"))
    assert not [label for label, _query in shown if "request" in label and "wait" in label]


def test_hours_that_came_back_and_months_that_wait_stand_on_the_desks(
    open_page, workspaces, database
) -> None:
    manager = workspaces(Role.MANAGER)
    with database.writing() as db:
        anna = make_person(db, "Анна_", (Role.CONSULTANT,))
    with manager.transaction() as tx:
        for number, day in enumerate((date(2026, 11, 20), date(2026, 10, 30))):
            line = TimeLine(anna, TimeKind.CONTACT, 90, day, topics=("budget",))
            replace_time(tx, ("consultation", number + 1), [line])
    found = view_person_month(manager, anna, "2026-10").entries
    return_entry(manager, entry_id=found[0].id, version=found[0].version, comment="Чьи?")

    waiting = (
        "Ждут утверждения: Анна_, 1 ч 30 мин · ноябрь 2026",
        {"person": str(anna), "month": "2026-11"},
    )
    back = ("Вернули часы: 1 запись · октябрь 2026", {"period": "2026-10"})
    shown = links(open_page("desk", Role.MANAGER))
    assert [each for each in shown if each in (waiting, back)] == [waiting]
    shown = links(open_page("desk", person_id=anna))
    assert [each for each in shown if each in (waiting, back)] == [back]


def test_five_months_that_wait_are_named_and_the_others_counted(
    open_page, workspaces, database
) -> None:
    manager = workspaces(Role.MANAGER)
    for number in range(1, 8):
        with database.writing() as db:
            person = make_person(db, f"P{number}", (Role.CONSULTANT,))
        with manager.transaction() as tx:
            line = TimeLine(person, TimeKind.CONTACT, 60, date(2026, 11, 20), topics=("legal",))
            replace_time(tx, ("consultation", number), [line])
    shown = [label for label, _query in links(open_page("desk", Role.MANAGER, "en"))]
    named = [label for label in shown if label.startswith("Wait for approval")]
    assert [label.split(",")[0][-2:] for label in named] == ["P1", "P2", "P3", "P4", "P5"]
    assert "and 2 more months of hours" in shown

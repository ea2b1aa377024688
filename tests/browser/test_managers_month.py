"""A manager's month from end to end: return one, approve the batch, lock, open a day with a reason."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from core.permissions import Role
from hours.domain.entries import EntryStatus, TimeKind, TimeLine
from hours.service import replace_time, view_own_hours
from tests.browser.hands import Person
from tests.browser.seeding import arrive, opened
from tests.browser.serving import Server

PERM = ZoneInfo("Asia/Yekaterinburg")


@pytest.fixture(scope="module")
def month() -> date:
    """The first day of the month before this one: all its days have come."""
    first = datetime.now(UTC).astimezone(PERM).date().replace(day=1)
    return (first - timedelta(days=1)).replace(day=1)


@pytest.fixture(scope="module")
def staff(server: Server, month: date) -> dict:
    """A manager and a consultant with a month of submitted time, one meeting of it private."""
    with opened(server) as database:
        manager = arrive(database, Role.MANAGER, name="Ольга Третьякова")
        ivan = arrive(database, Role.CONSULTANT, name="Иван Пермяков")
        for number, (day, minutes) in enumerate(((3, 90), (10, 60), (17, 45)), start=1):
            line = TimeLine(
                ivan.id, TimeKind.CONTACT, minutes, month.replace(day=day),
                topics=("psychologist",) if day == 17 else ("budget",), is_private=day == 17,
            )  # fmt: skip
            with ivan.workspace.transaction() as tx:
                replace_time(tx, ("training", number), [line])
        return {"manager": manager, "ivan": ivan}


def states(staff: dict, month: date) -> dict[EntryStatus, int]:
    view = view_own_hours(staff["ivan"].workspace, f"{month:%Y-%m}")
    return {status: minutes for status, minutes in view.month.by_status if minutes}


def _approve(boss: Person) -> None:
    boss.box("month_approve_box").get_by_role("button").first.click()
    boss.presses("month_approve")


def test_a_managers_month(server: Server, staff: dict, month: date, page, people) -> None:
    staff["manager"].carries(page.context, server)
    code, ivan = f"{month:%Y-%m}", staff["ivan"]
    boss = Person(page, server.url).opens(f"hours_month?month={code}")
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    boss.opens(f"hours_month?person={ivan.id}&month={code}")
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("подано 3 ч 15 мин")
    expect(main).not_to_contain_text("психолог")

    # return one with a comment: its row opens the form
    entry = next(
        each for each in view_own_hours(ivan.workspace, code).entries if each.minutes == 90
    )
    boss.opens(f"hours_month?person={ivan.id}&month={code}&entry={entry.id}")
    boss.types(f"return_comment_{entry.id}", "Не 60 ли минут?")
    boss.acts(lambda: boss.box("return_save").get_by_role("button").click())
    expect(main).to_contain_text("черновик 1 ч 30 мин")
    assert states(staff, month) == {EntryStatus.DRAFT: 90, EntryStatus.SUBMITTED: 105}

    # approve the batch; the month cannot be locked while a draft waits
    _approve(boss)
    expect(main).to_contain_text("утверждено 1 ч 45 мин")
    expect(boss.box("month_lock")).to_have_count(0)

    # too early: taken back, and approved again
    boss.presses("saved_undo")
    expect(main).to_contain_text("подано 1 ч 45 мин")
    assert states(staff, month) == {EntryStatus.DRAFT: 90, EntryStatus.SUBMITTED: 105}
    _approve(boss)
    expect(main).to_contain_text("утверждено 1 ч 45 мин")

    # the consultant hands the draft in again, from the page that shows the comment on top
    desk = people()
    ivan.carries(desk.context, server)
    owner = Person(desk, server.url).opens(f"my_hours?period={code}")
    expect(desk.get_by_test_id("stMain")).to_contain_text("Не 60 ли минут?")
    owner.acts(lambda: owner.box("own_submit").get_by_role("button").click())

    # approve it, lock the month, open one day with a reason
    boss.opens(f"hours_month?person={ivan.id}&month={code}")
    _approve(boss)
    boss.acts(boss.box("month_lock").get_by_role("button").first.click)
    boss.acts(lambda: page.locator(".st-key-month_lock_sure").get_by_role("button").click())
    assert states(staff, month) == {EntryStatus.LOCKED: 195}
    boss.acts(lambda: boss.box("override_fold").locator("summary").click())
    boss.box("override_day").locator("input").first.click()
    boss.box("override_day").locator("input").first.fill("10")
    page.get_by_role("option").filter(has_text=re.compile(r"\b10\b")).first.click()
    boss.types("override_reason", "Забыли записать дорогу")
    boss.acts(lambda: boss.box("override_save").get_by_role("button").click())
    assert states(staff, month) == {EntryStatus.LOCKED: 135, EntryStatus.SUBMITTED: 60}

    # every report on the day says so
    quarter = f"{month.year}-Q{(month.month - 1) // 3 + 1}"
    for report in (f"hours?quarter={quarter}", f"hour_rows?quarter={quarter}"):
        boss.opens(report)
        expect(boss.box("overrides")).to_contain_text("День открывали")
        boss.acts(lambda: boss.box("overrides").locator("summary").click())
        expect(boss.box("overrides")).to_contain_text("Забыли записать дорогу")

"""A month of hours: everybody at a glance, and one person's entries with what is done to them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import streamlit as st

from core.i18n import Translator
from core.permissions import Permission
from core.ui.address import asked, found_id
from core.ui.desk import Undo, allows, can_open, go, link, plain, saved, told
from core.ui.forms import required, submit
from core.ui.tables import Column
from core.workspace import Workspace
from hours.pages.parts import figures
from hours.pages.parts.choices import topic_name
from hours.service import (
    EntryStatus,
    MonthEntry,
    MonthView,
    Override,
    PersonMonth,
    PersonMonthView,
    approve_month,
    lock_month,
    override_day,
    return_entry,
)

PAGE = "hours_month"
RETURNABLE = {EntryStatus.SUBMITTED, EntryStatus.APPROVED}
_WIDTHS: Final = {
    "worked_on": 96, "minutes": 96, "status": 88, "initiative": 150, "topics": 145, "kind": 98,
    "activity": 126,
}  # fmt: skip
"""Of the columns of a month [px]: together they fit beside the menu at 1280."""
_WAITING = (EntryStatus.DRAFT, EntryStatus.SUBMITTED)


def months_until(today: date, chosen: str, _: Translator) -> dict[str, str]:
    """Name the months that can be chosen: this one, the eleven before, and the chosen one."""
    first, names = today.replace(day=1), {}
    for _number in range(12):
        names[f"{first:%Y-%m}"] = _.month(first)
        first = (first - timedelta(days=1)).replace(day=1)
    return names if not chosen or chosen in names else {chosen: chosen, **names}


def draw_people(here: Workspace, view: MonthView, _: Translator) -> None:
    """Draw everybody's month by state; a row opens its entries."""
    code = f"{view.period.starts_on:%Y-%m}"
    columns = {
        "person": Column(_("Consultant")),
        **{status.value: Column(_.label(status).capitalize(), "minutes") for status in EntryStatus},
        "locked_days": Column(_("Locked days"), "number"),
        "overrides": Column(_("Overrides"), "number"),
    }
    figures.listed(
        "month",
        [_row(view.people[person], month) for person, month in view.months.items()],
        columns,
        key="month_people",
        opens=(PAGE, "person", [{"person": str(p), "month": code} for p in view.months]),
    )
    ready = _ready(view)
    if ready and allows(Permission.APPROVE_HOURS):
        with st.popover(_("Lock the month…"), key="month_lock"):
            names = ", ".join(plain(view.people[person]) for person in ready)
            st.markdown(_("All time is approved of: {names}.", names=names))
            st.caption(_("Locked days take no more changes, unless you open one with a reason."))
            if st.button(_("Lock their month"), key="month_lock_sure"):
                with told():
                    days = lock_month(here, person_ids=ready, month=code)
                    saved(_.plural("{n} day locked", "{n} days locked", days))
    waiting = [
        plain(view.people[p]) for p, month in view.months.items() if month.minutes(*_WAITING)
    ]
    if waiting:
        names = ", ".join(waiting)
        st.caption(_("A month can be locked when all its time is approved. Not yet: {names}.",
                     names=names))  # fmt: skip
    draw_overrides(view.overrides, view.people, _)


def _row(name: str, month: PersonMonth) -> dict[str, Any]:
    minutes = {status.value: month.minutes(status) for status in EntryStatus}
    return {
        "person": name, **minutes,
        "locked_days": month.locked_days, "overrides": month.overrides,
    }  # fmt: skip


def _ready(view: MonthView) -> list[int]:
    """Whose time is approved, all of it, and not locked yet."""
    return [
        person
        for person, month in view.months.items()
        if month.minutes(EntryStatus.APPROVED) and not month.minutes(*_WAITING)
    ]


def draw_overrides(
    overrides: tuple[Override, ...], names: Mapping[int, str], _: Translator
) -> None:
    """List the locked days that were opened: who did it, for whom, why."""
    if not overrides:
        return
    count = _.plural("{n} override", "{n} overrides", len(overrides))
    with st.expander(f":material/lock_open: {count}", key="overrides"):
        for each in overrides:
            who = plain(names.get(each.person_id, ""))
            by = plain(names.get(each.made_by, ""))
            still = " · " + _("still open") if each.is_open else ""
            said = " · ".join(part for part in (_.date(each.day), who) if part)
            st.markdown(f"**{said}**{still}")
            if each.reason:
                st.text(each.reason)
            if by:
                st.caption(_("Opened by {name}", name=by))


def draw_person(
    here: Workspace, view: PersonMonthView, initiatives: Mapping[int, str], _: Translator
) -> None:
    """Draw one person's month: what is submitted, the entries, and what can be done with them.

    `initiatives` says with whom the meetings were, by entry; of private ones it says nothing.
    """
    _sums(view, _)
    if view.is_own and not allows(Permission.APPROVE_OWN_HOURS):
        st.info(_("These are your own hours: another manager approves them."))
    else:
        _acts(here, view, _)
    entry = next((each for each in view.entries if each.id == found_id("entry")), None)
    if entry is not None and entry.status in RETURNABLE:
        _return(here, view, entry, _)
    if view.entries:
        _entries(view, initiatives, _)
    else:
        st.caption(_("No time in this month."))
    if view.events:
        _events(view, _)
    names = {view.month.person_id: view.name, **view.names}
    draw_overrides(view.overrides, names, _)
    if view.locked and allows(Permission.OVERRIDE_LOCK) and _may_touch(view):
        _override(here, view, _)


def _may_touch(view: PersonMonthView) -> bool:
    return not view.is_own or allows(Permission.APPROVE_OWN_HOURS)


def _sums(view: PersonMonthView, _: Translator) -> None:
    parts = [
        f"{_.label(status)} **{figures.said('month_state', minutes, _)}**"
        for status, minutes in view.month.by_status
        if minutes
    ]
    if view.locked:
        parts.append(_.plural("{n} day locked", "{n} days locked", len(view.locked)))
    st.markdown(" · ".join(parts) or _("No time in this month."))


def _acts(here: Workspace, view: PersonMonthView, _: Translator) -> None:
    code = f"{view.period.starts_on:%Y-%m}"
    person = view.month.person_id
    with st.container(horizontal=True, vertical_alignment="center", key="month_acts"):
        if view.seen.entries:
            _approve(here, view, _)
        approved, waiting = view.month.minutes(EntryStatus.APPROVED), view.month.minutes(*_WAITING)
        if not waiting and (approved or not view.month.locked_days):
            with st.popover(_("Lock the month…"), key="month_lock"):
                st.caption(
                    _("Locked days take no more changes, unless you open one with a reason.")
                )
                if st.button(_("Lock the days that have come"), key="month_lock_sure"):
                    with told():
                        days = lock_month(here, person_ids=[person], month=code)
                        saved(_.plural("{n} day locked", "{n} days locked", days))
        elif waiting:
            st.caption(_("The month can be locked when all its time is approved."))


def _approve(here: Workspace, view: PersonMonthView, _: Translator) -> None:
    """Offer to approve what is submitted: first what that means, then the button."""
    hours = figures.said("month_seen", view.seen.minutes, _)
    which: dict[str, Any] = {
        "person_id": view.month.person_id, "month": f"{view.period.starts_on:%Y-%m}",
    }  # fmt: skip
    with st.popover(
        _("Approve {hours}…", hours=hours), key="month_approve_box", type="primary",
        icon=":material/check:",
    ):  # fmt: skip
        st.markdown(
            _.plural("{n} entry of {name}: {hours}.", "{n} entries of {name}: {hours}.",
                     view.seen.entries, name=plain(view.name), hours=hours)
        )  # fmt: skip
        st.caption(
            _("Approved time is changed no more by its owner, and notes of these meetings are "
              "corrected by addenda only. You can take it back until the days are locked.")
        )  # fmt: skip
        if st.button(_("Approve"), key="month_approve", type="primary"):
            with told():
                count = approve_month(here, **which, seen=view.seen)
                batch = {**which, "entries": count, "last_id": view.seen.last_id}
                undo = Undo("hours.service:withdraw_approval", batch)
                saved(_.plural("{n} entry approved", "{n} entries approved", count), undo=undo)


def _entries(view: PersonMonthView, initiatives: Mapping[int, str], _: Translator) -> None:
    code = f"{view.period.starts_on:%Y-%m}"
    if any(entry.status in RETURNABLE for entry in view.entries):
        st.caption(_("Choose a row to return it with a comment."))
    if any(entry.is_redacted for entry in view.entries):
        st.caption(_("Of private meetings of others only the date and the time are shown."))
    query = {"person": str(view.month.person_id), "month": code}
    figures.listed(
        "month_state",
        [
            {**entry_cells(entry, _), "initiative": initiatives.get(entry.id, "")}
            for entry in view.entries
        ],
        _month_columns(_),
        key="month_entries",
        opens=(
            PAGE, "entry",
            [
                query | {"entry": str(entry.id)} if entry.status in RETURNABLE else None
                for entry in view.entries
            ],
        ),
    )  # fmt: skip
    for entry in view.entries:
        if entry.comment:
            words = {"hours": _.hours(entry.minutes), "date": _.date(entry.worked_on)}
            st.caption(_("Comment on {hours} of {date}:", **words))
            st.text(entry.comment)


def _events(view: PersonMonthView, _: Translator) -> None:
    """List the meetings that go with the entries from state to state."""
    st.subheader(_("Meetings"), anchor=False)
    st.caption(_("A meeting is approved and locked together with the time spent on it."))
    parts = [
        f"{_.label(status)} **{figures.said('month_event', minutes, _)}**"
        for status in EntryStatus
        if (minutes := sum(each.minutes for each in view.events if each.status is status))
    ]
    st.markdown(" · ".join(parts))
    rows = [
        {"held_on": each.held_on, "length": each.minutes, "status": each.status,
         "attended": each.attended, "activity": each.activity}
        for each in view.events
    ]  # fmt: skip
    columns = {
        "held_on": Column(_("Date"), "date"),
        "length": Column(_("Length"), "minutes"),
        "status": Column(_("State"), "status"),
        "attended": Column(_("People there"), "number"),
        "activity": Column(_("Counts as")),
    }
    figures.listed("month_event", rows, columns, key="month_events")


def entry_columns(_: Translator, entries: Iterable[MonthEntry]) -> dict[str, Column]:
    """Give the columns of a table of entries with their states; comments where there are any."""
    found = {
        "worked_on": Column(_("Date"), "date"),
        "minutes": Column(_("Hours"), "minutes"),
        "status": Column(_("State"), "status"),
        "kind": Column(_("Kind of time")),
        "topics": Column(_("About what")),
        "activity": Column(_("Counts as")),
        "comment": Column(_("Comment")),
    }
    if not any(entry.comment for entry in entries):
        del found["comment"]
    return found


def _month_columns(_: Translator) -> dict[str, Column]:
    """Give the columns for whoever approves: with whom and about what before the rest."""
    found = entry_columns(_, ()) | {"initiative": Column(_("Initiative"))}
    return {name: replace(found[name], width=width) for name, width in _WIDTHS.items()}


def entry_cells(entry: MonthEntry, _: Translator, note: str = "") -> dict[str, Any]:
    """Put one entry into the columns; private work of others fills the first three."""
    topics = ", ".join(topic_name(topic, _) for topic in entry.topics)
    return {
        "worked_on": entry.worked_on,
        "minutes": entry.minutes,
        "status": entry.status,
        "kind": entry.kind,
        "topics": topics or note,
        "activity": entry.activity,
        "comment": entry.comment,
    }


def _return(here: Workspace, view: PersonMonthView, entry: MonthEntry, _: Translator) -> None:
    query = {"person": view.month.person_id, "month": asked("month")}
    kind = f" · {_.label(entry.kind)}" if entry.kind else ""
    with st.form(f"return_{entry.id}"):
        st.markdown(
            _("**Return for correction: {hours} of {date}**", hours=_.hours(entry.minutes),
              date=_.date(entry.worked_on)) + kind
        )  # fmt: skip
        comment = st.text_area(
            required(_("What should be put right?")), key=f"return_comment_{entry.id}", height=80
        )
        pressed = submit(_("Return for correction"), key="return_save", main=False)
    if pressed:
        with told():
            return_entry(here, entry_id=entry.id, version=entry.version, comment=comment)
            saved(_("Returned for correction, with your comment"), to=(PAGE, query))
    if st.button(_("Leave it as it is"), key="return_leave", type="tertiary"):
        go(PAGE, **query)


def _override(here: Workspace, view: PersonMonthView, _: Translator) -> None:
    fold = st.expander(_("Open a locked day with a reason"), key="override_fold")
    with fold, st.form("override"):
        day = st.selectbox(
            required(_("Day")), list(view.locked), index=None, key="override_day",
            format_func=_.weekday, placeholder=_("Choose a day"),
        )  # fmt: skip
        reason = st.text_area(required(_("Why?")), key="override_reason", height=80)
        st.caption(
            _("Its time is open for changes until you approve and lock it again. "
              "Every report on the day lists the override with its reason.")
        )  # fmt: skip
        pressed = submit(_("Open the day"), key="override_save", main=False)
    if pressed and day is not None:
        with told():
            override_day(here, person_id=view.month.person_id, day=day, reason=reason)
            saved(_("The day is open"), reset={"override_reason": "", "override_day": None})


def links(view: PersonMonthView, _: Translator) -> None:
    """Offer the way back to everybody."""
    with st.container(horizontal=True, key="month_links"):
        # a link to the page one is on would leave the person in its address
        if st.button(
            _("Everybody's month"), key="month_everybody", type="tertiary",
            icon=":material/arrow_back:",
        ):  # fmt: skip
            go(PAGE, month=f"{view.period.starts_on:%Y-%m}")
        if view.is_own and can_open("my_hours"):
            link(_("My hours"), "my_hours", icon=":material/schedule:")

"""My hours: what came back, own work, and handing the month in."""

from datetime import date
from uuid import uuid4

import streamlit as st

from core.i18n import Translator
from core.ui.desk import Undo, go, link, plain, saved, told
from core.ui.forms import submit
from core.workspace import Workspace
from hours.pages.parts import figures
from hours.pages.parts.choices import topic_name
from hours.service import (
    WITHOUT,
    Activity,
    MonthEntry,
    OwnHours,
    TimeKind,
    WorkDraft,
    WorkPiece,
    edit_work,
    record_work,
    remove_work,
    submit_month,
)

WORK = "work"
_KINDS = (
    TimeKind.FOLLOW_UP, TimeKind.ADMINISTRATION, TimeKind.ROADMAP, TimeKind.COUNCIL,
    TimeKind.CONTACT, TimeKind.PREPARATION, TimeKind.TRAVEL,
)  # fmt: skip


def draw_returned(view: OwnHours, _: Translator) -> None:
    """Show on top what a manager gave back, and the way to put it right."""
    for entry in view.returned:
        with st.container(border=True, key=f"returned_{entry.id}"):
            st.markdown(
                ":material/undo: "
                + _("**Returned: {hours} of {date}**", hours=_.hours(entry.minutes),
                    date=_.date(entry.worked_on))
            )  # fmt: skip
            st.text(entry.comment)
            _mend(entry, view, _)


def _mend(entry: MonthEntry, view: OwnHours, _: Translator) -> None:
    if entry.source is None:
        return
    if entry.source.type == WORK:
        code = f"{view.period.starts_on:%Y-%m}"
        link(_("Put it right"), "my_hours", work=entry.source.id, period=code)
    elif entry.source.type == "consultation":
        link(_("Put it right"), "consultation", consultation=entry.source.id, edit=1)


def draw_hand_in(here: Workspace, view: OwnHours, _: Translator) -> None:
    """Offer to hand in the drafts of the month, and say until when it is open."""
    if view.closes_on and view.closes_on > view.today:
        st.caption(_("This period takes time until {date}.", date=_.full_day(view.closes_on)))
    elif view.closes_on:
        st.caption(_("This period is closed. A manager can open a day with a reason."))
    if view.drafts and st.button(
        _.plural("Hand in {n} draft", "Hand in {n} drafts", view.drafts),
        key="own_submit", icon=":material/send:",
    ):  # fmt: skip
        with told():
            count = submit_month(here, f"{view.period.starts_on:%Y-%m}")
            saved(_.plural("{n} entry handed in", "{n} entries handed in", count))


def draw_new(here: Workspace, today: date, _: Translator) -> None:
    """Draw the form of new work of one's own."""
    token = st.session_state.setdefault("work_token", uuid4().hex)
    fold = st.expander(_("Record other work"), icon=":material/add:", key="work_new")
    with fold:
        st.caption(
            _("Meetings record themselves when they are written up. Here goes the rest: "
              "follow-up, reports, roadmaps, council sittings, trainings.")
        )  # fmt: skip
        with st.form("work", enter_to_submit=False):
            draft = _fields("work", WorkDraft(today, 30), _)
            pressed = submit(_("Record the work"), key="work_save")
        if pressed:
            with told():
                work_id = record_work(here, draft=draft, token=token)
                saved(
                    _("Recorded as a draft: hand it in with the month"),
                    undo=Undo("hours.service:remove_work", {"work_id": work_id}),
                    reset={"work_token": uuid4().hex, "work_note": ""},
                )


def draw_edit(here: Workspace, piece: WorkPiece, period: str, _: Translator) -> None:
    """Draw the form of a piece of work that is there, and the way to take it away."""
    if piece.draft is None:
        return
    prefix = f"work_{piece.id}"
    back = ("my_hours", {"period": period} if period else {})
    if f"{prefix}_minutes" not in st.session_state:
        st.session_state[f"{prefix}_seen"] = piece.version
    with st.container(border=True, key="work_edit"):
        with st.form(prefix, enter_to_submit=False):
            st.markdown(_("**Change own work**"))
            draft = _fields(prefix, piece.draft, _)
            pressed = submit(_("Save"), key=f"{prefix}_save")
        with st.container(horizontal=True, key="work_acts"):
            if st.button(_("Remove"), key=f"{prefix}_remove", icon=":material/delete:"):
                with told():
                    before = remove_work(here, work_id=piece.id)
                    undo = {"work_id": piece.id, "before": before}
                    saved(_("Removed"), undo=Undo("hours.service:restore_work", undo), to=back)
            if st.button(_("Leave it as it is"), key=f"{prefix}_leave", type="tertiary"):
                go(back[0], **back[1])
    if pressed:
        with told():
            version = st.session_state[f"{prefix}_seen"]
            edit_work(here, work_id=piece.id, version=version, draft=draft)
            saved(_("Saved: hand it in with the month"), to=back)


def _fields(prefix: str, start: WorkDraft, _: Translator) -> WorkDraft:
    with st.container(horizontal=True):
        day = st.date_input(
            _("Date"), start.worked_on, format="DD.MM.YYYY", key=f"{prefix}_day", width=160
        )
        minutes = st.number_input(
            _("Minutes"), value=start.minutes, min_value=0, max_value=960, step=5,
            key=f"{prefix}_minutes", width=140,
        )  # fmt: skip
        starts_at = st.time_input(
            _("Began at"), start.starts_at, step=300, key=f"{prefix}_at", width=140,
            help=_("Leave it empty if you did not look at the clock."),
        )  # fmt: skip
    with st.container(horizontal=True):
        kind = st.selectbox(
            _("What was it"), _KINDS, index=_KINDS.index(start.kind), format_func=_.label,
            key=f"{prefix}_kind", width=280,
        )  # fmt: skip
        activities = list(Activity)
        activity = st.selectbox(
            _("Counts as"), activities, index=activities.index(start.activity),
            format_func=_.label, key=f"{prefix}_activity", width=220,
        )  # fmt: skip
    note = st.text_input(
        _("For yourself: what exactly"), start.note, key=f"{prefix}_note", max_chars=500,
        help=_("Only you see this."),
    )  # fmt: skip
    return WorkDraft(day, int(minutes), kind, activity, starts_at, note)


def rows_of(view: OwnHours, **narrower: object) -> dict[str, object]:
    """Give the address of the rows behind a figure of one's own."""
    period = view.period
    days = {"since": period.starts_on, "until": period.last_day}
    return {"person": view.month.person_id} | days | narrower


def draw_topics(view: OwnHours, _: Translator) -> None:
    """Draw the topics of one's own time, each with its rows."""
    with st.container(horizontal=True, key="own_topics"):
        for topic, minutes in view.figure.by_topic:
            part = topic or WITHOUT
            query = rows_of(view, topic=part)
            figures.line("own_topic", topic_name(topic, _), minutes, _, part=part, query=query)


def draw_over(view: OwnHours, _: Translator) -> None:
    """Warn, and no more, where a promise of the person's own is exceeded."""
    for name, minutes in view.over:
        st.warning(
            _("Your part of “{name}” is exceeded by {hours}. The time still counts.",
              name=plain(name), hours=_.hours(minutes))
        )  # fmt: skip


def consultation(entry: MonthEntry) -> int | None:
    """Give the consultation that an entry opens; None where there is none to open."""
    source = entry.source
    return source.id if source is not None and source.type == "consultation" else None

"""Calls on what belongs to meetings: who was there, the week, series, the calendar, feedback."""

from typing import Any, Final

from casework import service as casework
from casework.domain.agenda import Span
from casework.domain.attendance import Attendance, Attendee
from casework.domain.consultation import Draft
from casework.domain.note import OpenNoteError
from casework.domain.plain import draft_from, plain_draft
from casework.domain.repeat import Repeat, Rhythm
from casework.domain.week import WeekRow
from tests.full_centre import TODAY, FullCentre
from tests.service_calls.rules import Call, P, case_id, of_case, on, open_to

_RECORD, _MINE = on("case", P.RECORD_CONSULTATION), open_to(P.RECORD_CONSULTATION)

_EDIT = on("case", P.EDIT_CASE)
_WEEKLY = Repeat(Rhythm.WEEKLY, times=2)


def _held(c: FullCentre) -> dict[str, Any]:
    return {"consultation_id": c.ids["held"], "version": c.meeting("held").version}


def _row(c: FullCentre) -> WeekRow:
    return WeekRow(1, day="23.11", topics=("budget",), contact="60", note=c.words())


def _first(c: FullCentre) -> Draft:
    return draft_from(c.meeting("first_of_series"))


MEETINGS: Final[dict[str, Call]] = {
    "add_addendum": Call(
        _RECORD,
        lambda c, w: casework.add_addendum(w, consultation_id=c.ids["held"], text=c.words()),
        (OpenNoteError,),
    ),
    "cancel_following": of_case("first_of_series", P.RECORD_CONSULTATION)(
        casework.cancel_following, "consultation_id"
    ),
    "edit_following": Call(
        _RECORD,
        lambda c, w: casework.edit_following(
            w, consultation_id=c.ids["first_of_series"], version=1, draft=_first(c)
        ),
    ),
    "has_feed": Call(open_to(P.VIEW_CONSULTATION), lambda _, w: casework.has_feed(w)),
    "last_with": of_case("case", P.VIEW_CONSULTATION)(casework.last_with, "case_id"),
    "list_overlaps": Call(
        open_to(P.VIEW_CONSULTATION), lambda c, w: casework.list_overlaps(w, ids=[c.ids["held"]])
    ),
    "make_leader_link": Call(
        _EDIT,
        lambda c, w: casework.make_leader_link(w, **case_id(c), person_id=c.people["leader"]),
    ),
    "offer_feedback": of_case("held", P.RECORD_CONSULTATION)(
        casework.offer_feedback, "consultation_id"
    ),
    "make_feed": Call(open_to(P.VIEW_CONSULTATION), lambda _, w: casework.make_feed(w)),
    "plan_again": Call(_RECORD, lambda c, w: casework.plan_again(w, ids=[c.ids["last_of_series"]])),
    "plan_series": Call(
        _RECORD, lambda c, w: casework.plan_series(w, draft=_first(c), repeat=_WEEKLY)
    ),
    "preview_series": Call(
        _MINE, lambda _, w: casework.preview_series(w, first=TODAY, repeat=_WEEKLY)
    ),
    "put_back_attendance": Call(
        _RECORD,
        lambda c, w: casework.put_back_attendance(
            w, **_held(c), before=[["excused", c.people["leader"], ""], ["absent", None, c.words()]]
        ),
    ),
    "put_back_following": Call(
        _RECORD,
        lambda c, w: casework.put_back_following(
            w, before=[(c.ids["first_of_series"], 1, plain_draft(_first(c)))]
        ),
    ),
    "record_week": Call(_MINE, lambda c, w: casework.record_week(w, monday=TODAY, rows=[_row(c)])),
    "remove_series": Call(
        _RECORD, lambda c, w: casework.remove_series(w, ids=[c.ids["first_of_series"]])
    ),
    "revoke_leader_link": Call(
        _EDIT,
        lambda c, w: casework.revoke_leader_link(w, **case_id(c), person_id=c.people["leader"]),
    ),
    "revoke_feed": Call(open_to(P.VIEW_CONSULTATION), lambda _, w: casework.revoke_feed(w)),
    "set_attendance": Call(
        _RECORD,
        lambda c, w: casework.set_attendance(
            w, **_held(c), attendees=[Attendee(Attendance.ATTENDED, name=c.words())]
        ),
    ),
    "take_back_week": Call(
        _RECORD,
        lambda c, w: casework.take_back_week(w, made=[c.ids["planned"]], written=[c.ids["held"]]),
    ),
    "view_agenda": Call(
        open_to(P.VIEW_CONSULTATION),
        lambda _, w: casework.view_agenda(w, span=Span.MONTH, day=TODAY),
    ),
    "view_leader_links": of_case("case", P.EDIT_CASE)(casework.view_leader_links, "case_id"),
    "view_week": Call(_MINE, lambda _, w: casework.view_week(w, day=TODAY)),
}

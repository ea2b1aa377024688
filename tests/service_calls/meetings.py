"""Calls on what belongs to meetings: who was there, the week, series, the calendar, feedback."""

from typing import Any, Final

from casework import service as casework
from casework.domain.attendance import Attendance, Attendee
from casework.domain.week import WeekRow
from tests.full_centre import TODAY, FullCentre
from tests.service_calls.rules import Call, P, on, open_to

_RECORD, _MINE = on("case", P.RECORD_CONSULTATION), open_to(P.RECORD_CONSULTATION)


def _held(c: FullCentre) -> dict[str, Any]:
    return {"consultation_id": c.ids["held"], "version": c.meeting("held").version}


def _row(c: FullCentre) -> WeekRow:
    return WeekRow(1, day="23.11", topics=("budget",), contact="60", note=c.words())


MEETINGS: Final[dict[str, Call]] = {
    "put_back_attendance": Call(
        _RECORD,
        lambda c, w: casework.put_back_attendance(
            w, **_held(c), before=[["excused", c.people["leader"], ""], ["absent", None, c.words()]]
        ),
    ),
    "record_week": Call(_MINE, lambda c, w: casework.record_week(w, monday=TODAY, rows=[_row(c)])),
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
    "view_week": Call(_MINE, lambda _, w: casework.view_week(w, day=TODAY)),
}

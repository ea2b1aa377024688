"""Calls on what belongs to meetings: who was there, the week, series, the calendar, feedback."""

from typing import Any, Final

from casework import service as casework
from casework.domain.attendance import Attendance, Attendee
from tests.full_centre import FullCentre
from tests.service_calls.rules import Call, P, on

_RECORD = on("case", P.RECORD_CONSULTATION)


def _held(c: FullCentre) -> dict[str, Any]:
    return {"consultation_id": c.ids["held"], "version": c.meeting("held").version}


MEETINGS: Final[dict[str, Call]] = {
    "put_back_attendance": Call(
        _RECORD,
        lambda c, w: casework.put_back_attendance(
            w, **_held(c), before=[["excused", c.people["leader"], ""], ["absent", None, c.words()]]
        ),
    ),
    "set_attendance": Call(
        _RECORD,
        lambda c, w: casework.set_attendance(
            w, **_held(c), attendees=[Attendee(Attendance.ATTENDED, name=c.words())]
        ),
    ),
}

"""The list of who was at a meeting."""

import pytest

from casework.domain.attendance import (
    ATTENDEES_LIMIT,
    Attendance,
    Attendee,
    SamePersonTwiceError,
    TooManyAttendeesError,
    attendees_of,
    clean_attendees,
    count_by,
    plain_attendees,
)

CAME, EXCUSED = Attendance.ATTENDED, Attendance.EXCUSED


def test_lines_without_a_name_are_no_people() -> None:
    listed = [Attendee(CAME, 5), Attendee(CAME, name="  "), Attendee(CAME, name=" Анна ")]

    assert clean_attendees(listed) == (Attendee(CAME, 5), Attendee(CAME, name="Анна"))


def test_one_person_stands_there_once() -> None:
    with pytest.raises(SamePersonTwiceError):
        clean_attendees([Attendee(CAME, 5), Attendee(EXCUSED, 5)])


def test_two_people_may_have_one_name() -> None:
    both = (Attendee(CAME, name="Анна"), Attendee(CAME, name="Анна"))

    assert clean_attendees(both) == both


def test_an_endless_list_is_refused() -> None:
    crowd = [Attendee(CAME, number) for number in range(ATTENDEES_LIMIT + 1)]
    with pytest.raises(TooManyAttendeesError):
        clean_attendees(crowd)


def test_a_list_survives_as_plain_values() -> None:
    listed = (Attendee(CAME, 5), Attendee(EXCUSED, name="Анна"))

    assert attendees_of(plain_attendees(listed)) == listed


def test_people_are_counted_by_what_they_did() -> None:
    counts = count_by([Attendee(CAME, 5), Attendee(CAME, 6), Attendee(EXCUSED, name="Анна")])

    assert (counts[CAME], counts[Attendance.ABSENT], counts[EXCUSED]) == (2, 0, 1)

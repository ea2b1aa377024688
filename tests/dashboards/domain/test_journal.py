"""What a journal tells and adds up."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dashboards.domain.journal import (
    AnnexLine,
    Journal,
    JournalLine,
    Share,
    annex_of,
)
from hours.domain.entries import Activity, TimeKind
from hours.domain.periods import Period

DAY = date(2026, 11, 5)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
OPEN = JournalLine(DAY, ((TimeKind.CONTACT, 60), (TimeKind.TRAVEL, 15)))


def test_private_minutes_stand_in_the_total_and_in_no_kind() -> None:
    journal = Journal("Centre", "Anna", NOVEMBER, (OPEN,), (), private_minutes=50)
    assert journal.kinds == (TimeKind.CONTACT, TimeKind.TRAVEL)
    assert journal.of_kind(TimeKind.CONTACT) == 60
    assert journal.of_kind(TimeKind.TRAVEL) == 15
    assert journal.total == 125


def test_annex_puts_confidential_and_private_work_into_one_last_line() -> None:
    annex = annex_of(
        [
            Share(("consultation", 1), "budget", 30),
            Share(("consultation", 1), "legal", 30),
            Share(("consultation", 2), "legal", 20),
            Share(("consultation", 3), "psychologist", 500),
            Share(("consultation", 5), None, 5),
        ],
        private_minutes=7,
    )
    assert annex == (
        AnnexLine("legal", 2, 50),
        AnnexLine("budget", 1, 30),
        AnnexLine(None, 1, 5),
        AnnexLine(None, None, 507, is_secret=True),
    )


def test_other_activities_are_one_line_each_and_own_work_is_no_meeting() -> None:
    report = Share(("work", 1), None, 40, Activity.OTHER, is_meeting=False)
    course = Share(("training", 1), "legal", 90, Activity.TRAINING)
    alone = Share(("work", 2), None, 20, is_meeting=False)
    talk = Share(("consultation", 1), "budget", 10)
    assert annex_of([report, course, alone, talk, replace(report, minutes=5)]) == (
        AnnexLine(None, None, 20),
        AnnexLine("budget", 1, 10),
        AnnexLine(None, 1, 90, activity=Activity.TRAINING),
        AnnexLine(None, None, 45, activity=Activity.OTHER),
    )


def test_lines_stand_by_activity() -> None:
    other = replace(OPEN, activity=Activity.OTHER, is_meeting=False)
    journal = Journal("Centre", "Anna", NOVEMBER, (OPEN, OPEN, other), ())
    assert journal.sections == ((Activity.CONSULTING, (OPEN, OPEN)), (Activity.OTHER, (other,)))
    assert (journal.meetings, journal.total) == (2, 225)


@given(
    st.lists(
        st.builds(
            Share,
            st.tuples(st.just("consultation"), st.integers(1, 9)),
            st.sampled_from(["budget", "legal", "mediator", None]),
            st.integers(1, 600),
            st.sampled_from(Activity),
            st.booleans(),
        )
    ),
    st.integers(0, 600),
)
def test_annex_loses_no_minute(shares, private) -> None:
    whole = private + sum(each.minutes for each in shares)
    assert sum(line.minutes for line in annex_of(shares, private)) == whole

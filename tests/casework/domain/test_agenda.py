"""Which days a view of the calendar shows."""

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casework.domain.agenda import Agenda, Entry, Span, days_of, weeks_of
from casework.domain.feed import SUMMARY_LIMIT, FeedEvent, summary

DAY = date(2026, 11, 25)


def test_a_month_is_shown_in_whole_weeks() -> None:
    days = days_of(Span.MONTH, DAY)

    assert (days[0], days[-1], len(weeks_of(days))) == (date(2026, 10, 26), date(2026, 12, 6), 6)


def test_a_week_begins_on_monday() -> None:
    days = days_of(Span.WEEK, DAY)

    assert (days[0], days[-1]) == (date(2026, 11, 23), date(2026, 11, 29))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(Span))
def test_every_day_stands_in_its_view_and_views_turn_without_a_gap(anchor, span) -> None:
    days = days_of(span, anchor)
    view = Agenda(span, anchor, DAY, 1, days)

    assert anchor in days
    assert len(days) % 7 == 0
    assert days == tuple(days[0] + timedelta(days=n) for n in range(len(days)))
    after = Agenda(span, view.after, DAY, 1, days_of(span, view.after))
    assert view.before < anchor < view.after
    assert days_of(span, after.before) == days


def test_hours_run_over_midnight() -> None:
    assert Entry(DAY, time(23, 30), 60).hours == "23:30–00:30"
    assert Entry(DAY).hours == ""


def test_a_summary_says_nothing_of_a_private_meeting() -> None:
    event = FeedEvent(1, 1, DAY, None, 60, ("Двор", "Сад"))
    private = FeedEvent(1, 1, DAY, None, 60, ("Двор",), is_private=True)
    words = {"busy": "Занято", "meeting": "Консультация"}

    assert summary(event, **words) == "Консультация: Двор, Сад"
    assert summary(private, **words) == "Занято"
    long = FeedEvent(1, 1, DAY, None, 60, ("Я" * 500,))
    assert len(summary(long, **words)) == SUMMARY_LIMIT

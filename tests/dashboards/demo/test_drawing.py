"""What is drawn before anything is written: lives, meetings, hours."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from dashboards.demo.agenda import PROMISED, Course, draw_agenda
from dashboards.demo.checks import draw_checks
from dashboards.demo.lives import draw_lives
from dashboards.demo.making import frame_of, script
from dashboards.demo.plans import draw_plans
from dashboards.demo.stage import Options, moment
from hours.service import Quarter

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
DAYS = (NOW, datetime(2027, 1, 1, 20, 0, tzinfo=UTC), datetime(2026, 7, 4, 3, 0, tzinfo=UTC))


@pytest.fixture(scope="module", params=DAYS, ids=lambda day: day.date().isoformat())
def frame(request):
    return frame_of(Options("en"), request.param)


def minutes_by_quarter(frame, agenda) -> Counter[Quarter]:
    found: Counter[Quarter] = Counter()
    for meeting in agenda:
        if meeting.course is Course.HELD:
            found[Quarter.of(meeting.day)] += meeting.minutes
    return found


def test_each_whole_quarter_keeps_about_what_was_promised(frame) -> None:
    agenda = draw_agenda(frame, draw_lives(frame))
    found = minutes_by_quarter(frame, agenda)
    now = Quarter.of(frame.today)
    whole = [minutes for quarter, minutes in found.items() if quarter < now]
    assert 12 == len(whole)
    assert all(0.88 <= minutes / PROMISED <= 1.04 for minutes in whole)


def test_the_running_quarter_is_as_far_as_its_days(frame) -> None:
    found = minutes_by_quarter(frame, draw_agenda(frame, draw_lives(frame)))
    period = Quarter.of(frame.today).period
    over = frame.calendar.between(period.starts_on, frame.today)
    share = over / frame.calendar.between(period.starts_on, period.ends_before)
    assert found[Quarter.of(frame.today)] / PROMISED == pytest.approx(share * 0.96, abs=0.02)


def test_about_650_meetings_are_held_a_year(frame) -> None:
    agenda = draw_agenda(frame, draw_lives(frame))
    held = [meeting for meeting in agenda if meeting.course is Course.HELD]
    years = (frame.today - frame.starts_on).days / 365.25
    assert 600 <= len(held) / years <= 700
    assert sum(len(meeting.people) > 1 for meeting in held) > 100


def test_nobody_is_in_two_meetings_at_once(frame) -> None:
    agenda = draw_agenda(frame, draw_lives(frame))
    places = [(p.key, m.day, m.starts_at) for m in agenda for p in m.people]
    assert len(places) == len(set(places))


def test_meetings_wait_for_tomorrow_and_one_is_not_written_up(frame) -> None:
    waiting = [m for m in draw_agenda(frame, draw_lives(frame)) if m.course is Course.WAITING]
    assert 1 == sum(meeting.day < frame.today for meeting in waiting)
    assert 10 <= sum(meeting.day > frame.today for meeting in waiting)


def test_half_of_the_initiatives_answer_twice_and_forty_have_a_roadmap(frame) -> None:
    lives = draw_lives(frame)
    checks = draw_checks(frame, lives)
    runs = Counter(check.case.initiative for check in checks if check.is_finished)
    assert 24 <= sum(count == 2 for count in runs.values()) <= 36
    assert 40 == len(draw_plans(frame, lives, checks))


def test_some_initiatives_ended_and_some_grew(frame) -> None:
    fates = Counter(life.fate for life in draw_lives(frame))
    assert 60 == sum(fates.values())
    assert fates["ceased"] >= 5
    assert fates["became_ngo"] >= 5
    assert fates["split"] == 2
    assert any(life.resumed_on for life in draw_lives(frame))


def test_the_same_seed_draws_the_same_acts_in_either_language() -> None:
    russian, english, other = (
        [(act.at, getattr(act.do, "func", act.do).__name__) for act in script(frame_of(o, NOW))]
        for o in (Options("ru"), Options("en"), Options("ru", seed=7))
    )
    assert russian == english
    assert russian != other


def test_no_act_lies_in_the_future_or_before_the_story(frame) -> None:
    acts = script(frame)
    assert moment(frame.starts_on) < acts[0].at
    assert acts[-1].at <= frame.now

"""The state of an initiative follows from the events of its life."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.domain.life import (
    Certainty,
    FoundedTwiceError,
    InitiativeState,
    LifeEvent,
    LifeEventType,
    Precision,
    When,
    clean_event,
    first_day,
    life_of,
    parse_when,
)
from core.errors import InvalidError, OutOfRangeError, TooLongError
from core.i18n import Term

T, S = LifeEventType, InitiativeState
TODAY = date(2026, 11, 23)
FIELD = Term("field.founded")


def happened(kind: LifeEventType, on: str, **more) -> LifeEvent:
    when = parse_when(on, FIELD)
    assert when is not None
    return LifeEvent(kind, when, **more)


events = st.builds(
    LifeEvent,
    st.sampled_from(LifeEventType),
    st.builds(When, st.dates(date(1990, 1, 1), TODAY), st.sampled_from(Precision)).map(first_day),
    certainty=st.sampled_from(Certainty),
)


@pytest.mark.parametrize(
    ("story", "state"),
    [
        ([], S.UNKNOWN),
        ([(T.FOUNDED, "2009")], S.ALIVE),
        ([(T.SEEN_ACTIVE, "2014-05-01")], S.ALIVE),
        ([(T.FOUNDED, "2009"), (T.PAUSED, "2012")], S.PAUSED),
        ([(T.FOUNDED, "2009"), (T.PAUSED, "2012"), (T.RESUMED, "2013")], S.ALIVE),
        ([(T.BECAME_NGO, "2011"), (T.PAUSED, "2012"), (T.RESUMED, "2013")], S.NGO),
        ([(T.BECAME_NGO, "2011"), (T.SEEN_ACTIVE, "2014")], S.NGO),
        ([(T.BECAME_SOCIAL_ENTERPRISE, "2011")], S.SOCIAL_ENTERPRISE),
        ([(T.FOUNDED, "2009"), (T.CEASED, "2014-05")], S.CEASED),
        ([(T.CEASED, "2013"), (T.RESUMED, "2015")], S.ALIVE),
        ([(T.FOUNDED, "2009"), (T.MERGED, "2014")], S.MERGED),
        ([(T.FOUNDED, "2009"), (T.SPLIT, "2014")], S.SPLIT),
        ([(T.FOUNDED, "2009"), (T.LOST_CONTACT, "2014")], S.UNKNOWN),
        ([(T.LOST_CONTACT, "2014"), (T.SEEN_ACTIVE, "2015")], S.ALIVE),
    ],
)
def test_state_follows_from_the_story(story, state) -> None:
    life = life_of(happened(kind, on) for kind, on in story)
    assert life.state is state


def test_the_beginning_comes_first_even_when_less_is_known_of_it() -> None:
    life = life_of([happened(T.FOUNDED, "2014"), happened(T.PAUSED, "2014-03-05")])
    assert life.state is S.PAUSED
    assert life.founded == When(date(2014, 1, 1), Precision.YEAR)


def test_a_year_is_taken_as_over_at_its_end() -> None:
    story = [happened(T.SEEN_ACTIVE, "2014-10-26"), happened(T.CEASED, "2014")]
    assert life_of(story).state is S.CEASED


def test_a_later_discovery_corrects_the_state() -> None:
    seen = [happened(T.FOUNDED, "2009"), happened(T.SEEN_ACTIVE, "2012", id=2)]
    assert life_of(seen).state is S.ALIVE
    assert life_of([*seen, happened(T.CEASED, "2013", id=3)]).state is S.CEASED
    assert life_of([*seen, happened(T.CEASED, "2011", id=3)]).state is S.ALIVE


def test_a_state_is_told_since_the_day_it_began() -> None:
    story = [happened(T.FOUNDED, "2009-09-01"), happened(T.SEEN_ACTIVE, "2014")]
    assert life_of(story).since == When(date(2009, 9, 1))


@given(st.lists(events))
def test_a_rumour_moves_no_state(story) -> None:
    sure = [event for event in story if event.certainty is not Certainty.RUMOUR]
    assert life_of(story) == life_of(sure)


@given(st.lists(events, max_size=6), st.randoms())
def test_state_does_not_depend_on_the_order_of_writing_on_different_days(story, random) -> None:
    different = list({event.when.latest: event for event in story}.values())
    shuffled = random.sample(different, len(different))
    if sum(event.type is T.FOUNDED for event in different) <= 1:
        assert life_of(shuffled).state is life_of(different).state


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("", None),
        ("2014", When(date(2014, 1, 1), Precision.YEAR)),
        ("2014 г.", When(date(2014, 1, 1), Precision.YEAR)),
        ("05.2014", When(date(2014, 5, 1), Precision.MONTH)),
        ("2014-05", When(date(2014, 5, 1), Precision.MONTH)),
        (" 23.05.2014 ", When(date(2014, 5, 23))),
        ("2014-05-23", When(date(2014, 5, 23))),
    ],
)
def test_days_are_read_as_exactly_as_they_are_written(text, when) -> None:
    assert parse_when(text, FIELD) == when


@pytest.mark.parametrize("text", ["давно", "31.02.2014", "13.2014", "14", "0000", "2014-05-23T10"])
def test_what_is_no_day_is_refused(text) -> None:
    with pytest.raises(InvalidError):
        parse_when(text, FIELD)


@given(st.text(max_size=12))
def test_no_text_breaks_the_reader_of_days(text) -> None:
    with suppress(InvalidError):
        parse_when(text, FIELD)


def test_latest_is_the_last_day_of_what_is_known() -> None:
    assert When(date(2012, 2, 1), Precision.MONTH).latest == date(2012, 2, 29)
    assert When(date(2012, 1, 1), Precision.YEAR).latest == date(2012, 12, 31)
    assert When(date(2012, 1, 5)).latest == date(2012, 1, 5)


def test_an_event_is_kept_on_the_first_day_it_may_be_and_without_spaces() -> None:
    event = LifeEvent(T.CEASED, When(date(2014, 5, 23), Precision.MONTH), note="  письмо ")
    clean = clean_event(event, (), TODAY)
    assert (clean.when.on, clean.note) == (date(2014, 5, 1), "письмо")


@pytest.mark.parametrize("on", ["24.11.2026", "2027", "1899", "12.2026"])
def test_an_event_in_the_future_or_before_1900_is_refused(on) -> None:
    with pytest.raises(OutOfRangeError):
        clean_event(happened(T.SEEN_ACTIVE, on), (), TODAY)


def test_this_year_is_no_future() -> None:
    assert clean_event(happened(T.SEEN_ACTIVE, "2026"), (), TODAY).when.on == date(2026, 1, 1)


def test_an_initiative_begins_once() -> None:
    with pytest.raises(FoundedTwiceError) as caught:
        clean_event(happened(T.FOUNDED, "2010"), [happened(T.FOUNDED, "2009")], TODAY)
    assert caught.value.details == {"founded": date(2009, 1, 1)}


def test_an_endless_note_is_refused() -> None:
    with pytest.raises(TooLongError):
        clean_event(happened(T.CEASED, "2014", note="ы" * 1_001), (), TODAY)

"""Minutes divided among shares."""

from hypothesis import given
from hypothesis import strategies as st

from hours.domain.allocation import portion, split
from hours.domain.entries import share_topics

TOTALS = st.integers(0, 10**9)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any)


@given(TOTALS, WEIGHTS)
def test_shares_add_up_to_the_total(total: int, weights: list[int]) -> None:
    assert total == sum(split(total, weights))


@given(TOTALS, WEIGHTS)
def test_no_share_is_a_whole_minute_off_its_exact_value(total: int, weights: list[int]) -> None:
    whole = sum(weights)
    for share, weight in zip(split(total, weights), weights, strict=True):
        assert abs(share * whole - total * weight) < whole


@given(st.integers(0, 1440), st.lists(st.sampled_from("abcdefg"), max_size=9))
def test_topics_of_an_entry_share_its_minutes_exactly(minutes: int, topics: list[str]) -> None:
    shares = share_topics(minutes, topics)
    assert (minutes if topics else 0) == sum(share for _, share in shares)
    assert len(shares) == len({topic for topic, _ in shares})
    assert all(share > 0 for _, share in shares)


def test_the_spare_minute_goes_to_the_first_topic() -> None:
    assert share_topics(100, ("budget", "legal", "pr")) == (
        ("budget", 34),
        ("legal", 33),
        ("pr", 33),
    )


def test_nothing_is_divided_among_no_weights() -> None:
    assert split(5, []) == ()


@given(TOTALS, st.integers(1, 400), st.data())
def test_neighbouring_portions_add_up(total: int, steps: int, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, steps))
    assert total == portion(total, steps, 0, cut) + portion(total, steps, cut, steps)


def test_a_portion_of_no_steps_is_nothing() -> None:
    assert portion(100, 0, 0, 0) == 0

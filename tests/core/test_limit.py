"""One address is answered so many times in a while."""

from core.limit import Limit


def test_the_address_that_asks_too_often_waits_and_the_others_do_not() -> None:
    now = [0.0]
    limit = Limit(2, 60, clock=lambda: now[0])

    assert [limit.allows("a") for _ in range(3)] == [True, True, False]
    assert limit.allows("b")
    now[0] = 61
    assert limit.allows("a")


def test_refused_requests_do_not_prolong_the_wait() -> None:
    now = [0.0]
    limit = Limit(1, 60, clock=lambda: now[0])
    limit.allows("a")
    now[0] = 59
    assert not limit.allows("a")
    now[0] = 60
    assert limit.allows("a")

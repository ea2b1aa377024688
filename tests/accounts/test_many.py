"""A Monday morning: everybody signs in at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psutil
import pytest

from accounts import service, store
from accounts.domain.passwords import hash_password
from accounts.domain.throttle import Client
from core.permissions import Role
from tests import factories

PASSWORD = "семь тихих цапель"


@pytest.mark.slow
def test_fifty_people_sign_in_at_once_in_little_memory(database, clock) -> None:
    password, people = hash_password(PASSWORD), range(50)
    with database.writing() as db:
        ids = [factories.make_person(db, roles=[Role.CONSULTANT]) for _person in people]
        for person_id in ids:
            store.set_password(db, person_id, password)
        addresses = [store.load_person(db, person_id).address for person_id in ids]
    here, barrier = Client("10.0.0.1"), Barrier(len(people))
    service.sign_in(database, addresses[0], PASSWORD, client=here, clock=clock)

    def enter(address: str) -> str:
        barrier.wait(30)
        return service.sign_in(database, address, PASSWORD, client=here, clock=clock).token

    before = psutil.Process().memory_info().rss
    with ThreadPoolExecutor(len(people)) as threads:
        tokens = list(threads.map(enter, addresses))
    grown = psutil.Process().memory_info().rss - before
    assert len(set(tokens)) == len(people)
    assert grown < 100 * 2**20
    with database.reading() as db:
        recognised = [service.identify(token)(db, clock.now).person_id for token in tokens]
    assert recognised == ids

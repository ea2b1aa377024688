"""Whom meetings reached: for the payer's first questions."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from casework import store
from casework.domain.served import Help, InitiativeServed, MeetingServed, reached
from core.documents import count_documents
from core.permissions import Permission, Scope, scope
from core.workspace import Transaction


def served_in(tx: Transaction, ids: Iterable[int], since: date) -> Help:
    """Count whom these meetings reached, and list what of it is open, in an open transaction.

    The caller has asked for permission to see everybody's hours. Names are given to who may
    open every case, and never those of a private meeting.
    """
    ids = set(ids)
    initiatives, people = store.list_initiatives_at(tx.db, ids), store.list_people_at(tx.db, ids)
    found = Help(
        initiatives=reached(
            initiatives,
            store.first_meetings_of_initiatives(tx.db, {each.subject_id for each in initiatives}),
            since,
        ),
        people=reached(
            people,
            store.first_meetings_of_people(tx.db, {each.subject_id for each in people}),
            since,
        ),
        by_name=store.count_by_name(tx.db, ids),
    )
    if scope(tx.actor, Permission.OPEN_CASE) is not Scope.ALL:
        return found
    return _with_names(tx, found, ids)


def _with_names(tx: Transaction, found: Help, ids: set[int]) -> Help:
    lines = store.list_open_meetings(tx.db, ids)
    open_ids = store.list_open_ids(tx.db, ids)
    noted = store.count_attended(tx.db, open_ids)
    meetings: Counter[int] = Counter()
    places: dict[int, tuple[str, int]] = {}
    names: dict[int, list[str]] = {id_: [] for id_ in open_ids}
    for meeting, initiative, name in dict.fromkeys(line[:3] for line in lines):
        meetings[initiative] += 1
        names[meeting].append(name)
    for _meeting, initiative, name, case in lines:
        places[initiative] = (name, case)
    papers = count_documents(tx, [f"case:{line[3]}" for line in lines])
    cases = {(line[1], line[3]) for line in lines}
    documents: Counter[int] = Counter()
    for initiative, case in cases:
        documents[initiative] += papers.get(f"case:{case}", 0)
    return Help(
        found.initiatives,
        found.people,
        found.by_name,
        tuple(
            InitiativeServed(id_, name, case, meetings[id_], documents[id_])
            for id_, (name, case) in places.items()
        ),
        tuple(MeetingServed(id_, tuple(told), noted.get(id_, 0)) for id_, told in names.items()),
    )

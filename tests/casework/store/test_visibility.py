"""The rule on notes has two faces, in Python and in SQL: they are equal."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from casework import store
from casework.domain.case import Member
from casework.domain.consultation import ConsultationStatus, Draft, Topic, Work
from casework.store.visibility import disclosed, readable
from casework.tables import ConsultationRow
from core.permissions import Actor, Role, Secrecy, may_read_note, note_reach
from tests import factories

PEOPLE = 5
DAY = date(2026, 11, 20)
PERSON = st.integers(0, PEOPLE - 1)
SOME = st.frozensets(PERSON, max_size=2)
CASES = st.lists(
    st.fixed_dictionaries({"lead": PERSON, "members": SOME, "left": SOME}), min_size=1, max_size=3
)
MEETINGS = st.lists(
    st.fixed_dictionaries(
        {
            "author": PERSON,
            "consultants": st.lists(PERSON, min_size=1, max_size=2, unique=True),
            "named": SOME,
            "secrecy": st.sampled_from(Secrecy),
            "cases": st.frozensets(st.integers(0, 2), max_size=2),
        }
    ),
    min_size=1,
    max_size=5,
)
ROLES = st.frozensets(st.sampled_from(Role), max_size=3)


@pytest.fixture
def people(database):
    with database.writing() as db:
        return [factories.make_person(db) for _ in range(PEOPLE)]


@given(cases=CASES, meetings=MEETINGS, roles=ROLES, reader=PERSON, absent=SOME)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_both_faces_of_the_rule_are_equal(
    database, people, cases, meetings, roles, reader, absent
) -> None:
    stands_in_for = frozenset(people[i] for i in absent)
    actor = Actor(people[reader], roles, stands_in_for=stands_in_for)
    with database.writing() as db:
        case_ids = [_case(db, people, case) for case in cases]
        ids = [_meeting(db, people, case_ids, meeting) for meeting in meetings]
    reach = note_reach(actor)
    with database.reading() as db:
        guards = {id_: store.load_consultation(db, id_)[1] for id_ in ids}
        ours = ConsultationRow.id.in_(ids)
        in_sql = set(db.scalars(select(ConsultationRow.id).where(ours, readable(reach))))
        known = set(db.scalars(select(ConsultationRow.id).where(ours, disclosed(reach))))

    assert {id_ for id_, guard in guards.items() if may_read_note(actor, guard)} == in_sql
    assert known == {
        id_
        for id_, guard in guards.items()
        if guard.secrecy is not Secrecy.PRIVATE or may_read_note(actor, guard)
    }


def _case(db, people, case) -> int:
    members = {people[i] for i in case["members"]}
    case_id = factories.make_case(db, people[case["lead"]], members=members)
    left = [Member(people[i], DAY, DAY) for i in case["left"]]
    present = [Member(person, factories.NOW.date()) for person in members]
    store.save_members(db, case_id, [*present, *left])
    return case_id


def _meeting(db, people, case_ids, meeting) -> int:
    stamp = store.Stamp(people[meeting["author"]], factories.NOW, DAY)
    draft = Draft(
        held_on=DAY,
        topics=frozenset({Topic.LEGAL}),
        consultants=tuple(Work(people[i], 30) for i in meeting["consultants"]),
        cases=frozenset(case_ids[i] for i in meeting["cases"] if i < len(case_ids)),
        secrecy=meeting["secrecy"],
        named=frozenset(people[i] for i in meeting["named"]),
    )
    id_ = store.add_consultation(db, draft, ConsultationStatus.HELD, None, stamp)
    assert id_ is not None
    return id_

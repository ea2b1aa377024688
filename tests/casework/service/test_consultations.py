"""Consultations as people plan, write up, change and count them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time

import pytest
import sqlalchemy as sa

from casework.domain.consultation import (
    ConsultationMoveError,
    ConsultationStatus,
    Draft,
    HeldInFutureError,
    Search,
    Topic,
    Work,
)
from casework.domain.step import NewStep
from casework.service import (
    Submission,
    cancel_consultation,
    edit_consultation,
    export_consultations,
    list_consultations,
    mark_no_show,
    my_day,
    plan_consultation,
    record_consultation,
    remove_consultation,
    reopen_consultation,
    restore_consultation,
    timeline,
    view_case,
    view_consultation,
    write_up_consultation,
)
from casework.tables import ConsultationRow
from core.audit import AuditEntry
from core.database import tallied
from core.drafts import Piece, find_draft, keep_draft
from core.errors import ForbiddenError, NotFoundError, StaleError, TooLongError
from core.permissions import Role
from core.workspace import Workspace
from hours.service import HoursQuery, Quarter, figure
from tests import factories

TODAY = date(2026, 11, 23)
TOMORROW = date(2026, 11, 24)
NOVEMBER = Search(date(2026, 11, 1), date(2026, 12, 1))


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def case(database, me) -> int:
    with database.writing() as db:
        initiative = factories.make_initiative(db, "Двор без машин")
        return factories.make_case(db, me, initiative_id=initiative)


@pytest.fixture
def draft(me, case) -> Draft:
    return Draft(
        held_on=TODAY,
        topics=frozenset({Topic.BUDGET}),
        consultants=(Work(me, 60),),
        cases=frozenset({case}),
        note="Считали смету",
    )


def counted(workspaces) -> int:
    quarter = Quarter(2026, 4).period
    return figure(workspaces(Role.MANAGER), HoursQuery(quarter)).minutes


def by_topic(workspaces) -> dict[str | None, int]:
    return dict(figure(workspaces(Role.MANAGER), HoursQuery(Quarter(2026, 4).period)).by_topic)


def test_two_consultants_make_two_hours_forty_five(workspace, workspaces, draft, database) -> None:
    with database.writing() as db:
        other = factories.make_person(db, roles=[Role.CONSULTANT])
    first, second = Work(draft.consultants[0].person_id, 60, preparation=15), Work(other, 60, 0, 30)

    recorded = record_consultation(workspace, draft=replace(draft, consultants=(first, second)))

    assert counted(workspaces) == 165
    view = view_consultation(workspace, consultation_id=recorded)
    assert view.line.minutes == 165
    assert view.works == (first, second)


def test_minutes_are_divided_exactly_among_topics(workspace, workspaces, draft) -> None:
    topics = frozenset({Topic.BUDGET, Topic.LEGAL, Topic.ROADMAP})
    record_consultation(
        workspace,
        draft=replace(
            draft, topics=topics, consultants=(Work(draft.consultants[0].person_id, 61),)
        ),
    )

    shares = by_topic(workspaces)

    assert set(shares) == {"budget", "legal", "roadmap"}
    assert sum(shares.values()) == 61


def test_a_form_sent_twice_records_one_consultation(workspace, workspaces, draft, database) -> None:
    sent = Submission(token="form-1")

    first = record_consultation(workspace, draft=draft, sent=sent)
    second = record_consultation(workspace, draft=draft, sent=sent)

    assert first == second
    assert counted(workspaces) == 60
    with database.reading() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(ConsultationRow)) == 1


def test_only_held_consultations_count(workspace, workspaces, draft) -> None:
    planned = plan_consultation(workspace, draft=replace(draft, expected_minutes=90))
    assert counted(workspaces) == 0

    write_up_consultation(workspace, consultation_id=planned, version=1, draft=draft)
    assert counted(workspaces) == 60

    reopen_consultation(workspace, consultation_id=planned)
    assert counted(workspaces) == 0

    mark_no_show(workspace, consultation_id=planned)
    assert counted(workspaces) == 0


def test_a_meeting_of_tomorrow_cannot_have_been_held(workspace, draft) -> None:
    with pytest.raises(HeldInFutureError):
        record_consultation(workspace, draft=replace(draft, held_on=TOMORROW))
    assert list_consultations(workspace, NOVEMBER)[0] == ()


def test_a_cancelled_meeting_is_not_written_up(workspace, draft) -> None:
    planned = plan_consultation(workspace, draft=replace(draft, held_on=TOMORROW))
    cancel_consultation(workspace, consultation_id=planned)
    with pytest.raises(ConsultationMoveError):
        write_up_consultation(workspace, consultation_id=planned, version=2, draft=draft)


def test_an_endless_note_loses_nothing(workspace, workspaces, draft) -> None:
    recorded = record_consultation(workspace, draft=draft)
    with pytest.raises(TooLongError):
        edit_consultation(
            workspace,
            consultation_id=recorded,
            version=1,
            draft=replace(draft, note="я" * 200_000, topics=frozenset({Topic.LEGAL})),
        )

    view = view_consultation(workspace, consultation_id=recorded)

    assert (view.note, view.line.topics) == ("Считали смету", (Topic.BUDGET,))


def test_a_note_keeps_emoji_and_script_as_they_were_typed(workspace, draft) -> None:
    text = "🌳 <script>alert(1)</script> **не жирно** Ё"
    recorded = record_consultation(workspace, draft=replace(draft, note=text))

    assert view_consultation(workspace, consultation_id=recorded).note == text


def test_of_two_people_saving_the_same_consultation_the_second_is_told(workspace, draft) -> None:
    recorded = record_consultation(workspace, draft=draft)
    edit_consultation(
        workspace,
        consultation_id=recorded,
        version=1,
        draft=replace(draft, topics=frozenset({Topic.LEGAL})),
    )
    with pytest.raises(StaleError) as refused:
        edit_consultation(
            workspace,
            consultation_id=recorded,
            version=1,
            draft=replace(draft, topics=frozenset({Topic.PR_GR})),
            sent=Submission(seen=draft),
        )

    topics = {
        name: refused.value.details[name]["field.topics"]
        for name in refused.value.details
        if name != "kind"
    }
    assert topics == {
        "current": (Topic.LEGAL,),
        "yours": (Topic.PR_GR,),
        "original": (Topic.BUDGET,),
    }


def test_an_edit_moves_minutes_to_another_day_and_person(
    workspace, workspaces, draft, database
) -> None:
    with database.writing() as db:
        other = factories.make_person(db, roles=[Role.CONSULTANT])
    recorded = record_consultation(workspace, draft=draft)
    changed = replace(draft, held_on=date(2026, 9, 30), consultants=(Work(other, 45),), note=None)
    edit_consultation(workspace, consultation_id=recorded, version=1, draft=changed)

    assert counted(workspaces) == 0
    third = figure(workspaces(Role.MANAGER), HoursQuery(Quarter(2026, 3).period))
    assert third.by_person == ((other, 45),)
    assert view_consultation(workspace, consultation_id=recorded).note == "Считали смету"


def test_a_removed_consultation_comes_back_whole(workspace, workspaces, draft, case) -> None:
    steps = (NewStep("Позвонить юристу", date(2026, 12, 1)),)
    recorded = record_consultation(workspace, draft=replace(draft, steps=steps))

    works = remove_consultation(workspace, consultation_id=recorded)
    gone = (counted(workspaces), view_case(workspace, case_id=case).steps)
    with pytest.raises(NotFoundError):
        view_consultation(workspace, consultation_id=recorded)
    restore_consultation(workspace, consultation_id=recorded, works=works)

    assert gone == (0, ())
    assert counted(workspaces) == 60
    view = view_consultation(workspace, consultation_id=recorded)
    assert (view.note, [step.text for step in view.steps]) == (
        "Считали смету",
        ["Позвонить юристу"],
    )


def test_agreed_steps_stand_on_the_case(workspace, draft, case) -> None:
    steps = (NewStep("Позвонить", date(2026, 12, 1)), NewStep("  "))
    record_consultation(workspace, draft=replace(draft, steps=steps))

    view = view_case(workspace, case_id=case)

    assert [(s.text, s.due_on) for s in view.steps] == [("Позвонить", date(2026, 12, 1))]
    assert view.next_on == date(2026, 12, 1)


def test_a_stranger_records_nothing_in_a_case(workspaces, draft) -> None:
    stranger = workspaces(Role.CONSULTANT)
    for act in (record_consultation, plan_consultation):
        with pytest.raises(ForbiddenError):
            act(stranger, draft=draft)
    with pytest.raises(ForbiddenError):
        record_consultation(workspaces(Role.MANAGER), draft=draft)


def test_a_talk_before_any_case_is_recorded_too(workspaces, me, draft) -> None:
    recorded = record_consultation(
        workspaces(Role.CONSULTANT), draft=replace(draft, cases=frozenset())
    )

    assert recorded


def test_the_list_is_narrowed(workspace, draft, me, case) -> None:
    budget = record_consultation(workspace, draft=draft)
    legal = record_consultation(
        workspace, draft=replace(draft, topics=frozenset({Topic.LEGAL}), cases=frozenset())
    )
    planned = plan_consultation(workspace, draft=replace(draft, held_on=TOMORROW))

    def found(**asked) -> list[int]:
        return [line.id for line in list_consultations(workspace, replace(NOVEMBER, **asked))[0]]

    assert found() == [planned, legal, budget]
    assert found(until=TOMORROW) == [legal, budget]
    assert found(topic=Topic.LEGAL) == [legal]
    assert found(status=ConsultationStatus.PLANNED) == [planned]
    assert found(case_id=case) == [planned, budget]
    assert found(consultant_id=me) == [planned, legal, budget]
    assert found(consultant_id=me + 1000) == []


def test_the_timeline_tells_of_meetings_with_their_minutes(workspace, draft, case, me) -> None:
    recorded = record_consultation(workspace, draft=draft)

    entry = next(
        e for e in timeline(workspace, case_id=case) if e.source == ("consultation", recorded)
    )

    assert (entry.minutes, entry.people) == (60, (me,))
    assert entry.facts == (ConsultationStatus.HELD, Topic.BUDGET)


def test_my_day_shows_what_waits(workspace, workspaces, draft, case) -> None:
    def plan(day: date, hour: int = 10) -> int:
        return plan_consultation(workspace, draft=replace(draft, held_on=day, starts_at=time(hour)))

    late, second, first, tomorrow = (
        plan(date(2026, 11, 19)), plan(TODAY, 15), plan(TODAY, 9), plan(TOMORROW)
    )  # fmt: skip
    plan(date(2026, 11, 30))

    day = my_day(workspace)

    assert [line.id for line in day.today] == [first, second]
    assert [line.id for line in day.tomorrow] == [tomorrow]
    assert [line.id for line in day.unwritten] == [late]
    assert day.idle_cases == ()
    assert day.cases == {case: "Двор без машин"}
    assert my_day(workspaces(Role.CONSULTANT)).today == ()


def test_my_day_names_cases_without_a_next_date_and_steps_due(workspace, draft, case) -> None:
    assert [line.id for line in my_day(workspace).idle_cases] == [case]
    record_consultation(
        workspace,
        draft=replace(draft, steps=(NewStep("Отчёт", TODAY), NewStep("Потом", TOMORROW))),
    )

    day = my_day(workspace)

    assert [step.text for step in day.steps] == ["Отчёт"]
    assert day.idle_cases == ()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_few_questions(workspace, database, draft, count) -> None:
    for _ in range(count):
        record_consultation(workspace, draft=draft)
    with tallied() as tally:
        lines, _cases, _people = list_consultations(workspace, NOVEMBER)

    assert len(lines) == count
    began = 1 if database.is_sqlite else 0
    assert (
        tally.statements - began == 9
    )  # meetings, 3 kinds of parts, minutes, there, cases 2, people


def test_a_form_sent_at_the_same_moment_records_one_consultation(
    database, workspace, workspaces, draft
) -> None:
    with workspace.reading() as tx:
        actor = tx.actor

    def send(_number: int) -> int:
        own = Workspace.of(database, actor, workspace.clock)
        return record_consultation(own, draft=draft, sent=Submission(token="same"))

    with ThreadPoolExecutor(6) as pool:
        recorded = set(pool.map(send, range(6)))

    assert len(recorded) == 1
    assert counted(workspaces) == 60


def test_an_export_is_written_into_the_trail(workspace, workspaces, draft, database) -> None:
    record_consultation(workspace, draft=draft)

    assert export_consultations(workspace, NOVEMBER) == list_consultations(workspace, NOVEMBER)
    with database.reading() as db:
        query = sa.select(AuditEntry).where(AuditEntry.action == "consultation.exported")
        assert '"rows":1' in db.scalars(query).one().details
    with pytest.raises(ForbiddenError):
        export_consultations(workspaces(Role.EXPERT), NOVEMBER)


def test_saving_lets_the_draft_go(workspace, me, draft) -> None:
    key = "consultation:new"
    piece = Piece(key=key, text="Начало", writer="w1", sequence=1, base=0)
    keep_draft(workspace, piece, person_id=me)

    record_consultation(workspace, draft=draft, sent=Submission(note_key=key))

    kept = find_draft(workspace, key)
    assert kept is not None
    assert kept.is_cleared

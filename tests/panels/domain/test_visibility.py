"""Who sees whose marks."""

from hypothesis import given
from hypothesis import strategies as st

from panels.domain.panel import Conflict
from panels.domain.sheet import Opinion, Score, ScoreSheet, SheetState
from panels.domain.visibility import Sight, Viewer, shown_sheets, sight

MARKED = Opinion((Score(1, 4),), comment="Сильная команда")


def sheet(expert: int, state: SheetState, opinion: Opinion = MARKED) -> ScoreSheet:
    return ScoreSheet(expert * 10, 7, expert, state, opinion)


def expert(person: int, *, reads_summaries: bool = False) -> Viewer:
    return Viewer(person, is_expert=True, reads_summaries=reads_summaries)


FIRST_DONE = [sheet(1, SheetState.SUBMITTED), sheet(2, SheetState.DRAFT)]
BOTH_DONE = [sheet(1, SheetState.SUBMITTED), sheet(2, SheetState.SUBMITTED)]


def test_an_expert_sees_nothing_of_others_before_handing_in() -> None:
    assert sight(expert(2), FIRST_DONE, ()) is Sight.NOTHING
    assert [s.expert_id for s in shown_sheets(expert(2), FIRST_DONE, ())] == [2]


def test_an_expert_sees_the_others_after_handing_in() -> None:
    assert sight(expert(2), BOTH_DONE, ()) is Sight.SHEETS
    assert [s.expert_id for s in shown_sheets(expert(2), BOTH_DONE, ())] == [1, 2]


def test_being_a_manager_as_well_opens_nothing_earlier() -> None:
    assert sight(expert(2, reads_summaries=True), FIRST_DONE, ()) is Sight.NOTHING


def test_an_abstention_from_everything_opens_nothing() -> None:
    abstained = Opinion((Score(1, abstains=True, reason="?"),))
    sheets = [FIRST_DONE[0], sheet(2, SheetState.SUBMITTED, abstained)]
    assert sight(expert(2), sheets, ()) is Sight.NOTHING


def test_a_conflict_of_interest_closes_the_project_for_good() -> None:
    conflicts = [Conflict(7, 2)]
    assert sight(expert(2), BOTH_DONE, conflicts) is Sight.NOTHING
    assert sight(expert(1), BOTH_DONE, conflicts) is Sight.SHEETS


def test_the_chair_sees_every_submitted_sheet_and_no_draft() -> None:
    chair = Viewer(9, is_chair=True)
    assert [s.expert_id for s in shown_sheets(chair, FIRST_DONE, ())] == [1]


def test_a_manager_sees_the_summary_without_sheets() -> None:
    manager = Viewer(8, reads_summaries=True)
    assert sight(manager, BOTH_DONE, ()) is Sight.SUMMARY
    assert shown_sheets(manager, BOTH_DONE, ()) == ()


def test_anybody_else_sees_nothing() -> None:
    assert sight(Viewer(5), BOTH_DONE, ()) is Sight.NOTHING
    assert shown_sheets(Viewer(5), BOTH_DONE, ()) == ()


states = st.lists(st.sampled_from(SheetState), min_size=1, max_size=6)


@given(states, st.booleans(), st.sets(st.integers(0, 5)))
def test_no_expert_reads_another_sheet_before_their_own_counts(found, manages, barred) -> None:
    sheets = [sheet(person, state) for person, state in enumerate(found)]
    conflicts = [Conflict(7, person) for person in barred]
    for own in sheets:
        viewer = expert(own.expert_id, reads_summaries=manages)
        others = [s for s in shown_sheets(viewer, sheets, conflicts) if s is not own]
        if not own.is_submitted or own.expert_id in barred:
            assert others == []
            assert sight(viewer, sheets, conflicts) is Sight.NOTHING
        assert all(other.is_submitted for other in others)

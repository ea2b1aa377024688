from hypothesis import given
from hypothesis import strategies as st

from roadmaps.domain.chain import Chain, Mark, chain_of, left_of, standing_of


def _played(presses: list[str]) -> tuple[Chain, list[int], list[list[int]]]:
    """Press buttons; give the chain, and beside it the states a person would expect."""
    marks: list[Mark] = []
    now: list[int] = []
    ahead: list[list[int]] = []
    behind: list[list[int]] = []
    for seq, press in enumerate(presses, start=2):
        chain = chain_of(marks)
        if press == "edit":
            marks.append(Mark(seq))
            behind.append(now)
            now, ahead = [*now, seq], []
        elif press == "undo" and behind:
            marks.append(Mark(seq, chain.undo))
            ahead.append(now)
            now = behind.pop()
        elif press == "redo" and ahead:
            marks.append(Mark(seq, chain.redo))
            behind.append(now)
            now = ahead.pop()
    return chain_of(marks), now, ahead


def test_an_empty_history_has_nothing_to_undo_or_redo() -> None:
    chain = chain_of([])
    assert (chain.undo, chain.redo) == (None, None)


def test_to_redo_is_to_undo_the_undoing() -> None:
    chain = chain_of([Mark(1), Mark(2), Mark(3, undoes=2), Mark(4, undoes=3)])
    assert (chain.standing, chain.taken_back, chain.again) == ((1, 4), (), {4})


def test_a_new_edit_ends_what_could_be_done_again() -> None:
    chain = chain_of([Mark(1), Mark(2, undoes=1), Mark(3)])
    assert (chain.undo, chain.redo) == (3, None)


@given(st.lists(st.sampled_from(["edit", "undo", "undo", "redo"])))
def test_as_many_steps_lead_back_and_forth_as_two_stacks_would_hold(presses: list[str]) -> None:
    chain, now, ahead = _played(presses)
    assert len(chain.standing) == len(now)
    assert len(chain.taken_back) == len(ahead)


ME, OTHER = 1, 2


def test_what_others_do_neither_ends_nor_fills_ones_own_chain() -> None:
    history = [Mark(1, by=ME), Mark(2, undoes=1, by=ME), Mark(3, by=OTHER)]
    assert chain_of(history, ME).redo == 2
    assert chain_of(history, OTHER).standing == (3,)
    assert chain_of([*history, Mark(4, by=ME)], ME).redo is None


def test_a_change_that_another_took_back_is_theirs_to_do_again_and_to_take_back() -> None:
    history = [Mark(1, by=ME), Mark(2, by=ME), Mark(3, undoes=1, by=OTHER)]
    assert chain_of(history, ME).standing == (2,)
    assert chain_of(history, OTHER).redo == 3
    history.append(Mark(4, undoes=3, by=OTHER))
    assert chain_of(history, ME).standing == (2,)
    assert chain_of(history, OTHER).standing == (4,)
    assert standing_of(history) == {2, 4}


def test_a_stretch_of_history_that_takes_itself_back_leaves_nothing() -> None:
    done = [Mark(5), Mark(6, undoes=5), Mark(7), Mark(8, undoes=2), Mark(9, undoes=8)]
    assert left_of(done) == (7,)
    assert left_of([Mark(6, undoes=5), Mark(7, undoes=6), Mark(8, undoes=4)]) == (8,)
    assert left_of([Mark(5), Mark(6, undoes=5), Mark(7, undoes=6)]) == (7,)

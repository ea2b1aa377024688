from hypothesis import given
from hypothesis import strategies as st

from roadmaps.domain.chain import Chain, Mark, chain_of


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

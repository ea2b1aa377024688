"""Drafts against real databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from core.audit import AuditEntry
from core.drafts import (
    MAX_CHARACTERS,
    DraftBrief,
    Kept,
    Piece,
    clear_draft,
    find_draft,
    keep_draft,
    my_drafts,
)
from core.errors import InvalidError, SignedOutError, TooLongError
from core.permissions import Role
from core.workspace import Workspace

pytestmark = pytest.mark.both
KEY = "consultation:5"


def piece(text: str, *, base: int = 0, sequence: int = 1, writer: str = "a") -> Piece:
    return Piece(KEY, text, writer, sequence, base)


def keep(here: Workspace, sent: Piece) -> Kept:
    with here.reading() as tx:
        person_id = tx.actor.person_id
    return keep_draft(here, sent, person_id=person_id)


def clear(here: Workspace) -> None:
    with here.transaction() as tx:
        clear_draft(tx, KEY)


def test_a_draft_is_kept_and_found(workspace, clock) -> None:
    keep(workspace, piece("Привет 🎉"))

    assert find_draft(workspace, KEY) == Kept(
        text="Привет 🎉", version=1, is_cleared=False, other="", basis="", updated_at=clock.now
    )


def test_a_window_writes_on(workspace) -> None:
    first = keep(workspace, piece("one"))
    second = keep(workspace, piece("one two", base=first.version, sequence=2))

    assert (second.text, second.version, second.other) == ("one two", 2, "")


def test_a_text_sent_again_after_a_lost_answer_is_no_conflict(workspace) -> None:
    keep(workspace, piece("one", sequence=1))
    again = keep(workspace, piece("one two", sequence=4))

    assert (again.text, again.other) == ("one two", "")


def test_a_window_that_took_over_unsent_text_is_no_conflict(workspace) -> None:
    keep(workspace, piece("one", sequence=3))
    heir = keep(workspace, replace(piece("one two", sequence=5, writer="b"), heir_of="a"))

    assert (heir.text, heir.other) == ("one two", "")


def test_two_windows_keep_both_texts(workspace) -> None:
    keep(workspace, piece("from the first"))
    second = keep(workspace, piece("from the second", writer="b"))

    assert (second.text, second.other) == ("from the second", "from the first")


def test_the_overtaken_text_stays_until_it_is_let_go(workspace) -> None:
    keep(workspace, piece("from the first"))
    keep(workspace, piece("from the second", writer="b"))
    on = keep(workspace, piece("second on", base=2, sequence=2, writer="b"))
    let_go = keep(workspace, replace(piece("second on", base=3, writer="b"), other=""))

    assert (on.other, let_go.other) == ("from the first", "")


def test_saving_clears_the_draft(workspace) -> None:
    keep(workspace, piece("text"))
    clear(workspace)

    found = find_draft(workspace, KEY)
    assert found is not None
    assert (found.text, found.is_cleared, my_drafts(workspace)) == ("", True, ())


@pytest.mark.parametrize("was_kept", [True, False])
def test_a_text_that_arrives_after_the_saving_brings_no_draft_back(workspace, was_kept) -> None:
    base = keep(workspace, piece("text")).version if was_kept else 0
    clear(workspace)
    late = keep(workspace, piece("text more", base=base, sequence=2))

    assert (late.is_cleared, late.text) == (True, "")


def test_a_note_is_drafted_anew_after_its_saving(workspace) -> None:
    clear(workspace)
    anew = keep(workspace, piece("anew", base=1))

    assert (anew.text, anew.is_cleared, anew.other) == ("anew", False, "")


def test_drafts_belong_to_their_author_alone(workspace, workspaces) -> None:
    other = workspaces(Role.MANAGER, Role.ADMINISTRATOR)
    keep(workspace, piece("mine"))

    assert find_draft(other, KEY) is None
    assert my_drafts(other) == ()
    keep(other, piece("theirs"))
    found = find_draft(workspace, KEY)
    assert found is not None
    assert found.text == "mine"


def test_a_window_of_another_person_keeps_nothing(workspace, workspaces) -> None:
    other = workspaces(Role.CONSULTANT)
    with other.reading() as tx:
        stranger = tx.actor.person_id

    with pytest.raises(SignedOutError):
        keep_draft(workspace, piece("mine"), person_id=stranger)

    assert find_draft(workspace, KEY) is None


def test_drafts_write_no_audit_line(workspace, database) -> None:
    keep(workspace, piece("text"))
    clear(workspace)

    with database.reading() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) == 0


def test_drafts_are_listed_newest_first_with_their_opening(workspace, clock) -> None:
    keep(workspace, replace(piece("x" * 500), key="consultation:1"))
    earlier = clock.now
    clock.now += timedelta(minutes=5)
    keep(workspace, replace(piece("newer"), key="submission:2"))

    assert my_drafts(workspace) == (
        DraftBrief("submission:2", "newer", clock.now),
        DraftBrief("consultation:1", "x" * 120, earlier),
    )


def test_drafts_are_forgotten_after_thirty_days(workspace, clock, database) -> None:
    keep(workspace, piece("old"))
    clock.now += timedelta(days=30, minutes=1)

    assert find_draft(workspace, KEY) is None
    assert my_drafts(workspace) == ()
    keep(workspace, replace(piece("new"), key="consultation:6"))
    with database.reading() as db:
        assert db.scalar(sa.text("SELECT count(*) FROM draft")) == 1


def test_a_draft_on_the_last_day_is_there(workspace, clock) -> None:
    keep(workspace, piece("old"))
    clock.now += timedelta(days=30)

    assert find_draft(workspace, KEY) is not None


def test_a_draft_holds_a_hundred_thousand_characters(workspace) -> None:
    text = "я" * MAX_CHARACTERS

    assert keep(workspace, piece(text)).text == text


def test_a_longer_text_is_refused_and_the_draft_stays(workspace) -> None:
    keep(workspace, piece("kept"))

    with pytest.raises(TooLongError) as refused:
        keep(workspace, piece("я" * 200_000, base=1, sequence=2))

    assert refused.value.details["length"] == 200_000
    found = find_draft(workspace, KEY)
    assert found is not None
    assert found.text == "kept"


@pytest.mark.parametrize("text", ["a\0b", "half \ud83d of a pair"], ids=["NUL", "half a pair"])
def test_what_no_database_holds_is_replaced(workspace, text) -> None:
    assert "\ufffd" in keep(workspace, piece(text)).text


@pytest.mark.parametrize(
    "key", ["", "consultation", "consultation:", "Consultation:5", "a:" + "x" * 80, "a: b", "a:<b>"]
)
def test_a_strange_key_is_refused(workspace, key) -> None:
    with pytest.raises(InvalidError):
        keep(workspace, replace(piece("text"), key=key))


def test_many_windows_at_once_make_one_draft(
    database, workspaces: Callable[..., Workspace]
) -> None:
    from concurrent.futures import ThreadPoolExecutor

    here = workspaces(Role.CONSULTANT)
    with here.reading() as tx:
        person_id = tx.actor.person_id

    def send(number: int) -> int:
        mine = workspaces(Role.CONSULTANT, person_id=person_id)
        sent = piece(f"text {number}", writer=str(number))
        return keep_draft(mine, sent, person_id=person_id).version

    with ThreadPoolExecutor(8) as pool:
        versions = sorted(pool.map(send, range(16)))

    assert versions == list(range(1, 17))

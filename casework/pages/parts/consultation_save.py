"""Save the form of a meeting: written up, changed, or changed with all that follow it."""

from collections.abc import Mapping
from typing import Any

from casework.domain.consultation import Draft
from casework.domain.plain import draft_of
from casework.pages.parts import overlap_words
from casework.service import (
    Submission,
    edit_consultation,
    edit_following,
    list_overlaps,
    write_up_consultation,
)
from core.i18n import Translator
from core.ui.desk import Undo, saved, told
from core.workspace import Workspace


def save(
    here: Workspace, seen: tuple[int, int, Mapping[str, Any]], draft: Draft, how: str, _: Translator
) -> None:
    """Save what was typed; `seen` is the meeting, the version and the draft that were shown.

    `how` is "write_up", "edit", or "following".
    """
    consultation_id, version, before = seen
    one: dict[str, Any] = {"consultation_id": consultation_id}
    sent = Submission(note_key=f"consultation:{consultation_id}", seen=draft_of(before))
    arguments = {**one, "version": version, "draft": draft, "sent": sent}
    with told():
        if how == "following":
            changed = edit_following(here, **arguments)
            undo = Undo("casework.service:put_back_following", {"before": changed})
        elif how == "write_up":
            write_up_consultation(here, **arguments)
            undo = Undo("casework.service:reopen_consultation", one)
        else:
            edit_consultation(here, **arguments)
            back = {**one, "version": version + 1, "before": before}
            undo = Undo("casework.service:put_back_consultation", back)
        found = list_overlaps(here, ids=[consultation_id])
        saved(
            overlap_words.message(_("Consultation saved"), found, _),
            undo=undo,
            to=("consultation", {"consultation": consultation_id}),
        )

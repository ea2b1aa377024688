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
from core.permissions import Secrecy
from core.ui.desk import Undo, can_open, saved, told
from core.workspace import Workspace


def save(
    here: Workspace,
    seen: tuple[int, int, Mapping[str, Any]],
    draft: Draft,
    how: str,
    _: Translator,
    *,
    has_steps: bool,
) -> None:
    """Save what was typed; `seen` is the meeting, the version and the draft that were shown.

    `how` is "write_up", "edit", or "following". Whoever makes a meeting private that `has_steps`
    is led to the roadmaps in which they stand.
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
        is_told = has_steps and _became_private(before, draft) and can_open("roadmap_held")
        saved(
            overlap_words.message(_("Consultation saved"), found, _),
            undo=undo,
            to=("roadmap_held" if is_told else "consultation", {"consultation": consultation_id}),
        )


def _became_private(before: Mapping[str, Any], draft: Draft) -> bool:
    was = draft_of(before).kept_secrecy
    return was is not Secrecy.PRIVATE and draft.kept_secrecy is Secrecy.PRIVATE

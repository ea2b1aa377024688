"""The way back of a change of a plan, offered where it was made."""

from core.ui.desk import Undo


def undo_of(roadmap_id: int, seq: int | None) -> Undo | None:
    """Give the way back of the change that the service made; none where the plan stayed.

    Its number is the service's to say: others may have changed the plan since the page saw it.
    """
    if seq is None:
        return None
    return Undo("roadmaps.service:undo_edit", {"roadmap_id": roadmap_id, "seq": seq})

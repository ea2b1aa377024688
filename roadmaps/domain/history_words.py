"""A change of a plan told in the reader's language."""

from collections.abc import Mapping

from core.i18n import Translator
from roadmaps.domain.edits import (
    AddLink,
    AddTask,
    Batch,
    ChangeLink,
    ChangePlan,
    ChangeTask,
    Edit,
    MoveTask,
    RemoveLink,
    RemoveTask,
)
from roadmaps.domain.notation import letters_of
from roadmaps.domain.plan import Dependency, LinkKey, Plan, Task
from roadmaps.domain.roadmap import PlanEdit

_TOLD = 4


def told_edit(_: Translator, change: PlanEdit, plan: Plan) -> str:
    """Tell one change; tasks that are gone from the plan are called by the titles they had."""
    titles = _titles(change.forward) | _titles(change.backward)
    titles |= {task.id: task.title for task in plan.tasks}
    olds = _old_tasks(change.backward)
    parts = [_told(_, edit, titles, olds) for edit in _flat(change.forward)]
    shown = "; ".join(parts[:_TOLD])
    more = len(parts) - _TOLD
    return shown if more <= 0 else shown + _("; and {count} more", count=more)


def _told(_: Translator, edit: Edit, titles: Mapping[int, str], olds: Mapping[int, Task]) -> str:
    def name(task_id: int) -> str:
        return titles.get(task_id, "…")

    match edit:
        case AddTask(task):
            return _("added “{task}”", task=task.title)
        case RemoveTask(task_id):
            return _("removed “{task}”", task=name(task_id))
        case ChangeTask(task):
            return _told_change(_, olds.get(task.id), task)
        case MoveTask(task_id, position):
            return _("moved “{task}” to row {row}", task=name(task_id), row=position)
        case ChangePlan(starts_on):
            return _("start of the plan: {day}", day=_.date(starts_on))
    return _told_link(_, edit, titles)


def _told_link(_: Translator, edit: Edit, titles: Mapping[int, str]) -> str:
    def ends(link: Dependency | LinkKey) -> str:
        lag = f"{link.lag:+d}" if isinstance(link, Dependency) and link.lag else ""
        before, after = (titles.get(end, "…") for end in (link.predecessor, link.successor))
        return f"{before} → {after} ({letters_of(link.kind, _.language)}{lag})"

    match edit:
        case AddLink(link):
            return _("linked {ends}", ends=ends(link))
        case RemoveLink(key):
            return _("unlinked {ends}", ends=ends(key))
        case ChangeLink(link):
            return _("changed the lag of {ends}", ends=ends(link))
    raise TypeError(type(edit).__name__)


def _told_change(_: Translator, old: Task | None, new: Task) -> str:
    if old is None:
        return _("changed “{task}”", task=new.title)
    changes = []
    if old.title != new.title:
        changes.append(_("now “{title}”", title=new.title))
    if old.duration != new.duration:
        changes.append(_("duration {old} → {new}", old=old.duration, new=new.duration))
    if old.done_percent != new.done_percent:
        changes.append(_("done {old} → {new} %", old=old.done_percent, new=new.done_percent))
    if (old.responsible, old.responsible_id) != (new.responsible, new.responsible_id):
        changes.append(_("another person responsible"))
    if old.parent_id != new.parent_id:
        changes.append(_("another stage"))
    return _("“{task}”: {changes}", task=old.title, changes=", ".join(changes) or "—")


def _flat(edit: Edit) -> list[Edit]:
    if isinstance(edit, Batch):
        return [inner for part in edit.edits for inner in _flat(part)]
    return [edit]


def _titles(edit: Edit) -> dict[int, str]:
    tasks = [e.task for e in _flat(edit) if isinstance(e, AddTask | ChangeTask)]
    return {task.id: task.title for task in tasks}


def _old_tasks(backward: Edit) -> dict[int, Task]:
    return {e.task.id: e.task for e in _flat(backward) if isinstance(e, ChangeTask)}

"""Tasks that an edit adds, before the database has given them ids."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from core.errors import NotFoundError
from core.i18n import Term
from roadmaps.domain.edits import AddLink, AddTask, Batch, Edit, MoveTask
from roadmaps.domain.edits_task import TaskEdit
from roadmaps.domain.plan import Dependency, Plan, Task, clean


def new_tasks(edit: Edit) -> tuple[Task, ...]:
    """List the tasks that an edit adds, in order.

    Raises
    ------
    NotFoundError
        If one has an id that is not 0 or negative: ids are the database's to give.
    """
    if isinstance(edit, Batch):
        return tuple(task for part in edit.edits for task in new_tasks(part))
    if not isinstance(edit, AddTask):
        return ()
    if edit.task.id > 0:
        raise NotFoundError(kind=Term("object.task"), id=edit.task.id)
    return (edit.task,)


def free_uid(plan: Plan, roadmap_id: int, task_id: int) -> str:
    """Give a new task a name for exchange files that no other of the plan has."""
    uid, used = f"{roadmap_id}-{task_id}", {task.uid for task in plan.tasks}
    while uid in used:
        uid += "+"
    return uid


def numbered(edit: Edit, plan: Plan, roadmap_id: int, ids: Sequence[int]) -> Edit:
    """Give the tasks that an edit adds their ids, and names for exchange files.

    What else in the edit means them by their negative numbers follows.
    """
    tasks = new_tasks(edit)
    known = {task.id: new for task, new in zip(tasks, ids, strict=True) if task.id}
    fresh = ((new, free_uid(plan, roadmap_id, new)) for new in ids)
    return _numbered(edit, known, fresh) if tasks else edit


def _numbered(edit: Edit, known: Mapping[int, int], fresh: Iterator[tuple[int, str]]) -> Edit:
    match edit:
        case Batch(edits):
            return Batch(tuple(_numbered(part, known, fresh) for part in edits))
        case AddTask(task, links, helpers):
            new, uid = next(fresh)
            parent = None if task.parent_id is None else known.get(task.parent_id, task.parent_id)
            own = {**known, task.id: new}
            named = replace(task, id=new, parent_id=parent, uid=uid, title=clean(task.title))
            return AddTask(
                named,
                tuple(_link(link, own) for link in links),
                tuple(replace(helper, task_id=new) for helper in helpers),
            )
        case AddLink(link):
            return AddLink(_link(link, known))
        case MoveTask(task_id, position):
            return MoveTask(known.get(task_id, task_id), position)
        case TaskEdit():
            return replace(edit, task_id=known.get(edit.task_id, edit.task_id))
    return edit


def _link(link: Dependency, known: Mapping[int, int]) -> Dependency:
    before, after = (known.get(end, end) for end in (link.predecessor, link.successor))
    return replace(link, predecessor=before, successor=after)

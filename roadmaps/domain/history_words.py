"""A change of a plan told in the reader's language."""

from collections.abc import Mapping
from dataclasses import replace

from core.i18n import Translator
from roadmaps.domain.edits import (
    AddLink,
    AddTask,
    ChangeLink,
    ChangePlan,
    ChangeTask,
    Edit,
    MoveTask,
    RemoveLink,
    RemoveTask,
    flat,
)
from roadmaps.domain.edits_plan import (
    RemoveBaseline,
    RenameBaseline,
    SetCalendars,
    SetStatus,
    TakeBaseline,
)
from roadmaps.domain.edits_task import Rename, TaskEdit, differing
from roadmaps.domain.field_words import told_at, told_field
from roadmaps.domain.notation import letters_of
from roadmaps.domain.plan import Dependency, LinkKey, LinkKind, Plan, Task
from roadmaps.domain.roadmap import PlanEdit

_TOLD = 4


def told_edit(_: Translator, change: PlanEdit, plan: Plan) -> str:
    """Tell one change; tasks that are gone from the plan are called by the titles they had."""
    titles = _titles(change.forward) | _titles(change.backward)
    titles |= {task.id: task.title for task in plan.tasks}
    told = _Teller(_, plan, titles, change.backward)
    parts = [told.edit(edit) for edit in flat(change.forward)]
    if not parts:
        return _("nothing was left to change")
    shown = "; ".join(parts[:_TOLD])
    more = len(parts) - _TOLD
    return shown if more <= 0 else shown + _("; and {count} more", count=more)


def turned(taking: PlanEdit) -> PlanEdit:
    """Give the change that a taking back took back, to be told as what is undone."""
    return replace(taking, forward=taking.backward, backward=taking.forward, undoes=None)


def sentence(told: str) -> str:
    """Let what `told_edit` gives begin a line, with a capital letter."""
    return told[:1].upper() + told[1:]


class _Teller:
    """Tells the edits of one change; what was before is known from its way back."""

    def __init__(
        self, _: Translator, plan: Plan, titles: Mapping[int, str], backward: Edit
    ) -> None:
        self._words, self._plan, self._titles = _, plan, titles
        edits = list(flat(backward))
        self._tasks = {e.task.id: e.task for e in edits if isinstance(e, ChangeTask)}
        self._fields = {(e.task_id, type(e)): e for e in edits if isinstance(e, TaskEdit)}
        self._baselines = {
            e.baseline.number: e.baseline for e in edits if isinstance(e, TakeBaseline)
        }

    def edit(self, edit: Edit) -> str:  # noqa: PLR0911 — one answer for each kind
        """Tell one edit."""
        _ = self._words
        match edit:
            case AddTask(task):
                return _("added “{task}”", task=task.title)
            case RemoveTask(task_id):
                return _("removed “{task}”", task=self._name(task_id))
            case ChangeTask(task):
                return self._change(task)
            case MoveTask(task_id, position):
                return _("moved “{task}” to row {row}", task=self._name(task_id), row=position)
            case TaskEdit():
                old = self._fields.get((edit.task_id, type(edit)))
                told = told_field(_, edit, old, self._plan)
                name = old.title if isinstance(old, Rename) else self._name(edit.task_id)
                return _("“{task}”: {changes}", task=name, changes=told)
            case AddLink() | RemoveLink() | ChangeLink():
                return self._link(edit)
        return self._whole(edit)

    def _whole(self, edit: Edit) -> str:  # noqa: PLR0911 — one answer for each kind
        _ = self._words
        match edit:
            case ChangePlan(starts_on):
                return _("start of the plan: {day}", day=_.date(starts_on))
            case SetStatus(status_at):
                if status_at is None:
                    return _("no status date")
                return _("status date: {day}", day=told_at(_, status_at))
            case SetCalendars():
                return _("calendars of tasks")
            case TakeBaseline(baseline):
                return _(
                    "took the baseline “{title}”", title=baseline.title or str(baseline.number)
                )
            case RemoveBaseline(number):
                return _("removed the baseline “{title}”", title=self._baseline(number))
            case RenameBaseline(_number, title):
                return _("called a baseline “{title}”", title=title)
        raise TypeError(type(edit).__name__)

    def _link(self, edit: AddLink | RemoveLink | ChangeLink) -> str:
        _ = self._words
        match edit:
            case AddLink(link):
                return _("linked {ends}", ends=self._ends(link))
            case RemoveLink(key):
                return _("unlinked {ends}", ends=self._ends(key))
            case ChangeLink(link):
                return _("changed the lag of {ends}", ends=self._ends(link))

    def _ends(self, link: Dependency | LinkKey) -> str:
        _ = self._words
        lag = f"{link.lag:+d}" if isinstance(link, Dependency) and link.lag else ""
        before, after = self._name(link.predecessor), self._name(link.successor)
        if link.kind is LinkKind.FS and not lag:  # what everybody means by an arrow
            return _("“{before}” → “{after}”", before=before, after=after)
        kind = f"{letters_of(link.kind, _.language)}{lag}"
        return _("“{before}” → “{after}” ({kind})", before=before, after=after, kind=kind)

    def _change(self, new: Task) -> str:
        _, old = self._words, self._tasks.get(new.id)
        if old is None:
            return _("changed “{task}”", task=new.title)
        edits = differing(old, new)
        changes = [told_field(_, x, type(x).of(old), self._plan) for x in edits]
        if old.parent_id != new.parent_id:
            changes.append(_("another stage"))
        return _("“{task}”: {changes}", task=old.title, changes=", ".join(changes) or "—")

    def _name(self, task_id: int) -> str:
        return self._titles.get(task_id, "…")

    def _baseline(self, number: int) -> str:
        known = {x.number: x for x in self._plan.baselines} | self._baselines
        return (known[number].title if number in known else "") or str(number)


def _titles(edit: Edit) -> dict[int, str]:
    tasks = [e.task for e in flat(edit) if isinstance(e, AddTask | ChangeTask)]
    return {task.id: task.title for task in tasks}

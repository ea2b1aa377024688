"""Everything the plan editor says by itself, in the reader's language.

What a plan says of its own tasks, dates and changes comes with the picture from the server.
"""

from typing import Any, TypeAlias

from core.i18n import Translator
from roadmaps.domain.notation import letters_of
from roadmaps.domain.plan import LinkKind

Words: TypeAlias = dict[str, Any]


def editor_words(_: Translator) -> Words:
    """Give the words of buttons, questions, lines and the help."""
    return {**_chart(_), **_acts(_), **_links(_), **_questions(_), **_lines(_), "help": _help(_)}


def _chart(_: Translator) -> Words:
    return {
        "task": _("Task"),
        "who": _("Who"),
        "float": _("Float"),
        "floatHelp": _("How late a task may end without moving the end of the plan"),
        "floatIs": _("float: {float}"),
        "critical": _("critical"),
        "chart": _("Dates"),
        "chartOf": _("Plan of the roadmap"),
        "hint": _("Arrow keys walk and move, Enter renames, question mark lists all keys."),
        "today": _("today"),
        "placed": _("Placed by hand"),
        "endsOn": _("ends {day}"),
        "tools": _("The plan"),
        "taskTools": _("The chosen task"),
        "emptyEdit": _("The plan is empty. Begin with its first task: what comes first?"),
        "emptyView": _("The plan is empty."),
    }


def _acts(_: Translator) -> Words:
    return {
        "undo": _("Nothing of yours to undo"),
        "undoOf": _("Undo: {what} (Ctrl+Z)"),
        "redo": _("Nothing to do again"),
        "redoOf": _("Do again: {what} (Ctrl+Y)"),
        "nothingToUndo": _("Nothing of yours to undo"),
        "nothingToRedo": _("Nothing to do again"),
        "addTask": _("Add task"),
        "columns": _("Who and float as columns"),
        "nameWidth": _("Width of the names: drag, double click as it was"),
        "moreTools": _("More to do with the task"),
        "short": {
            "rename": _("Name"),
            "progress": _("Progress"),
            "link": _("Link up"),
            "links": _("Links"),
            "rest": _("More…"),
        },
        "zoomIn": _("Look closer"),
        "zoomOut": _("Look from further away"),
        "zoomWhole": _("The whole plan"),
        "goToday": _("Go to today"),
        "todayAway": _("Today is not on this chart ({dates})."),
        "help_": _("Keys and mouse"),
        "rename": _("Rename"),
        "progress": _("How much is done, %"),
        "percent": _("done {n} %"),
        "moveUp": _("One row up"),
        "moveDown": _("One row down"),
        "moveOut": _("Out of its stage"),
        "moveInto": _("Into the task above, as its part"),
        "free": _("Let its links place it"),
        "remove": _("Remove"),
        "details": _("In detail"),
        "until": _("until {day}"),
        "daysShort": _("{n} d"),
        "dropOnRow": _("Drop it on another row"),
        "where": {
            "above": _("above “{task}”"),
            "below": _("below “{task}”"),
            "inside": _("as a part of “{task}”"),
        },
        "nameOf": _("Name of the task"),
    }


def _links(_: Translator) -> Words:
    return {
        "link": _("Link"),
        **_kinds(_),
        "links": _("Links of the task"),
        "linkFrom": _("Link to another task"),
        "linkHint": _(
            "Link from “{task}”: choose the other task by arrows, the kind by 1 to 4, then Enter."
        ),
        "linkingFrom": _("Choose the other task. Link from “{task}”: {kind}"),
        "linksOf": _("Links of “{task}”"),
        "chooseLink": _("Which link?"),
        "noLinks": _("This task has no links."),
        "leadsTo": _("leads to “{task}”"),
        "waitsFor": _("waits for “{task}”"),
        "kind": _("Kind"),
        "lagIs": _("lag {n}"),
        "lagIn": {
            "day": _("Lag, working days"),
            "hour": _("Lag, working hours"),
            "minute": _("Lag, working minutes"),
        },
        "removeLink": _("Remove the link"),
        "dropOnTask": _("Let go on another task"),
    }


def _kinds(_: Translator) -> Words:
    """Name the kinds of links by the reader's letters and by words."""
    told = {
        LinkKind.FS: _("begins after its end"),
        LinkKind.SS: _("begins together with it"),
        LinkKind.FF: _("ends together with it"),
        LinkKind.SF: _("ends after its beginning"),
    }
    letters = {kind: letters_of(kind, _.language) for kind in told}
    return {
        "letters": {kind.name.lower(): letters[kind] for kind in told},
        "kinds": {kind.name.lower(): words for kind, words in told.items()},
        "kindNamed": {kind.name.lower(): f"{letters[kind]} — {told[kind]}" for kind in told},
        "kindOf": _("{kind} — “{task}” {words}"),
    }


def _questions(_: Translator) -> Words:
    return {
        "removeTask": _("Remove “{task}” with its links?"),
        "removeStage": _("Remove the stage “{task}”? Its parts stay and move one level up."),
        "removeBack": _("Ctrl+Z brings it back."),
        "keep": _("Keep"),
        "save": _("Save"),
        "cancel": _("Cancel"),
        "close": _("Close"),
        "doneWhole": _("Done in full"),
        "progressOf": _("How much of “{task}” is done"),
        "addBelow": _("New task below “{task}”"),
        "addFirst": _("New task"),
        "lengthIn": {
            "day": _("Working days; 0: a milestone"),
            "hour": _("Working hours; 0: a milestone"),
            "minute": _("Working minutes; 0: a milestone"),
        },
        "conflict": _("Somebody has changed the same meanwhile"),
        "undoStopped": _("Not taken back: somebody has changed the same since"),
        "field": _("What"),
        "original": _("It was"),
        "theirs": _("Theirs"),
        "mine": _("Yours"),
        "keepTheirs": _("Keep theirs"),
        "putMine": _("Put mine"),
        "understood": _("Understood"),
    }


def _lines(_: Translator) -> Words:
    return {
        "noChange": _("Here is told what each change has moved."),
        "showMoves": _("What moved, and why"),
        "moreMoves": _("and {n} more"),
        "offline": _("No connection. Changes that wait: {n}. Nothing is lost."),
        "offlineNone": _("No connection. Trying again."),
        "signedOut": _("You are signed out. Sign in again: what waits will be sent then."),
        "forbidden": _("You may look at this roadmap, but not change it."),
        "closed": _("This roadmap is not open to you any more."),
        "gone": _("This roadmap is not there any more."),
        "notDone": _("This could not be done. Nothing has changed."),
        "stageDone": _("How much of a stage is done follows from its parts."),
    }


def _help(_: Translator) -> list[Words]:
    parts = [
        (_("By mouse or finger"), "hands", _by_mouse(_)),
        (_("What the signs mean"), "signs", _signs(_)),
        (_("Keys: looking"), "keys", _by_keys_looking(_)),
        (_("Keys: dates and rows"), "keys", _by_keys_moving(_)),
        (_("Keys: tasks and links"), "keys", _by_keys_changing(_)),
    ]
    return [{"title": title, "kind": kind, "rows": rows} for title, kind, rows in parts]


def _by_mouse(_: Translator) -> list[tuple[str, str]]:
    return [
        (_("drag a bar"), _("moves the task or stage; with a finger, tap it first")),
        (_("its right edge"), _("makes it longer or shorter")),
        (_("the knob below"), _("sets how much is done")),
        (_("a circle at its end"), _("draws a link to another bar: that one waits for it")),
        (_("a link"), _("opens its kind and lag")),
        (_("a row by its number"), _("puts it elsewhere; with a finger, press it long first")),
        (_("double click on a name"), _("renames")),
        (_("Ctrl and wheel"), _("looks closer or from further away")),
        (_("Esc"), _("lets go without a change")),
    ]


def _by_keys_looking(_: Translator) -> list[tuple[str, str]]:
    return [
        ("↑ ↓ Home End", _("walk through the rows")),
        ("Ctrl+← Ctrl+→", _("fold and unfold a stage")),
        ("+ − 0", _("closer, further away, the whole plan")),
        (_("Space"), _("shows the task in detail")),
        ("Tab", _("leaves the chart")),
    ]


def _by_keys_moving(_: Translator) -> list[tuple[str, str]]:
    return [
        ("← →", _("move by one working day or hour; a stage too")),
        ("Shift+← Shift+→", _("shorten and lengthen")),
        ("F", _("lets its links place it")),
        ("Alt+↑ Alt+↓", _("one row up or down")),
        ("Alt+← Alt+→", _("out of its stage, into the task above")),
    ]


def _by_keys_changing(_: Translator) -> list[tuple[str, str]]:
    kinds = " ".join(letters_of(kind, _.language) for kind in LinkKind)
    return [
        ("Enter", _("renames")),
        ("N", _("adds a task below")),
        ("P", _("sets how much is done")),
        ("L", _("begins a link: arrows choose, 1–4 give {kinds}, Enter makes it", kinds=kinds)),
        ("U", _("opens the links of the task: kind, lag, remove")),
        ("Delete", _("removes the task, after a question")),
        ("Ctrl+Z Ctrl+Y", _("undo, do again")),
    ]


def _signs(_: Translator) -> list[tuple[str, str, str]]:
    """Give what is drawn as a sample, how it looks, what it means."""
    return [
        ("usual", _("green bar"), _("a task")),
        ("critical", _("brick, hatched"), _("critical: its delay delays the plan")),
        ("done", _("dark stripe below"), _("the part that is done")),
        ("stage", _("bracket"), _("a stage: it lasts as long as its parts")),
        ("milestone", _("diamond"), _("a milestone: a moment that takes no time")),
        ("float", _("dotted line"), _("float: so late it may end without moving the plan")),
        ("agreed", _("thin grey bar"), _("the agreed dates of a baseline")),
        ("hand", _("blue point"), _("placed by hand")),
        ("bound", _("blue bracket"), _("a date that binds the task")),
        ("deadline", _("triangle above"), _("deadline; filled when missed")),
        ("today", _("dashed blue line"), _("today")),
        ("asked", _("amber triangle"), _("the person is asked for too much")),
    ]

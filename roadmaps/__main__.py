"""The command line: schedule plans, convert them, compare two, compile the passes."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from core.errors import DomainError
from core.i18n import Translator, language_of, translator
from roadmaps.domain.laid import Laid
from roadmaps.domain.moves import Change, Move
from roadmaps.domain.plan import Plan
from roadmaps.formats.exchange import PlanFile

_MOST_TASKS: Final = 200_000
_BAD_INPUT: Final = 2
_FORMS: Final = ("json", "mspdi", "csv", "xlsx", "ics", "mermaid")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when every file was answered, 2 when one could not be read."""
    parser = argparse.ArgumentParser(prog="python -m roadmaps", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    schedule = commands.add_parser("schedule", help="give the dates and floats of every task")
    schedule.add_argument("files", nargs="+", type=Path, metavar="FILE")
    schedule.add_argument("--json", action="store_true", help="one JSON object a line")
    convert = commands.add_parser("convert", help="write plans in another form")
    convert.add_argument("files", nargs="+", type=Path, metavar="FILE")
    convert.add_argument("--to", choices=_FORMS, default="json")
    convert.add_argument("--json", action="store_true", help="the same as --to json")
    diff = commands.add_parser("diff", help="say what moved, by how much and why")
    diff.add_argument("files", nargs=2, type=Path, metavar="FILE")
    diff.add_argument("--json", action="store_true", help="one JSON object")
    commands.add_parser("warm", help="compile the passes, once for each machine")
    given = parser.parse_args(arguments)
    if given.command == "warm":
        return _warm()
    _ = translator(language_of(os.environ.get("LANG", "")[:2]))
    if given.command == "schedule":
        show = _print_json if given.json else _print_table
        return _each(given.files, lambda path, file, laid: show(path, file, laid, _), _)
    if given.command == "convert":
        form = "json" if given.json else given.to
        return _each(given.files, lambda path, file, laid: _convert(path, file, laid, form), _)
    return _diff(given.files, _, as_json=given.json)


def _warm() -> int:
    """Compile in a child process, so that what compiling takes is given back."""
    import subprocess

    code = "from roadmaps.domain.machine import load; load()"
    return subprocess.run([sys.executable, "-c", code], check=False).returncode  # noqa: S603 — our own interpreter and code


def _each(paths: Sequence[Path], act: Callable[[Path, PlanFile, Laid], None], _: Translator) -> int:
    """Answer every file that can be read; tell of each other one in a sentence."""
    status = 0
    for path in paths:
        found = _read(path, _)
        if found is None:
            status = _BAD_INPUT
            continue
        act(path, *found)
    sys.stdout.flush()
    return status


def _read(path: Path, _: Translator) -> tuple[PlanFile, Laid] | None:
    from datetime import UTC, datetime

    from core.calendar import russian_calendar
    from roadmaps.domain.checks import check_plan
    from roadmaps.domain.laid import lay
    from roadmaps.formats.files import read_plan

    try:
        file = read_plan(path.read_bytes(), path.name, datetime.now(UTC).date())
        check_plan(file.plan, _MOST_TASKS)
        return file, lay(file.plan, russian_calendar())
    except DomainError as error:
        _complain(path, _.error(error))
    except OSError as error:
        _complain(path, str(error.strerror or error))
    return None


def _complain(path: Path, sentence: str) -> None:
    sys.stdout.flush()
    print(f"{path}: {' '.join(sentence.split())}", file=sys.stderr)


def _tell_lost(path: Path, lost: Iterable[tuple[Any, int]], _: Translator) -> None:
    parts = [f"{_.label(what)} ({count})" for what, count in lost]
    if parts:
        _complain(path, _("Not carried over: {what}.", what=", ".join(parts)))


# ---- schedule


def _print_json(path: Path, _file: PlanFile, laid: Laid, _: Translator) -> None:
    print(json.dumps(_scheduled(path, laid), ensure_ascii=False, separators=(",", ":")))


def _scheduled(path: Path, laid: Laid) -> dict[str, Any]:
    plan, result = laid.plan, laid.result
    tasks = {}
    for task in plan.tasks:
        slot, link = result[task.id], result.driven_by.get(task.id)
        start, finish = laid.instants(task.id)
        tasks[str(task.id)] = {
            "early_start": slot.early_start,
            "early_finish": slot.early_finish,
            "late_start": slot.late_start,
            "late_finish": slot.late_finish,
            "start": start.isoformat(),
            "finish": finish.isoformat(),
            "total_float": slot.total_float,
            "free_float": slot.free_float,
            "critical": slot.is_critical,
            "driven_by": None if link is None else str(link.predecessor),
        }
    return {
        "file": str(path),
        "unit": plan.unit.value,
        "length": result.length,
        "start": laid.start.isoformat(),
        "finish": laid.end.isoformat(),
        "tasks": tasks,
    }


def _print_table(path: Path, file: PlanFile, laid: Laid, _: Translator) -> None:
    from roadmaps.domain.why_words import told_length
    from roadmaps.domain.words import moment

    plan, unit = laid.plan, laid.plan.unit
    length, finish = told_length(_, laid.lasts, unit), moment(_, laid.finish, unit)
    summary = _("{length}, until {finish}", length=length, finish=finish)
    print(f"{path}: {file.title} — {summary}" if file.title else f"{path}: {summary}")
    for task in plan.tasks:
        slot, span = laid.result[task.id], laid.span(task.id)
        mark = "*" if slot.is_critical else " "
        dates = f"{moment(_, span.start, unit)} – {moment(_, span.finish, unit)}"
        print(f"{mark} {task.id:>5}  {dates}  {slot.total_float:>6}  {task.title}")
    _tell_lost(path, file.lost.items(), _)


# ---- convert


def _convert(path: Path, file: PlanFile, laid: Laid, form: str) -> None:
    from roadmaps.formats.files import PlanForm, lost_in, write_plan

    _ = translator(language_of(os.environ.get("LANG", "")[:2]))
    sys.stdout.flush()
    sys.stdout.buffer.write(write_plan(PlanForm(form), file, laid, _))
    sys.stdout.buffer.flush()
    lost = dict(file.lost)
    for what, count in lost_in(PlanForm(form), file.plan).items():
        lost[what] = lost.get(what, 0) + count
    _tell_lost(path, lost.items(), _)


# ---- diff


def _diff(paths: Sequence[Path], _: Translator, *, as_json: bool) -> int:
    from roadmaps.domain.moves import changes, moves

    found = [_read(path, _) for path in paths]
    one, other = found
    if one is None or other is None:
        return _BAD_INPUT
    before, after = one[1], other[1]
    changed, moved = changes(before.plan, after.plan), moves(before, after)
    if as_json:
        told = {
            "before": str(paths[0]),
            "after": str(paths[1]),
            "finish": [before.finish.isoformat(), after.finish.isoformat()],
            "changes": [_change(change) for change in changed],
            "moved": [_move(move, after.plan) for move in moved],
        }
        print(json.dumps(told, ensure_ascii=False, separators=(",", ":")))
        return 0
    _print_moves(moved, before.plan, after, _)
    return 0


def _print_moves(moved: Sequence[Move], before: Plan, after: Laid, _: Translator) -> None:
    if not moved:
        print(_("Nothing has moved."))
    titles = {task.id: task.title for task in (*before.tasks, *after.plan.tasks)}
    for move in moved:
        why = _.label(move.because.kind)
        link, cause = move.because.link, move.because.task_id
        if link is not None:
            why += f": {titles[link.predecessor]} → {titles[link.successor]}"
        elif cause is not None and cause != move.task_id:
            why += f": {titles[cause]}"
        by = ", ".join(f"{_days(x.total_seconds())}" for x in (move.start_by, move.finish_by))
        print(f"{move.task_id:>5}  {titles[move.task_id]}  ({by})  {why}")


def _days(seconds: float) -> str:
    hours = round(seconds / 3600, 2)
    return f"{hours / 24:+g} d" if hours % 24 == 0 else f"{hours:+g} h"


def _change(change: Change) -> dict[str, Any]:
    link = change.link
    return {
        "kind": change.kind.value,
        "task": None if change.task_id is None else str(change.task_id),
        "link": None
        if link is None
        else {
            "predecessor": str(link.predecessor),
            "successor": str(link.successor),
            "kind": link.kind.value,
            "lag": link.lag,
        },
    }


def _move(move: Move, plan: Plan) -> dict[str, Any]:
    return {
        "id": str(move.task_id),
        "title": plan.task(move.task_id).title,
        "start_by_hours": move.start_by.total_seconds() / 3600,
        "finish_by_hours": move.finish_by.total_seconds() / 3600,
        "because": _change(move.because),
        "through": None if move.through is None else str(move.through),
    }


if __name__ == "__main__":
    sys.exit(main())

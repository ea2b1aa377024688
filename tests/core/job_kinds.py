"""Jobs for the tests of jobs."""

import os
import time

from core.errors import OutOfRangeError
from core.i18n import Term
from core.jobs import Report
from core.workspace import Workspace


def add(report: Report, here: Workspace, *, left: int, right: int) -> str:
    report.progress(0.5, "job.adding")
    with here.reading() as tx:
        roles = "+".join(sorted(tx.actor.roles))
        return f"{left + right}:{tx.actor.person_id}:{roles}:{os.nice(0)}"


def wait(report: Report, here: Workspace, *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        report.progress(0.25, "job.waiting")
        time.sleep(0.05)


def refuse(report: Report, here: Workspace) -> None:
    raise OutOfRangeError(field=Term("field.days"), low=0, high=9)


def crash(report: Report, here: Workspace) -> None:
    raise ZeroDivisionError


def die(report: Report, here: Workspace) -> None:
    os._exit(9)

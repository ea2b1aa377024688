"""Long work: one niced child process at a time, watched through the database.

A job is a public function named `module:function` that takes its `Report`, a workspace of the
person who started it, and plain arguments. It says how far it is through the report and may
return what came of it (`document:5`). Rows outlive reloads and restarts: pages poll them, and
a job whose child has gone silent is failed by whoever looks next.
"""

import importlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from core import telemetry
from core.database import ROOT, Base, Database, UtcDateTime, coded, data_dir
from core.errors import DomainError, NotFoundError
from core.i18n import Coded, Term
from core.permissions import Actor, Role
from core.workspace import Transaction, Workspace, system_clock

SILENCE: Final = timedelta(seconds=30)
"""A running job without a heartbeat for so long has lost its process."""
_BEAT_SECONDS: Final = 1.0
_GRACE_BEATS: Final = 10
_NICENESS: Final = 10
_CHILD: Final = "import sys; from core.jobs import run; run(int(sys.argv[1]))"

Argument: TypeAlias = "str | int | float | bool | None"


class JobState(Coded):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class JobLostError(DomainError):
    """The process of the job ended without a word."""

    code = "error.job_lost"


class JobFailedError(DomainError):
    """The job met an unexpected failure; details: reference."""

    code = "error.job_failed"


class JobCancelledError(DomainError):
    """Somebody asked the job to stop."""

    code = "error.job_cancelled"


class Job(Base):
    """One piece of long work."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(120))
    arguments: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[JobState] = mapped_column(coded(JobState))
    progress: Mapped[float] = mapped_column(default=0.0)
    message: Mapped[str] = mapped_column(sa.String(80), default="")
    details: Mapped[str] = mapped_column(sa.Text, default="{}")
    result: Mapped[str] = mapped_column(sa.String(120), default="")
    started_by: Mapped[int] = mapped_column(index=True)
    roles: Mapped[str] = mapped_column(sa.Text)
    wants_cancel: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    heartbeat_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    __table_args__ = (
        sa.CheckConstraint("progress >= 0 AND progress <= 1", name="progress"),
        sa.Index(
            "uq_job_one_running",
            "state",
            unique=True,
            sqlite_where=sa.text("state = 'running'"),
            postgresql_where=sa.text("state = 'running'"),
        ),
        *Base.__table_args__,
    )


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as a page shows it; `message` and `details` make a `DomainError` when it failed."""

    id: int
    kind: str
    state: JobState
    progress: float
    message: str
    details: Mapping[str, Any]
    result: str
    created_at: datetime

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more will happen."""
        return self.state not in {JobState.QUEUED, JobState.RUNNING}


class Report:
    """The running job's line to those who wait for it."""

    def __init__(self, database: Database, job_id: int) -> None:
        self._database = database
        self._id = job_id
        self._cancelled = threading.Event()
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._progress = 0.0
        self._message = ""

    def progress(self, share: float, message: str = "") -> None:
        """Say how far the work is [share of 1] and, by a message code, what it does.

        Raises `JobCancelledError` when somebody asked the job to stop.
        """
        if self._cancelled.is_set():
            raise JobCancelledError
        with self._lock:
            self._progress, self._message = min(1.0, max(0.0, share)), message

    def beat(self) -> None:
        """Write a heartbeat each second until the work is over; leave if it will not stop."""
        beats_since_cancel = 0
        while not self._over.wait(_BEAT_SECONDS):
            self._write()
            beats_since_cancel += self._cancelled.is_set()
            if beats_since_cancel > _GRACE_BEATS:
                _end(self._database, self._id, _Outcome(JobState.CANCELLED))
                os._exit(1)

    def close(self) -> None:
        """End the heartbeat."""
        self._over.set()

    def _write(self) -> None:
        with self._lock:
            share, message = self._progress, self._message
        try:
            with self._database.writing() as db:
                row = db.get(Job, self._id)
                if row is None or row.state is not JobState.RUNNING:
                    os._exit(1)  # failed as lost, or restored away: nobody waits any more
                row.progress, row.message = share, message
                row.heartbeat_at = system_clock()
                if row.wants_cancel:
                    self._cancelled.set()
        except DomainError:
            return  # a busy database: the next beat says it


def queue_job(tx: Transaction, kind: str, **arguments: Argument) -> int:
    """Queue a job in the transaction that decides on it; `start_jobs` after the commit."""
    row = Job(
        kind=kind,
        arguments=json.dumps(arguments),
        state=JobState.QUEUED,
        started_by=tx.actor.person_id,
        roles=json.dumps(sorted(tx.actor.roles)),
        created_at=tx.now,
        heartbeat_at=tx.now,
    )
    tx.db.add(row)
    tx.db.flush()
    return row.id


def start_jobs(database: Database) -> None:
    """Start the oldest queued job unless one is running; lost ones are failed first."""
    fail_lost(database)
    job_id = _claim(database)
    if job_id is None:
        return
    environment = os.environ | {
        "DATABASE_URL": database.url.render_as_string(hide_password=False),
        "DATA_DIR": str(data_dir()),
        "PYTHONPATH": str(ROOT),
    }
    subprocess.Popen(  # noqa: S603 — our own interpreter and module
        [sys.executable, "-c", _CHILD, str(job_id)],
        env=environment,
        stdin=subprocess.DEVNULL,
    )


def view_job(workspace: Workspace, job_id: int) -> JobView:
    """Show a job to who started it, or to an administrator. Raises `NotFoundError`."""
    fail_lost(workspace.database)
    with workspace.reading() as tx:
        return _view(_load(tx, job_id))


def my_jobs(workspace: Workspace, limit: int = 20) -> tuple[JobView, ...]:
    """List the actor's jobs, newest first."""
    fail_lost(workspace.database)
    with workspace.reading() as tx:
        query = sa.select(Job).where(Job.started_by == tx.actor.person_id)
        return tuple(
            _view(row) for row in tx.db.scalars(query.order_by(Job.id.desc()).limit(limit))
        )


def cancel_job(workspace: Workspace, job_id: int) -> None:
    """Ask a job to stop: a queued one at once, a running one within seconds."""
    with workspace.transaction() as tx:
        row = _load(tx, job_id)
        row.wants_cancel = True
        if row.state is JobState.QUEUED:
            row.state, row.ended_at = JobState.CANCELLED, tx.now


def fail_lost(database: Database) -> None:
    """Fail running jobs whose process has gone silent: at start, and whenever one is shown."""
    late = system_clock() - SILENCE
    lost = (Job.state == JobState.RUNNING) & (Job.heartbeat_at < late)
    with database.reading() as db:
        if db.scalar(sa.select(Job.id).where(lost)) is None:
            return
    with database.writing() as db:
        db.execute(
            sa.update(Job)
            .where(lost)
            .values(state=JobState.FAILED, message=JobLostError.code, ended_at=system_clock())
        )


def count_open(database: Database) -> int:
    """Count the jobs that wait or run."""
    open_ones = Job.state.in_([JobState.QUEUED, JobState.RUNNING])
    with database.reading() as db:
        return db.scalar(sa.select(sa.func.count()).select_from(Job).where(open_ones)) or 0


def run(job_id: int) -> None:
    """Do a claimed job: the child process's whole life."""
    from core.database import the_database

    os.nice(_NICENESS)
    telemetry.start_logging()
    database = the_database()
    report = Report(database, job_id)
    beating = threading.Thread(target=report.beat, daemon=True)
    beating.start()
    outcome = _outcome(database, job_id, report)
    report.close()
    beating.join()
    _end(database, job_id, outcome)
    start_jobs(database)


@dataclass(frozen=True, slots=True)
class _Outcome:
    state: JobState
    result: str = ""
    error: DomainError | None = None


def _outcome(database: Database, job_id: int, report: Report) -> _Outcome:
    try:
        result = _call(database, job_id, report)
    except JobCancelledError:
        return _Outcome(JobState.CANCELLED)
    except DomainError as error:
        return _Outcome(JobState.FAILED, error=error)
    except Exception as error:  # noqa: BLE001 — whatever it is, those who wait are told
        reference = telemetry.log_failure(error)
        return _Outcome(JobState.FAILED, error=JobFailedError(reference=reference))
    return _Outcome(JobState.DONE, result)


def _call(database: Database, job_id: int, report: Report) -> str:
    with database.reading() as db:
        row = db.get_one(Job, job_id)
        roles = frozenset(Role(role) for role in json.loads(row.roles))
        actor = Actor(row.started_by, roles)
        kind, arguments = row.kind, json.loads(row.arguments)
    module, _colon, name = kind.partition(":")
    function = getattr(importlib.import_module(module), name)
    result = function(report, Workspace.of(database, actor), **arguments)
    return "" if result is None else str(result)


def _claim(database: Database) -> int | None:
    """Take the oldest queued job; None if there is none, or one runs already."""
    try:
        with database.writing() as db:
            running = sa.select(Job.id).where(Job.state == JobState.RUNNING)
            if db.scalar(running) is not None:
                return None
            queued = sa.select(Job).where(Job.state == JobState.QUEUED).order_by(Job.id).limit(1)
            row = db.scalar(queued.with_for_update(skip_locked=True))
            if row is None:
                return None
            row.state, row.heartbeat_at = JobState.RUNNING, system_clock()
            return row.id
    except IntegrityError:  # another process was quicker by a moment
        return None


def _end(database: Database, job_id: int, outcome: _Outcome) -> None:
    error = outcome.error
    with database.writing() as db:
        row = db.get_one(Job, job_id)
        row.state, row.ended_at, row.result = outcome.state, system_clock(), outcome.result
        row.progress = 1.0 if outcome.state is JobState.DONE else row.progress
        row.message = error.code if error else ""
        row.details = json.dumps(error.details if error else {}, default=str)


def _load(tx: Transaction, job_id: int) -> Job:
    row = tx.db.get(Job, job_id)
    is_open = row is not None and (
        row.started_by == tx.actor.person_id or Role.ADMINISTRATOR in tx.actor.roles
    )
    if row is None or not is_open:
        raise NotFoundError(kind=Term("object.job"), id=job_id)
    return row


def _view(row: Job) -> JobView:
    return JobView(
        row.id, row.kind, row.state, row.progress, row.message, json.loads(row.details),
        row.result, row.created_at,
    )  # fmt: skip

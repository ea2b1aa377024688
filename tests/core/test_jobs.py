"""Long work in real child processes."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from core import jobs
from core.database import Database
from core.errors import NotFoundError
from core.jobs import Job, JobState, JobView
from core.permissions import Role
from core.workspace import Workspace, system_clock

KINDS = "tests.core.job_kinds"


@pytest.fixture
def start(database: Database, workspace: Workspace) -> Callable[..., int]:
    def queue(kind: str, **arguments: jobs.Argument) -> int:
        with workspace.transaction() as tx:
            job_id = jobs.queue_job(tx, f"{KINDS}:{kind}", **arguments)
        jobs.start_jobs(database)
        return job_id

    return queue


def until(workspace: Workspace, job_id: int, reached: Callable[[JobView], bool]) -> JobView:
    for _try in range(600):
        job = jobs.view_job(workspace, job_id)
        if reached(job):
            return job
        time.sleep(0.05)
    raise TimeoutError(job)


def over(job: JobView) -> bool:
    return job.is_over


@pytest.mark.both
def test_a_job_runs_niced_in_the_name_of_who_started_it(workspace, start) -> None:
    job = until(workspace, start("add", left=2, right=3), over)

    with workspace.reading() as tx:
        me = tx.actor.person_id
    total, person, roles, niceness = job.result.split(":")
    assert (job.state, job.progress) == (JobState.DONE, 1.0)
    assert (total, int(person), roles) == ("5", me, "consultant")
    assert int(niceness) >= 10


def test_one_job_runs_at_a_time_and_the_next_follows(database, workspace, start) -> None:
    first = start("wait", seconds=1)
    second = start("add", left=1, right=1)

    until(workspace, first, lambda job: job.state is JobState.RUNNING)
    assert jobs.view_job(workspace, second).state is JobState.QUEUED
    assert until(workspace, second, over).state is JobState.DONE
    assert jobs.view_job(workspace, first).state is JobState.DONE


def test_a_running_job_tells_how_far_it_is(workspace, start) -> None:
    job = until(workspace, start("wait", seconds=5), lambda job: job.progress > 0)

    assert (job.progress, job.message) == (0.25, "job.waiting")
    jobs.cancel_job(workspace, job.id)
    until(workspace, job.id, over)


def test_a_running_job_stops_when_asked(workspace, start) -> None:
    job_id = start("wait", seconds=60)
    until(workspace, job_id, lambda job: job.progress > 0)

    jobs.cancel_job(workspace, job_id)

    assert until(workspace, job_id, over).state is JobState.CANCELLED


def test_a_queued_job_is_cancelled_at_once(workspace) -> None:
    with workspace.transaction() as tx:
        job_id = jobs.queue_job(tx, f"{KINDS}:add", left=1, right=1)

    jobs.cancel_job(workspace, job_id)

    assert jobs.view_job(workspace, job_id).state is JobState.CANCELLED


def test_an_expected_failure_is_told_by_its_code(workspace, start) -> None:
    job = until(workspace, start("refuse"), over)

    assert (job.state, job.message) == (JobState.FAILED, "error.out_of_range")
    assert job.details == {"field": "field.days", "low": 0, "high": 9}


def test_an_unexpected_failure_is_told_by_a_reference(workspace, start) -> None:
    job = until(workspace, start("crash"), over)

    assert (job.state, job.message) == (JobState.FAILED, "error.job_failed")
    assert len(job.details["reference"]) == 8


@pytest.mark.both
def test_a_job_whose_process_died_is_failed_by_who_looks_next(database, workspace, start) -> None:
    job_id = start("die")
    time.sleep(2)
    with database.writing() as db:
        db.execute(sa.update(Job).values(heartbeat_at=system_clock() - timedelta(minutes=1)))

    job = jobs.view_job(workspace, job_id)

    assert (job.state, job.message) == (JobState.FAILED, "error.job_lost")
    until(workspace, start("add", left=1, right=1), lambda job: job.state is JobState.DONE)


def test_a_job_is_shown_to_who_started_it_and_to_administrators(workspace, workspaces) -> None:
    with workspace.transaction() as tx:
        job_id = jobs.queue_job(tx, f"{KINDS}:add", left=1, right=1)

    assert jobs.view_job(workspaces(Role.ADMINISTRATOR), job_id).id == job_id
    with pytest.raises(NotFoundError):
        jobs.view_job(workspaces(Role.MANAGER), job_id)
    with pytest.raises(NotFoundError):
        jobs.cancel_job(workspaces(Role.CONSULTANT), job_id)
    assert [job.id for job in jobs.my_jobs(workspace)] == [job_id]


@pytest.mark.both
def test_the_database_lets_no_two_jobs_run(database, workspace) -> None:
    with workspace.transaction() as tx:
        for _each in range(2):
            jobs.queue_job(tx, f"{KINDS}:add", left=1, right=1)

    with pytest.raises(sa.exc.IntegrityError), database.writing() as db:
        db.execute(sa.update(Job).values(state=JobState.RUNNING))

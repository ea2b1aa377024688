"""Long work on a page."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core import jobs
from core.jobs import Job, JobState
from core.workspace import Workspace, system_clock


def script(job_id: int) -> None:
    import streamlit as st

    from core.ui.jobs import watch_job

    st.session_state["language"] = "en"
    watch_job(job_id, key="job", done=lambda job: st.text(f"made {job.result}"))


@pytest.fixture
def job_id(workspace: Workspace) -> int:
    with workspace.transaction() as tx:
        return jobs.queue_job(tx, "tests.core.job_kinds:add", left=1, right=1)


@pytest.fixture
def show(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], AppTest]:
    monkeypatch.setattr("core.ui.jobs.workspace", lambda: workspace)

    def run(job_id: int) -> AppTest:
        app = AppTest.from_function(script, kwargs={"job_id": job_id}).run()
        assert not app.exception
        return app

    return run


def put(workspace: Workspace, job_id: int, **values: object) -> None:
    with workspace.transaction() as tx:
        row = tx.db.get_one(Job, job_id)
        row.heartbeat_at = system_clock()
        for name, value in values.items():
            setattr(row, name, value)


def test_a_waiting_job_says_so_and_can_be_stopped(show, workspace, job_id) -> None:
    app = show(job_id)
    assert app.get("progress")[0].proto.text == "Waiting for other work to end"

    app.button(key="job_stop").click().run()

    assert jobs.view_job(workspace, job_id).state is JobState.CANCELLED


def test_a_running_job_says_how_far_it_is(show, workspace, job_id) -> None:
    put(workspace, job_id, state=JobState.RUNNING, progress=0.42)

    assert show(job_id).get("progress")[0].proto.text == "Under way: 42%"


def test_what_came_of_a_job_is_shown(show, workspace, job_id) -> None:
    put(workspace, job_id, state=JobState.DONE, result="document:5")

    assert show(job_id).text[0].value == "made document:5"


def test_why_a_job_failed_is_told(show, workspace, job_id) -> None:
    put(
        workspace, job_id, state=JobState.FAILED, message="error.job_failed",
        details='{"reference": "abc123"}',
    )  # fmt: skip

    assert "abc123" in show(job_id).error[0].value

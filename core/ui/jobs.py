"""Long work as a page shows it: how far it is, a way to stop it, what came of it."""

from collections.abc import Callable

import streamlit as st

from core import jobs
from core.errors import DomainError
from core.ui.desk import told, words, workspace


def watch_job(job_id: int, *, key: str, done: Callable[[jobs.JobView], None]) -> None:
    """Show a job, asking each second while it is under way; it survives a reload.

    `done` draws what came of it, once it is done.
    """

    @st.fragment(run_every=1, key=f"{key}_watch")
    def running() -> None:
        with told():
            job = jobs.view_job(workspace(), job_id)
            if job.is_over:
                st.rerun()
            _draw(job, key)

    with told():
        job = jobs.view_job(workspace(), job_id)
        if not job.is_over:
            running()
        elif job.state is jobs.JobState.DONE:
            done(job)
        else:
            raise _ended(job)


def _draw(job: jobs.JobView, key: str) -> None:
    _ = words()
    waits = job.state is jobs.JobState.QUEUED
    text = (
        _("Waiting for other work to end")
        if waits
        else _("Under way: {share}", share=_.percent(job.progress))
    )
    st.progress(job.progress, text)
    if st.button(_("Stop"), key=f"{key}_stop", icon=":material/stop:"):
        jobs.cancel_job(workspace(), job.id)


def _ended(job: jobs.JobView) -> DomainError:
    """Make the failure of a job an error again, to be told as any other."""
    if job.state is jobs.JobState.CANCELLED:
        return jobs.JobCancelledError()
    kind = type("EndedError", (DomainError,), {"code": job.message})
    error: DomainError = kind(**job.details)
    return error

"""The program in a process forked from one that has imported it: it starts in a moment."""

import importlib
import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

from streamlit.web import cli

from dashboards.routes import MODULES
from tests.browser.serving import ROOT, Server

FORKS = multiprocessing.get_context("forkserver")
for module in MODULES:  # what the program itself imports before it serves
    importlib.import_module(module)


def run(arguments: list[str], environment: dict[str, str], log: Path) -> None:
    """Be `streamlit run streamlit_app.py`."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    with log.open("ab") as file:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(file.fileno(), stream.fileno())
    sys.argv = ["streamlit", *arguments]
    cli.main()


class Fork:
    """A forked process with the manners of a started one."""

    def __init__(self, arguments: list[str], environment: dict[str, str], log: Path) -> None:
        self._process = FORKS.Process(target=run, args=(arguments, environment, log), daemon=True)
        self._process.start()

    def poll(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, how: signal.Signals) -> None:
        if self._process.pid and self._process.exitcode is None:
            os.kill(self._process.pid, how)

    def kill(self) -> None:
        self._process.kill()

    def wait(self, timeout: float | None = None) -> None:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("streamlit", timeout or 0)


class ForkedServer(Server):
    """The real server, whose interpreter and imports are those of the process it is forked from."""

    def _launch(self, command: list[str]) -> Fork:
        return Fork(command[3:], self.environment, self.log)

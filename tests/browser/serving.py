"""The real server in a process of its own, as `make run` starts it."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120


def chromium() -> str | None:
    """Find the system's Chromium; the wheel of Playwright brings none.

    Its headless shell does the same with half the work.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    return found or (mac if Path(mac).exists() else None)


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A server on a free port, its data in one folder; it can be killed and started again."""

    def __init__(self, folder: Path, database: str = "", **environment: str) -> None:
        self.folder = folder
        self.database = database or f"sqlite:///{folder / 'casework.db'}"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self.environment = {
            **os.environ,
            "DATABASE_URL": self.database,
            "DATA_DIR": str(folder),
            "PUBLIC_URL": self.url,
            "FORWARDED_ALLOW_IPS": "",
            **environment,
        }
        self.launcher = ("-m", "streamlit")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *options: str) -> "Server":
        """Start it and wait until it is ready to serve."""
        command = [
            *(sys.executable, *self.launcher, "run", "streamlit_app.py"),
            *("--server.address", "127.0.0.1", "--server.port", str(self.port), *options),
        ]
        self.process = self._launch(command)
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"the server did not start:\n{self.printed()}")
            time.sleep(0.1)
        return self

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                # Streamlit answers unknown addresses with its page and 200.
                return answer.status == 200 and "json" in answer.headers["content-type"]
        except OSError:
            return False

    def stop(self) -> None:
        """Ask it to end, as a service manager does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        self._end(signal.SIGKILL)

    def printed(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def find_printed(self, pattern: str, seconds: float = 10) -> str:
        """Wait until the server prints something; give the first group of the pattern."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = re.search(pattern, self.printed())
            if found:
                return found.group(1) if found.groups() else found.group()
            time.sleep(0.05)
        raise AssertionError(f"not printed: {pattern}\n{self.printed()}")

    def _launch(self, command: list[str]) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

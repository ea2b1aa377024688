"""The server of the page with one note."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = Path(__file__).with_name("note_app.py")


class Server:
    """The page's server: started, killed and started again on one port and one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {
            **os.environ, "DATA_DIR": str(self.folder), "PYTHONPATH": str(ROOT), "DATABASE_URL": "",
        }  # fmt: skip
        command = [
            sys.executable, "-m", "streamlit", "run", str(APP), f"--server.port={self.port}",
            "--server.address=localhost",
        ]  # fmt: skip
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT
        )
        log.close()
        for _try in range(300):
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        raise TimeoutError(self.printed())

    def printed(self) -> str:
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def draft(self) -> str:
        with closing(sqlite3.connect(self.folder / "casework.db")) as database:
            row = database.execute("SELECT text FROM draft WHERE is_cleared = 0").fetchone()
        return row[0] if row else ""

    @property
    def saved(self) -> str:
        path = self.folder / "saved.json"
        return json.loads(path.read_text()) if path.exists() else ""

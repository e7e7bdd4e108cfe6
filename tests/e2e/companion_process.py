"""A practice companion as a process of its own, for tests that stop, kill and restart it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from companion.protocol.errors import SeabridgeError
from companion.runtime import control
from companion.runtime.paths import Paths


class CompanionProcess:
    """``python -m companion start --practice`` on a data folder of its own."""

    def __init__(self, home: Path, port: int) -> None:
        self.home = home
        self.paths = Paths(home / "practice", practice=True)
        self.port = port
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, timeout_s: float = 30.0) -> None:
        """Launch and wait until it answers."""
        assert self.process is None
        command = [sys.executable, "-m", "companion", "start", "--practice", "--no-tray", "--port", str(self.port)]
        environment = {
            **os.environ,
            "SEABRIDGE_HOME": str(self.home),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        }
        with (self.home / "companion.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )
        end = time.monotonic() + timeout_s
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            try:
                self.call("pairing.pending")
            except SeabridgeError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"the companion did not start:\n{self.log()}")

    def call(self, method: str, params: dict[str, Any] | None = None) -> Any:
        """A control method."""
        return control.call(self.paths, method, params)

    def kill(self) -> None:
        """As a power cut would (SIGKILL; TerminateProcess on Windows)."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(10)
        self.process = None

    def stop(self) -> None:
        """Ask it to end, and insist after a while."""
        if self.process is None:
            return
        try:
            self.call("shutdown")
            self.process.wait(15)
        except (SeabridgeError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait(10)
        self.process = None

    def log(self) -> str:
        """What it printed."""
        return (self.home / "companion.log").read_text("utf-8", "replace")

    def messages(self, buyer: str) -> list[dict[str, Any]]:
        """The archived messages of a buyer's newest thread, oldest first; [] when there is none."""
        threads = [one for one in self.call("thread.list", {"limit": 100})["threads"] if one["buyer"] == buyer]
        if not threads:
            return []
        found: list[dict[str, Any]] = self.call("thread.messages", {"thread_id": threads[0]["id"]})["messages"]
        return found

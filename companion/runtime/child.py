"""A child process of ours, spoken to in JSON lines: one question, one answer, and an end to every wait."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..protocol.errors import ErrorCode, SeabridgeError

#: Callers that may wait for their turn; one more is told that the child is busy.
MAX_WAITING = 16
_LEAVE_S = 2.0


class Child:
    """Runs ``python -m module``. Started by the first question, ended by ``close`` or by a question that takes too
    long; the question after that starts a new one. Safe to ask from any thread."""

    def __init__(self, module: str, arguments: Sequence[str] = ()) -> None:
        self._command = [sys.executable, "-m", module, *arguments]
        self._turn = threading.Lock()
        self._waiting = threading.BoundedSemaphore(MAX_WAITING)
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str] = queue.Queue()

    @property
    def pid(self) -> int:
        """Process id, 0 while there is none."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else 0

    def ask(self, question: dict[str, Any], timeout_s: float) -> dict[str, Any]:
        """The answer. Raises SeabridgeError ``busy`` (too many wait), ``timeout`` (it was ended) or ``engine_failed``
        (it ended by itself, or answered no JSON object)."""
        deadline = time.monotonic() + timeout_s
        if not self._waiting.acquire(blocking=False):
            raise SeabridgeError(ErrorCode.BUSY, "too many wait for the child process")
        try:
            if not self._turn.acquire(timeout=timeout_s):
                raise SeabridgeError(ErrorCode.TIMEOUT, "the child process is busy")
            try:
                return self._asked(json.dumps(question), deadline)
            finally:
                self._turn.release()
        finally:
            self._waiting.release()

    def _asked(self, question: str, deadline: float) -> dict[str, Any]:
        process = self._running()
        assert process.stdin is not None
        try:
            process.stdin.write(question + "\n")
            process.stdin.flush()
            line = self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            # An answer that comes later would be taken for the answer to the next question.
            self._end(process)
            raise SeabridgeError(ErrorCode.TIMEOUT, "the child process took too long") from None
        except OSError as exc:
            self._end(process)
            raise SeabridgeError(ErrorCode.ENGINE_FAILED, f"child process: {exc}") from exc
        if not line:
            code = process.wait()
            self._end(process)
            raise SeabridgeError(ErrorCode.ENGINE_FAILED, f"the child process ended with {code}")
        try:
            answer = json.loads(line)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            self._end(process)
            raise SeabridgeError(ErrorCode.ENGINE_FAILED, "the child process answered no object")
        return answer

    def _running(self) -> subprocess.Popen[str]:
        process = self._process
        if process is not None and process.poll() is None:
            return process
        if process is not None:
            self._end(process)
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # no console window flashes up on Windows
        try:
            process = subprocess.Popen(  # noqa: S603  our own module, by our own interpreter
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                env=_environment(),
                creationflags=flags,
            )
        except OSError as exc:
            raise SeabridgeError(ErrorCode.ENGINE_FAILED, f"child process: {exc}") from exc
        self._process, self._lines = process, queue.Queue()
        reader = threading.Thread(target=_read, args=(process, self._lines), name="child-reader", daemon=True)
        reader.start()
        return process

    def _end(self, process: subprocess.Popen[str]) -> None:
        """End it; what it holds in memory is the system's again."""
        self._process = None
        with suppress(OSError):
            assert process.stdin is not None
            process.stdin.close()
        if process.poll() is None:
            process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_LEAVE_S)

    def close(self) -> None:
        """End the child if there is one; waits for the question under way."""
        with self._turn:
            process = self._process
            if process is not None:
                with suppress(OSError):
                    assert process.stdin is not None
                    process.stdin.close()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_LEAVE_S)
                self._end(process)


def _environment() -> dict[str, str]:
    """Ours, and the package found where we found it, also when it is not installed."""
    places = [str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(place for place in places if place)}


def _read(process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    """Hand on the child's lines; "" at their end."""
    assert process.stdout is not None
    with process.stdout as stream:
        with suppress(ValueError, OSError):
            for line in stream:
                lines.put(line)
        lines.put("")

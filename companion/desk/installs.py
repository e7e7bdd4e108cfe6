"""Installing offline languages: one at a time, watched from wherever the seller looks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import msgspec

from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.languages import InstallProgress, LanguagesInstallResult
from . import faults
from .room import Room


class InstallState(msgspec.Struct, kw_only=True):
    """Where the current or last installation stands."""

    state: str = "idle"  # idle, running, done, failed
    source: str = ""
    target: str = ""
    progress: InstallProgress | None = None
    error: dict[str, Any] | None = None


class Installs:
    """The one installation that may run."""

    def __init__(self, room: Room, *, installed: Callable[[], None]) -> None:
        self._room = room
        self._installed = installed
        self._lock = threading.Lock()
        self._cancel = threading.Event()
        self._state = InstallState()

    def run(
        self,
        source: str,
        target: str,
        progress: Callable[[InstallProgress], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
        engine: str = "argos",
    ) -> LanguagesInstallResult:
        """Install and wait. Raises ``busy`` when another installation runs, and what the translator raises."""
        self._take(source, target)
        return self._go(source, target, progress, cancelled, engine)

    def start(self, source: str, target: str, engine: str = "argos") -> InstallState:
        """Install in a thread of its own; watch it with ``state``. Raises ``busy``."""
        self._take(source, target)

        def work() -> None:
            # What went wrong stands in the state; there is nobody here to raise it to.
            try:
                self._go(source, target, lambda _: None, lambda: False, engine)
            except Exception as exc:
                faults.log.info("installation ended: %s", exc)

        threading.Thread(target=work, name="desk-install", daemon=True).start()
        return self.state()

    def state(self) -> InstallState:
        """Where it stands."""
        with self._lock:
            return msgspec.structs.replace(self._state)

    def cancel(self) -> None:
        """Ask the running installation to stop."""
        self._cancel.set()

    def _take(self, source: str, target: str) -> None:
        with self._lock:
            if self._state.state == "running":
                raise SeabridgeError(ErrorCode.BUSY, "another installation runs")
            self._cancel.clear()
            self._state = InstallState(state="running", source=source, target=target)

    def _go(
        self,
        source: str,
        target: str,
        progress: Callable[[InstallProgress], None],
        cancelled: Callable[[], bool],
        engine: str,
    ) -> LanguagesInstallResult:
        def note(step: InstallProgress) -> None:
            with self._lock:
                self._state.progress = step
            progress(step)

        try:
            stopped = lambda: self._cancel.is_set() or cancelled()  # noqa: E731
            result = self._room.translator.install(source, target, note, stopped, engine)
        except BaseException as exc:
            error = faults.translate(exc, "languages.install")
            with self._lock:
                self._state.state = "failed"
                self._state.error = msgspec.to_builtins(faults.body(error)["error"])
            raise error from exc
        with self._lock:
            self._state.state = "done"
        self._installed()
        return result

"""Practice companion and practice browser together: ``seabridge practice`` and ``seabridge tour``."""

from __future__ import annotations

import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .app import App
from .commands.printing import line
from .locales import text
from .protocol.errors import ErrorCode, SeabridgeError
from .protocol.version import PRACTICE_PORTS
from .runtime import control
from .runtime.paths import Paths, source_checkout

#: The build whose hosts are granted at install, so that the practice begins without a browser prompt.
EXTENSION = Path(__file__).resolve().parent.parent / "extension" / "dist" / "chrome-granted"


class _Companion:
    """A running practice companion as the practice room sees it."""

    def __init__(self, paths: Paths, port: int) -> None:
        self.port = port
        self._paths = paths

    def call(self, method: str, params: dict[str, Any] | None = None) -> Any:
        return control.call(self._paths, method, params)


@contextmanager
def _companion(paths: Paths, ports: tuple[int, ...] | None = None) -> Iterator[_Companion]:
    """A companion in this process; one that already runs on the folder is used as it is."""
    where = control.whereabouts(paths)
    try:
        control.call(paths, "status", timeout_s=3)
    except SeabridgeError as exc:
        if exc.code is not ErrorCode.NOT_RUNNING:
            raise
    else:
        assert where is not None
        yield _Companion(paths, int(where["port"]))
        return
    app = App(paths, ports)
    running = app.start()
    try:
        yield _Companion(paths, running.port)
    finally:
        app.stop()


def open_shop(paths: Paths, locale: str) -> int:
    """Open the practice shop in a window and stay until it is closed. 1 when the extension or a browser is missing."""
    from .practice.browser import BrowserMissing, open_practice
    from .practice.pairing import PairingFailed, pair
    from .practice.shop import CONTROL_HOST, PracticeShop

    if not _built(locale):
        return 1
    profile = paths.ready().root / "browser"
    shop = PracticeShop(keep=paths.root / "shop.json")
    try:
        with _companion(paths) as companion:
            companion.call("settings.set", {"locale": locale})
            with open_practice(shop, profile, extension=EXTENSION, locale=locale, size=None) as browser:
                pair(browser, companion)
                line(text("practice_open", locale, port=companion.port))
                browser.show(f"https://{CONTROL_HOST}/")
                browser.stay()
    except BrowserMissing:
        line(text("practice_no_browser", locale))
        return 1
    except PairingFailed as exc:
        line(text("practice_not_paired", locale, problem=str(exc)))
        return 1
    finally:
        shop.save()
    return 0


def play_tour(paths: Paths, *, locale: str, spoken: str, out: Path, show: bool) -> int:
    """Play the tour on an empty data folder of its own; 0 only if every step happened.

    ``locale`` "both" shows it in both; then ``spoken`` is the language of what is said around it.
    """
    from .practice import tour

    spoken = spoken if locale == "both" else locale
    if not _built(spoken):
        return 1
    # Under the practice folder, not the system's temporary one: a tour that failed leaves its log where doctors look.
    room = Path(tempfile.mkdtemp(prefix="tour-", dir=paths.ready().root))
    kept = True
    try:
        home = Paths(room / "home", practice=True)
        with _companion(home, (*PRACTICE_PORTS, _free_port())) as companion:
            outcome = tour.run(
                companion, extension=EXTENSION, profile=room / "browser", out=out, say=line, locale=locale, show=show
            )
        kept = outcome != 0
        return outcome
    finally:
        if kept:
            line(text("tour_kept", spoken, path=room))
        else:
            _remove(room)


def _built(locale: str) -> bool:
    if (EXTENSION / "manifest.json").exists():
        return True
    line(text("practice_no_extension" if source_checkout() else "practice_only_source", locale))
    return False


def _free_port() -> int:
    """A last resort, so that a tour runs beside an open practice shop."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _remove(folder: Path) -> None:
    # Windows keeps files of a browser that has just ended locked for a moment.
    for _ in range(10):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.3)

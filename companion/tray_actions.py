"""The tray of a running companion: what its icon shows and can ask."""

from __future__ import annotations

import logging
import threading
import webbrowser
from collections.abc import Callable

from .desk import Running
from .tray import Tray, TrayActions, why_not

_log = logging.getLogger(__name__)


def show(running: Running, locale: Callable[[], str], quit: Callable[[], None], *, practice: bool) -> None:
    """Blocks on the main thread while the icon shows (macOS wants it there), not at all where there can be none."""
    if why_not():
        return
    tray = Tray(actions(running, quit, practice=practice), locale)

    def follow() -> None:
        running.wait()
        tray.stop()

    threading.Thread(target=follow, name="tray-end", daemon=True).start()
    try:
        tray.run()
    except Exception:  # a tray that breaks must not take the companion with it
        _log.exception("the tray icon ended")


def actions(running: Running, quit: Callable[[], None], *, practice: bool) -> TrayActions:
    """What the icon can ask of the desk."""
    desk = running.desk

    def pending() -> dict[str, str] | None:
        waiting = desk.pairings.pending()
        if waiting is None:
            return None
        return {"pairing": waiting.pairing, "name": waiting.name, "digits": waiting.digits}

    def state() -> str:
        if desk.hub.connected():
            return "ready"
        return "waiting" if desk.keys.everyone().keys else "unpaired"

    def confirm(pairing: str) -> None:
        desk.pairings.confirm(pairing)

    def open_dashboard() -> None:
        webbrowser.open(desk.dashboard_url())

    return TrayActions(state, pending, confirm, desk.pairings.refuse, open_dashboard, quit, practice)

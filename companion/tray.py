"""The icon in the system tray, where there is one. Every action also exists on the dashboard and command line."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from .locales import text

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TrayActions:
    """What the tray can ask of the companion.

    ``pending`` gives the waiting pairing as {pairing, name, digits} or None.
    """

    state: Callable[[], str]
    pending: Callable[[], dict[str, str] | None]
    confirm: Callable[[str], None]
    refuse: Callable[[str], None]
    open_dashboard: Callable[[], None]
    quit: Callable[[], None]
    practice: bool = False


def why_not() -> str:
    """Why there can be no tray here: "" when there can be one, else a key of the catalogue's tray texts."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return "no_display"
    try:
        import PIL  # noqa: F401
        import pystray  # noqa: F401  connects to the display on import, which fails in many ways
    except Exception:
        _log.info("no tray", exc_info=True)
        return "no_library"
    return ""


def has_menu() -> bool:
    """Whether the icon has a menu here; on plain X11 it has none and a click opens the dashboard."""
    import pystray

    return bool(pystray.Icon.HAS_MENU)


class Tray:
    """Shows the icon until ``stop``; ``run`` blocks and must be called on the main thread (macOS wants it there)."""

    def __init__(self, actions: TrayActions, locale: Callable[[], str]) -> None:
        self._actions = actions
        self._locale = locale
        self._icon: Any = None
        self._stopped = threading.Event()
        self._ended = threading.Event()
        #: The pairing whose digits the menu shows: a click is about that one, whatever has come since.
        self._shown = ""

    def run(self) -> None:
        """Show the icon; returns after ``stop`` or when the tray goes away."""
        import pystray

        title, plain_x11 = self._say("tray_title"), pystray.Icon.__module__.endswith("_xorg")
        if plain_x11:  # takes Latin-1 only, and fails on anything else
            title = title.encode("ascii", "ignore").decode().strip() or "Seabridge"
        self._icon = pystray.Icon("seabridge", _picture(self._actions.practice), title, self._menu())
        if plain_x11:
            _hear_clicks(self._icon)
        try:
            self._icon.run(setup=self._watch)
        finally:
            self._ended.set()

    def stop(self) -> None:
        """Take the icon away."""
        self._stopped.set()
        if self._icon is not None:
            self._icon.stop()
            if type(self._icon).__module__.endswith("_xorg"):
                threading.Thread(target=self._wake, args=(self._icon,), daemon=True).start()

    def _wake(self, icon: Any) -> None:
        """python-xlib may lose the wake-up of a thread that waits for events while another one reads them: the end of
        the window stays unheard until the screen says something more, so it is asked."""
        for _ in range(50):
            if self._ended.wait(0.1):
                return
            # by another thread each time: an answer may be lost the same way
            threading.Thread(target=_ask_screen, args=(icon,), daemon=True).start()

    def _say(self, key: str, **data: str) -> str:
        return text(key, self._locale(), **data)

    def _menu(self) -> Any:
        from pystray import Menu, MenuItem

        def waiting(_: Any) -> bool:
            return self._actions.pending() is not None

        def pairing(key: str) -> Callable[[Any], str]:
            def label(_: Any) -> str:
                pending = self._actions.pending() or {"pairing": "", "digits": "", "name": ""}
                self._shown = pending["pairing"]
                return self._say(key, **pending)

            return label

        def decide(act: Callable[[str], None]) -> Callable[[], None]:
            def chosen() -> None:
                pending = self._actions.pending()
                if pending and pending["pairing"] == self._shown:
                    act(pending["pairing"])

            return chosen

        return Menu(
            MenuItem(lambda _: self._say(f"tray_state_{self._actions.state()}"), None, enabled=False),
            MenuItem(pairing("tray_pair_confirm"), decide(self._actions.confirm), visible=waiting),
            MenuItem(pairing("tray_pair_refuse"), decide(self._actions.refuse), visible=waiting),
            Menu.SEPARATOR,
            MenuItem(lambda _: self._say("tray_dashboard"), self._actions.open_dashboard, default=True),
            MenuItem(lambda _: self._say("tray_quit"), self._actions.quit),
        )

    def _watch(self, icon: Any) -> None:
        """Keep the menu true; pystray computes texts only when told to."""
        icon.visible = True
        seen: tuple[str, str] | None = None
        while not self._stopped.wait(1.0):
            pending = self._actions.pending()
            now = (self._actions.state(), (pending or {}).get("pairing", ""))
            if now != seen:
                if pending and (seen is None or seen[1] != now[1]):
                    self._notify(icon, pending)
                seen = now
                icon.update_menu()

    def _notify(self, icon: Any, pending: dict[str, str]) -> None:
        try:
            icon.notify(self._say("tray_pair_notice", **pending), self._say("tray_title"))
        except Exception:  # not every backend can; the menu shows the digits as well
            _log.debug("no notification", exc_info=True)


def _hear_clicks(icon: Any) -> None:
    """pystray (0.19) handles clicks on plain X11 but never asks the screen for them."""
    from Xlib import X

    window = getattr(icon, "_window", None)
    if window is not None:
        window.change_attributes(event_mask=X.ExposureMask | X.StructureNotifyMask | X.ButtonPressMask)


def _picture(practice: bool) -> Any:
    """A bridge over a wave, 64 x 64; orange while practising so that nobody mistakes it for the real one."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((2, 2, 62, 62), 14, fill=(217, 119, 6) if practice else (15, 92, 122))
    white = (255, 255, 255)
    draw.arc((10, 18, 54, 62), 180, 360, fill=white, width=5)
    draw.line((8, 28, 56, 28), fill=white, width=4)
    for x in (20, 32, 44):
        draw.line((x, 28, x, 22 if x == 32 else 25), fill=white, width=3)
    draw.arc((10, 44, 26, 56), 0, 180, fill=white, width=3)
    draw.arc((24, 44, 40, 56), 0, 180, fill=white, width=3)
    draw.arc((38, 44, 54, 56), 0, 180, fill=white, width=3)
    return picture


def _ask_screen(icon: Any) -> None:
    with suppress(Exception):  # the screen or the icon is gone meanwhile, which is what is wanted
        icon._display.sync()

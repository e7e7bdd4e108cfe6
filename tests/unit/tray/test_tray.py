"""The tray: its menu follows the pairing, and without a display nothing breaks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from companion import tray
from companion.locales import catalogue


class Item:
    """Stands in for pystray's MenuItem, which needs a display to import."""

    def __init__(self, label: Any, act: Any, **options: Any) -> None:
        self.label, self.act, self.options = label, act, options

    def text(self) -> str:
        return str(self.label(self))

    def visible(self) -> bool:
        shown = self.options.get("visible", True)
        return bool(shown(self)) if callable(shown) else bool(shown)


class Menu(list[Any]):
    SEPARATOR = None

    def __init__(self, *items: Any) -> None:
        super().__init__(item for item in items if item is not None)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    fake = types.ModuleType("pystray")
    fake.Menu, fake.MenuItem = Menu, Item  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pystray", fake)
    record: dict[str, Any] = {"pending": None, "state": "unpaired", "did": []}

    def build(locale: str = "en") -> dict[str, Any]:
        did = record["did"]
        actions = tray.TrayActions(
            state=lambda: record["state"],
            pending=lambda: record["pending"],
            confirm=lambda pairing: did.append(("confirm", pairing)),
            refuse=lambda pairing: did.append(("refuse", pairing)),
            open_dashboard=lambda: did.append(("dashboard",)),
            quit=lambda: did.append(("quit",)),
        )
        record["menu"] = tray.Tray(actions, lambda: locale)._menu()
        return record

    return build


def test_a_waiting_pairing_shows_its_digits_and_can_be_decided(shown: Callable[..., dict[str, Any]]) -> None:
    record = shown()
    visible = [item.text() for item in record["menu"] if item.visible()]
    assert not any("digits" in label for label in visible)
    record["pending"] = {"pairing": "p1", "name": "Chrome", "digits": "042817"}
    confirm, refuse = [i for i in record["menu"] if i.visible() and "digits" in i.text()]
    assert "042817" in confirm.text()
    confirm.act()
    refuse.act()
    assert record["did"] == [("confirm", "p1"), ("refuse", "p1")]


def test_deciding_after_the_pairing_vanished_does_nothing(shown: Callable[..., dict[str, Any]]) -> None:
    record = shown()
    record["pending"] = {"pairing": "p1", "name": "Chrome", "digits": "042817"}
    confirm = next(i for i in record["menu"] if "042817" in i.text())
    record["pending"] = None
    confirm.act()
    assert record["did"] == []


def test_a_click_is_about_the_digits_that_were_shown(shown: Callable[..., dict[str, Any]]) -> None:
    record = shown()
    record["pending"] = {"pairing": "p1", "name": "Chrome", "digits": "042817"}
    confirm = next(i for i in record["menu"] if "042817" in i.text())
    record["pending"] = {"pairing": "p2", "name": "Chrome", "digits": "999999"}
    confirm.act()
    assert record["did"] == [], "the menu is open and still shows the first"


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_every_state_has_a_text(shown: Callable[..., dict[str, Any]], locale: str) -> None:
    record = shown(locale)
    for state in ("ready", "waiting", "unpaired"):
        record["state"] = state
        assert record["menu"][0].text() == catalogue()[f"tray_state_{state}"][locale]


def test_the_dashboard_and_quitting_are_there(shown: Callable[..., dict[str, Any]]) -> None:
    record = shown()
    for item in record["menu"][-2:]:
        item.act()
    assert record["did"] == [("dashboard",), ("quit",)]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a tray")
def test_without_a_display_there_is_no_tray_and_it_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert tray.why_not() == "no_display"
    assert f"doctor_tray_{tray.why_not()}_off" in catalogue()


def test_practice_has_a_picture_of_its_own() -> None:
    pytest.importorskip("PIL", reason="the tray extra is not installed")
    real, practice = tray._picture(False), tray._picture(True)
    assert real.size == practice.size == (64, 64)
    assert real.tobytes() != practice.tobytes()


@pytest.fixture
def display() -> Iterator[str]:
    """A screen of our own, without a tray."""
    program = shutil.which("Xvfb")
    if not program:
        pytest.skip("Xvfb is not installed")
    reading, writing = os.pipe()
    screen = [program, "-displayfd", str(writing), "-screen", "0", "640x480x24", "-nolisten", "tcp"]
    with subprocess.Popen(screen, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        yield f":{number}"
        server.terminate()


#: Shows the icon, and clicks it as another program of the screen; without a tray it is there, only not mapped.
ICON = """
import threading
import time
from companion import tray

def click():
    from Xlib import X, display
    from Xlib.protocol import event
    screen = display.Display()
    root = screen.screen().root
    while True:
        icon = next((w for w in root.query_tree().children if w.get_wm_name() == "Seabridge"), None)
        if icon is not None:
            break
        time.sleep(0.1)
    press = event.ButtonPress(detail=1, time=0, root=root, window=icon, child=X.NONE, root_x=0, root_y=0,
                              event_x=1, event_y=1, state=0, same_screen=1)
    while not clicked.wait(0.5):
        icon.send_event(press, event_mask=X.ButtonPressMask)
        screen.sync()
    shown.stop()

clicked = threading.Event()

def dashboard():
    if not clicked.is_set():
        print("dashboard", flush=True)
    clicked.set()

did = lambda *_: None
actions = tray.TrayActions(lambda: "ready", lambda: None, did, did, dashboard, did)
shown = tray.Tray(actions, lambda: "LOCALE")
threading.Timer(1.0, click).start()
assert tray.why_not() == ""
print("menu" if tray.has_menu() else "no-menu")
shown.run()
print("ended")
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs X11")
@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_the_real_icon_on_a_real_screen(display: str, locale: str) -> None:
    environment = {**os.environ, "DISPLAY": display, "PYSTRAY_BACKEND": "xorg"}
    environment.pop("XAUTHORITY", None)
    code = ICON.replace("LOCALE", locale)
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["no-menu", "dashboard", "ended"], done.stderr[-1500:]

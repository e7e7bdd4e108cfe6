"""The companion as a process: one per folder, found by the command line, ended cleanly, with and without a display."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.e2e


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Shell:
    """Runs seabridge commands on a data folder of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {**os.environ, "SEABRIDGE_HOME": str(home), "SEABRIDGE_SECRETS": "file", "LC_ALL": "C.UTF-8"}
        self.started: list[subprocess.Popen[str]] = []

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "companion", *words]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, encoding="utf-8", timeout=60
        )

    def start(self, *words: str, display: str = "") -> subprocess.Popen[str]:
        environment = {k: v for k, v in self.environment.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
        if display:
            environment["DISPLAY"] = display
        command = [sys.executable, "-m", "companion", "start", *words]
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
        )
        self.started.append(process)
        assert process.stdout is not None
        first = process.stdout.readline()
        assert "127.0.0.1" in first, first
        return process


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    shell = Shell(tmp_path / "home")
    yield shell
    for process in shell.started:
        process.kill()
        process.communicate()


def test_start_status_dashboard_stop(shell: Shell) -> None:
    port = free_port()
    process = shell.start("--port", str(port), "--no-tray")
    status = json.loads(shell("status", "--json").stdout)
    assert (status["practice"], status["messages"]) == (False, 0)
    address = shell("dashboard", "--print").stdout.strip()
    assert address.startswith(f"http://127.0.0.1:{port}/dashboard#ticket=")
    assert shell("stop").returncode == 0
    assert process.wait(30) == 0
    assert not (shell.home / "companion.json").exists()
    assert shell("status").returncode == 1


def test_a_second_companion_on_the_same_folder_is_refused(shell: Shell) -> None:
    shell.start("--port", str(free_port()), "--no-tray")
    second = shell("start", "--port", str(free_port()), "--no-tray")
    assert second.returncode == 1
    assert "already running" in second.stderr


def test_after_kill_minus_9_it_starts_again_on_the_same_folder(shell: Shell) -> None:
    process = shell.start("--port", str(free_port()), "--no-tray")
    process.kill()
    process.wait(10)
    assert shell("status").returncode == 1, "a stale announcement is not a running companion"
    shell.start("--port", str(free_port()), "--no-tray")
    assert shell("status").returncode == 0


def test_a_squatted_port_is_passed_over_and_said(shell: Shell) -> None:
    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", 0))
        squatter.listen()
        taken = shell("start", "--port", str(squatter.getsockname()[1]), "--no-tray")
    assert taken.returncode == 1
    assert "port" in taken.stderr.lower()


def test_practice_has_a_folder_of_its_own(shell: Shell) -> None:
    port = free_port()
    shell.start("--practice", "--port", str(port), "--no-tray")
    assert shell("status").returncode == 1, "the real folder has no companion"
    assert json.loads(shell("status", "--practice", "--json").stdout)["practice"] is True


def test_the_log_holds_no_secrets(shell: Shell) -> None:
    shell.start("--port", str(free_port()), "--no-tray")
    token = json.loads((shell.home / "companion.json").read_text("utf-8"))["token"]
    shell("status")
    shell("dashboard", "--print")
    shell("stop")
    log = (shell.home / "logs" / "companion.log").read_text("utf-8")
    assert token not in log
    assert "ticket" not in log


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the virtual display is X11's")
def test_with_a_display_the_tray_runs_and_stopping_ends_it(shell: Shell) -> None:
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("Xvfb is not installed, so there is no display to show a tray icon on")
    number = f":{os.getpid() % 5000 + 100}"
    display = subprocess.Popen([server, number, "-screen", "0", "640x480x24"], stderr=subprocess.DEVNULL)
    try:
        socket_of_it = Path("/tmp/.X11-unix") / f"X{number[1:]}"
        end = time.monotonic() + 20
        while not socket_of_it.exists():
            assert time.monotonic() < end, "no display came up"
            time.sleep(0.05)
        process = shell.start("--port", str(free_port()), display=number)
        time.sleep(1.5)
        assert process.poll() is None
        assert shell("stop").returncode == 0
        assert process.wait(30) == 0
    finally:
        display.terminate()
        display.wait(10)

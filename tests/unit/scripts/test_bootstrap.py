"""The bootstraps: nothing is done twice, and what is missing is said with what to do about it."""

from __future__ import annotations

import ast
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import setup_steps

    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(setup_steps, "STAMPS", tmp_path / ".venv" / "steps.json")
    yield setup_steps
    sys.modules.pop("setup_steps", None)
    sys.modules.pop("browsers", None)
    sys.modules.pop("databases", None)


def test_a_step_runs_once_for_the_same_inputs(steps: ModuleType) -> None:
    did: list[str] = []
    for inputs in ("a", "a", "b", "b", "a"):
        steps.step("work", inputs, lambda inputs=inputs: did.append(inputs))
    assert did == ["a", "b", "a"]


def test_a_failed_step_is_tried_again(steps: ModuleType) -> None:
    def fails() -> None:
        raise steps.SetupError("no network")

    did: list[str] = []
    with pytest.raises(steps.SetupError):
        steps.step("work", "a", fails)
    steps.step("work", "a", lambda: did.append("a"))
    assert did == ["a"]


def test_damaged_stamps_only_cost_time(steps: ModuleType) -> None:
    steps.STAMPS.write_text("{", "utf-8")
    did: list[str] = []
    steps.step("work", "a", lambda: did.append("a"))
    assert did == ["a"]


def test_a_python_for_windows_on_arm_is_told_which_one_to_install(
    steps: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps.sysconfig, "get_platform", lambda: "win-arm64")
    with pytest.raises(steps.SetupError, match="install the one for x64"):
        steps.python_environment()
    assert steps.lacking_packages("win-amd64") is None


def test_a_failing_command_shows_its_end_and_the_advice(steps: ModuleType) -> None:
    with pytest.raises(steps.SetupError) as caught:
        steps.run([sys.executable, "-c", "print('the reason'); raise SystemExit(3)"], "Do this next.")
    assert "the reason" in str(caught.value)
    assert str(caught.value).endswith("Do this next.")


def test_the_lock_entry_of_uv_is_pinned_by_hash(steps: ModuleType) -> None:
    entry = steps._lock_entry(ROOT / "requirements.lock", "uv")
    assert re.match(r"uv==\d", entry)
    assert entry.count("--hash=sha256:") > 3
    assert "via" not in entry


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-node.lock"])
def test_lock_files_hold_hashes_and_no_addresses(name: str) -> None:
    content = (ROOT / name).read_text("utf-8")
    assert "://" not in content
    packages = re.findall(r"(?m)^[a-z0-9-]+(?:\[[a-z,]+\])?==.*$", content)
    assert packages
    assert all(line.endswith("\\") for line in packages), "every package is followed by its hashes"


def test_the_package_lock_holds_no_addresses() -> None:
    content = (ROOT / "extension" / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in content
    assert content.count('"integrity"') > 10


def test_an_old_node_is_not_used(steps: ModuleType, tmp_path: Path) -> None:
    assert steps._node_major(str(tmp_path / "nothing")) == 0


def test_without_any_chromium_the_advice_says_what_still_works(
    steps: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    import browsers

    for name in ("_playwrights", "_installed"):
        monkeypatch.setattr(browsers, name, lambda: None)
    monkeypatch.setattr(browsers, "_download", lambda: False)
    monkeypatch.setattr(browsers, "apt", lambda packages: False)
    with pytest.raises(steps.SetupError) as caught:
        browsers.chromium()
    assert "work without it" in str(caught.value)


def test_a_chromium_on_the_system_is_used_before_a_download(steps: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    import browsers

    monkeypatch.setattr(browsers, "_playwrights", lambda: None)
    monkeypatch.setattr(browsers, "_installed", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(browsers, "_download", lambda: pytest.fail("nothing needs to be downloaded"))
    assert browsers.chromium() == "/usr/bin/chromium"


def test_a_database_server_is_brought_once_and_its_lack_is_said(
    steps: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import databases

    there = [False]
    monkeypatch.setattr(databases, "_installed", lambda: there[0])
    monkeypatch.setattr(databases, "apt", lambda packages: False)
    assert not databases.postgresql()
    assert "skipped" in capsys.readouterr().out or not sys.platform.startswith("linux")
    monkeypatch.setattr(databases, "apt", lambda packages: there.insert(0, True) or True)
    assert databases.postgresql()
    monkeypatch.setattr(databases, "apt", lambda packages: pytest.fail("it is there already"))
    assert databases.postgresql()


#: What a contributor runs in a checkout that is set up; the others run before anything is installed.
LATER = {"survival.py"}


@pytest.mark.parametrize(
    "path", [p for p in sorted((ROOT / "scripts").glob("*.py")) if p.name not in LATER], ids=lambda p: p.name
)
def test_scripts_need_nothing_but_the_standard_library(path: Path) -> None:
    own = {p.stem for p in (ROOT / "scripts").glob("*.py")}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            assert name.split(".")[0] in sys.stdlib_module_names | own


@pytest.mark.skipif(os.name == "nt", reason="needs a process group")
def test_ctrl_c_lets_the_companion_close_what_it_holds(tmp_path: Path) -> None:
    child = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "try:\n"
        "    print('open', flush=True); time.sleep(60)\n"
        "except KeyboardInterrupt:\n"
        "    time.sleep(1); open(sys.argv[1], 'w').close(); sys.exit(130)\n"
    )
    closed = tmp_path / "closed"
    command = [sys.executable, "-c", child, str(closed)]
    parent = (
        "import os, signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"sys.path.insert(0, {str(ROOT / 'scripts')!r}); import run\n"
        f"sys.exit(run.hand_over({command!r}, dict(os.environ)))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", parent], start_new_session=True, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(20) == 130
    assert closed.exists()

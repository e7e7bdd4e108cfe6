"""Brings a PostgreSQL server for the tests where that is possible; without one they skip what needs it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from browsers import apt
from setup_steps import say


def postgresql() -> bool:
    """Whether there is a server to start, after trying to install Debian's."""
    if _installed() or (apt(["postgresql"]) and _installed()):
        return True
    if sys.platform.startswith("linux"):
        say("  No PostgreSQL server: the tests of a team's database are skipped. Install one, e.g. postgresql.")
    return False


def _installed() -> bool:
    return shutil.which("initdb") is not None or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))

"""Whether a folder is one for backups, before anything is written there."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..runtime.paths import Paths
from ..runtime.places import Place, place_of

#: "inside" the data folder it would be lost with it; "missing": it can be made, but the folder above is not there.
Problem = Literal["", "relative", "inside", "missing", "not_folder", "not_writable"]


@dataclass(frozen=True, slots=True)
class Choice:
    """``folder`` as it would be kept, "" = the data folder's own. ``place``: synced to a cloud, on another computer, or
    neither; ``same_disk``: on the disk of the data; ``made``: it would be made."""

    folder: str
    problem: Problem
    place: Place
    same_disk: bool
    made: bool


def look_at(typed: str, paths: Paths) -> Choice:
    """Judge what somebody typed; writes nothing but a file that is gone again."""
    said = typed.strip().strip('"')
    path = Path(said).expanduser() if said else paths.backups
    if not path.is_absolute():
        return Choice(said, "relative", "ordinary", False, False)
    path = Path(os.path.normpath(path))
    if path == paths.backups:
        return Choice("", "", "ordinary", True, False)
    problem, made = _problem(path, paths)
    same = not problem and (path.parent if made else path).stat().st_dev == paths.root.stat().st_dev
    return Choice(str(path), problem, place_of(path), same, made and not problem)


def _problem(path: Path, paths: Paths) -> tuple[Problem, bool]:
    try:
        if _inside(path, paths.root):
            return "inside", False
        if path.exists():
            return ("" if _writable(path) else "not_writable", False) if path.is_dir() else ("not_folder", False)
        if not path.parent.is_dir():
            return "missing", False
        return ("" if _writable(path.parent) else "not_writable"), True
    except OSError:
        return "not_writable", False


def _inside(path: Path, root: Path) -> bool:
    resolved, home = path.resolve(), root.resolve()
    return resolved == home or home in resolved.parents


def _writable(folder: Path) -> bool:
    try:
        with tempfile.NamedTemporaryFile(prefix=".seabridge-", dir=folder):
            return True
    except OSError:
        return False

"""The house keeps its directions of import (DESIGN §2): a room imports lower ranks only, and none beside it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: The top knows all rooms, each other too.
TOP = {
    "app", "doctor", "doctor_engines", "doctor_rules", "doctor_team", "opening", "spoken", "tray", "tray_actions",
    "practice_run", "rooms", "housekeeping",
    "commands",
}  # fmt: skip
RANKS = [
    {"protocol"},
    {"locales", "runtime"},
    {"marketplaces", "pages", "team"},
    {"conversations"},
    {"catalogue", "orders", "translation", "compliance", "backup"},
    {"replies", "service"},
    {"appeals", "video"},
    {"desk", "practice"},
    TOP,
    {"cli"},
    {"__main__"},
]
RANK = {room: number for number, rooms in enumerate(RANKS) for room in rooms}


def room_of(path: Path) -> str:
    return path.relative_to(ROOT / "companion").parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    """Rooms of the companion that a file imports, also inside functions."""
    found = set()
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = [] if not node.level else list(package[: len(package) - node.level + 1])
            full = [*base, *(node.module or "").split(".")] if node.module else base
            names = [[*full, alias.name] for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name.split(".") for alias in node.names]
        else:
            continue
        found |= {parts[1] for parts in names if parts[0] == "companion" and len(parts) > 1}
    return found & RANK.keys()


FILES = [
    p for p in sorted((ROOT / "companion").rglob("*.py")) if p.name != "__init__.py" or p.parent.name != "companion"
]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_imports_point_downwards(path: Path) -> None:
    room = room_of(path)
    assert room in RANK, f"{room} has no rank: enter it into DESIGN's order and here"
    for other in imports_of(path) - {room}:
        if room in TOP and other in TOP:
            continue
        assert RANK[other] < RANK[room], f"{room} must not import {other}"


def test_the_check_sees_an_upward_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = tmp_path / "companion" / "conversations" / "x.py"
    sample.parent.mkdir(parents=True)
    sample.write_text("def f():\n    from ..desk import guard\n    import companion.translation.detect\n", "utf-8")
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    assert imports_of(sample) == {"desk", "translation"}


#: Modules that cost too much to load before somebody needs them (DESIGN §4.6).
HEAVY = {
    "sqlalchemy",
    "playwright",
    "keyring",
    "apscheduler",
    "ctranslate2",
    "sentencepiece",
    "argostranslate",
    "pycld2",
    "numpy",
    "lxml",
}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_heavy_modules_are_not_loaded_by_what_starts_the_companion(path: Path) -> None:
    """Only what stores rows may import SQLAlchemy at the top: these rooms are loaded lazily as a whole."""
    if room_of(path) in {"conversations", "practice", "team"}:
        return
    top = {
        alias.name.split(".")[0]
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {
        (node.module or "").split(".")[0]
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ImportFrom) and not node.level
    }
    assert not top & HEAVY


DECIDING = {
    "companion/compliance/cases.py",
    "companion/compliance/check.py",
    "companion/compliance/checks.py",
    "companion/compliance/cues.py",
    "companion/compliance/evasion.py",
    "companion/compliance/excusing.py",
    "companion/compliance/feed/change.py",
    "companion/compliance/feed/container.py",
    "companion/compliance/feed/deciding.py",
    "companion/compliance/feed/hits.py",
    "companion/compliance/feed/kinds.py",
    "companion/compliance/feed/manifest.py",
    "companion/compliance/feed/page_changes.py",
    "companion/compliance/feed/refusing.py",
    "companion/compliance/feed/rule_changes.py",
    "companion/compliance/feed/signing.py",
    "companion/compliance/feed/status.py",
    "companion/compliance/feed/telling.py",
    "companion/compliance/feed/told.py",
    "companion/compliance/files/columns.py",
    "companion/compliance/files/json_file.py",
    "companion/compliance/files/table.py",
    "companion/compliance/folding.py",
    "companion/compliance/pack.py",
    "companion/compliance/place.py",
    "companion/compliance/regex.py",
    "companion/compliance/reporting.py",
    "companion/compliance/safe.py",
    "companion/compliance/scan.py",
    "companion/compliance/scripts.py",
    "companion/compliance/terms.py",
    "companion/compliance/where.py",
    "companion/conversations/align.py",
    "companion/desk/guard.py",
    "companion/desk/pairing_math.py",
    "companion/pages/times.py",
    "companion/translation/addresses.py",
    "companion/translation/chat.py",
    "companion/translation/item_kinds.py",
    "companion/translation/marks.py",
    "companion/translation/negation.py",
    "companion/translation/normalise.py",
    "companion/translation/occurrences.py",
    "companion/translation/pipeline.py",
    "companion/translation/privacy.py",
    "companion/translation/protect.py",
    "companion/translation/questions.py",
    "companion/translation/verify.py",
}
IO = {"flask", "socket", "sqlite3", "sqlalchemy", "http", "urllib", "subprocess", "pathlib", "os", "time", "requests"}


@pytest.mark.parametrize("name", sorted(DECIDING))
def test_deciding_code_does_no_io(name: str) -> None:
    tree = ast.parse((ROOT / name).read_text("utf-8"))
    used = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            used |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            used.add((node.module or "").split(".")[0])
    assert not used & IO, f"{name} decides, so it takes values and returns values"

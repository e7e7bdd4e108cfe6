"""Reads ``rules/marketplaces`` into the marketplaces that cross the wire."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.pages import Marketplace, Page

from . import checks, labels, lines
from .converting import converted
from .lines import Place
from .where import rules_dir

T = TypeVar("T")

#: Keys that concern only the rules and their tests; extension/tools/pages.mjs drops the same ones.
PRIVATE = frozenset({"expect", "because", "cases"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a rules file; ``file`` is relative to the folder read, ``line`` counts from 1."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class RulesError(SeabridgeError):
    """Rules that cannot be used, with every fault found."""

    def __init__(self, problems: list[Problem]) -> None:
        first = problems[0]
        super().__init__(
            ErrorCode.RULES_INVALID,
            "; ".join(map(str, problems)),
            file=first.file,
            line=first.line,
            problem=first.message,
            count=len(problems),
        )
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Loaded:
    """All marketplaces by name, and a version that changes when anything on the wire does."""

    version: str
    marketplaces: list[Marketplace]


def load(folder: Path | None = None, names: Path | None = None) -> Loaded:
    """Read every marketplace below ``folder`` (the shipped rules by default).

    ``names``: the file that says what service figures are called, in place of the one beside the folder.
    Raises RulesError (code ``rules_invalid``) with all faults, each with file and line.
    """
    base = folder if folder is not None else rules_dir() / "marketplaces"
    problems: list[Problem] = []
    found = [
        marketplace
        for path in sorted(base.glob("*/marketplace.yml"))
        if (marketplace := _marketplace(path.parent, base, problems, names)) is not None
    ]
    if not found and not problems:
        problems.append(Problem(base.name, 1, "holds no marketplace.yml"))
    if problems:
        raise RulesError(problems)
    return versioned(found)


def versioned(marketplaces: list[Marketplace]) -> Loaded:
    """These marketplaces with their version."""
    digest = hashlib.sha256(msgspec.json.encode(marketplaces, order="sorted")).hexdigest()
    return Loaded(digest[:16], marketplaces)


def load_one(folder: Path) -> tuple[Marketplace | None, list[Problem]]:
    """One marketplace's folder and its faults, with files named relative to the folder's parent."""
    problems: list[Problem] = []
    return _marketplace(folder, folder.parent, problems), problems


def _marketplace(folder: Path, base: Path, problems: list[Problem], names: Path | None = None) -> Marketplace | None:
    before = len(problems)
    paths = sorted((folder / "pages").glob("*.yml"))
    pages = [page for path in paths if (page := page_of(path, base, problems, names)) is not None]
    head = head_of(folder, base, problems)
    if len({page.id for page in pages}) != len(pages):
        problems.append(Problem(f"{folder.name}/marketplace.yml", 1, "two pages have the same id"))
    if head is None or len(problems) > before:
        return None
    return msgspec.structs.replace(head.marketplace, pages=pages)


@dataclass(frozen=True, slots=True)
class Head:
    """``marketplace.yml``, the marketplace without its pages, and the line of each place in it."""

    marketplace: Marketplace
    lines: dict[Place, int]


def head_of(folder: Path, base: Path, problems: list[Problem]) -> Head | None:
    """The ``marketplace.yml`` of a folder, None with the faults said."""
    path = folder / "marketplace.yml"
    read = _read(path, base, problems)
    if read is None:
        return None
    value, where = read
    file = path.relative_to(base).as_posix()
    if not isinstance(value, dict):
        problems.append(Problem(file, 1, "is not a mapping"))
        return None
    if "pages" in value:
        problems.append(Problem(file, where[("pages",)], "pages stand in their own files under pages/"))
    marketplace = _convert({**value, "pages": []}, Marketplace, file, where, problems)
    if marketplace is None:
        return None
    if marketplace.name != folder.name:
        problems.append(Problem(file, lines.line_of(("name",), where), f"name is not the folder's, {folder.name}"))
    return Head(marketplace, where)


def page_of(path: Path, base: Path, problems: list[Problem], names: Path | None = None) -> Page | None:
    """The page a file describes, None with the faults said; ``names`` as for ``load``."""
    read = _read(path, base, problems)
    if read is None:
        return None
    value, where = read
    file = path.relative_to(base).as_posix()

    def say(place: Place, message: str) -> None:
        problems.append(Problem(file, lines.line_of(place, where), f"{_name(place)} {message}"))

    def table() -> dict[str, list[str]]:
        return labels.table(base) if names is None else labels.table_in(names)

    on_the_wire = labels.filled(on_wire(value), table, say)
    page: Page | None = _convert(on_the_wire, Page, file, where, problems)  # type: ignore[arg-type]
    if page is None:
        return None
    if page.id != path.stem:
        problems.append(Problem(file, lines.line_of(("id",), where), f"id is not the file's, {path.stem}"))
    for place, message in checks.faults(page):
        problems.append(Problem(file, lines.line_of(place, where), f"{_name(place)} {message}"))
    return page


def on_wire(value: Any) -> Any:
    """A rules value without the keys that never cross the wire."""
    if isinstance(value, dict):
        return {key: on_wire(inner) for key, inner in value.items() if key not in PRIVATE}
    if isinstance(value, list):
        return [on_wire(inner) for inner in value]
    return value


def _read(path: Path, base: Path, problems: list[Problem]) -> tuple[Any, dict[Place, int]] | None:
    file = path.relative_to(base).as_posix()
    try:
        return lines.parse(path.read_text("utf-8"))
    except lines.Unreadable as exc:
        hint = "" if str(exc).startswith("`") else " (a quote, bracket or colon is missing here or just above)"
        problems.append(Problem(file, exc.line, f"{exc}{hint}"))
    except (OSError, UnicodeDecodeError) as exc:
        problems.append(Problem(file, 1, f"cannot be read as UTF-8 text: {exc}"))
    return None


def _convert(value: Any, kind: type[T], file: str, where: dict[Place, int], problems: list[Problem]) -> T | None:
    def say(place: Place, message: str) -> None:
        problems.append(Problem(file, lines.line_of(place, where), f"{_name(place)} {message}".lstrip()))

    found: T | None = converted(value, kind, say)
    return found


def _name(place: Place) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")

"""Reads ``rules/compliance`` and says what is wrong with it, each fault with file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from companion.marketplaces import Problem, RulesError, lines, rules_dir
from companion.marketplaces.converting import converted
from companion.marketplaces.lines import Place

from .checks import Fault, faults
from .cues import Cues
from .place import Places
from .rule import Rule

T = TypeVar("T")

#: Files beside the topics that hold no rule.
BESIDE = frozenset({"cues.yml", "places.yml", "rejected.yml"})
#: Nobody writes a longer rule by hand; a list of own words may be long.
_LARGEST = 4 << 20


#: Where a rule comes from that is not shipped.
Origin = Literal["feed", "own"]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules in order of their ids, with the words that go with all of them. ``origins``: of rules that are not as they
    were shipped."""

    rules: tuple[Rule, ...]
    cues: Cues
    places: Places
    origins: dict[str, Origin] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Over:
    """A folder of rules that lies over the shipped ones. ``removed``: ids of those that no longer count."""

    folder: Path
    removed: frozenset[str] = frozenset()


def files(folder: Path) -> list[Path]:
    """Every file a rule set is read from, in a fixed order."""
    beside = [folder / name for name in ("cues.yml", "places.yml")]
    return [*(path for path in beside if path.is_file()), *sorted(folder.glob("*/*.yml"))]


def load(folder: Path | None = None) -> RuleSet:
    """All rules of a folder, the shipped ones by default. Raises RulesError with all faults."""
    found, problems = read(folder)
    if problems:
        raise RulesError(problems)
    return found


def read(folder: Path | None = None) -> tuple[RuleSet, list[Problem]]:
    """The sound rules of a folder, and what is wrong with the others."""
    base = folder if folder is not None else shipped()
    problems: list[Problem] = []
    cues = _beside(base, "cues.yml", Cues, problems)
    places = _beside(base, "places.yml", Places, problems)
    rules = _rules(base, places, problems, own=False)
    if not rules and not problems:
        problems.append(Problem(base.name, 1, "holds no rule"))
    return RuleSet(rules, cues, places), problems


def read_over(over: Over, beside: RuleSet) -> tuple[RuleSet, list[Problem]]:
    """``beside`` with what lies over it, and what is wrong with that; a faulty file leaves what it would replace."""
    problems: list[Problem] = []
    cues = _replaced(over.folder, "cues.yml", beside.cues, problems)
    places = _replaced(over.folder, "places.yml", beside.places, problems)
    rules = _rules(over.folder, places, problems, own=False)
    kept = [rule for rule in beside.rules if rule.id not in over.removed]
    return _merged(RuleSet(tuple(kept), cues, places, beside.origins), rules, "feed"), problems


def read_own(folder: Path, beside: RuleSet) -> tuple[RuleSet, list[Problem]]:
    """``beside`` with a seller's own rules, which replace those of the same id, and what is wrong with them."""
    problems: list[Problem] = []
    return _merged(beside, _rules(folder, beside.places, problems, own=True), "own"), problems


def _merged(beside: RuleSet, more: tuple[Rule, ...], origin: Origin) -> RuleSet:
    by_id = {rule.id: rule for rule in (*beside.rules, *more)}
    origins = {**beside.origins, **{rule.id: origin for rule in more}}
    return RuleSet(tuple(by_id[name] for name in sorted(by_id)), beside.cues, beside.places, origins)


def line_in(path: Path, place: Place) -> int:
    """The line of a place in a rule's file, 1 where it cannot be told."""
    try:
        return lines.line_of(place, lines.parse(path.read_text("utf-8"))[1])
    except (OSError, ValueError):
        return 1


def shipped() -> Path:
    """The folder of the rules we ship."""
    return rules_dir() / "compliance"


@cache
def marketplace_names() -> frozenset[str]:
    """Names a rule may say."""
    return frozenset(path.parent.name for path in (rules_dir() / "marketplaces").glob("*/marketplace.yml"))


def _beside(base: Path, name: str, kind: type[T], problems: list[Problem]) -> T:
    """A file that goes with all rules; the shipped one where the folder has none."""
    folder = base if (base / name).is_file() else shipped()
    return _file(folder / name, folder, kind, problems) or kind()


def _replaced(base: Path, name: str, before: T, problems: list[Problem]) -> T:
    """The file of a folder that has one, else what there was."""
    if not (base / name).is_file():
        return before
    return _file(base / name, base, type(before), problems) or before


def _rules(base: Path, places: Places, problems: list[Problem], *, own: bool) -> tuple[Rule, ...]:
    known = marketplace_names()
    rules = []
    for path in sorted(base.glob("*/*.yml")):
        before = len(problems)
        expected = f"{path.parent.name}/{path.stem}"

        def check(rule: Rule, expected: str = expected) -> Iterator[Fault]:
            if rule.id != expected:
                yield ("id",), f"is not the file's, {expected}"
            yield from faults(rule, known, places, own=own)

        rule = _file(path, base, Rule, problems, check)
        if rule is not None and len(problems) == before:
            rules.append(rule)
    return tuple(rules)


def _file(
    path: Path, base: Path, kind: type[T], problems: list[Problem], check: Callable[[T], Iterable[Fault]] | None = None
) -> T | None:
    """One file as a ``kind``, None with the faults said."""
    name = path.relative_to(base).as_posix()
    try:
        if path.stat().st_size > _LARGEST:
            problems.append(Problem(name, 1, f"is larger than {_LARGEST >> 20} MB"))
            return None
        value, where = lines.parse(path.read_text("utf-8"))
    except lines.Unreadable as exc:
        problems.append(Problem(name, exc.line, str(exc)))
        return None
    except (OSError, UnicodeDecodeError) as exc:
        problems.append(Problem(name, 1, f"cannot be read as UTF-8 text: {exc}"))
        return None

    def say(place: Place, message: str) -> None:
        shown = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")
        problems.append(Problem(name, lines.line_of(place, where), f"{shown} {message}".lstrip()))

    found: T | None = converted(plain(value), kind, say)
    if found is not None and check is not None:
        for place, message in check(found):
            say(place, message)
    return found


def plain(value: Any) -> Any:
    """A document with its days as texts: YAML reads 2026-11-30 as a day."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value

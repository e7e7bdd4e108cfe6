"""Whether the files of a feed can be used: by the same checks as the shipped ones, and every rule does what its own
cases say."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from companion.marketplaces import Problem, RulesError, rules_dir
from companion.marketplaces import load as load_marketplaces
from companion.marketplaces.bounds import excess
from companion.marketplaces.over import laid_over

from .. import loader
from ..cases import failures
from ..checks import faults
from ..loader import Over
from .container import Sound
from .kinds import id_of, kind_of
from .manifest import Manifest
from .refusing import faulty

#: A list of the marks of a whole trade is one file; no feed needs more values than this in one.
_MOST_VALUES = 300_000
#: Looks at a marketplace's folder as ``seabridge marketplace check`` does.
CheckPages = Callable[[Path], Sequence[Problem]]


def over_of(manifest: Manifest, folder: Path) -> Over:
    """The rules of an unpacked feed, as the loader takes them."""
    removed = frozenset(id_of(path) for path in manifest.removed if kind_of(path) == "rule")
    return Over(folder / "compliance", removed)


def judge(sound: Sound, folder: Path, today: date, check_pages: CheckPages) -> None:
    """Raises ``feed_faulty`` with every fault. ``folder``: an empty one, where the feed is unpacked to be read."""
    problems = [Problem(path, *found) for path, content in sorted(sound.files.items()) if (found := _excess(content))]
    if not problems:
        unpack(sound, folder)
        problems = [*_rules(sound.manifest, folder, today), *_pages(sound.manifest, folder, check_pages)]
    if problems:
        raise faulty(problems)


def unpack(sound: Sound, folder: Path) -> None:
    """Write its files below a folder; their paths were looked at when the feed was opened."""
    for path, content in sound.files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _excess(content: bytes) -> tuple[int, str] | None:
    try:
        return excess(content.decode("utf-8"), _MOST_VALUES)
    except UnicodeDecodeError as exc:
        return content[: exc.start].count(b"\n") + 1, "is not UTF-8"


def _rules(manifest: Manifest, folder: Path, today: date) -> list[Problem]:
    shipped, _ = loader.read()
    merged, found = loader.read_over(over_of(manifest, folder), shipped)
    problems = [Problem(f"compliance/{one.file}", one.line, one.message) for one in found]
    if problems:
        return problems
    # other words of negation, or other categories, change what rules find that the feed does not name
    words = [path for path in manifest.files if kind_of(path) == "words"]
    for rule in merged.rules:
        mine = f"compliance/{rule.id}.yml" in manifest.files
        if not (mine or words):
            continue
        if not mine:
            known = loader.marketplace_names()
            problems += [
                Problem(words[0], 1, f"{rule.id}: {message}") for _, message in faults(rule, known, merged.places)
            ]
        for kind, at, message in failures(rule, merged.cues, merged.places, today):
            file = f"compliance/{rule.id}.yml" if mine else words[0]
            line = loader.line_in(folder / file, ("cases", kind, at)) if mine else 1
            said = message if mine else f"{rule.id}: {message}"
            problems.append(Problem(file, line, f"cases.{kind}[{at}] {said}"))
    return problems


def _pages(manifest: Manifest, folder: Path, check_pages: CheckPages) -> list[Problem]:
    touched = {path.split("/")[1] for path in (*manifest.files, *manifest.removed) if path.startswith("marketplaces/")}
    if not touched and not (folder / "labels").is_dir():
        return []
    try:
        _, problems = laid_over(folder, manifest.removed)
    except RulesError as exc:  # the shipped ones are broken; the doctor says so too
        return list(exc.problems)
    if problems or not touched:
        return problems
    return list(_whole(manifest, folder, touched, check_pages))


def _whole(manifest: Manifest, folder: Path, touched: set[str], check_pages: CheckPages) -> Iterator[Problem]:
    """What a check finds in each marketplace once the feed's pages stand among the shipped ones."""
    base = folder / ".whole" / "marketplaces"
    shutil.copytree(rules_dir() / "labels", folder / ".whole" / "labels")
    if (folder / "labels").is_dir():
        shutil.copytree(folder / "labels", folder / ".whole" / "labels", dirs_exist_ok=True)
    shipped = {one.name for one in load_marketplaces().marketplaces}
    for name in sorted(touched & shipped):
        shutil.copytree(rules_dir() / "marketplaces" / name, base / name, ignore=shutil.ignore_patterns("cases"))
        if (folder / "marketplaces" / name).is_dir():
            shutil.copytree(folder / "marketplaces" / name, base / name, dirs_exist_ok=True)
        for path in manifest.removed:
            if path.startswith(f"marketplaces/{name}/"):
                (folder / ".whole" / path).unlink(missing_ok=True)
        for one in check_pages(base / name):
            yield Problem(f"marketplaces/{one.file}", one.line, one.message)

"""What the doctor says about rules files: which is faulty, where, what works without it, and how to mend it."""

from __future__ import annotations

from .marketplaces import load_own, rules_dir
from .protocol.methods.desk import Check
from .runtime.paths import Paths

#: So many faults are named; the others show when these are mended.
_MOST = 3


def chat(_: Paths) -> Check:
    """Whether the files about chat language load; one that does not is left out, and its lines go on as typed."""
    from .translation.chat_rules import faults

    folder = rules_dir() / "chat"
    found = faults(folder)
    if found:
        return Check(id="chat", state="warn", data={"problem": _few(found), "folder": str(folder)})
    return Check(id="chat", state="ok", data={"count": str(len(list(folder.glob("*.yml"))))})


def phrases(_: Paths) -> Check:
    """Whether the phrasebook loads; one faulty file takes all of it away."""
    from .translation.phrasebook.book import Phrasebook, cache_folder
    from .translation.phrasebook.faults import faults

    folder = rules_dir() / "phrases"
    try:
        size = Phrasebook(folder, cache_folder()).size()
    except Exception as exc:  # whatever is in a file somebody edited
        problem = _few(faults(folder) or [f"{type(exc).__name__}: {exc}"[:300]])
        return Check(id="phrases", state="fail", data={"problem": problem, "folder": str(folder)})
    return Check(id="phrases", state="ok", data={"count": str(size)})


def own_pages(paths: Paths) -> Check:
    """Whether the seller's own page descriptions load; one that does not is left out."""
    own, problems = load_own(paths.marketplaces)
    if problems:
        faults = [f"{problem.file}:{problem.line} {problem.message}" for problem in problems]
        return Check(id="own_pages", state="warn", data={"problem": _few(faults), "folder": str(paths.marketplaces)})
    return Check(id="own_pages", state="ok" if own else "off", data={"count": str(len(own))})


def own_rules(paths: Paths) -> Check:
    """Whether the seller's own rules for listings and messages load; one that does not is left out."""
    from .compliance import loader

    if not paths.rules.is_dir():
        return Check(id="own_rules", state="off", data={})
    shipped, _problems = loader.read()
    alone = loader.RuleSet((), shipped.cues, shipped.places)
    own, problems = loader.read_own(paths.rules, alone)
    if problems:
        data = {"problem": _few([str(problem) for problem in problems]), "folder": str(paths.rules)}
        return Check(id="own_rules", state="warn", data=data)
    return Check(id="own_rules", state="ok" if own.rules else "off", data={"count": str(len(own.rules))})


def _few(faults: list[str]) -> str:
    more = f" (+{len(faults) - _MOST})" if len(faults) > _MOST else ""
    return "; ".join(fault[:300] for fault in faults[:_MOST]) + more

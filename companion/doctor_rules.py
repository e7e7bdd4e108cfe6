"""What the doctor says about rules files: which is faulty, where, what works without it, and how to mend it."""

from __future__ import annotations

import time

from .marketplaces import load_own, rules_dir
from .protocol.methods.desk import Check
from .runtime.paths import Paths

#: So many faults are named; the others show when these are mended.
_MOST = 3
#: Seconds a feed may be out of reach before that is worth a word.
_AWAY_S = 3 * 86_400


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
    from .compliance import loader, store
    from .compliance.here import feed_here

    if not paths.rules.is_dir():
        return Check(id="own_rules", state="off", data={})
    beside, _problems = store.read(feed=feed_here(paths))
    alone = loader.RuleSet((), beside.cues, beside.places)
    own, problems = loader.read_own(paths.rules, alone)
    if problems:
        data = {"problem": _few([str(problem) for problem in problems]), "folder": str(paths.rules)}
        return Check(id="own_rules", state="warn", data=data)
    return Check(id="own_rules", state="ok" if own.rules else "off", data={"count": str(len(own.rules))})


def feed(paths: Paths) -> Check:
    """Whether the rules feed is up to date, and what it brought can be used."""
    from .compliance import loader
    from .compliance.feed.service import RulesFeed
    from .compliance.here import feed_here
    from .marketplaces.over import laid_over
    from .opening import documents_of

    with documents_of(paths) as documents:
        found = RulesFeed(paths, documents, lambda _: ()).status()
    if found.damaged:
        return Check(id="feed_damaged", state="warn", data={})
    told = {"title": found.title, "version": str(found.version), "expires": found.expires}
    if found.trouble is not None and not _passing(found.trouble.code, found.reached_at):
        said = {name: str(value) for name, value in found.trouble.data.items()}
        return Check(id="feed_trouble", state="warn", data={**said, **told, "error": found.trouble.code})
    if not found.version:
        asked = bool(found.address)
        return Check(id="feed_waits" if asked else "feed", state="off", data={})
    if found.expired:
        return Check(id="feed_expired", state="warn", data=told)
    over = feed_here(paths)
    if over is not None:
        _, problems = loader.read_over(over, loader.read()[0])
        problems += laid_over(over.folder.parent)[1]
        if problems:
            return Check(id="feed", state="warn", data={**told, "problem": _few([str(one) for one in problems])})
    return Check(id="feed", state="ok", data=told)


def _passing(code: str, reached_at: float) -> bool:
    """Whether it is only that the network was away; a laptop on the road is no patient."""
    return code == "feed_away" and time.time() - reached_at < _AWAY_S


def _few(faults: list[str]) -> str:
    more = f" (+{len(faults) - _MOST})" if len(faults) > _MOST else ""
    return "; ".join(fault[:300] for fault in faults[:_MOST]) + more

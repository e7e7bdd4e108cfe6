"""What is answered about the rules feed, and how it is put together for whoever holds the data folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from ..compliance.feed.container import MOST_ZIP
from ..compliance.feed.service import RulesFeed
from ..compliance.feed.status import Status
from ..compliance.feed.told import Told, ToldUpdate, told, told_update
from ..compliance.here import rules_here
from ..compliance.pack import version_of
from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.paths import Paths
from .rules_asked import FeedAsked


class RulesState(msgspec.Struct):
    """The rules of this computer: their pack, how many, and of them the seller's own and those of the feed."""

    pack: str
    rules: int
    own: int
    from_feed: int
    feed: Status


class UpdateState(msgspec.Struct, kw_only=True):
    """Where the update stands that was started last: ``state`` idle, running, done, failed; ``stage`` fetch (``done``
    of ``total`` bytes), check, install, compare; ``result`` once it is done."""

    state: str = "idle"
    error: dict[str, Any] | None = None
    stage: str = ""
    done: int = 0
    total: int = 0
    result: ToldUpdate | None = None


class ToldDiff(msgspec.Struct):
    """What a feed would change, and the fingerprint of its key; of the last update the fingerprint is ""."""

    fingerprint: str
    changes: Told


def state_of(paths: Paths, feed: RulesFeed) -> RulesState:
    """The rules and the feed as they stand."""
    rules = rules_here(paths)
    origins = list(rules.origins.values())
    pack = version_of(rules.rules, rules.cues, rules.places)
    return RulesState(pack, len(rules.rules), origins.count("own"), origins.count("feed"), feed.status())


def updated(feed: RulesFeed, asked: FeedAsked) -> ToldUpdate:
    """Update and wait."""
    data = _file(asked.path) if asked.path else None
    return told_update(feed.update(asked.address, data, asked.accept, locale=asked.locale), asked.locale)


def differing(feed: RulesFeed, asked: FeedAsked) -> ToldDiff:
    """What a feed would change; what the last update changed, where no feed is named."""
    if not (asked.path or asked.address):
        return ToldDiff("", told(feed.changes(asked.locale), asked.locale))
    data = _file(asked.path) if asked.path else None
    fingerprint, found = feed.look(asked.address, data, locale=asked.locale)
    return ToldDiff(fingerprint, told(found, asked.locale))


def _file(path: str) -> bytes:
    """A file of this computer. Raises ``feed_unreadable``; one that is too large is refused when it is opened."""
    try:
        with Path(path).open("rb") as file:
            return file.read(MOST_ZIP + 1)
    except OSError as exc:
        problem = f"{path[:200]}: {exc.strerror or exc}"
        raise SeabridgeError(ErrorCode.FEED_UNREADABLE, str(exc), problem=problem) from exc

"""The rules of this computer: shipped, under what a feed brought, under the seller's own."""

from __future__ import annotations

from companion.runtime.paths import Paths

from . import store
from .feed.judging import over_of
from .feed.kept import Kept
from .loader import Over, RuleSet


def rules_here(paths: Paths) -> RuleSet:
    """All of them as they count now, out of the cache where nothing changed."""
    return store.rule_set(paths.rules, paths.cache / "rules.bin", feed=feed_here(paths))


def feed_here(paths: Paths) -> Over | None:
    """What the version of the feed that counts lays over the shipped rules; None where none does."""
    current = Kept(paths.feed).current()
    return over_of(current.manifest, current.folder) if current is not None else None

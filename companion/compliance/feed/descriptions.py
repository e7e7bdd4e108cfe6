"""Descriptions of marketplaces as they count here: shipped, under what a feed brought, under what the seller taught."""

from __future__ import annotations

import logging
from collections.abc import Collection
from pathlib import Path

from companion.marketplaces import Loaded, load, load_own, overlay
from companion.marketplaces.over import laid_over
from companion.runtime.paths import Paths

_log = logging.getLogger(__name__)


def marketplaces_here(paths: Paths) -> Loaded:
    """As they count now. Raises RulesError where the shipped ones cannot be used."""
    if not paths.feed.is_dir():
        return marketplaces_under(paths, None)
    from .kept import Kept

    current = Kept(paths.feed).current()
    return marketplaces_under(paths, current.folder if current else None, current.manifest.removed if current else ())


def marketplaces_under(paths: Paths, feed: Path | None, removed: Collection[str] = ()) -> Loaded:
    """As they would count under a feed that is unpacked in a folder. What is faulty is left out and logged, so that a
    file mended by hand and broken by it does not take the others along."""
    shipped, faults = laid_over(feed, removed) if feed is not None else (load(), [])
    own, more = load_own(paths.marketplaces)
    for fault in (*faults, *more):
        _log.warning("page description left out: %s", fault)
    return overlay(shipped, own)

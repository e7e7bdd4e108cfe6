"""The rules of this computer under one version of a feed and under another, and what lies between them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from companion.marketplaces import Loaded
from companion.runtime.paths import Paths

from .. import store
from ..check import Checker, LanguageOf
from ..loader import RuleSet
from ..pack import Pack
from ..reporting import Locale
from .change import Change
from .descriptions import marketplaces_under
from .hits import Hits, ShopText, days_of, new_hits
from .judging import over_of
from .kept import Version
from .manifest import Manifest
from .page_changes import page_changes
from .rule_changes import rule_changes

#: Seconds for looking through the shop's own texts.
MOST_S = 8.0


class Label(msgspec.Struct, frozen=True):
    """Which rules are meant: a version of a feed, 0 = the shipped ones alone."""

    version: int = 0
    title: str = ""


class ChangeList(msgspec.Struct, frozen=True):
    """What is otherwise after than before, and the shop's own texts that are newly hit."""

    before: Label
    after: Label
    changes: list[Change]
    hits: Hits


@dataclass(frozen=True, slots=True)
class State:
    """All rules as they are under a version of a feed."""

    label: Label
    rules: RuleSet
    marketplaces: Loaded


def state(paths: Paths, version: Version | None) -> State:
    """The rules under a version that lies here; None = under no feed."""
    if version is None:
        return State(Label(), store.read(paths.rules)[0], marketplaces_under(paths, None))
    return state_of(paths, version.manifest, version.folder)


def state_of(paths: Paths, manifest: Manifest, folder: Path) -> State:
    """The rules under a feed that is unpacked in a folder."""
    rules, _ = store.read(paths.rules, feed=over_of(manifest, folder))
    found = marketplaces_under(paths, folder, manifest.removed)
    return State(Label(manifest.version, manifest.title), rules, found)


def compare(
    before: State,
    after: State,
    shop: Callable[[], Iterable[ShopText]],
    language_of: LanguageOf,
    today: date,
    locale: Locale,
    clock: Callable[[], float] = time.monotonic,
) -> ChangeList:
    """What lies between two states. ``shop``: listings and canned replies; asked only where rules changed."""
    rules = list(rule_changes(before.rules, after.rules))
    pages = list(page_changes(before.marketplaces.marketplaces, after.marketplaces.marketplaces))
    hits = Hits()
    if any(one.what != "removed" for one in rules):
        old, new = (_checker(one, language_of) for one in (before, after))
        days = days_of((one.since for one in rules), today)
        end = clock() + MOST_S
        hits = new_hits(old, new, shop(), days, locale, lambda: clock() > end)
    return ChangeList(before.label, after.label, [*rules, *pages], hits)


def _checker(found: State, language_of: LanguageOf) -> Checker:
    return Checker(Pack(found.rules.rules, found.rules.cues, found.rules.places), language_of)

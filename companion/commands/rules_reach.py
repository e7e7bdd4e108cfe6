"""The rules feed for commands: the running companion's, so that it uses new rules at once; else one of our own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from ..compliance.feed.service import RulesFeed
from ..compliance.feed.status import Status
from ..compliance.feed.told import ToldUpdate, told_update
from ..desk.rules_asked import FeedAsked
from ..desk.rules_told import RulesState, ToldDiff, differing, state_of, updated
from ..opening import feed_of, stores_of
from ..protocol.decode import convert
from ..runtime import control
from ..runtime.database_url import may_hold_archive
from ..runtime.lock import DataLock
from ..runtime.paths import Paths
from .marketplace_check import check
from .offline import runs

if TYPE_CHECKING:
    from ..conversations import Archive

#: A download, and a look through the shop's texts.
_LONGEST_S = 180


class Rules(Protocol):
    """What both ways offer."""

    def state(self) -> RulesState: ...
    def update(self, asked: FeedAsked) -> ToldUpdate: ...
    def diff(self, asked: FeedAsked) -> ToldDiff: ...
    def rollback(self, version: int | None) -> ToldUpdate: ...
    def use(self, use: Any) -> Status: ...


@contextmanager
def rules_of(paths: Paths, locale: str) -> Iterator[Rules]:
    """The running companion's, so that it uses new rules at once; else our own, under the lock."""
    if runs(paths):
        yield _Running(paths, locale)
        return
    with DataLock(paths), stores_of(paths) as stores:
        opened: list[Archive] = []

        def archive() -> Archive | None:
            if not opened and may_hold_archive(paths):
                from ..conversations import Archive

                opened.append(Archive.at(paths))
            return opened[0] if opened else None

        def pages(folder: Path) -> list[Any]:
            return check(folder, locale, shared=True).faults

        try:
            yield _Here(paths, feed_of(paths, stores.documents, pages, archive, lambda: stores.memory), locale)
        finally:
            for one in opened:
                one.close()


class _Here:
    def __init__(self, paths: Paths, feed: RulesFeed, locale: Any) -> None:
        self._paths, self._feed, self._locale = paths, feed, locale

    def state(self) -> RulesState:
        return state_of(self._paths, self._feed)

    def update(self, asked: FeedAsked) -> ToldUpdate:
        return updated(self._feed, asked)

    def diff(self, asked: FeedAsked) -> ToldDiff:
        return differing(self._feed, asked)

    def rollback(self, version: int | None) -> ToldUpdate:
        return told_update(self._feed.rollback(version, locale=self._locale), self._locale)

    def use(self, use: Any) -> Status:
        return self._feed.choose(use)


class _Running:
    def __init__(self, paths: Paths, locale: str) -> None:
        self._paths, self._locale = paths, locale

    def state(self) -> RulesState:
        return convert(self._ask("rules.status", {}), RulesState)

    def update(self, asked: FeedAsked) -> ToldUpdate:
        return convert(self._ask("rules.update_now", asked), ToldUpdate)

    def diff(self, asked: FeedAsked) -> ToldDiff:
        return convert(self._ask("rules.diff", asked), ToldDiff)

    def rollback(self, version: int | None) -> ToldUpdate:
        return convert(self._ask("rules.rollback", {"version": version, "locale": self._locale}), ToldUpdate)

    def use(self, use: Any) -> Status:
        return convert(self._ask("rules.feed.set", {"use": use}), Status)

    def _ask(self, method: str, params: Any) -> Any:
        return control.call(self._paths, method, msgspec.to_builtins(params), timeout_s=_LONGEST_S)

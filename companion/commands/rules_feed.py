"""``seabridge rules status | update | diff | rollback | feed``: rules that move."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import msgspec

from ..compliance.feed.address import is_address
from ..compliance.feed.service import RulesFeed
from ..compliance.feed.signing import spaced
from ..compliance.feed.status import Status
from ..compliance.feed.telling import day
from ..compliance.feed.told import Told, ToldUpdate, told_update
from ..desk.rules_asked import FeedAsked
from ..desk.rules_told import RulesState, ToldDiff, differing, state_of, updated
from ..locales import text
from ..opening import feed_of, stores_of
from ..protocol.decode import convert
from ..runtime import control
from ..runtime.database_url import may_hold_archive
from ..runtime.lock import DataLock
from ..runtime.paths import Paths
from .marketplace_check import check
from .offline import runs
from .printing import Say, as_json, line

#: A download, and a look through the shop's texts.
_LONGEST_S = 180
#: Texts that are newly hit, told one by one.
_SHOWN = 20


def feed_actions(actions: Any, say: Say) -> Iterator[argparse.ArgumentParser]:
    """Their arguments."""
    yield actions.add_parser("status", help=say("rules_cli_status"))
    update = actions.add_parser("update", help=say("rules_cli_update"))
    update.add_argument("source", nargs="?", default="", metavar="FILE|URL", help=say("rules_cli_source"))
    update.add_argument("--accept", default="", metavar="FINGERPRINT", help=say("rules_cli_accept"))
    yield update
    diff = actions.add_parser("diff", help=say("rules_cli_diff"))
    diff.add_argument("source", nargs="?", default="", metavar="FILE|URL", help=say("rules_cli_diff_source"))
    yield diff
    rollback = actions.add_parser("rollback", help=say("rules_cli_rollback"))
    rollback.add_argument("--to", type=_version, metavar="VERSION", help=say("rules_cli_to"))
    yield rollback
    feed = actions.add_parser("feed", help=say("rules_cli_feed"))
    feed.add_argument("use", choices=("project", "own", "off"), help=say("rules_cli_use"))
    yield feed


def _version(written: str) -> int:
    if not written.isascii() or not written.isdigit():
        raise argparse.ArgumentTypeError("0, 1, 2 …")
    return int(written)


def run_feed(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Do it; 0 = done (of an update: something newer counts, or there was nothing newer)."""
    with _rules(paths, locale) as rules:
        if options.action == "status":
            return _status(rules.state(), options.json, locale)
        if options.action == "feed":
            return _used(rules.use(options.use), options.json, locale)
        if options.action == "diff":
            return _differs(rules.diff(_asked(options, locale)), options.json, locale)
        if options.action == "update":
            return _done(rules.update(_asked(options, locale)), "update", options.json, locale)
        return _done(rules.rollback(options.to), "rollback", options.json, locale)


def _asked(options: argparse.Namespace, locale: str) -> FeedAsked:
    where = "address" if is_address(options.source) else "path"
    source = options.source if where == "address" or not options.source else str(Path(options.source).resolve())
    return convert({where: source, "accept": getattr(options, "accept", ""), "locale": locale}, FeedAsked)


def _status(state: RulesState, json: bool, locale: str) -> int:
    if json:
        as_json(state)
        return 0
    feed = state.feed
    counts = {"count": state.rules, "own": state.own, "feed": state.from_feed}
    line(text("rules_state_pack", locale, pack=state.pack, **counts))
    for told in state_lines(feed, locale):
        line(told)
    return 0


def state_lines(feed: Status, locale: str) -> list[str]:
    """The feed as it stands, a line each; what is wrong with it begins with "!"."""
    from .keeping import when

    told = [text(f"rules_state_{used(feed)}", locale, address=feed.address)]
    if feed.accepted:
        told.append(text("rules_state_key", locale, fingerprint=spaced(feed.accepted)))
    if feed.version:
        said = {"title": feed.title, "version": feed.version, "since": when(feed.since)}
        days = {"made": day(feed.made, locale), "expires": day(feed.expires, locale)}
        told.append(text("rules_state_version", locale, **said, **days))
    else:
        told.append(text("rules_state_shipped", locale))
    if feed.kept:
        told.append(text("rules_state_kept", locale, versions=", ".join(map(str, feed.kept))))
    if feed.checked_at:
        told.append(text("rules_state_checked", locale, time=when(feed.checked_at)))
    if feed.rolled_back:
        told.append("! " + text("rules_state_rolled_back", locale, version=feed.rolled_back))
    if feed.expired:
        told.append("! " + text("rules_state_expired", locale, expires=day(feed.expires, locale)))
    if feed.damaged:
        told.append("! " + text("rules_state_damaged", locale))
    if feed.trouble is not None:
        told.append("! " + text(f"error_{feed.trouble.code}", locale, **feed.trouble.data))
    return told


def used(feed: Status) -> str:
    """Which sentence tells what feed is in use."""
    if feed.use == "project" and not feed.published:
        return "unpublished"
    return "use_file" if feed.use == "own" and not feed.address else f"use_{feed.use}"


def _used(status: Status, json: bool, locale: str) -> int:
    if json:
        as_json(status)
    else:
        for told in state_lines(status, locale):
            line(told)
    return 0


def _differs(found: ToldDiff, json: bool, locale: str) -> int:
    if json:
        as_json(found)
        return 0
    if found.fingerprint:
        line(text("rules_diff_key", locale, fingerprint=spaced(found.fingerprint)))
    _changes(found.changes, locale)
    return 0


def _done(done: ToldUpdate, action: str, json: bool, locale: str) -> int:
    if json:
        as_json(done)
        return 0
    status = done.status
    if not done.installed:
        line(text(f"rules_{action}_nothing", locale, version=status.version))
        if status.rolled_back:
            line(text("rules_state_rolled_back", locale, version=status.rolled_back))
        return 0
    key = f"rules_{action}_done" if status.version else "rules_rollback_shipped"
    line(text(key, locale, title=status.title, version=status.version))
    if done.changes is not None:
        _changes(done.changes, locale)
    return 0


def _changes(found: Told, locale: str) -> None:
    line(text("rules_changes_head", locale, before=_label(found.before, locale), after=_label(found.after, locale)))
    if not found.changes:
        line(text("rules_changes_none", locale))
    for one in found.changes:
        line(f"  {one.line}")
        for detail in one.details:
            line(f"      {detail}")
    if found.more:
        line(text("rules_changes_more", locale, count=found.more))
    if found.looked:
        line(
            text(
                "rules_hits_head" if found.hits else "rules_hits_none",
                locale,
                count=len(found.hits),
                looked=found.looked,
            )
        )
    for hit in found.hits[:_SHOWN]:
        line(f"  {hit.line}")
        line(f"      {hit.fix}")
    if len(found.hits) > _SHOWN:
        line(text("rules_hits_more", locale, count=len(found.hits) - _SHOWN))
    if found.cut:
        line(text("rules_hits_cut", locale))


def _label(label: Any, locale: str) -> str:
    if not label.version:
        return text("rules_label_shipped", locale)
    return text("rules_label_version", locale, title=label.title, version=label.version)


class _Rules(Protocol):
    """What both ways offer."""

    def state(self) -> RulesState: ...
    def update(self, asked: FeedAsked) -> ToldUpdate: ...
    def diff(self, asked: FeedAsked) -> ToldDiff: ...
    def rollback(self, version: int | None) -> ToldUpdate: ...
    def use(self, use: Any) -> Status: ...


@contextmanager
def _rules(paths: Paths, locale: str) -> Iterator[_Rules]:
    """The running companion's, so that it uses new rules at once; else our own, under the lock."""
    if runs(paths):
        yield _Running(paths, locale)
        return
    from ..conversations import Archive

    with DataLock(paths), stores_of(paths) as stores:
        opened: list[Archive] = []

        def archive() -> Archive | None:
            if not opened and may_hold_archive(paths):
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

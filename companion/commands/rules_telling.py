"""The rules feed in a terminal: how it stands, what it changes, and what that hits."""

from __future__ import annotations

from ..compliance.feed.comparing import Label
from ..compliance.feed.signing import spaced
from ..compliance.feed.status import Status
from ..compliance.feed.telling import day
from ..compliance.feed.told import Told, ToldUpdate
from ..desk.rules_told import RulesState, ToldDiff
from ..locales import text
from .keeping import when
from .printing import as_json, line

#: Texts that are newly hit, told one by one.
_SHOWN = 20


def tell_state(state: RulesState, json: bool, locale: str) -> int:
    """The rules and the feed as they stand."""
    if json:
        as_json(state)
        return 0
    feed = state.feed
    counts = {"count": state.rules, "own": state.own, "feed": state.from_feed}
    line(text("rules_state_pack", locale, pack=state.pack, **counts))
    for told in _lines(feed, locale):
        line(told)
    return 0


def _lines(feed: Status, locale: str) -> list[str]:
    """The feed as it stands, a line each; what is wrong with it begins with "!"."""
    told = [text(f"rules_state_{_used(feed)}", locale, address=feed.address)]
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


def _used(feed: Status) -> str:
    """Which sentence tells what feed is in use."""
    if feed.use == "project" and not feed.published:
        return "unpublished"
    return "use_file" if feed.use == "own" and not feed.address else f"use_{feed.use}"


def tell_status(status: Status, json: bool, locale: str) -> int:
    """The feed as it stands."""
    if json:
        as_json(status)
    else:
        for told in _lines(status, locale):
            line(told)
    return 0


def tell_diff(found: ToldDiff, json: bool, locale: str) -> int:
    """What an update would change, or did."""
    if json:
        as_json(found)
        return 0
    if found.fingerprint:
        line(text("rules_diff_key", locale, fingerprint=spaced(found.fingerprint)))
    _changes(found.changes, locale)
    return 0


def tell_done(done: ToldUpdate, action: str, json: bool, locale: str) -> int:
    """What became of an update or a rollback."""
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
    if found.before == found.after and not found.after.version:
        line(text("rules_changes_never", locale))
        return
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


def _label(label: Label, locale: str) -> str:
    if not label.version:
        return text("rules_label_shipped", locale)
    return text("rules_label_version", locale, title=label.title, version=label.version)

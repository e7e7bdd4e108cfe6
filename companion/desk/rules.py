"""The rules feed for the dashboard and the command line; no extension may ask for any of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..protocol.methods.desk import Nothing
from .catalogue import DASHBOARD
from .desk import Desk
from .rules_asked import ChangesAsked, FeedAsked, FeedSet, RollbackAsked, UpdateAsked, UploadAsked

if TYPE_CHECKING:
    from ..compliance.feed.status import Status
    from ..compliance.feed.told import Told, ToldUpdate
    from .rules_told import RulesState, ToldDiff, UpdateState


def status(desk: Desk, _: Nothing) -> RulesState:
    """The rules and the feed as they stand."""
    from .rules_told import state_of

    return state_of(desk.room.paths, desk.room.feed)


def update(desk: Desk, asked: UpdateAsked) -> UpdateState:
    """Ask the feed in use, or an address, without waiting."""
    return desk.updating.start(asked.address, None, asked.accept, asked.locale)


def update_file(desk: Desk, asked: UploadAsked) -> UpdateState:
    """Take a file that was uploaded right before. Raises ``not_found``."""
    data = desk.captures.take(DASHBOARD, asked.sha256)
    return desk.updating.start("", data, asked.accept, asked.locale)


def update_state(desk: Desk, _: Nothing) -> UpdateState:
    """Where the update stands."""
    return desk.updating.state()


def update_now(desk: Desk, asked: FeedAsked) -> ToldUpdate:
    """Update and wait."""
    from .rules_told import updated

    return updated(desk.room.feed, asked)


def diff(desk: Desk, asked: FeedAsked) -> ToldDiff:
    """What a feed would change."""
    from .rules_told import differing

    return differing(desk.room.feed, asked)


def changes(desk: Desk, asked: ChangesAsked) -> Told:
    """What the last update or rollback changed."""
    from ..compliance.feed.told import told

    return told(desk.room.feed.changes(asked.locale), asked.locale)


def rollback(desk: Desk, asked: RollbackAsked) -> ToldUpdate:
    """Let an older version count."""
    from ..compliance.feed.told import told_update

    return told_update(desk.room.feed.rollback(asked.version, locale=asked.locale), asked.locale)


def set_feed(desk: Desk, asked: FeedSet) -> Status:
    """Use another feed, or none."""
    return desk.room.feed.choose(asked.use)


SHARED: dict[str, Any] = {
    "rules.status": (Nothing, status),
    "rules.update": (UpdateAsked, update),
    "rules.update_file": (UploadAsked, update_file),
    "rules.update_state": (Nothing, update_state),
    "rules.changes": (ChangesAsked, changes),
    "rules.rollback": (RollbackAsked, rollback),
    "rules.feed.set": (FeedSet, set_feed),
}
#: For the command line, which knows files by their paths and waits.
FOR_COMMANDS: dict[str, Any] = {
    "rules.update_now": (FeedAsked, update_now),
    "rules.diff": (FeedAsked, diff),
}

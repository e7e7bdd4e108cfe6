"""A change list in somebody's language, as it is shown and sent. Pure, but for the texts."""

from __future__ import annotations

import msgspec

from ..reporting import Locale
from .comparing import ChangeList, Label
from .status import Status, Updated
from .telling import details_of, hit_line, line_of

#: Changes told one by one; of more only the number.
MOST_TOLD = 500


class ToldChange(msgspec.Struct, frozen=True):
    """A change, and the sentences about it."""

    what: str
    subject: str
    id: str
    since: str
    level: str
    line: str
    details: list[str]


class ToldHit(msgspec.Struct, frozen=True):
    """A text of the shop that is newly hit. ``key`` opens a listing: marketplace, shop and key."""

    kind: str
    name: str
    title: str
    key: list[str]
    since: str
    level: str
    rule: str
    field: str
    text: str
    line: str
    fix: str


class Told(msgspec.Struct, frozen=True):
    """``more``: changes not told; ``looked``: texts of the shop that were looked at; ``cut``: there were more, or more
    to say of them."""

    before: Label
    after: Label
    changes: list[ToldChange]
    more: int
    hits: list[ToldHit]
    looked: int
    cut: bool


class ToldUpdate(msgspec.Struct, frozen=True):
    """What became of an update or a rollback; ``changes`` None where nothing did."""

    installed: bool
    status: Status
    changes: Told | None


def told(found: ChangeList, locale: Locale) -> Told:
    """The list with its sentences: what begins first in front, after what holds at once."""
    ordered = sorted(found.changes, key=lambda one: (one.since, one.subject != "rule"))
    return Told(
        found.before,
        found.after,
        [
            ToldChange(
                one.what, one.subject, one.id, one.since, one.level, line_of(one, locale), details_of(one, locale)
            )
            for one in ordered[:MOST_TOLD]
        ],
        max(0, len(ordered) - MOST_TOLD),
        [
            ToldHit(
                one.kind, one.name, one.title, list(one.key), one.since, one.finding.level, one.finding.rule,
                one.finding.field, one.finding.text, hit_line(one, locale), one.finding.fix,
            )
            for one in found.hits.found
        ],
        found.hits.looked,
        found.hits.cut,
    )  # fmt: skip


def told_update(done: Updated, locale: Locale) -> ToldUpdate:
    """The same of what was done."""
    return ToldUpdate(done.installed, done.status, told(done.changes, locale) if done.changes is not None else None)

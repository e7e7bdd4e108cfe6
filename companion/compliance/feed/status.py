"""A feed as it stands, as people and programs are told. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from . import manifest as manifests
from .choice import Choice, Source, Use, source_of
from .comparing import ChangeList
from .kept import Pointer, Version
from .looked import Looked, Trouble


class Status(msgspec.Struct, frozen=True):
    """``use``, ``address``: the seller's choice, ``accepted``: the fingerprint that belongs to it; ``own``: whether a
    feed was accepted ever; ``published``: whether there is a project's feed.

    ``version`` 0 = the shipped rules alone count, else the version that does, with the ``fingerprint`` of its key;
    ``since``: when it came to count; ``kept``: versions that can be gone back to; ``rolled_back``: a newer version that
    was taken before and does not count now, 0 = none; ``damaged``: the version that should count cannot be read.

    ``checked_at``: when the address was asked last, ``reached_at``: and that went well, 0 = never; ``trouble``: what
    went wrong the last time.
    """

    use: Use
    address: str
    accepted: str
    published: bool
    own: bool
    version: int = 0
    name: str = ""
    title: str = ""
    made: str = ""
    expires: str = ""
    expired: bool = False
    fingerprint: str = ""
    since: float = 0.0
    kept: list[int] = []
    rolled_back: int = 0
    checked_at: float = 0.0
    reached_at: float = 0.0
    trouble: Trouble | None = None
    damaged: bool = False


class Updated(msgspec.Struct, frozen=True):
    """``installed`` False: there was nothing newer."""

    installed: bool
    status: Status
    changes: ChangeList | None = None


def status_of(
    choice: Choice,
    ours: Source,
    pointer: Pointer,
    version: Version | None,
    kept: Sequence[int],
    asked: Looked,
    today: date,
) -> Status:
    """All of it in one."""
    source = source_of(choice, ours)
    highest = pointer.highest.get(key_of(pointer) or source.fingerprint, 0)
    found = Status(
        choice.use, source.address, source.fingerprint, bool(ours.address), bool(choice.own.fingerprint),
        since=pointer.since, kept=list(kept), rolled_back=highest if highest > pointer.now.version else 0,
        checked_at=asked.at, reached_at=asked.reached, trouble=asked.trouble,
        damaged=bool(pointer.now.version) and version is None,
    )  # fmt: skip
    if version is None:
        return found
    manifest = version.manifest
    return msgspec.structs.replace(
        found, version=manifest.version, name=manifest.name, title=manifest.title, made=manifest.made,
        expires=manifest.expires, expired=manifests.expired(manifest, today), fingerprint=version.fingerprint,
    )  # fmt: skip


def key_of(pointer: Pointer) -> str:
    """The key of the feed whose versions can be gone back to, "" = none was ever taken."""
    return pointer.now.fingerprint or pointer.before.fingerprint

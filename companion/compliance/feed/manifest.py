"""``feed.json``: what a feed is, how long it holds, and which files belong to it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated

import msgspec

from companion.protocol.base import Hex32
from companion.protocol.decode import decode
from companion.protocol.errors import ErrorCode, SeabridgeError

from ..checks import is_day
from .kinds import kind_of, removable
from .refusing import unreadable, unsafe

FORMAT = 1
#: Bounds of one feed. The shipped rules are about 600 files and 3 MB.
MOST_FILES = 2_000
MOST_FILE = 4 << 20
MOST_BYTES = 16 << 20
MOST_MANIFEST = 1 << 20
#: A feed that nobody renews for so long is no longer looked after.
MOST_DAYS = 400
#: Elsewhere it may already be tomorrow, and clocks are set by hand.
_AHEAD = timedelta(days=2)

_Slug = Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
_Title = Annotated[
    str, msgspec.Meta(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+$")
]
Version = Annotated[int, msgspec.Meta(ge=1, le=2_147_483_647)]


class Entry(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A file of the feed: its length in bytes, and what it must hash to."""

    size: Annotated[int, msgspec.Meta(ge=0, le=MOST_FILE)]
    sha256: Hex32


class Manifest(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """``made`` and ``expires`` are days; ``removed`` names shipped files that no longer count, by their paths."""

    format: int
    name: _Slug
    title: _Title
    version: Version
    made: str
    expires: str
    files: dict[str, Entry]
    removed: list[str] = []


class _Head(msgspec.Struct):
    format: int


def read(raw: bytes) -> Manifest:
    """The manifest of a feed whose signature is good.

    Raises ``feed_newer`` for a format of a later Seabridge, ``feed_unreadable`` and ``feed_unsafe``.
    """
    try:
        if decode(raw, _Head).format != FORMAT:
            raise SeabridgeError(ErrorCode.FEED_NEWER, "another format")
        manifest = decode(raw, Manifest)
    except (msgspec.DecodeError, UnicodeError) as exc:
        raise unreadable(f"feed.json: {exc}") from exc
    for fault in _faults(manifest):
        raise unreadable(f"feed.json: {fault}")
    for path in manifest.files:
        if kind_of(path) is None:
            raise unsafe(f"path {path[:100]!r}")
    for path in manifest.removed:
        if not removable(path):
            raise unsafe(f"removed {path[:100]!r}")
    return manifest


def _faults(manifest: Manifest) -> Iterator[str]:
    if not (is_day(manifest.made) and is_day(manifest.expires)):
        yield "made and expires must be days such as 2026-11-30"
    elif (
        not timedelta(0)
        <= date.fromisoformat(manifest.expires) - date.fromisoformat(manifest.made)
        <= timedelta(days=MOST_DAYS)
    ):
        yield f"expires must be at most {MOST_DAYS} days after made"
    if not (manifest.files or manifest.removed):
        yield "holds nothing"
    if len(manifest.files) > MOST_FILES or len(manifest.removed) > MOST_FILES:
        yield f"more than {MOST_FILES} files"
    if sum(entry.size for entry in manifest.files.values()) > MOST_BYTES:
        yield f"more than {MOST_BYTES >> 20} MB"
    if both := sorted(set(manifest.removed) & manifest.files.keys()):
        yield f"{both[0]} is both there and removed"


def expired(manifest: Manifest, today: date) -> bool:
    """Whether its last day is over."""
    return manifest.expires < today.isoformat()


def from_the_future(manifest: Manifest, today: date) -> bool:
    """Whether it was made later than it can be now: then this computer's clock is wrong, or the maker's."""
    return date.fromisoformat(manifest.made) > today + _AHEAD

"""Listings and manuals for the dashboard and the command line."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

import msgspec

from ..protocol.base import Code, Hex32, Language, Name
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.desk import Nothing
from .desk import Desk

#: Whose upload a file is that came from the dashboard.
DASHBOARD = "dashboard"

Words = Annotated[str, msgspec.Meta(max_length=500)]
Skus = Annotated[list[Name], msgspec.Meta(max_length=200)]


class ListingsAsked(msgspec.Struct, forbid_unknown_fields=True):
    """``words`` "" = those seen last."""

    words: Words = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=500)] = 100


class ListingAsked(msgspec.Struct, forbid_unknown_fields=True):
    """A listing by what tells it from the others."""

    marketplace: Code
    shop: Name
    key: Name


class ThreadAsked(msgspec.Struct, forbid_unknown_fields=True):
    """A conversation by its number in the archive."""

    thread_id: int


class PassagesAsked(msgspec.Struct, forbid_unknown_fields=True):
    """What a buyer asks; ``skus`` [] = in all manuals."""

    question: Words
    skus: Skus = []
    limit: Annotated[int, msgspec.Meta(ge=1, le=50)] = 5


class ManualUploaded(msgspec.Struct, forbid_unknown_fields=True):
    """A file that was uploaded right before, by its SHA-256."""

    sha256: Hex32
    name: Name
    skus: Skus = []
    language: Language = ""


class ManualFile(msgspec.Struct, forbid_unknown_fields=True):
    """A file on this computer."""

    path: str
    skus: Skus = []
    language: Language = ""


class ManualAsked(msgspec.Struct, forbid_unknown_fields=True):
    """A manual by its number."""

    id: int


class ManualAbout(msgspec.Struct, forbid_unknown_fields=True):
    """What a manual is about from now on; [] = the whole shop."""

    id: int
    skus: Skus


class ListingLine(msgspec.Struct):
    """A listing in a list; ``versions``: how many."""

    marketplace: str
    region: str
    shop: str
    key: str
    sku: str
    item: str
    title: str
    seen_at: float
    stale: bool
    versions: int


def listings(desk: Desk, asked: ListingsAsked) -> list[ListingLine]:
    """Those that hold the words."""
    from ..catalogue.listings import found

    return [_line(one) for one in found(desk.room.archive, time.time(), asked.words, asked.limit)]


def listing(desk: Desk, asked: ListingAsked) -> dict[str, Any]:
    """One with its versions, what changed from each to the next, its conversations and manuals.

    Raises ``not_found``.
    """
    from ..catalogue.about import conversations
    from ..catalogue.compare import compare
    from ..catalogue.listings import one
    from ..catalogue.shelf import row

    archive = desk.room.archive
    found = one(archive, time.time(), asked.marketplace, asked.shop, asked.key)
    if found is None:
        raise SeabridgeError(ErrorCode.NOT_FOUND)
    numbers = [number for number in (found.sku, found.item) if number]
    return {
        "listing": found,
        "changes": [compare(old, new) for new, old in zip(found.versions, found.versions[1:], strict=False)],
        "conversations": conversations(archive, found, desk.room.seller_language),
        "manuals": [row(each) for each in archive.manuals.all(numbers)],
    }


def of_thread(desk: Desk, asked: ThreadAsked) -> list[ListingLine]:
    """The listings a conversation is about."""
    from ..catalogue.about import of_thread as about

    archive = desk.room.archive
    told = archive.linked.summaries([asked.thread_id])
    return [_line(one) for thread in told for one in about(archive, thread, time.time())]


def manuals(desk: Desk, _: Nothing) -> list[Any]:
    """All of them."""
    from ..catalogue.shelf import row

    return [row(each) for each in desk.room.archive.manuals.all()]


def passages(desk: Desk, asked: PassagesAsked) -> list[Any]:
    """What the manuals say to a question."""
    from ..catalogue.passages import passages as found

    return list(found(desk.room.archive, asked.question, asked.skus, asked.limit))


def add_uploaded(desk: Desk, asked: ManualUploaded) -> Any:
    """Keep an uploaded file as a manual. Raises ``not_found`` for one that was not uploaded, or too long ago."""
    from ..catalogue.shelf import add

    data = desk.captures.take(DASHBOARD, asked.sha256)
    return add(desk.room.archive, asked.name, data, asked.skus, asked.language, time.time())


def add_file(desk: Desk, asked: ManualFile) -> Any:
    """Keep a file of this computer as a manual."""
    return added(desk.room.archive, asked)


def added(archive: Any, asked: ManualFile) -> Any:
    """The same for whoever holds the archive. Raises ``messages_file`` where the file cannot be opened."""
    from ..catalogue.manuals.reading import MOST_BYTES
    from ..catalogue.shelf import add

    path = Path(asked.path)
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as exc:
        raise SeabridgeError(ErrorCode.MESSAGES_FILE, str(exc), path=str(path)) from exc
    return add(archive, path.name, data, asked.skus, asked.language, time.time())


def remove(desk: Desk, asked: ManualAsked) -> dict[str, bool]:
    """Take a manual out for good."""
    return {"removed": desk.room.archive.manuals.remove(asked.id)}


def set_about(desk: Desk, asked: ManualAbout) -> Any:
    """Link a manual to other listings. Raises ``not_found``."""
    from ..catalogue.shelf import row

    desk.room.archive.manuals.set_skus(asked.id, asked.skus)
    return row(desk.room.archive.manuals.one(asked.id))


def _line(one: Any) -> ListingLine:
    return ListingLine(
        one.marketplace, one.region, one.shop, one.key, one.sku, one.item, one.title, one.seen_at, one.stale,
        len(one.versions),
    )  # fmt: skip

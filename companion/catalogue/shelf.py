"""Putting a manual into the archive, and its list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Protocol

import msgspec

from ..conversations.manuals import Manual, NewManual
from .manuals.cutting import cut
from .manuals.reading import read_manual

_LANGUAGE = re.compile(r"[A-Za-z0-9-]{0,16}")
_LONGEST_NAME = 200
#: Numbers one manual may be about, and the longest of them.
MOST_SKUS = 200
LONGEST_SKU = 200


class ManualsApi(Protocol):
    """The manuals as the archive keeps them."""

    def put(self, new: NewManual, now: float, /) -> tuple[int, float | None]: ...
    def one(self, number: int, /) -> Manual: ...


class ArchiveApi(Protocol):
    """The archive as this room uses it."""

    @property
    def manuals(self) -> ManualsApi: ...


class ManualRow(msgspec.Struct):
    """A manual as it is told; ``size`` in bytes, ``skus`` [] = about the whole shop."""

    id: int
    name: str
    type: str
    language: str
    size: int
    added_at: float
    skus: list[str]
    passages: int


class Added(msgspec.Struct):
    """``replaced``: when the edition was added whose place this one takes, None = there was none."""

    manual: ManualRow
    replaced: float | None


def add(archive: ArchiveApi, name: str, data: bytes, skus: Sequence[str], language: str, now: float) -> Added:
    """Read a file and keep it. Raises what ``read_manual`` does, and the storage codes."""
    kind, blocks = read_manual(name, data)
    shown = " ".join(PurePath(name.replace("\\", "/")).name.split())[:_LONGEST_NAME] or "manual"
    spoken = language if _LANGUAGE.fullmatch(language) else ""
    about = [sku.strip()[:LONGEST_SKU] for sku in skus if sku.strip()][:MOST_SKUS]
    number, replaced = archive.manuals.put(NewManual(shown, kind, spoken, data, cut(blocks), about), now)
    return Added(row(archive.manuals.one(number)), replaced)


def row(manual: Manual) -> ManualRow:
    """Without what only the archive needs. Pure."""
    return ManualRow(
        manual.id, manual.name, manual.type, manual.language, manual.size, manual.added_at, list(manual.skus),
        manual.passages,
    )  # fmt: skip

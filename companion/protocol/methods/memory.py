"""The translation memory: what the seller confirmed by sending it, found again for the next message like it."""

from __future__ import annotations

from typing import Annotated

import msgspec

from ..base import Language, Text, Wire
from ..registry import Method, method
from .glossary import IMPORT_S, FileText, ShopRef, Uploaded


class MemoryUnit(Wire, kw_only=True):
    """A stored pair: what the seller wrote and what was sent."""

    id: int
    source: Language
    target: Language
    said: str
    told: str
    #: When it was last confirmed.
    at: float


class MemorySearchParams(Wire, kw_only=True):
    """``query`` is looked for on both sides; "" = all, newest first. ``before`` is ``more`` of the previous page."""

    shop: ShopRef
    query: Annotated[str, msgspec.Meta(max_length=500)] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50
    before: Annotated[int, msgspec.Meta(ge=0)] = 0


class MemorySearchResult(Wire, kw_only=True):
    """``more`` is 0 on the last page; ``count`` counts all pairs of the shop."""

    units: list[MemoryUnit]
    count: int
    more: int


class MemoryRemoveParams(Wire, kw_only=True):
    """Pairs by id, and every pair whose written side is ``said`` (word for word), in all shops."""

    ids: Annotated[list[int], msgspec.Meta(max_length=200)] = []
    said: Text = ""


class MemoryRemoveResult(Wire, kw_only=True):
    """How many there were."""

    removed: int


class MemoryImportParams(Wire, kw_only=True):
    """A TMX file: its ``content``, or the ``sha256`` of what was uploaded for it."""

    shop: ShopRef
    content: FileText = ""
    sha256: Uploaded = ""


class MemoryImportResult(Wire, kw_only=True):
    """How many pairs were new, how many the memory had, how many had no use (one language only, empty)."""

    added: int
    known: int
    skipped: int


class MemoryExportParams(Wire, kw_only=True):
    """``offset``: characters of the file already fetched."""

    shop: ShopRef
    offset: Annotated[int, msgspec.Meta(ge=0)] = 0


class MemoryExportResult(Wire, kw_only=True):
    """A piece of the TMX file; ``next`` is the offset of the following one, 0 at the end."""

    content: str
    next: int


method(Method("memory.search", MemorySearchParams, MemorySearchResult, doc="Pairs of the memory."))
method(Method("memory.remove", MemoryRemoveParams, MemoryRemoveResult, doc="Forget pairs."))
method(
    Method("memory.import", MemoryImportParams, MemoryImportResult, timeout_s=IMPORT_S, doc="Pairs out of a TMX file.")
)
method(Method("memory.export", MemoryExportParams, MemoryExportResult, doc="The memory as TMX."))

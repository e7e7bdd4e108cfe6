"""Glossary and memory as files: by piece over the wire, whole from and to the disk."""

from __future__ import annotations

import time
from pathlib import Path

from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.glossary import (
    GlossaryExportParams,
    GlossaryExportResult,
    GlossaryImportParams,
    GlossaryImportResult,
    GlossaryTerm,
    ShopRef,
)
from companion.protocol.methods.memory import (
    MemoryExportParams,
    MemoryExportResult,
    MemoryImportParams,
    MemoryImportResult,
)
from companion.runtime.atomic import storage_errors, write_atomic

from .glossary import csv_format, tbx
from .glossary.store import GlossaryStore, shop_key
from .memory import tmx
from .memory.store import MemoryStore
from .xml_files import MAX_BYTES

#: Characters of a file in one answer; with every one of them escaped it still fits a frame.
PIECE = 40_000


def import_glossary(store: GlossaryStore, asked: GlossaryImportParams) -> GlossaryImportResult:
    """All terms of a file or none. Raises the import codes."""
    return _merged(store, asked.shop, _terms(asked.content, asked.format))


def export_glossary(store: GlossaryStore, asked: GlossaryExportParams) -> GlossaryExportResult:
    """A piece of the file."""
    content = glossary_as(store, asked.shop, asked.format)
    return GlossaryExportResult(content=content[asked.offset : asked.offset + PIECE], next=_next(content, asked.offset))


def import_memory(store: MemoryStore, asked: MemoryImportParams) -> MemoryImportResult:
    """All pairs of a TMX file or none. Raises the import codes."""
    return _remembered(store, asked.shop, asked.content.encode("utf-8", "replace"))


def export_memory(store: MemoryStore, asked: MemoryExportParams, version: str) -> MemoryExportResult:
    """A piece of the TMX file."""
    content = memory_as(store, asked.shop, version)
    return MemoryExportResult(content=content[asked.offset : asked.offset + PIECE], next=_next(content, asked.offset))


def glossary_from(store: GlossaryStore, path: Path, shop: ShopRef) -> GlossaryImportResult:
    """Import a .csv or .tbx of any size. Raises the import codes, ``too_large``, ``import_unreadable``."""
    raw = _read(path)
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = raw[: exc.start].count(b"\n") + 1
        raise SeabridgeError(ErrorCode.IMPORT_UNREADABLE, str(exc), line=line) from exc
    return _merged(store, shop, _terms(content, "csv" if path.suffix.lower() == ".csv" else "tbx"))


def glossary_to(store: GlossaryStore, path: Path, shop: ShopRef) -> int:
    """Write a .csv or .tbx; how many terms."""
    content = glossary_as(store, shop, "csv" if path.suffix.lower() == ".csv" else "tbx")
    write_atomic(path, content.encode("utf-8"), private=True)
    return len(store.own(shop))


def memory_from(store: MemoryStore, path: Path, shop: ShopRef) -> MemoryImportResult:
    """Import a .tmx of any size."""
    return _remembered(store, shop, _read(path))


def memory_to(store: MemoryStore, path: Path, shop: ShopRef, version: str) -> int:
    """Write a .tmx; how many pairs."""
    pairs = store.pairs(shop_key(shop))
    write_atomic(path, tmx.write(pairs, version).encode("utf-8"), private=True)
    return len(pairs)


def glossary_as(store: GlossaryStore, shop: ShopRef, kind: str) -> str:
    """The shop's own terms as the text of a file."""
    terms = store.own(shop)
    return csv_format.write(terms) if kind == "csv" else tbx.write(terms)


def memory_as(store: MemoryStore, shop: ShopRef, version: str) -> str:
    """The shop's own pairs as the text of a file."""
    return tmx.write(store.pairs(shop_key(shop)), version)


def _terms(content: str, kind: str) -> list[GlossaryTerm]:
    return csv_format.read(content) if kind == "csv" else tbx.read(content)


def _merged(store: GlossaryStore, shop: ShopRef, terms: list[GlossaryTerm]) -> GlossaryImportResult:
    added, replaced = store.merge(shop, terms)
    return GlossaryImportResult(added=added, replaced=replaced)


def _remembered(store: MemoryStore, shop: ShopRef, content: bytes) -> MemoryImportResult:
    read = list(tmx.read(content))
    pairs = [pair for pair in read if pair is not None]
    added, known = store.add(pairs, shop_key(shop), time.time())
    return MemoryImportResult(added=added, known=known, skipped=len(read) - added - known)


def _read(path: Path) -> bytes:
    with storage_errors(path):
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise SeabridgeError(ErrorCode.TOO_LARGE, size=size, limit=MAX_BYTES)
        return path.read_bytes()


def _next(content: str, offset: int) -> int:
    return offset + PIECE if offset + PIECE < len(content) else 0

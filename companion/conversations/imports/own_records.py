"""The lines of Seabridge's own files, with the bounds of everything in them (``exports/jsonl.py`` writes them)."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from companion.protocol.base import Code, Instant, Language, Name, Text, Url
from companion.protocol.values import Direction, LanguageSource, Match, Note, Tags

from ..revisions import MOST as MOST_LATER

_Hex = Annotated[str, msgspec.Meta(pattern=r"^(?:[0-9a-f]{2}){0,32}$")]
_Count = Annotated[int, msgspec.Meta(ge=0, le=1 << 53)]


class Head(msgspec.Struct):
    format: str
    version: int = 0
    masked: bool = False


class _Link(msgspec.Struct):
    kind: Name
    ref: Name
    made_at: Instant


class _Hold(msgspec.Struct):
    until: Instant | None
    made_at: Instant


class ThreadRecord(msgspec.Struct, tag_field="record", tag="thread"):
    marketplace: Code
    region: Code
    shop: Name
    thread: Name
    buyer: Name
    language: Language
    language_source: LanguageSource
    created_at: Instant
    end_seen_at: Instant | None
    total: _Count
    chain: _Hex
    links: Annotated[list[_Link], msgspec.Meta(max_length=10_000)]
    holds: Annotated[list[_Hold], msgspec.Meta(max_length=1_000)]
    # files of earlier versions have none of these
    star: bool = False
    tags: Tags = []
    note: Note = ""
    noted_at: Instant | None = None


class _Translation(msgspec.Struct):
    target: Language
    text: Text
    engine: Name
    match: Match
    doubt: Annotated[list[Name], msgspec.Meta(max_length=40)]
    made_at: Instant


class _Picture(msgspec.Struct):
    url: Url
    sha256: _Hex
    type: Name
    size: _Count
    stored_at: Instant | None


class DraftFields(msgspec.Struct):
    written: Text
    written_language: Language
    text: Text
    language: Language
    engine: Name
    match: Match
    inserted_at: Instant
    ident: _Hex


class DraftRecord(DraftFields, tag_field="record", tag="draft"):
    """A draft that became no message."""


class _Source(msgspec.Struct):
    kind: Name
    name: Name
    sha256: _Hex
    made_at: Instant


class _Later(msgspec.Struct):
    text: Text
    salt: _Hex
    seen_at: Instant
    digest: _Hex


class MessageRecord(msgspec.Struct, tag_field="record", tag="message"):
    arrival: _Count
    direction: Direction
    text: Text
    time: Annotated[str, msgspec.Meta(max_length=100)]
    clock: Annotated[int, msgspec.Meta(ge=-1, le=1439)]
    sent_at: Instant | None
    sent_span: _Count
    observed_at: Instant
    moment: Annotated[int, msgspec.Meta(ge=-(1 << 53), le=1 << 53)]
    key: Name
    order: Name
    language: Language
    language_sure: bool
    ambiguous: bool
    gap: bool
    ident: _Hex
    translated: Literal[0, 1, 2]
    salt: _Hex
    digest: _Hex
    translations: Annotated[list[_Translation], msgspec.Meta(max_length=100)]
    pictures: Annotated[list[_Picture], msgspec.Meta(max_length=100)]
    draft: DraftFields | None
    imported: _Source | None
    # files of earlier versions have none of these
    later: Annotated[list[_Later], msgspec.Meta(max_length=MOST_LATER)] = []
    gone_at: Instant | None = None
    back_at: Instant | None = None


class PictureRecord(msgspec.Struct, tag_field="record", tag="picture"):
    sha256: _Hex
    type: Name
    data: str


Record = ThreadRecord | MessageRecord | DraftRecord | PictureRecord

"""Seabridge's own JSON lines (``exports/jsonl.py``), taken back without loss.

Everything is checked before anything is believed: shapes and lengths, every digest against its text, every chain of a
whole conversation against its digests. That finds damage and careless editing; it proves nothing of the file's origin.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator

import msgspec

from companion.protocol.decode import decode
from companion.protocol.errors import ErrorCode, SeabridgeError

from .. import images
from ..exports.chain import head
from ..exports.jsonl import FORMAT, VERSION
from ..identity import clean, digest, revision_digest
from ..transcript import Draft, Later, Line, Picture, Rendering, Source, Transcript
from .own_records import DraftFields, DraftRecord, Head, MessageRecord, PictureRecord, Record, ThreadRecord
from .parsed import MOST_MESSAGES, Parsed


def is_own(data: bytes) -> bool:
    """Whether the first line says so."""
    line = data.lstrip(b"\xef\xbb\xbf")[:500].split(b"\n", 1)[0]
    try:
        return decode(line, Head).format == FORMAT
    except (msgspec.DecodeError, UnicodeError):
        return False


def read_own(data: bytes) -> Parsed:
    """The conversations of the file.

    Raises ``messages_line``, ``messages_changed``, ``messages_masked``, ``messages_newer`` and ``messages_many``.
    """
    lines = iter(enumerate(data.lstrip(b"\xef\xbb\xbf").split(b"\n"), 1))
    first = decode(next(lines)[1], Head)
    if first.masked:
        raise SeabridgeError(ErrorCode.MESSAGES_MASKED)
    if first.version > VERSION:
        raise SeabridgeError(ErrorCode.MESSAGES_NEWER, f"version {first.version}")
    transcripts: list[Transcript] = []
    pictures: dict[str, bytes] = {}
    thread: tuple[int, ThreadRecord] | None = None
    messages: list[Line] = []
    drafts: list[Draft] = []
    count = 0
    for number, record in _records(lines):
        if isinstance(record, ThreadRecord):
            if thread is not None:
                transcripts.append(_transcript(*thread, messages, drafts))
            thread, messages, drafts = (number, record), [], []
        elif isinstance(record, PictureRecord):
            pictures[record.sha256] = _picture(number, record)
        elif thread is None:
            raise SeabridgeError(ErrorCode.MESSAGES_LINE, "no thread before it", line=number)
        elif isinstance(record, DraftRecord):
            drafts.append(_draft(record))
        else:
            count += 1
            if count > MOST_MESSAGES:
                raise SeabridgeError(ErrorCode.MESSAGES_MANY, limit=MOST_MESSAGES)
            messages.append(_line(number, record, thread[1]))
    if thread is not None:
        transcripts.append(_transcript(*thread, messages, drafts))
    return Parsed("jsonl", transcripts, pictures)


def _records(lines: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, Record]]:
    for number, raw in lines:
        if not raw.strip():
            continue
        try:
            yield number, decode(raw, Record)  # type: ignore[arg-type]
        except (msgspec.DecodeError, UnicodeError) as exc:
            raise SeabridgeError(ErrorCode.MESSAGES_LINE, str(exc)[:200], line=number) from exc


def _line(number: int, record: MessageRecord, thread: ThreadRecord) -> Line:
    salt, committed, identity = (bytes.fromhex(value) for value in (record.salt, record.digest, record.ident))
    if len(salt) != 16 or len(committed) != 32 or len(identity) != 8:
        raise SeabridgeError(ErrorCode.MESSAGES_LINE, "salt, digest or ident", line=number)
    address = ("seabridge-message-1", thread.marketplace, thread.region, thread.shop, thread.thread)
    # A time that the page showed only later is not part of an older archive's digest.
    possible = [
        digest(salt, *address, record.direction, record.text, label, repr(record.observed_at))
        for label in dict.fromkeys((record.time, ""))
    ]
    if committed not in possible:
        raise SeabridgeError(ErrorCode.MESSAGES_CHANGED, line=number)
    if any(value != clean(value) for value in (record.text, record.key, record.order, record.time)):
        raise SeabridgeError(ErrorCode.MESSAGES_LINE, "NUL or half a character", line=number)
    return Line(
        arrival=record.arrival,
        moment=record.moment,
        direction=record.direction,
        text=record.text,
        label=record.time,
        clock=record.clock,
        sent_at=record.sent_at,
        sent_span=record.sent_span,
        observed_at=record.observed_at,
        key=record.key,
        order=record.order,
        language=record.language,
        language_sure=record.language_sure,
        ambiguous=record.ambiguous,
        gap=record.gap,
        ident=identity,
        translated=record.translated,
        salt=salt,
        digest=committed,
        renderings=tuple(
            Rendering(one.target, clean(one.text), one.engine, one.match, tuple(one.doubt), one.made_at)
            for one in record.translations
        ),
        pictures=tuple(Picture(one.url, one.sha256, one.type, one.size, one.stored_at) for one in record.pictures),
        draft=_draft(record.draft) if record.draft else None,
        source=Source(record.imported.kind, record.imported.name, record.imported.sha256, record.imported.made_at)
        if record.imported
        else None,
        later=_later(number, record),
        gone_at=record.gone_at,
        back_at=record.back_at if record.gone_at is not None else None,
    )


def _later(number: int, record: MessageRecord) -> tuple[Later, ...]:
    found = []
    for one in record.later:
        salt = bytes.fromhex(one.salt)
        if len(salt) != 16 or not one.text.strip() or one.text != clean(one.text):
            raise SeabridgeError(ErrorCode.MESSAGES_LINE, "a later text", line=number)
        if revision_digest(salt, record.arrival, one.text).hex() != one.digest:
            raise SeabridgeError(ErrorCode.MESSAGES_CHANGED, line=number)
        found.append(Later(one.text, salt, one.seen_at))
    return tuple(found)


def _draft(record: DraftFields) -> Draft:
    return Draft(
        clean(record.written),
        record.written_language,
        clean(record.text),
        record.language,
        record.engine,
        record.match,
        record.inserted_at,
        bytes.fromhex(record.ident),
    )


def _transcript(number: int, thread: ThreadRecord, messages: list[Line], drafts: list[Draft]) -> Transcript:
    if len(messages) == thread.total:
        digests = [line.digest for line in sorted(messages, key=lambda line: line.arrival)]
        if head(digests) != thread.chain:
            raise SeabridgeError(ErrorCode.MESSAGES_CHANGED, line=number)
    return Transcript(
        marketplace=thread.marketplace,
        region=thread.region,
        shop=clean(thread.shop),
        thread=clean(thread.thread),
        buyer=clean(thread.buyer),
        language=thread.language,
        language_source=thread.language_source,
        created_at=thread.created_at,
        end_seen_at=thread.end_seen_at,
        total=thread.total,
        chain=thread.chain,
        lines=tuple(messages),
        drafts=tuple(drafts),
        links=tuple((clean(one.kind), clean(one.ref), one.made_at) for one in thread.links),
        star=thread.star,
        tags=tuple(clean(tag) for tag in thread.tags),
        note=clean(thread.note),
        noted_at=thread.noted_at,
        holds=tuple((one.until, one.made_at) for one in thread.holds),
    )


def _picture(number: int, record: PictureRecord) -> bytes:
    try:
        data = base64.b64decode(record.data, validate=True)
        images.check(data)
    except (binascii.Error, SeabridgeError) as exc:
        raise SeabridgeError(ErrorCode.MESSAGES_LINE, "picture", line=number) from exc
    if hashlib.sha256(data).hexdigest() != record.sha256:
        raise SeabridgeError(ErrorCode.MESSAGES_CHANGED, line=number)
    return data

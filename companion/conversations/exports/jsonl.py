"""Conversations as JSON lines that lose nothing: what ``imports/own.py`` takes back.

The first line says what the file is. Then for each conversation a line ``thread``, its lines ``message`` in their
order, and its lines ``draft``; the bytes of pictures in lines ``picture``, each once.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from ..identity import revision_digest
from ..transcript import Draft, Line, Transcript
from .html_page import PictureBytes

FORMAT = "seabridge-conversations"
VERSION = 1


def write(transcripts: Iterable[Transcript], picture: PictureBytes, *, made_at: float, masked: bool) -> Iterator[bytes]:
    """The file, a line at a time."""
    yield _line({"format": FORMAT, "version": VERSION, "made_at": made_at, "masked": masked})
    told: set[str] = set()
    for each in transcripts:
        yield _line(_thread(each))
        for message in each.lines:
            yield _line(_message(message))
            for one in message.pictures:
                if one.sha256 and one.sha256 not in told and not masked:
                    told.add(one.sha256)
                    if data := picture(one.sha256):
                        coded = base64.b64encode(data).decode()
                        yield _line({"record": "picture", "sha256": one.sha256, "type": one.type, "data": coded})
        for draft in each.drafts:
            yield _line({"record": "draft", **_draft(draft)})


def _line(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _thread(each: Transcript) -> dict[str, Any]:
    return {
        "record": "thread",
        "marketplace": each.marketplace,
        "region": each.region,
        "shop": each.shop,
        "thread": each.thread,
        "buyer": each.buyer,
        "language": each.language,
        "language_source": each.language_source,
        "created_at": each.created_at,
        "end_seen_at": each.end_seen_at,
        "total": each.total,
        "chain": each.chain,
        "links": [{"kind": kind, "ref": ref, "made_at": made_at} for kind, ref, made_at in each.links],
        "star": each.star,
        "tags": list(each.tags),
        "note": each.note,
        "noted_at": each.noted_at,
        "holds": [{"until": until, "made_at": made_at} for until, made_at in each.holds],
    }


def _message(line: Line) -> dict[str, Any]:
    return {
        "record": "message",
        "arrival": line.arrival,
        "direction": line.direction,
        "text": line.text,
        "time": line.label,
        "clock": line.clock,
        "sent_at": line.sent_at,
        "sent_span": line.sent_span,
        "observed_at": line.observed_at,
        "moment": line.moment,
        "key": line.key,
        "order": line.order,
        "language": line.language,
        "language_sure": line.language_sure,
        "ambiguous": line.ambiguous,
        "gap": line.gap,
        "ident": line.ident.hex(),
        "translated": line.translated,
        "salt": line.salt.hex(),
        "digest": line.digest.hex(),
        "translations": [asdict(each) for each in line.renderings],
        "pictures": [asdict(each) for each in line.pictures],
        "draft": _draft(line.draft) if line.draft else None,
        "imported": asdict(line.source) if line.source else None,
        "later": [
            {
                "text": each.text,
                "salt": each.salt.hex(),
                "seen_at": each.seen_at,
                "digest": revision_digest(each.salt, line.arrival, each.text).hex() if each.salt else "",
            }
            for each in line.later
        ],
        "gone_at": line.gone_at,
        "back_at": line.back_at,
    }


def _draft(draft: Draft) -> dict[str, Any]:
    return {**asdict(draft), "ident": draft.ident.hex()}

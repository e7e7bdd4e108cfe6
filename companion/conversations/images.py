"""Pictures of messages: which are wanted, and which bytes are one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, insert, select, update

from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.archive import WantedImage
from ..protocol.version import MAX_BLOB
from .identity import clean
from .schema import images

#: A page that gives its pictures new addresses at each look must not fill the archive.
MAX_PER_MESSAGE = 40


def note(connection: Connection, message_id: int, urls: Sequence[str]) -> list[WantedImage]:
    """Enter the addresses a row shows; answers those whose bytes are not here.

    Marketplaces sign addresses anew all the time: an address that differs from a known one only in host or query is
    the same picture, unless the same row shows both.
    """
    mine = select(images).where(images.c.message_id == message_id).order_by(images.c.id)
    known: list[Row[Any]] = list(connection.execute(mine))
    room = MAX_PER_MESSAGE - len(known)
    wanted: list[WantedImage] = []
    for url in dict.fromkeys(clean(url) for url in urls):
        if urlsplit_safe(url) is None:
            continue
        row = _same(known, url, urls)
        if row is not None:
            known.remove(row)
            if row.sha256 is not None:
                continue
            if row.url != url:
                connection.execute(update(images).where(images.c.id == row.id).values(url=url))
        elif room > 0:
            room -= 1
            connection.execute(insert(images).values(message_id=message_id, url=url))
        else:
            continue
        wanted.append(WantedImage(message=message_id, url=url))
    return wanted


def pictured(connection: Connection, message_ids: Sequence[int]) -> set[int]:
    """Those of the messages that have a picture."""
    found = select(images.c.message_id).where(images.c.message_id.in_(message_ids))
    return set(connection.execute(found).scalars())


def urlsplit_safe(url: str) -> str | None:
    """The path of an address that can be fetched; None for any other (``blob:``, ``data:``, nonsense)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts.path if parts.scheme in {"http", "https"} and parts.netloc else None


def _same(known: Sequence[Row[Any]], url: str, shown: Sequence[str]) -> Row[Any] | None:
    exact = next((row for row in known if row.url == url), None)
    if exact is not None:
        return exact
    path = urlsplit_safe(url)
    return next(
        (row for row in known if row.url not in shown and len(path or "") > 1 and urlsplit_safe(row.url) == path), None
    )


def sniff(data: bytes) -> str:
    """The media type the first bytes tell, "" = none that is accepted. SVG is not: it can carry a program."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in {b"avif", b"avis"}:
        return "image/avif"
    return ""


def check(data: bytes) -> str:
    """The type of acceptable picture bytes. Raises ``too_large`` or ``blob_type``."""
    if len(data) > MAX_BLOB:
        raise SeabridgeError(ErrorCode.TOO_LARGE, size=len(data), limit=MAX_BLOB)
    kind = sniff(data)
    if not kind:
        raise SeabridgeError(ErrorCode.BLOB_TYPE, f"{len(data)} bytes of no known picture type")
    return kind

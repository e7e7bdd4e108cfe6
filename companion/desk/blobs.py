"""Files on their way in: bounded, hashed, looked at, then stored, or kept for a moment to be read."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass

from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.archive import BlobBeginParams
from .captures import Captures
from .room import Room

_CHUNK = 64 * 1024
#: Kept in memory up to here; a larger file waits on disk while it arrives.
_IN_MEMORY = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """What a ticket allows, and whose it is."""

    announced: BlobBeginParams
    origin: str


def sniff(head: bytes) -> str:
    """The image type by its first bytes, "" for anything else. What the page called it does not count."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    return ""


def already_held(room: Room, announced: BlobBeginParams) -> bool:
    """Whether the archive has these bytes; if so the message is joined to them."""
    if announced.purpose != "image":
        return False
    try:
        data = room.archive.pictures.read(announced.sha256)
    except SeabridgeError as exc:
        if exc.code is not ErrorCode.NOT_FOUND:
            raise
        return False
    if len(data) != announced.size or hashlib.sha256(data).hexdigest() != announced.sha256 or not sniff(data[:16]):
        return False
    room.archive.pictures.keep(announced.message, announced.url, data, sniff(data[:16]))
    return True


def receive(
    room: Room,
    captures: Captures,
    upload: Upload,
    origin: str | None,
    length: int,
    read: Callable[[int], bytes],
) -> str:
    """Take the bytes of a POST; the SHA-256 under which they are stored.

    Raises ``ticket_invalid`` for another Origin's ticket, ``blob_mismatch`` when size or hash are not as
    announced, ``blob_type`` when it is no image we know.
    """
    announced = upload.announced
    # Firefox may send "null" for its extensions; a Chromium Origin must be the one that got the ticket.
    hidden = origin == "null" and upload.origin.startswith("moz-extension://")
    if origin != upload.origin and not hidden:
        raise SeabridgeError(ErrorCode.TICKET_INVALID)
    if length != announced.size:
        raise SeabridgeError(ErrorCode.BLOB_MISMATCH, "size")
    seen, left = hashlib.sha256(), length
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        while left:
            chunk = read(min(left, _CHUNK))
            if not chunk:
                raise SeabridgeError(ErrorCode.BLOB_MISMATCH, "ended early")
            seen.update(chunk)
            file.write(chunk)
            left -= len(chunk)
        if seen.hexdigest() != announced.sha256:
            raise SeabridgeError(ErrorCode.BLOB_MISMATCH, "hash")
        file.seek(0)
        data = file.read()
    if announced.purpose != "image":
        if announced.purpose == "page" and not data.lstrip()[:1] == b"<":
            raise SeabridgeError(ErrorCode.BLOB_TYPE)
        captures.put(upload.origin, announced.sha256, data)
        return announced.sha256
    kind = sniff(data[:16])
    if not kind:
        raise SeabridgeError(ErrorCode.BLOB_TYPE)
    return room.archive.pictures.keep(announced.message, announced.url, data, kind)

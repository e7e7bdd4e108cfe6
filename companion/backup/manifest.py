"""What a backup says of itself."""

from __future__ import annotations

import msgspec

from ..protocol.decode import decode
from ..protocol.errors import ErrorCode, SeabridgeError

FORMAT = 1
NAME = "manifest.json"
#: Names of half a million pictures.
MOST_BYTES = 64 << 20


class Member(msgspec.Struct):
    """A file inside the backup: bytes, and SHA-256 in hex."""

    size: int
    sha256: str


class Manifest(msgspec.Struct):
    """``attachments``: SHA-256 of the pictures, which lie beside the backups. ``log_sha256``: the state of the event
    log, which an archive that goes on from here keeps at its beginning for good. ``made_at``: Unix time."""

    format: int
    made_at: float
    version: str
    threads: int
    messages: int
    events: int
    log_sha256: str
    members: dict[str, Member]
    attachments: list[str]


def parse(raw: bytes, path: str) -> Manifest:
    """Raises ``backup_damaged``, and ``storage_newer`` for a format of the future."""
    try:
        found = decode(raw, Manifest)
    except (msgspec.DecodeError, UnicodeError) as exc:
        raise SeabridgeError(ErrorCode.BACKUP_DAMAGED, str(exc)[:200], path=path, problem=NAME) from exc
    if found.format > FORMAT:
        raise SeabridgeError(ErrorCode.STORAGE_NEWER, f"format {found.format}", path=path)
    if any(len(one) != 64 or set(one) - set("0123456789abcdef") for one in found.attachments):
        raise SeabridgeError(ErrorCode.BACKUP_DAMAGED, "attachments", path=path, problem=NAME)
    return found

"""The bytes of pictures: kept once per content, and entered under their messages."""

from __future__ import annotations

import time

from sqlalchemy import Connection, insert, select, update

from ..protocol.errors import ErrorCode, SeabridgeError
from . import index, log
from .database import Database
from .files import Files
from .identity import clean, picture_digest
from .images import check
from .schema import images, messages


class Pictures:
    """Part of ``Archive`` (``archive.pictures``); thread-safe, with its errors."""

    def __init__(self, database: Database, files: Files) -> None:
        self._database = database
        self._files = files

    def keep(self, message_id: int, url: str, data: bytes, type: str = "") -> str:
        """Keep a picture's bytes, once per content; answers their SHA-256.

        The type is read from the bytes; ``type`` is what somebody said it was. Raises ``too_large``, ``blob_type``,
        ``not_found``.
        """
        kind = check(data)
        with self._database.read() as connection:
            if connection.execute(select(messages.c.id).where(messages.c.id == message_id)).first() is None:
                raise SeabridgeError(ErrorCode.NOT_FOUND, f"message {message_id}")
        # The file first: a row without its file would be a lie, a file without a row is only a leftover.
        sha256 = self._files.keep(data)
        with self._database.write() as connection:
            _attach(connection, message_id, url, sha256, kind, len(data), time.time())
        return sha256

    def read(self, sha256: str) -> bytes:
        """The bytes of a stored picture. Raises ``not_found``."""
        if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
            raise SeabridgeError(ErrorCode.NOT_FOUND, "no hash")
        data = self._files.read(sha256)
        if data is None:
            raise SeabridgeError(ErrorCode.NOT_FOUND, f"picture {sha256}")
        return data


def _attach(connection: Connection, message_id: int, url: str, sha256: str, kind: str, size: int, now: float) -> None:
    """Enter stored bytes under their message. Raises ``not_found`` for a message that is not there."""
    message = connection.execute(
        select(messages.c.thread_id, messages.c.salt).where(messages.c.id == message_id)
    ).first()
    if message is None:
        raise SeabridgeError(ErrorCode.NOT_FOUND, f"message {message_id}")
    values = {"sha256": sha256, "type": kind, "size": size, "stored_at": now}
    where = (images.c.message_id == message_id, images.c.url == clean(url))
    if connection.execute(select(images.c.sha256).where(*where)).scalar() != sha256:
        committed = picture_digest(message.salt, sha256)
        log.append(connection, message.thread_id, [log.Entry("picture", message_id, committed)], now)
    if not connection.execute(update(images).where(*where).values(**values)).rowcount:
        connection.execute(insert(images).values(message_id=message_id, url=clean(url), **values))
        index.again(connection, message_id)

"""A large archive quickly: the rows that the writer would make, in large transactions that nobody waits for.

What the benchmark measures afterwards (the search) cannot tell the difference; the rate of this says nothing about how
fast messages are archived.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import contextmanager
from typing import Any

from made_archive import SHOPS, Talk
from sqlalchemy import Connection, insert

from companion.conversations import Archive, identity, index
from companion.conversations.schema import images, messages, shops, threads, translations
from companion.conversations.sqlite_database import SqliteDatabase

#: Messages of one transaction.
_BATCH = 20_000
_TABLES = {"threads": threads, "messages": messages, "translations": translations, "images": images}


class Bulk:
    """Collects rows and writes them; the archive's own ids and moments go on where they stand."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in _TABLES}
        with archive._database.write() as connection:
            self._message = _largest(connection, "messages")
            self._thread = _largest(connection, "threads")
            self._taken = set(connection.exec_driver_sql("SELECT moment FROM messages").scalars())
            known = set(map(tuple, connection.exec_driver_sql("SELECT marketplace, region, shop FROM shops")))
            for marketplace, region, shop in SHOPS:
                if (marketplace, region, shop) not in known:
                    connection.execute(insert(shops).values(marketplace=marketplace, region=region, shop=shop))

    def fill(self, talks: Iterable[Talk]) -> int:
        """Write all conversations; answers how many messages."""
        count = 0
        with _unflushed(self._archive):
            for talk in talks:
                self._add(talk)
                count += len(talk.said)
                if len(self._rows["messages"]) >= _BATCH:
                    self._write()
            self._write()
        return count

    def _write(self) -> None:
        with self._archive._database.write() as connection:
            for name, table in _TABLES.items():
                if self._rows[name]:
                    connection.execute(insert(table), self._rows[name])
            index.add(connection, [row["id"] for row in self._rows["messages"]])
        for rows in self._rows.values():
            rows.clear()

    def _add(self, talk: Talk) -> None:
        self._thread += 1
        moment = 0
        for place, said in enumerate(talk.said, 1):
            self._message += 1
            moment = said.at * 1000
            while moment in self._taken:
                moment += 1
            self._taken.add(moment)
            self._rows["messages"].append(
                {
                    "id": self._message,
                    "thread_id": self._thread,
                    "position": place << 20,
                    "moment": moment,
                    "direction": said.direction,
                    "text": said.text,
                    "sent_at": float(said.at),
                    "sent_span": 60,
                    "observed_at": float(said.at),
                    "key": f"k{place}",
                    "order_ref": said.order,
                    "language": talk.language,
                    "language_sure": 1,
                    "ident": identity.ident(said.direction, said.text),
                    "translated": 2,
                    "salt": b"\0" * 16,
                    "digest": identity.digest(b"\0" * 16, said.text),
                }
            )
            self._rows["translations"].append(
                {
                    "message_id": self._message,
                    "target": "zh",
                    "text": said.written,
                    "engine": "argos" if said.direction == "buyer" else "seller",
                    "match": "machine",
                    "made_at": float(said.at),
                    "doubt": "[]",
                }
            )
            if said.picture:
                self._rows["images"].append({"message_id": self._message, "url": said.picture})
        self._rows["threads"].append(
            {
                "id": self._thread,
                "marketplace": talk.ref.marketplace,
                "region": talk.ref.region,
                "shop": talk.ref.shop,
                "thread": talk.ref.thread,
                "buyer": talk.ref.buyer,
                "language": talk.language,
                "language_source": "detected",
                "created_at": float(talk.said[0].at),
                "message_count": len(talk.said),
                "last_message_id": self._message,
                "last_moment": moment,
            }
        )


def _largest(connection: Connection, table: str) -> int:
    return int(connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) FROM {table}").scalar_one())


@contextmanager
def _unflushed(archive: Archive) -> Any:
    """No flush to the disk at each commit within; a crash would lose the file, which is made anew anyway."""
    _synchronous(archive, "OFF")
    try:
        yield
    finally:
        _synchronous(archive, "FULL")


def _synchronous(archive: Archive, level: str) -> None:
    if not isinstance(archive._database, SqliteDatabase):
        return  # a server waits for the disk once a transaction, which is once in thousands of messages
    assert archive._database._writer is not None
    raw = archive._database._writer.raw_connection()
    connection = raw.dbapi_connection
    assert isinstance(connection, sqlite3.Connection)
    connection.execute(f"PRAGMA synchronous = {level}")
    raw.close()

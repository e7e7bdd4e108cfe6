"""Translations of archived messages."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, or_, select, update

from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.values import Match, ThreadRef
from . import index, threads
from .database import Database
from .identity import clean, ident
from .schema import messages, translations
from .statements import upsert

#: The engine's name where the "translation" is what the seller wrote in the first place.
SELLER = "seller"
_TRIED, _DONE = 1, 2
_OF_MESSAGES = (
    select(translations)
    .where(translations.c.message_id.in_(bindparam("ids", expanding=True)))
    .order_by(
        (translations.c.target == bindparam("language")).desc(),
        translations.c.made_at.desc(),
        translations.c.id.desc(),
    )
)
#: Buyer messages that are looked through for those translated for somebody else alone.
_LATEST = 5_000


class Translations:
    """Part of ``Archive`` (``archive.translations``); thread-safe, with its errors."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        message_id: int,
        target: str,
        text: str,
        engine: str,
        match: Match,
        doubt: Sequence[str],
        language: str,
        sure: bool,
        *,
        replace: bool = True,
    ) -> None:
        """Keep a translation and the language the message was read as; match "none" notes a try without result.

        The seller's own words are never replaced, and a failed attempt takes nothing away; without ``replace`` a
        translation into the same language stays. Raises ``not_found``.
        """
        known = language, sure
        with self._database.write() as connection:
            _add(connection, message_id, target, text, engine, match, doubt, *known, time.time(), replace=replace)

    def retake(
        self, ref: ThreadRef, original: str, target: str, text: str, engine: str, match: Match, doubt: Sequence[str]
    ) -> int:
        """The seller took another engine's translation of a buyer's words: every message of the thread that says them
        has it now, as the page shows it. How many there were."""
        now = time.time()
        with self._database.write() as connection:
            thread = threads.find(connection, ref)
            if thread is None:
                return 0
            same = messages.c.thread_id == thread.id, messages.c.ident == ident("buyer", clean(original))
            known_of = select(messages.c.id, messages.c.language, messages.c.language_sure).where(*same)
            rows = connection.execute(known_of.order_by(messages.c.id)).all()
            for row in rows:
                known = row.language, bool(row.language_sure)
                _add(connection, row.id, target, text, engine, match, doubt, *known, now)
            return len(rows)

    def missing(self, limit: int) -> list[tuple[int, str, int]]:
        """Buyer messages without a translation as (id, text, thread): first those nobody tried, newest first; then
        those nothing could translate, since a language may have been installed meanwhile."""
        query = (
            select(messages.c.id, messages.c.text, messages.c.thread_id)
            .where(messages.c.translated < _DONE, messages.c.direction == "buyer")
            .order_by(messages.c.translated, messages.c.moment.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            return [(row.id, row.text, row.thread_id) for row in connection.execute(query)]

    def missing_into(self, target: str, limit: int) -> list[tuple[int, str, int]]:
        """Of the latest buyer messages those that have a translation, but none into this language: their colleague
        reads another. As ``missing``, newest first."""
        latest = (
            select(messages.c.id, messages.c.text, messages.c.thread_id, messages.c.moment, messages.c.direction)
            .where(messages.c.direction == "buyer")
            .order_by(messages.c.moment.desc())
            .limit(_LATEST)
            .subquery()
        )
        mine = or_(translations.c.target == target, translations.c.target.startswith(f"{target}-"))
        of_message = translations.c.message_id == latest.c.id
        query = (
            select(latest)
            .where(exists().where(of_message), ~exists().where(of_message, mine))
            .order_by(latest.c.moment.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            return [(row.id, row.text, row.thread_id) for row in connection.execute(query)]


def put(
    connection: Connection,
    message_id: int,
    *,
    target: str,
    text: str,
    engine: str,
    match: str,
    doubt: Sequence[str],
    now: float,
) -> None:
    """Write one translation in place of an older one for the same target; the index is the caller's care."""
    values = {"text": text, "engine": engine, "match": match, "doubt": json.dumps(list(doubt)), "made_at": now}
    statement = upsert(connection, translations).values(message_id=message_id, target=target, **values)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["message_id", "target"],
            set_=values,
            where=(translations.c.engine != SELLER) if engine != SELLER else None,
        )
    )


def of_messages(connection: Connection, ids: Sequence[int], language: str = "") -> dict[int, list[Row[Any]]]:
    """Translations by message, the one to show first: into ``language`` if there is one, else the latest."""
    found: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(_OF_MESSAGES, {"ids": ids, "language": language}):
        found.setdefault(row.message_id, []).append(row)
    return found


def _add(
    connection: Connection,
    message_id: int,
    target: str,
    text: str,
    engine: str,
    match: Match,
    doubt: Sequence[str],
    language: str,
    sure: bool,
    now: float,
    *,
    replace: bool = True,
) -> None:
    known = connection.execute(
        select(messages.c.translated, messages.c.language).where(messages.c.id == message_id)
    ).first()
    if known is None:
        raise SeabridgeError(ErrorCode.NOT_FOUND, f"message {message_id}")
    found = match != "none"
    values: dict[str, Any] = {"translated": max(known.translated, _DONE if found else _TRIED)}
    if language and (sure or not known.language):  # what stood around a line may have told more than it does alone
        values |= {"language": language, "language_sure": int(sure)}
    connection.execute(update(messages).where(messages.c.id == message_id).values(**values))
    if found and (replace or not _has(connection, message_id, target)):
        put(
            connection,
            message_id,
            target=target,
            text=clean(text),
            engine=engine,
            match=match,
            doubt=doubt,
            now=now,
        )
    if found or language not in ("", known.language):
        index.again(connection, message_id)


def _has(connection: Connection, message_id: int, target: str) -> bool:
    same = translations.c.message_id == message_id, translations.c.target == target
    return connection.execute(select(translations.c.id).where(*same)).first() is not None

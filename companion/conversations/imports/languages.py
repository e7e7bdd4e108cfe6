"""In which language the messages of a file are: told before they are kept, so that a search by language finds them at
once. Who can tell is handed in; without anybody they stay unknown."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from typing import Protocol

from sqlalchemy import Connection, select, update

from ...protocol.values import ThreadRef
from .. import index, threads
from ..schema import messages
from ..transcript import Transcript

#: What the marketplace itself says is in nobody's language; a seller answers in the buyer's if it shows no other.
_SIDES = ("buyer", "seller")


class Linguist(Protocol):
    """Tells languages."""

    def __call__(self, texts: Sequence[str], prior: str, /) -> tuple[Sequence[tuple[str, bool]], str]:
        """Language and certainty of each text of one person, oldest first, and the language of them all; "" = cannot
        be told. ``prior``: a language the person is known by."""


def untold(texts: Sequence[str], prior: str, /) -> tuple[Sequence[tuple[str, bool]], str]:
    """Tells nothing."""
    return [("", False)] * len(texts), prior


def with_languages(transcript: Transcript, tell: Linguist) -> Transcript:
    """The conversation with the languages that its file does not tell. Pure where ``tell`` is."""
    lines, language = list(transcript.lines), transcript.language
    for side in _SIDES:
        mine = [i for i, line in enumerate(lines) if line.direction == side and not line.language]
        found, of_all = tell([lines[i].text for i in mine], language)
        for i, (code, sure) in zip(mine, found, strict=True):
            lines[i] = replace(lines[i], language=code, language_sure=sure)
        if side == "buyer":
            language = language or of_all
    source = "detected" if language != transcript.language else transcript.language_source
    return replace(transcript, lines=tuple(lines), language=language, language_source=source)


def give_languages(connection: Connection, ref: ThreadRef, fresh: Set[int], tell: Linguist, now: float) -> None:
    """The same for messages of a conversation that are in the archive, by their ids; in the caller's transaction."""
    if not fresh:
        return
    known = threads.state(threads.find(connection, ref))
    among = messages.c.id.between(min(fresh), max(fresh))
    language = known.language
    for side in _SIDES:
        rows = [
            row
            for row in connection.execute(
                select(messages.c.id, messages.c.text)
                .where(messages.c.thread_id == known.id, among, messages.c.direction == side, messages.c.language == "")
                .order_by(messages.c.position)
            )
            if row.id in fresh
        ]
        found, of_all = tell([row.text for row in rows], language)
        for row, (code, sure) in zip(rows, found, strict=True):
            values = {"language": code, "language_sure": int(sure)}
            connection.execute(update(messages).where(messages.c.id == row.id).values(**values))
            index.again(connection, row.id)
        if side == "buyer":
            language = language or of_all
    if language and not known.language:
        threads.set_language(connection, ref, language, "detected", now)

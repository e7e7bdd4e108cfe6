"""Finds the seller's notes by their words: they are few, so that each is compared and no index is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, insert, not_, select, text

from ..protocol.methods.archive import NoteHit
from .expression import Found, expression
from .marks import thread_mark
from .passages import passage
from .query import Phrase, Query, conversation_of
from .schema import note_words, threads
from .words import index_text

#: Notes shown with the first hits.
SHOWN = 10
#: Of the notes with fitting words so many are looked at, those written last, until enough have a fitting conversation.
_LOOKED_AT = 100
#: Conversations one ``note:`` may mean, those whose notes were written last.
MEANT = 100

_ONE = text("SELECT 1 FROM search_index WHERE search_index MATCH :match AND rowid < :until AND rowid >= :since LIMIT 1")


def keep(connection: Connection, thread_id: int, note: str) -> None:
    """Bring the words of a conversation's note in step with it; "" = it has none."""
    connection.execute(delete(note_words).where(note_words.c.thread_id == thread_id))
    if note:
        connection.execute(insert(note_words).values(thread_id=thread_id, words=words_of(note)))


def words_of(note: str) -> str:
    """What ``note_words`` holds of a note."""
    return f" {index_text(note)} "


def out_of_step(connection: Connection) -> list[int]:
    """Conversations whose note is not what the search compares."""
    held = {row.thread_id: row.words for row in connection.execute(select(note_words))}
    noted = {row.id: words_of(row.note) for row in connection.execute(select(threads).where(threads.c.note != ""))}
    return sorted(each for each in held.keys() | noted.keys() if held.get(each) != noted.get(each))


def noted(
    connection: Connection, wanted: Sequence[Phrase], unwanted: Sequence[Phrase] = (), limit: int = MEANT
) -> Sequence[Row[Any]]:
    """The conversations whose note has all the phrases, the one written last first."""
    having = [note_words.c.words.like(_pattern(phrase)) for phrase in wanted]
    lacking = [not_(note_words.c.words.like(_pattern(phrase))) for phrase in unwanted]
    return connection.execute(
        select(threads)
        .join_from(threads, note_words, note_words.c.thread_id == threads.c.id)
        .where(threads.c.message_count > 0, and_(*having, *lacking))
        .order_by(threads.c.noted_at.desc(), threads.c.id.desc())
        .limit(limit)
    ).all()


def found(connection: Connection, query: Query, meant: Found, bounds: dict[str, int]) -> list[NoteHit]:
    """Notes that have all the words, of conversations with a message that the filters and dates fit.

    Nothing where the search looks into messages alone: without words for a note, or in one language only.
    """
    asked = [f.phrase for f in query.filters if f.kind == "note" and not f.without]
    phrases = [*query.wanted, *asked]
    if not phrases or any(f.kind == "in" for f in query.filters):
        return []
    match = expression(conversation_of(query), meant)
    if match is None:
        return []
    some = noted(connection, phrases, query.unwanted, _LOOKED_AT)
    every = not match and query.since is None and query.until is None
    fitting = (row for row in some if every or _fits(connection, row.id, match, bounds))
    return [
        NoteHit(
            thread_id=row.id,
            marketplace=row.marketplace,
            shop=row.shop,
            buyer=row.buyer,
            at=row.noted_at or row.created_at,
            note=passage(row.note, phrases),
        )
        for row, _ in zip(fitting, range(SHOWN), strict=False)
    ]


def _fits(connection: Connection, thread_id: int, match: str, bounds: dict[str, int]) -> bool:
    of_thread = f'"{thread_mark(thread_id)}"'
    whole = f"({match}) AND {of_thread}" if match else of_thread
    return connection.execute(_ONE, {"match": whole, **bounds}).first() is not None


def _pattern(phrase: Phrase) -> str:
    """For LIKE: folded words hold none of its signs."""
    return f"% {' '.join(phrase.words)}{'' if phrase.open_end else ' '}%"

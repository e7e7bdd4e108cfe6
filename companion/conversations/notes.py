"""Finds the seller's notes by their words: they are few, so that each is compared and no index is kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, delete, func, insert, not_, select

from ..protocol.methods.archive import NoteHit
from .expression import Found, expression
from .lookup import index_of
from .marks import thread_mark
from .passages import passage
from .query import Phrase, Query, conversation_of
from .schema import messages, note_words, threads
from .words import index_text

#: Notes shown with the first hits.
SHOWN = 10
#: Of the notes with fitting words so many are looked at, those written last, until enough have a fitting conversation.
_LOOKED_AT = 100
#: Conversations one ``note:`` may mean, those whose notes were written last.
MEANT = 100


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
    looked_for = {f"having{number}": _pattern(phrase) for number, phrase in enumerate(wanted)}
    looked_for |= {f"lacking{number}": _pattern(phrase) for number, phrase in enumerate(unwanted)}
    return connection.execute(_noted(len(wanted), len(unwanted)), {**looked_for, "most": limit}).all()


@lru_cache(maxsize=32)
def _noted(wanted: int, unwanted: int) -> Select[Any]:
    """Made anew it takes longer than it then runs."""
    having = [note_words.c.words.like(bindparam(f"having{number}")) for number in range(wanted)]
    lacking = [not_(note_words.c.words.like(bindparam(f"lacking{number}"))) for number in range(unwanted)]
    # joined, SQLite reads every conversation instead of every note: 16 ms rather than 4 of 100,000 and 3,000
    fitting = select(note_words.c.thread_id).where(and_(*having, *lacking))
    return (
        select(threads)
        .where(threads.c.id.in_(fitting), threads.c.message_count > 0)
        .order_by(threads.c.noted_at.desc().nulls_last(), threads.c.id.desc())
        .limit(bindparam("most"))
    )


def found(connection: Connection, query: Query, meant: Found, bounds: tuple[int, int]) -> list[NoteHit]:
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
    every = not match and query.since is None and query.until is None
    some = noted(connection, phrases, query.unwanted, SHOWN if every else _LOOKED_AT)
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


def _fits(connection: Connection, thread_id: int, match: str, bounds: tuple[int, int]) -> bool:
    """Whether a conversation has such a message. Looked for between its first and its last one: the search index would
    otherwise step through those of thousands of others."""
    since, until = bounds
    of_time = messages.c.moment >= since, messages.c.moment < until
    ends = select(func.min(messages.c.moment), func.max(messages.c.moment))
    first, last = connection.execute(ends.where(messages.c.thread_id == thread_id, *of_time)).one()
    if first is None or not match:
        return first is not None
    there = f'({match}) AND "{thread_mark(thread_id)}"'
    return bool(index_of(connection).newest(connection, there, first, last + 1, 1))


def _pattern(phrase: Phrase) -> str:
    """For LIKE: folded words hold none of its signs."""
    return f"% {' '.join(phrase.words)}{'' if phrase.open_end else ' '}%"

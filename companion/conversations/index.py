"""Keeps the search index in step with the messages, inside the transaction that changes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, select, text, update

from . import tsearch
from .marks import further, marks
from .pairs import pair_signs
from .schema import GONE, images, messages, revisions, shops, thread_tags, threads, translations
from .statements import on_postgres
from .words import index_text

#: What the index holds of a message under its moment.
COLUMNS = ("original", "translation", "refs", "buyer", "marks")
_ADD = text(
    "INSERT INTO search_index (rowid, original, translation, refs, buyer, marks)"
    " VALUES (:moment, :original, :translation, :refs, :buyer, :marks)"
)
_DROP = text("DELETE FROM search_index WHERE rowid = :moment")
#: Messages one statement may name.
_MOST_NAMED = 500

_later = messages.alias()
#: Nothing of the seller's stands below it; what the marketplace says answers nobody.
_unanswered = and_(
    messages.c.direction == "buyer",
    ~exists().where(
        _later.c.thread_id == messages.c.thread_id,
        _later.c.position > messages.c.position,
        _later.c.direction == "seller",
    ),
)
_FACTS = select(
    messages.c.id,
    messages.c.moment,
    messages.c.text,
    messages.c.order_ref,
    messages.c.direction,
    messages.c.language,
    messages.c.thread_id,
    messages.c.gone,
    threads.c.buyer,
    threads.c.star,
    threads.c.note,
    shops.c.id.label("shop"),
    exists().where(images.c.message_id == messages.c.id).label("image"),
    _unanswered.label("waits"),
).select_from(
    # a shop without a number takes the filter away and never the message
    messages.join(threads, threads.c.id == messages.c.thread_id).outerjoin(
        shops,
        and_(
            shops.c.marketplace == threads.c.marketplace,
            shops.c.region == threads.c.region,
            shops.c.shop == threads.c.shop,
        ),
    )
)


_SOME = _FACTS.where(messages.c.id.in_(bindparam("ids", expanding=True)))
_MADE = select(translations.c.message_id, translations.c.text, translations.c.match).order_by(translations.c.id)
_LATER = select(revisions.c.message_id, revisions.c.text).order_by(revisions.c.event_id)
_TAGGED = select(thread_tags.c.thread_id, thread_tags.c.tag_id).order_by(thread_tags.c.tag_id)
_TAGGED_SOME = _TAGGED.where(
    thread_tags.c.thread_id.in_(select(messages.c.thread_id).where(messages.c.id.in_(bindparam("ids", expanding=True))))
)
_MADE_OF_SOME = _MADE.where(translations.c.message_id.in_(bindparam("ids", expanding=True)))
_LATER_OF_SOME = _LATER.where(revisions.c.message_id.in_(bindparam("ids", expanding=True)))
_ALL_ASKED = (_FACTS, _MADE, _TAGGED, _LATER)
_SOME_ASKED = (_SOME, _MADE_OF_SOME, _TAGGED_SOME, _LATER_OF_SOME)
_ANSWERED = text("""
SELECT id FROM messages WHERE thread_id = :thread AND direction = 'buyer' AND id NOT IN :new AND position < (
  SELECT max(position) FROM messages WHERE thread_id = :thread AND direction = 'seller' AND id IN :new)
AND position > coalesce((
  SELECT max(position) FROM messages WHERE thread_id = :thread AND direction = 'seller' AND id NOT IN :new), :lowest)
""").bindparams(bindparam("new", expanding=True))
_LOWEST = -(1 << 62)


def entries(connection: Connection, message_ids: Sequence[int] | None = None) -> Iterator[tuple[int, dict[str, Any]]]:
    """What the index ought to hold: (message id, its moment and columns); of all messages without ``message_ids``."""
    for message_id, entry in _plain(connection, message_ids):
        pairs = pair_signs(*(entry[column] for column in COLUMNS if column != "marks"))
        entry["marks"] = " ".join([entry["marks"], *pairs])
        yield message_id, entry


def _plain(connection: Connection, message_ids: Sequence[int] | None) -> Iterator[tuple[int, dict[str, Any]]]:
    """The entries without the signs that their own words give."""
    if message_ids is None:
        yield from _entries(connection, _ALL_ASKED, {})
        return
    for at in range(0, len(message_ids), _MOST_NAMED):
        yield from _entries(connection, _SOME_ASKED, {"ids": message_ids[at : at + _MOST_NAMED]})


def _entries(
    connection: Connection, asked: tuple[Any, Any, Any, Any], named: dict[str, Any]
) -> Iterator[tuple[int, dict[str, Any]]]:
    facts, made, tagged, shown_later = asked
    texts: dict[int, list[str]] = {}
    translated: set[int] = set()
    for row in connection.execute(made, named):
        texts.setdefault(row.message_id, []).append(row.text)
        if row.match != "same":
            translated.add(row.message_id)
    later: dict[int, list[str]] = {}
    for row in connection.execute(shown_later, named):
        later.setdefault(row.message_id, []).append(row.text)
    tags: dict[int, list[int]] = {}
    for row in connection.execute(tagged, named):
        tags.setdefault(row.thread_id, []).append(row.tag_id)
    for row in connection.execute(facts, named):
        yield (
            row.id,
            {
                "moment": row.moment,
                "original": index_text(row.text, *later.get(row.id, ())),
                "translation": index_text(*texts.get(row.id, ())),
                "refs": index_text(row.order_ref),
                "buyer": index_text(row.buyer),
                "marks": marks(
                    direction=row.direction,
                    language=row.language,
                    shop=row.shop or 0,
                    thread=row.thread_id,
                    image=bool(row.image),
                    waits=bool(row.waits),
                    star=bool(row.star),
                    tags=tags.get(row.thread_id, ()),
                    more=further(
                        text=row.text,
                        translated=row.id in translated,
                        order=row.order_ref != "",
                        noted=row.note != "",
                        edited=row.id in later,
                        gone=row.gone == GONE,
                    ),
                ),
            },
        )


def add(connection: Connection, message_ids: Sequence[int]) -> None:
    """Enter messages that are not in the index."""
    wanted = [entry for _, entry in entries(connection, message_ids)]
    if wanted and on_postgres(connection):
        tsearch.add(connection, wanted)
    elif wanted:
        connection.execute(_ADD, wanted)


def drop(connection: Connection, moments: Sequence[int]) -> None:
    """Take messages out of the index."""
    if moments:
        connection.execute(_DROP, [{"moment": moment} for moment in moments])
        if on_postgres(connection):
            tsearch.drop(connection, moments)


def again(connection: Connection, message_id: int, moment: int | None = None) -> None:
    """Enter a message anew after a change of its texts, or with ``moment`` move it to another place in time."""
    old = connection.execute(select(messages.c.moment).where(messages.c.id == message_id)).scalar_one()
    drop(connection, [old])
    if moment is not None and moment != old:
        connection.execute(
            update(messages).where(messages.c.id == bindparam("which")).values(moment=bindparam("to")),
            {"which": message_id, "to": moment},
        )
    add(connection, [message_id])


def thread_again(connection: Connection, thread_id: int) -> None:
    """Enter a conversation anew, after its buyer's name, its order or its marks changed."""
    mine = messages.c.thread_id == thread_id
    rows = connection.execute(select(messages.c.id, messages.c.moment).where(mine)).all()
    drop(connection, [row.moment for row in rows])
    add(connection, [row.id for row in rows])


def answered(connection: Connection, thread_id: int, new_ids: Sequence[int]) -> list[int]:
    """The messages of the buyer that waited until the new ones of the seller came: their entries are out of date."""
    found = connection.execute(_ANSWERED, {"thread": thread_id, "new": list(new_ids), "lowest": _LOWEST})
    return list(found.scalars())

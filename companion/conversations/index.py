"""Keeps the search index in step with the messages, inside the transaction that changes them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select, text, update

from .schema import messages, translations
from .words import index_text

_ADD = text(
    "INSERT INTO search_index (rowid, original, translation, refs) VALUES (:moment, :original, :translation, :refs)"
)
_DROP = text("DELETE FROM search_index WHERE rowid = :moment")


def add(connection: Connection, message_ids: Sequence[int]) -> None:
    """Enter messages that are not in the index."""
    if not message_ids:
        return
    found = connection.execute(
        select(messages.c.id, messages.c.moment, messages.c.text, messages.c.order_ref).where(
            messages.c.id.in_(message_ids)
        )
    ).all()
    texts: dict[int, list[str]] = {}
    for row in connection.execute(
        select(translations.c.message_id, translations.c.text)
        .where(translations.c.message_id.in_(message_ids))
        .order_by(translations.c.id)
    ):
        texts.setdefault(row.message_id, []).append(row.text)
    connection.execute(
        _ADD,
        [
            {
                "moment": row.moment,
                "original": index_text(row.text),
                "translation": index_text(*texts.get(row.id, ())),
                "refs": index_text(row.order_ref),
            }
            for row in found
        ],
    )


def again(connection: Connection, message_id: int, moment: int | None = None) -> None:
    """Enter a message anew after a change of its texts, or with ``moment`` move it to another place in time."""
    old = connection.execute(select(messages.c.moment).where(messages.c.id == message_id)).scalar_one()
    connection.execute(_DROP, {"moment": old})
    if moment is not None and moment != old:
        connection.execute(
            update(messages).where(messages.c.id == bindparam("which")).values(moment=bindparam("to")),
            {"which": message_id, "to": moment},
        )
    add(connection, [message_id])

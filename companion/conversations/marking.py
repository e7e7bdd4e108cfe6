"""The seller's own marks on a conversation: a star, tags, a dated note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.archive import ThreadMarkParams
from ..protocol.values import ThreadMarks
from . import index, notes
from .identity import clean, normal
from .schema import tags, thread_tags, threads
from .statements import upsert


def mark(connection: Connection, params: ThreadMarkParams, now: float) -> ThreadMarks:
    """Change what the parameters name; the marks as they are then. Raises ``not_found``."""
    before = of_thread(connection, params.thread_id)
    note, noted_at = before.note, before.noted_at
    if params.note is not None and (written := clean(params.note).strip()) != note:
        note, noted_at = written, now if written else None
    star = before.star if params.star is None else params.star
    put(connection, params.thread_id, star, before.tags if params.tags is None else params.tags, note, noted_at)
    after = of_thread(connection, params.thread_id)
    if (after.star, after.tags, after.note == "") != (before.star, before.tags, before.note == ""):
        index.thread_again(connection, params.thread_id)
    return after


def put(
    connection: Connection, thread_id: int, star: bool, names: Iterable[str], note: str, noted_at: float | None
) -> None:
    """Write the marks down as given; the search index is the caller's business."""
    connection.execute(
        update(threads).where(threads.c.id == thread_id).values(star=int(star), note=note, noted_at=noted_at)
    )
    notes.keep(connection, thread_id, note)
    connection.execute(delete(thread_tags).where(thread_tags.c.thread_id == thread_id))
    for folded, name in _distinct(names).items():
        connection.execute(upsert(connection, tags).values(name=name, folded=folded).on_conflict_do_nothing())
        tag_id = connection.execute(select(tags.c.id).where(tags.c.folded == folded)).scalar_one()
        connection.execute(insert(thread_tags).values(thread_id=thread_id, tag_id=tag_id))
    drop_unused(connection)


def drop_unused(connection: Connection) -> None:
    """Forget tags that no conversation has."""
    connection.execute(delete(tags).where(tags.c.id.not_in(select(thread_tags.c.tag_id))))


def of_thread(connection: Connection, thread_id: int) -> ThreadMarks:
    """The marks of one conversation. Raises ``not_found``."""
    row = connection.execute(select(threads).where(threads.c.id == thread_id)).first()
    if row is None:
        raise SeabridgeError(ErrorCode.NOT_FOUND, f"thread {thread_id}")
    return marks_of(row, tags_of(connection, [thread_id]).get(thread_id, ()))


def marks_of(row: Row[Any], names: Sequence[str]) -> ThreadMarks:
    """The marks of a thread's row and its tags."""
    return ThreadMarks(star=bool(row.star), tags=list(names), note=row.note, noted_at=row.noted_at)


def tags_of(connection: Connection, thread_ids: Sequence[int]) -> Mapping[int, list[str]]:
    """The tags of conversations that have any, in the order in which they were put on."""
    found: dict[int, list[str]] = {}
    for row in connection.execute(
        select(thread_tags.c.thread_id, tags.c.name)
        .join_from(thread_tags, tags, tags.c.id == thread_tags.c.tag_id)
        .where(thread_tags.c.thread_id.in_(thread_ids))
        .order_by(thread_tags.c.id)
    ):
        found.setdefault(row.thread_id, []).append(row.name)
    return found


def tags_named(connection: Connection, typed: str) -> list[int]:
    """Tags of this name; where there is none, those that begin so."""
    wanted = _folded(typed)
    known = connection.execute(select(tags.c.id, tags.c.folded).order_by(tags.c.id)).all()
    exact = [row.id for row in known if row.folded == wanted]
    return exact or [row.id for row in known if wanted and row.folded.startswith(wanted)]


def _distinct(names: Iterable[str]) -> dict[str, str]:
    """Names by their folded form, the first spelling of each; blanks are none."""
    found: dict[str, str] = {}
    for name in names:
        shown = normal(clean(name))
        if shown:
            found.setdefault(_folded(shown), shown)
    return found


def _folded(name: str) -> str:
    return normal(clean(name)).casefold()

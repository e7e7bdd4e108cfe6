"""Takes a conversation out of the archive: what was written goes, that something was written stays.

Texts, salts, translations, drafts, pictures, links, star, tags, note and the buyer's name go; the events with their
digests stay, and without the salt nobody can tell from a digest what it was of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, delete, func, or_, select, text, update

from ..protocol.errors import ErrorCode, SeabridgeError
from . import index, log, marking
from .holding import held
from .identity import normal
from .schema import (
    checks,
    drafts,
    events,
    facts,
    holds,
    images,
    imports,
    inbox_entries,
    inboxes,
    links,
    messages,
    note_words,
    subjects,
    thread_tags,
    threads,
    translations,
)

Reason = Literal["asked", "retention"]
_BEGUN = select(events.c.thread_id, events.c.chain).where(events.c.kind == "begun").order_by(events.c.id)


@dataclass(frozen=True, slots=True)
class Holding:
    """What is kept of one conversation; times are Unix times, 0 = no message. ``held``: a dispute needs it."""

    thread: int
    marketplace: str
    shop: str
    buyer: str
    messages: int
    translations: int
    drafts: int
    pictures: int
    first_at: float
    last_at: float
    held: bool


@dataclass(frozen=True, slots=True)
class Traces:
    """What the archive knows of a conversation that lies elsewhere: sentences the seller sent to this buyer alone,
    for the memory, and SHA-256 of pictures that nobody else sent."""

    said: list[str]
    pictures: list[str]


def of_buyer(connection: Connection, name: str) -> list[int]:
    """Conversations of everybody of this name, by display name, letter case and spaces aside."""
    wanted = normal(name).casefold()
    rows = connection.execute(select(threads.c.id, threads.c.buyer).where(threads.c.buyer != "").order_by(threads.c.id))
    return [row.id for row in rows if normal(row.buyer).casefold() == wanted]


def shown_of(connection: Connection, name: str) -> list[int]:
    """Entries in which inboxes show somebody of this name, whether the conversation was opened or not."""
    wanted = normal(name).casefold()
    rows = connection.execute(select(inbox_entries.c.id, inbox_entries.c.buyer).where(inbox_entries.c.buyer != ""))
    return [row.id for row in rows if normal(row.buyer).casefold() == wanted]


def drop_bought(connection: Connection, name: str) -> None:
    """Remove who somebody of this name is as a buyer from all orders, whether there was a conversation or not."""
    wanted = normal(name).casefold()
    rows = connection.execute(select(facts.c.id, facts.c.value).where(facts.c.field == "buyer")).all()
    mine = [{"id": row.id} for row in rows if normal(row.value).casefold() == wanted]
    if mine:
        connection.execute(text("DELETE FROM facts WHERE id = :id"), mine)


def drop_shown(connection: Connection, entries: Sequence[int] | None) -> None:
    """Remove entries of inboxes, None = all."""
    if entries is None:
        connection.execute(delete(inbox_entries))
    elif entries:
        connection.execute(text("DELETE FROM inbox_entries WHERE id = :id"), [{"id": one} for one in entries])


def alike(connection: Connection, name: str, limit: int = 8) -> list[str]:
    """Names that contain this one, for who mistyped it."""
    wanted = normal(name).casefold()
    rows = connection.execute(select(threads.c.buyer).where(threads.c.buyer != "").distinct().order_by(threads.c.buyer))
    return [buyer for (buyer,) in rows if wanted and wanted in normal(buyer).casefold()][:limit]


def holding(connection: Connection, thread_id: int, now: float) -> Holding:
    """What is kept of a conversation. Raises ``not_found``."""
    thread = _thread(connection, thread_id)
    mine = select(messages.c.id).where(messages.c.thread_id == thread_id)

    def count(table: Any, where: Any) -> int:
        return int(connection.execute(select(func.count()).select_from(table).where(where)).scalar_one())

    at = func.coalesce(messages.c.sent_at, messages.c.observed_at)
    first, last = connection.execute(select(func.min(at), func.max(at)).where(messages.c.thread_id == thread_id)).one()
    return Holding(
        thread=thread_id,
        marketplace=thread.marketplace,
        shop=thread.shop,
        buyer=thread.buyer,
        messages=count(messages, messages.c.thread_id == thread_id),
        translations=count(translations, translations.c.message_id.in_(mine)),
        drafts=count(drafts, drafts.c.thread_id == thread_id),
        pictures=count(images, images.c.message_id.in_(mine)),
        first_at=float(first or 0),
        last_at=float(last or 0),
        held=held(connection, thread_id, now),
    )


def traces(connection: Connection, thread_id: int) -> Traces:
    """What of a conversation lies outside the archive's file."""
    mine = set(connection.execute(select(drafts.c.written).where(drafts.c.thread_id == thread_id)).scalars())
    said = []
    for written in sorted(w for w in mine if w.strip()):
        # what was sent to others as well tells nothing of this buyer
        other = select(drafts.c.id).where(drafts.c.written == written, drafts.c.thread_id != thread_id)
        if connection.execute(other).first() is None:
            said.append(written.strip())
    of_thread = select(messages.c.id).where(messages.c.thread_id == thread_id)
    hashes = select(images.c.sha256).where(images.c.sha256.is_not(None))
    sent = set(connection.execute(hashes.where(images.c.message_id.in_(of_thread))).scalars())
    shared = set(
        connection.execute(hashes.where(images.c.sha256.in_(sent), images.c.message_id.not_in(of_thread))).scalars()
    )
    return Traces(said, sorted(sent - shared))


def erase(connection: Connection, thread_id: int, reason: Reason, now: float) -> int:
    """Take a conversation out; how many messages it had. Doing it twice is doing it once. Raises ``not_found``."""
    thread = _thread(connection, thread_id)
    origin = log.origin(connection, thread_id)
    moments = list(connection.execute(select(messages.c.moment).where(messages.c.thread_id == thread_id)).scalars())
    known = thread.buyer or moments or thread.note or connection.execute(
        select(drafts.c.id).where(drafts.c.thread_id == thread_id)
    ).first()  # fmt: skip
    if not known and thread.thread.startswith("erased-"):
        return 0
    index.drop(connection, moments)
    _inbox(connection, thread)
    _orders(connection, thread)
    for table in (drafts, links, holds, thread_tags, note_words, checks):
        connection.execute(delete(table).where(table.c.thread_id == thread_id))
    # a tag may be a name, and nobody has it any more
    marking.drop_unused(connection)
    # translations, pictures and revisions follow their messages
    connection.execute(delete(messages).where(messages.c.thread_id == thread_id))
    # a file's name may be a buyer's
    left = select(messages.c.import_id).where(messages.c.import_id.is_not(None))
    connection.execute(update(imports).where(imports.c.id.not_in(left), imports.c.name != "").values(name=""))
    log.append(connection, thread_id, [log.Entry("erased", detail={"reason": reason, "messages": len(moments)})], now)
    connection.execute(
        update(threads)
        .where(threads.c.id == thread_id)
        .values(
            buyer="", thread=f"erased-{origin.hex()[:16]}", language="", language_source="unknown",
            end_seen_at=None, message_count=0, last_message_id=None, last_moment=None, star=0, note="", noted_at=None,
        )
    )  # fmt: skip
    return len(moments)


def _inbox(connection: Connection, thread: Row[Any]) -> None:
    """What the inbox's list showed of it."""
    inbox = select(inboxes.c.id).where(
        inboxes.c.marketplace == thread.marketplace, inboxes.c.region == thread.region, inboxes.c.shop == thread.shop
    )
    whose = inbox_entries.c.key == thread.thread
    if thread.buyer:
        whose = or_(whose, inbox_entries.c.buyer == thread.buyer)
    connection.execute(delete(inbox_entries).where(inbox_entries.c.inbox_id.in_(inbox), whose))


def _orders(connection: Connection, thread: Row[Any]) -> None:
    """Who bought what the conversation was about. The orders themselves stay: sellers must keep their books."""
    named = select(messages.c.order_ref).where(messages.c.thread_id == thread.id, messages.c.order_ref != "")
    linked = select(links.c.ref).where(links.c.thread_id == thread.id, links.c.kind == "order")
    about = select(subjects.c.id).where(
        subjects.c.kind == "order",
        subjects.c.marketplace == thread.marketplace,
        or_(subjects.c.ref.in_(named), subjects.c.ref.in_(linked)),
    )
    whose: ColumnElement[bool] = facts.c.subject_id.in_(about)
    if thread.buyer:
        shop = select(subjects.c.id).where(
            subjects.c.marketplace == thread.marketplace, subjects.c.shop.in_(("", thread.shop))
        )
        whose = or_(whose, (facts.c.value == thread.buyer) & facts.c.subject_id.in_(shop))
    connection.execute(delete(facts).where(facts.c.field == "buyer", whose))


def begun(connection: Connection, origins: Sequence[bytes]) -> list[int]:
    """The threads that have these first links and hold something still."""
    wanted = set(origins)
    if not wanted:
        return []
    found = [row.thread_id for row in connection.execute(_BEGUN) if row.chain in wanted]
    return [one for one in found if not _empty(_thread(connection, one))]


def _empty(thread: Row[Any]) -> bool:
    """Whether it was erased already; a page may call a conversation of its own "erased-…"."""
    return thread.thread.startswith("erased-") and not thread.buyer and not thread.message_count


def _thread(connection: Connection, thread_id: int) -> Row[Any]:
    found = connection.execute(select(threads).where(threads.c.id == thread_id)).first()
    if found is None:
        raise SeabridgeError(ErrorCode.NOT_FOUND, f"thread {thread_id}")
    return found

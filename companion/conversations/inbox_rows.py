"""What an inbox shows becomes entries, one for each conversation; the same look twice changes nothing."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from ..pages.times import read_time
from ..protocol.methods.inbox import InboxRef, InboxRow, InboxSeenParams
from .identity import clean, normal
from .schema import inbox_entries, inboxes
from .waiting import Question, Shown, question, same

#: A conversation that its list has not shown for so long is forgotten here; the archive keeps what it has.
FORGET_S = 90 * 86_400


def ensure(connection: Connection, ref: InboxRef, now: float) -> int:
    """The inbox's number, made when it is new."""
    whose = {"marketplace": ref.marketplace, "region": ref.region, "shop": clean(ref.shop)}
    found = connection.execute(select(inboxes.c.id).filter_by(**whose)).scalar()
    if found is None:
        made = connection.execute(insert(inboxes).values(**whose, created_at=now)).inserted_primary_key
        assert made is not None
        return int(made[0])
    return int(found)


def keep(connection: Connection, params: InboxSeenParams) -> int:
    """Keep a look at an inbox inside the caller's transaction; answers the inbox's number.

    An entry that was seen later than this look stays as it is, so that looks may come late and in any order.
    """
    at = params.observed_at
    inbox_id = ensure(connection, params.inbox, at)
    known = {
        row.ident: row for row in connection.execute(select(inbox_entries).where(inbox_entries.c.inbox_id == inbox_id))
    }
    for ident, row, twice in _distinct(params):
        _keep_one(connection, inbox_id, known.get(ident), ident, row, twice, params)
    looked = select(inboxes.c.looked_at).where(inboxes.c.id == inbox_id)
    if (connection.execute(looked).scalar() or 0.0) < at:
        connection.execute(update(inboxes).where(inboxes.c.id == inbox_id).values(looked_at=at))
    connection.execute(
        delete(inbox_entries).where(inbox_entries.c.inbox_id == inbox_id, inbox_entries.c.seen_at < at - FORGET_S)
    )
    return inbox_id


def _distinct(params: InboxSeenParams) -> list[tuple[str, InboxRow, bool]]:
    """Rows by what identifies them, and whether several share it. Of buyers with one name the one who asks counts:
    a question too many is seen at once, one too few never."""
    found: dict[str, tuple[InboxRow, bool]] = {}
    for row in params.rows:
        ident = ident_of(row)
        if ident not in found:
            found[ident] = (row, False)
        elif row != found[ident][0]:
            first = found[ident][0]
            asks = row.last == "buyer" or (row.last == "unknown" and row.unread > 0)
            waits = first.last == "buyer" or (first.last == "unknown" and first.unread > 0)
            found[ident] = (row if asks and not waits else first, not row.key)
    return [(ident, row, twice) for ident, (row, twice) in found.items()]


def ident_of(row: InboxRow) -> str:
    """What a conversation is known by: the page's key, else the buyer; of a list that names neither, its words. Never
    its place: lists move, and virtual ones draw another conversation into the same element."""
    if row.key:
        return f"key:{clean(row.key)}"
    if row.buyer:
        return f"buyer:{normal(clean(row.buyer))}"
    words = "\x1f".join((row.order, normal(clean(row.preview))))
    return f"words:{hashlib.blake2b(words.encode(), digest_size=16).hexdigest()}"


def shown(entry: Row[Any]) -> Shown:
    """An entry as it was shown last."""
    return Shown(
        preview=entry.preview,
        last=entry.last,
        unread=entry.unread,
        at=entry.sent_at,
        span=entry.sent_span,
        system=bool(entry.system),
        changed_at=entry.changed_at,
    )


def asked(entry: Row[Any]) -> Question | None:
    """The question an entry's list left open."""
    if entry.asked_since is None:
        return None
    return Question(entry.asked_since, entry.asked_span, bool(entry.asked_known))


def _keep_one(
    connection: Connection,
    inbox_id: int,
    before: Row[Any] | None,
    ident: str,
    row: InboxRow,
    twice: bool,
    params: InboxSeenParams,
) -> None:
    at = params.observed_at
    if before is not None and before.seen_at >= at:
        return
    label = clean(row.time)
    reading = read_time(label, at, params.timezone, params.page_language) if label.strip() else None
    now = Shown(
        preview=clean(row.preview),
        last=row.last,
        unread=row.unread,
        at=reading.at if reading else None,
        span=reading.span if reading else 0,
        system=row.system,
        changed_at=at,
    )
    was = None if before is None else shown(before)
    if was is not None and _unchanged(was, now):
        # "5m" ago becomes "12m": the earlier reading is the finer one
        now = replace(now, changed_at=was.changed_at, at=was.at if was.at is not None else now.at,
                      span=was.span if was.at is not None else now.span)  # fmt: skip
    open_question = question(was, None if before is None else asked(before), now)
    values = {
        "key": clean(row.key), "buyer": clean(row.buyer), "preview": now.preview, "last": now.last,
        "unread": now.unread, "system": int(now.system), "order_ref": clean(row.order), "time_label": label,
        "sent_at": now.at, "sent_span": now.span, "changed_at": now.changed_at, "shared": int(twice), "seen_at": at,
        "asked_since": open_question.since if open_question else None,
        "asked_span": open_question.span if open_question else 0,
        "asked_known": int(open_question.known) if open_question else 0,
    }  # fmt: skip
    if before is None:
        connection.execute(insert(inbox_entries).values(inbox_id=inbox_id, ident=ident, first_seen_at=at, **values))
    else:
        connection.execute(update(inbox_entries).where(inbox_entries.c.id == before.id).values(**values))


def _unchanged(was: Shown, now: Shown) -> bool:
    """The same words by the same side: what is unread now and was not is a new message, whatever it says."""
    return was.last == now.last and now.unread <= was.unread and same(was, now)

"""Recognises in a file what was erased on request, though nothing is kept of whom it was.

Three things may bring somebody back: an older copy of the archive (the ledger's origins, ``keeping.erase_again``), a
file of our own, and a file of somebody else.

Our own files carry the salt and digest of each message. The log keeps the digests of what was erased, so the archive
itself knows them again, word for word, with nothing added to what it keeps.

Of other files only the place of a conversation is left: marketplace, shop account, region and thread, or the buyer's
name where a file tells no more (``imports/addresses.py``). Writing these down would be keeping what was to go. The
ledger keeps a mark of each: scrypt over it with a random salt. From a mark nobody reads a name or a number; who has
the ledger can only try them one by one, at ``COST`` each (14 ms measured on a busy two-core machine), and would learn
no more than that a conversation there was erased. The ledger is read by this computer and by whoever restores a
backup, so a secret key that stays behind would make it forget on the next computer; that is why it is a costly hash
with a salt and not a keyed one.

A mark is compared only with what the file says was sent before the erasure. What came later was written to a shop that
had forgotten the buyer: it is another conversation, as is one that the buyer begins anew on the marketplace, which is
archived when it is seen and never asks the ledger. Two buyers of one name are one to a file that tells no more; the
seller is told and may take it in all the same.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from .identity import BY_NAME, normal
from .ledger import Erasure
from .schema import events, threads
from .transcript import Line, Transcript

#: scrypt's cost: 1 MB for each try.
COST = 1 << 10
_MARK_BYTES = 16


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation is, or was. ``thread`` "" = a file that names only the buyer, or the order."""

    marketplace: str
    region: str
    shop: str
    thread: str
    buyer: str


def place(connection: Connection, thread_id: int) -> Place:
    """That of an archived conversation."""
    row = connection.execute(select(threads).where(threads.c.id == thread_id)).one()
    return Place(row.marketplace, row.region, row.shop, row.thread, row.buyer)


def salt_of(known: Sequence[Erasure]) -> str:
    """One salt for a ledger, in hex, so that a file's conversation is worked out once and not for each erasure."""
    return next((each.salt for each in known if each.salt), "") or os.urandom(16).hex()


def marks_of(where: Place, salt: str) -> tuple[str, ...]:
    """The marks of a conversation: by its address, and as a file would have it that names only the buyer."""
    named = Place(where.marketplace, "", "", BY_NAME + where.buyer, "") if where.buyer else None
    return tuple(dict.fromkeys(_mark(each, salt) for each in (where, named) if each is not None))


def _mark(where: Place, salt: str) -> str:
    # a file that names only the buyer may tell shop and region, or not
    by_name = where.thread.startswith(BY_NAME)
    rest = (normal(where.thread).casefold(),) if by_name else (where.region, where.shop, where.thread)
    raw = "\x1f".join((where.marketplace, *rest)).encode()
    return hashlib.scrypt(raw, salt=bytes.fromhex(salt), n=COST, r=8, p=1, dklen=_MARK_BYTES).hex()


class Recogniser:
    """What was erased on request: by the ledger's marks, and by the digests that the log kept."""

    def __init__(self, erasures: Iterable[Erasure], digests: Iterable[bytes] = ()) -> None:
        self._digests = frozenset(digests)
        self._at: dict[tuple[str, str], float] = {}
        self._salts: dict[str, set[str]] = {}
        for each in erasures:
            for mark in each.marks:
                known = self._at.get((each.salt, mark), 0.0)
                self._at[each.salt, mark] = max(known, each.at)
                self._salts.setdefault(each.marketplace, set()).add(each.salt)
        self._last = max(self._at.values(), default=0.0)

    def until(self, where: Place) -> float:
        """When a conversation there was erased last, Unix time; 0 = it was not."""
        salts = self._salts.get(where.marketplace, ())
        return max((self._at.get((salt, _mark(where, salt)), 0.0) for salt in salts), default=0.0)

    def sift(self, where: Place, transcript: Transcript) -> Transcript:
        """The conversation without what was erased of it; with what the seller put on it only when nothing was."""
        dated = [_said_at(line) for line in transcript.lines]
        asks = any(at is None or at <= self._last for at in dated)
        until = self.until(where) if asks else 0.0
        kept = tuple(
            line
            for line, at in zip(transcript.lines, dated, strict=True)
            if line.digest not in self._digests and not (until and (at is None or at <= until))
        )
        if len(kept) == len(transcript.lines):
            return transcript
        return Transcript(
            marketplace=transcript.marketplace, region=transcript.region, shop=transcript.shop,
            thread=transcript.thread, buyer=transcript.buyer, language="", language_source="unknown",
            created_at=transcript.created_at, end_seen_at=None, total=len(kept), chain="", lines=kept,
        )  # fmt: skip


def erased_digests(connection: Connection) -> list[bytes]:
    """Digests of messages that were erased on request; what the retention rule took may come back, and goes again."""
    asked = select(events.c.thread_id).where(events.c.kind == "erased", events.c.detail.contains('"reason":"asked"'))
    wanted = select(events.c.digest).where(events.c.kind.in_(("message", "timed")), events.c.thread_id.in_(asked))
    return [bytes(digest) for digest in connection.execute(wanted).scalars()]


def _said_at(line: Line) -> float | None:
    """When a line of a file was sent, as far as it tells; what we saw ourselves was sent before we saw it."""
    if line.sent_at is not None:
        return line.sent_at
    return line.observed_at if line.salt else None

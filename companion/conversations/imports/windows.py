"""The import of a saved page: what it shows is seen as it would have been while the page was open."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select, update

from companion.protocol.methods.archive import MessageSeenParams

from .. import seeing, threads
from ..database import Database
from ..recognising import Place, Recogniser
from ..schema import images, messages
from . import addresses
from .asked import ImportSample
from .entering import entry
from .languages import Linguist, give_languages
from .parsed import conversation
from .tally import SAMPLES, SHOWN, Tally


class _Undo(Exception):
    """Leaves a transaction without keeping it."""


def see(
    database: Database,
    windows: list[MessageSeenParams],
    source: dict[str, object],
    tally: Tally,
    now: float,
    erased: Recogniser,
    tell: Linguist,
    *,
    dry_run: bool,
) -> None:
    """What a page showed goes the way it would have gone while the page was open, and is marked as imported."""
    try:
        with database.write() as connection:
            ref = windows[0].thread
            asked = conversation(ref.marketplace, ref.region, ref.shop, ref.thread, ref.buyer, [], now)
            found = addresses.settled(connection, asked)
            ref.region, ref.shop, ref.thread = found.region, found.shop, found.thread
            place = Place(ref.marketplace, ref.region, ref.shop, ref.thread, ref.buyer)
            if max(window.observed_at for window in windows) <= erased.until(place):
                # what the page showed before it was erased; a later look at it is one at a new conversation
                tally.erased, tally.erased_threads = sum(len(window.messages) for window in windows), 1
                raise _Undo
            is_new = threads.find(connection, ref) is None
            seen: dict[int, None] = {}
            new: set[int] = set()
            for window in windows:
                window.thread = ref
                done = seeing.see(connection, window, now)
                seen |= dict.fromkeys(row.id for row in done.rows)
                new |= set(done.new_ids)
            if new:
                import_id = entry(connection, source)
                for message_id in new:
                    where = messages.c.id == message_id
                    connection.execute(update(messages).where(where).values(import_id=import_id))
            _tell(connection, ref.buyer, list(seen), new, tally, is_new=is_new)
            if dry_run:
                raise _Undo
            give_languages(connection, ref, new, tell, now)
    except _Undo:
        pass


def _tell(
    connection: Connection, buyer: str, seen: Sequence[int], new: set[int], tally: Tally, *, is_new: bool
) -> None:
    tally.threads, tally.new_threads, tally.messages, tally.new = 1, int(is_new), len(seen), len(new)
    for at in range(0, len(seen), 500):
        mine = messages.c.id.in_(seen[at : at + 500])
        first, last = connection.execute(
            select(func.min(messages.c.sent_at), func.max(messages.c.sent_at)).where(mine)
        ).one()
        if first is not None:
            tally.first = first if tally.first is None else min(tally.first, first)
            tally.last = last if tally.last is None else max(tally.last, last)
    for row in connection.execute(
        select(messages).where(messages.c.id.in_(seen[:SAMPLES])).order_by(messages.c.position)
    ):
        shown = connection.execute(select(func.count()).where(images.c.message_id == row.id)).scalar_one()
        sample = ImportSample(buyer, row.direction, row.sent_at, row.text[:SHOWN], row.id in new, shown)
        tally.samples.append(sample)

"""Whose conversation it is where a file names only the buyer or the order."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, select

from ..identity import BY_NAME
from ..schema import messages, threads
from ..transcript import Transcript


def settled(connection: Connection, transcript: Transcript) -> Transcript:
    """The transcript with the address of the one archived conversation of its number, else with that buyer, else about
    that order; where there is none, or several, with an address of its own."""
    if transcript.thread:
        return _of_its_shop(connection, transcript)
    where = [threads.c.marketplace == transcript.marketplace]
    where += [threads.c.shop == transcript.shop] if transcript.shop else []
    where += [threads.c.region == transcript.region] if transcript.region else []
    order = transcript.orders[0] if transcript.orders else ""
    if transcript.buyer:
        where.append(threads.c.buyer == transcript.buyer)
    else:
        where.append(threads.c.id.in_(select(messages.c.thread_id).where(messages.c.order_ref == order)))
    found = connection.execute(select(threads).where(*where).limit(2)).all()
    if len(found) == 1:
        row = found[0]
        return replace(transcript, region=row.region, shop=row.shop, thread=row.thread)
    return replace(transcript, thread=f"{BY_NAME}{transcript.buyer or order}"[:200])


def _of_its_shop(connection: Connection, transcript: Transcript) -> Transcript:
    """One file of a conversation may tell the shop and another may not: it is the same one all the same. What is of our
    own knows where it was."""
    if all(line.salt for line in transcript.lines) and transcript.lines:
        return transcript
    same = threads.c.marketplace == transcript.marketplace, threads.c.thread == transcript.thread
    rows = connection.execute(select(threads.c.region, threads.c.shop).where(*same)).all()
    fitting = [
        row
        for row in rows
        if all(not a or not b or a == b for a, b in ((row.shop, transcript.shop), (row.region, transcript.region)))
    ]
    exact = any((row.region, row.shop) == (transcript.region, transcript.shop) for row in rows)
    if exact or len(fitting) != 1:
        return transcript
    return replace(transcript, region=fitting[0].region, shop=fitting[0].shop)

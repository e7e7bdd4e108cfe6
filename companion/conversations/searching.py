"""The search: a typed query answered page by page, newest first or best first."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from ..protocol.methods.archive import SearchFilter, SearchHit, SearchParams, SearchResult
from ..protocol.values import Span
from . import cursor, marking, notes, translations, unsearchable
from .best_first import best_first
from .expression import Found, expression
from .lookup import index_of
from .passages import hits, passage
from .query import Filter, Phrase, Query, parse
from .reading import at, page
from .schema import links, messages, revisions, shops
from .schema import threads as threads_table
from .words import words

#: Conversations an order may be linked to.
_LINKED = 50

_SHOWN: Select[Any] = (
    select(
        messages.c.id,
        messages.c.thread_id,
        messages.c.moment,
        messages.c.direction,
        messages.c.language,
        messages.c.text,
        messages.c.order_ref,
        messages.c.sent_at,
        messages.c.observed_at,
        messages.c.ident_now,
        threads_table.c.marketplace,
        threads_table.c.shop,
        threads_table.c.buyer,
    )
    .join_from(messages, threads_table, messages.c.thread_id == threads_table.c.id)
    .where(messages.c.moment.in_(bindparam("moments", expanding=True)))
)


def search(
    connection: Connection,
    params: SearchParams,
    language: str,
    today: datetime.date,
    zone: datetime.tzinfo | None = None,
) -> SearchResult:
    """A page of the messages that fit. Raises ``search_date``, ``search_value``, ``search_signs``, ``bad_params``."""
    query = parse(params.query, today, zone)
    unsearchable.refuse(params.query, query, today)
    best = params.sort == "best" and bool(query.wanted)
    # a foreign cursor is refused before anything is looked for
    place = cursor.numbers(params.before, 2 if best else 1) if params.before else []
    found = Found(
        _shops(connection, query), _linked(connection, query), _tags(connection, query), _noted(connection, query)
    )
    match = expression(query, found)
    moments: Sequence[int] = []
    more = ""
    bounds = _bounds(query)
    if match is not None and not query.empty:
        if best:
            top, shown = place or (cursor.END, 0)
            moments, more = best_first(connection, query.wanted, match, bounds, (top, shown), params.limit)
        else:
            moments, more = _newest(connection, match, bounds, place[0] if place else cursor.END, params.limit)
    return SearchResult(
        hits=_hits(connection, query, moments, language),
        notes=[] if place else notes.found(connection, query, found, bounds),
        more=more,
        filters=[SearchFilter(kind=f.kind, value=f.value, without=f.without, text=f.text) for f in query.filters],
    )


def _bounds(query: Query) -> tuple[int, int]:
    """The rows a date leaves, from and below: row numbers are moments."""
    return (
        query.since if query.since is not None else -cursor.END,
        query.until if query.until is not None else cursor.END,
    )


def _newest(
    connection: Connection, match: str, bounds: tuple[int, int], place: int, limit: int
) -> tuple[Sequence[int], str]:
    since, until = bounds[0], min(bounds[1], place)
    if match:
        return page(index_of(connection).newest(connection, match, since, until, limit + 1), limit, int)
    moment = messages.c.moment
    asked = select(moment).where(moment < until, moment >= since).order_by(moment.desc()).limit(limit + 1)
    return page(connection.execute(asked).scalars().all(), limit, int)


def _shops(connection: Connection, query: Query) -> dict[Filter, list[int]]:
    """The shop accounts that ``shop:`` filters mean: each word begins a word of marketplace, region or account."""
    asked = [f for f in query.filters if f.kind == "shop"]
    if not asked:
        return {}
    known = [
        (row.id, [word.text for word in words(f"{row.marketplace} {row.region} {row.shop}")])
        for row in connection.execute(select(shops))
    ]
    return {
        each: [
            shop_id
            for shop_id, names in known
            if all(any(name.startswith(word) for name in names) for word in each.phrase.words)
        ]
        for each in asked
    }


def _linked(connection: Connection, query: Query) -> dict[Filter, list[int]]:
    """The conversations somebody linked to an order."""
    return {
        each: list(
            connection.execute(
                select(links.c.thread_id)
                .where(links.c.kind == "order", links.c.ref == each.value)
                .order_by(links.c.thread_id)
                .limit(_LINKED)
            ).scalars()
        )
        for each in query.filters
        if each.kind == "order"
    }


def _tags(connection: Connection, query: Query) -> dict[Filter, list[int]]:
    """The tags that ``tag:`` filters mean."""
    return {each: marking.tags_named(connection, each.value) for each in query.filters if each.kind == "tag"}


def _noted(connection: Connection, query: Query) -> dict[Filter, list[int]]:
    """The conversations that ``note:`` filters mean."""
    return {
        each: [row.id for row in notes.noted(connection, [each.phrase])]
        for each in query.filters
        if each.kind == "note"
    }


def _hits(connection: Connection, query: Query, moments: Sequence[int], language: str) -> list[SearchHit]:
    if not moments:
        return []
    rows = connection.execute(_SHOWN, {"moments": moments}).all()
    place = {moment: number for number, moment in enumerate(moments)}
    shown = translations.of_messages(connection, [row.id for row in rows], language)
    later = _later(connection, [row.id for row in rows if row.ident_now is not None])
    names = _phrases(query, "from", "buyer")
    orders = _phrases(query, "order")
    made = []
    for row in sorted(rows, key=lambda row: place[row.moment]):
        texts = [entry.text for entry in shown.get(row.id, ())]
        # Of several translations the one that was hit, else the one that would be shown.
        translation = next((t for t in texts if hits(t, query.wanted)), texts[0] if texts else "")
        if translation == row.text:  # the buyer writes the seller's language
            translation = ""
        made.append(
            SearchHit(
                message_id=row.id,
                thread_id=row.thread_id,
                marketplace=row.marketplace,
                shop=row.shop,
                buyer=row.buyer,
                direction=row.direction,
                language=row.language,
                at=at(row),
                text=passage(row.text, query.wanted),
                translation=passage(translation, query.wanted),
                name=_marked(row.buyer, names),
                order=_marked(row.order_ref, orders),
                later=_only_later(later.get(row.id, ()), f"{row.text}\n{translation}", query.wanted),
            )
        )
    return made


def _later(connection: Connection, ids: Sequence[int]) -> dict[int, list[str]]:
    """The later texts of messages, the last one first."""
    found: dict[int, list[str]] = {}
    if ids:
        wanted = select(revisions.c.message_id, revisions.c.text).where(revisions.c.message_id.in_(ids))
        for row in connection.execute(wanted.order_by(revisions.c.event_id.desc())):
            found.setdefault(row.message_id, []).append(row.text)
    return found


def _only_later(texts: Sequence[str], known: str, phrases: Sequence[Phrase]) -> list[Span]:
    """The passage of a later text that has what is looked for and is not in the known one."""
    if not texts:
        return []
    missing = {phrase for phrase in phrases if not hits(known, [phrase])}
    text = next((t for t in texts if any(hits(t, [phrase]) for phrase in missing)), None)
    return [] if text is None else passage(text, phrases)


def _phrases(query: Query, *kinds: str) -> list[Phrase]:
    """What is looked for everywhere, and in one place by a filter."""
    return [*query.wanted, *(f.phrase for f in query.filters if f.kind in kinds and f.phrase.words and not f.without)]


def _marked(content: str, phrases: Sequence[Phrase]) -> list[Span]:
    return passage(content, phrases) if hits(content, phrases) else []

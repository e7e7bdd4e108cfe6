"""The search: a typed query answered page by page, newest first or best first."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Connection, CursorResult, bindparam, select, text

from ..protocol.methods.archive import SearchFilter, SearchHit, SearchParams, SearchResult
from ..protocol.values import Span
from . import cursor, marking, translations, tsearch
from .expression import Found, expression, quoted
from .passages import hits, passage
from .query import Filter, Phrase, Query, parse
from .ranking import by_length, ranked, rarity, words_in
from .reading import at, page
from .schema import links, messages, shops
from .schema import threads as threads_table
from .statements import on_postgres
from .words import BREAK, words

#: So many of the newest hits are ranked at a time; pages beyond them rank the next ones.
RANKED = 2_000
#: Of these so many are read to be weighed; the others follow by their length and age.
WEIGHED = 600
#: Conversations an order may be linked to.
_LINKED = 50

_HITS = text(
    "SELECT rowid FROM search_index WHERE search_index MATCH :match AND rowid < :until AND rowid >= :since"
    " ORDER BY rowid DESC LIMIT :limit"
)
#: Of the index's own tables, which FTS5 documents: how many words each column of a message has, and its texts. Two
#: thousand lengths take 1.5 ms, as many texts 6 to 12 ms.
_LENGTHS = text(
    "SELECT l.id, l.sz FROM search_index CROSS JOIN search_index_docsize l ON l.id = search_index.rowid"
    " WHERE search_index MATCH :match AND search_index.rowid < :until AND search_index.rowid >= :since"
    " ORDER BY search_index.rowid DESC LIMIT :limit"
)
_TEXTS = text(
    "SELECT id, ' ' || c0 || :between || c1 || :between || c2 || ' ' FROM search_index_content WHERE id IN :moments"
).bindparams(bindparam("moments", expanding=True))
_COUNT = text(
    "SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH :match"
    " AND rowid < :until AND rowid >= :since LIMIT :limit)"
)


def search(
    connection: Connection,
    params: SearchParams,
    language: str,
    today: datetime.date,
    zone: datetime.tzinfo | None = None,
) -> SearchResult:
    """A page of the messages that fit. Raises ``search_date``, ``search_value`` and ``bad_params``."""
    query = parse(params.query, today, zone)
    best = params.sort == "best" and bool(query.wanted)
    # a foreign cursor is refused before anything is looked for
    place = cursor.numbers(params.before, 2 if best else 1) if params.before else []
    found = Found(_shops(connection, query), _linked(connection, query), _tags(connection, query))
    match = expression(query, found)
    moments: Sequence[int] = []
    more = ""
    if match is not None and not query.empty:
        if best:
            moments, more = _best(connection, query, match, place, params.limit)
        else:
            moments, more = _newest(connection, query, match, place, params.limit)
    return SearchResult(
        hits=_hits(connection, query, moments, language),
        more=more,
        filters=[SearchFilter(kind=f.kind, value=f.value, without=f.without, text=f.text) for f in query.filters],
    )


def _bounds(query: Query, until: int) -> dict[str, int]:
    """The rows a date leaves: row numbers are moments."""
    return {
        "until": min(until, query.until if query.until is not None else cursor.END),
        "since": query.since if query.since is not None else -cursor.END,
    }


def _newest(
    connection: Connection, query: Query, match: str, place: Sequence[int], limit: int
) -> tuple[Sequence[int], str]:
    bounds = _bounds(query, place[0] if place else cursor.END)
    if match:
        if on_postgres(connection):
            return page(tsearch.newest(connection, match, limit=limit + 1, **bounds), limit, int)
        asked = connection.execute(_HITS, {"match": match, "limit": limit + 1, **bounds})
    else:
        moment = messages.c.moment
        asked = connection.execute(
            select(moment)
            .where(moment < bounds["until"], moment >= bounds["since"])
            .order_by(moment.desc())
            .limit(limit + 1)
        )
    return page(asked.scalars().all(), limit, int)


def _best(
    connection: Connection, query: Query, match: str, place: Sequence[int], limit: int
) -> tuple[Sequence[int], str]:
    """The cursor names the newest hit that took part, so that what arrives meanwhile shifts no page, and how many of
    them were shown."""
    top, shown = place or (cursor.END, 0)
    bounds = _bounds(query, top)
    rows = _lengths(connection, match, bounds)
    if not rows:
        return [], ""
    bounds = {"until": rows[0][0] + 1, "since": rows[:RANKED][-1][0]}
    likely = by_length([(moment, words_in(sizes)) for moment, sizes in rows[:RANKED]])
    read = _texts(connection, likely[:WEIGHED])
    order = ranked(read, query.wanted, _rarities(connection, query.wanted, bounds)) + likely[WEIGHED:]
    more = ""
    if len(order) > shown + limit:
        more = cursor.written(bounds["until"], shown + limit)
    elif len(rows) > RANKED:
        more = cursor.written(bounds["since"], 0)
    return order[max(0, shown) :][:limit], more


def _lengths(connection: Connection, match: str, bounds: dict[str, int]) -> Sequence[tuple[int, bytes]]:
    if on_postgres(connection):
        return tsearch.lengths(connection, match, limit=RANKED + 1, **bounds)
    return _tuples(connection.execute(_LENGTHS, {"match": match, "limit": RANKED + 1, **bounds}))


def _texts(connection: Connection, moments: Sequence[int]) -> Sequence[tuple[int, str]]:
    if on_postgres(connection):
        return tsearch.texts(connection, moments)
    return _tuples(connection.execute(_TEXTS, {"between": f" {BREAK} ", "moments": moments}))


def _counted(connection: Connection, match: str, bounds: dict[str, int]) -> int:
    if on_postgres(connection):
        return tsearch.count(connection, match, limit=RANKED, **bounds)
    return int(connection.execute(_COUNT, {"match": match, "limit": RANKED, **bounds}).scalar_one())


def _tuples(asked: CursorResult[Any]) -> Sequence[tuple[int, Any]]:
    """The driver's own tuples: two thousand rows of SQLAlchemy cost more than ranking them."""
    rows = asked.cursor.fetchall() if asked.cursor else []
    asked.close()
    return cast(Sequence[tuple[int, Any]], rows)


def _rarities(connection: Connection, phrases: Sequence[Phrase], bounds: dict[str, int]) -> list[float]:
    """Weights relative to the rarest phrase. Counted among the messages of the same time, and no further than needed:
    SQLite's own ``bm25`` reads every hit of every phrase before it weighs the first."""
    if len(phrases) == 1:
        return [1.0]
    counts = [_counted(connection, quoted(phrase), bounds) for phrase in phrases]
    weights = [rarity(count, RANKED) for count in counts]
    return [weight / max(weights) for weight in weights]


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


def _hits(connection: Connection, query: Query, moments: Sequence[int], language: str) -> list[SearchHit]:
    rows = connection.execute(
        select(messages, threads_table.c.marketplace, threads_table.c.shop, threads_table.c.buyer)
        .join_from(messages, threads_table, messages.c.thread_id == threads_table.c.id)
        .where(messages.c.moment.in_(moments))
    ).all()
    place = {moment: number for number, moment in enumerate(moments)}
    shown = translations.of_messages(connection, [row.id for row in rows], language)
    names = _phrases(query, "from", "buyer")
    orders = _phrases(query, "order")
    made = []
    for row in sorted(rows, key=lambda row: place[row.moment]):
        texts = [entry.text for entry in shown.get(row.id, ())]
        # Of several translations the one that was hit, else the one that would be shown.
        translation = next((t for t in texts if hits(t, query.wanted)), texts[0] if texts else "")
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
            )
        )
    return made


def _phrases(query: Query, *kinds: str) -> list[Phrase]:
    """What is looked for everywhere, and in one place by a filter."""
    return [*query.wanted, *(f.phrase for f in query.filters if f.kind in kinds and f.phrase.words and not f.without)]


def _marked(content: str, phrases: Sequence[Phrase]) -> list[Span]:
    return passage(content, phrases) if hits(content, phrases) else []

"""What a page description must keep beyond its types. Pure: takes a description, gives the faults."""

from __future__ import annotations

import re
from collections.abc import Iterator

from companion.protocol.pages import ChatPage, Read, Select

from .lines import Place

#: Fields that page health may speak of.
FIELDS = frozenset(
    [f"identity.{name}" for name in ("thread", "shop", "region", "buyer")]
    + [f"messages.{name}" for name in ("scroller", "row", "buyer", "seller", "system", "text", "time", "key", "images")]
    + [f"composer.{name}" for name in ("field", "send", "bar")]
    + ["placement.anchor", "root"]
)
_WHERE = ("css", "query", "hash", "host", "path")


def selects(page: ChatPage) -> Iterator[tuple[Place, Select]]:
    """Every selector of a page with its place."""
    m, c = page.messages, page.composer
    groups: dict[Place, list[Select]] = {
        ("root",): page.root,
        ("messages", "scroller"): m.scroller,
        ("messages", "row"): m.row,
        ("messages", "buyer"): m.buyer,
        ("messages", "seller"): m.seller,
        ("messages", "system"): m.system,
        ("messages", "images"): m.images,
        ("composer", "field"): c.field,
        ("composer", "send"): c.send,
        ("composer", "bar"): c.bar,
        ("placement", "anchor"): page.placement.anchor,
    }
    for place, group in groups.items():
        for at, select in enumerate(group):
            yield (*place, at), select


def reads(page: ChatPage) -> Iterator[tuple[Place, Read]]:
    """Every way to read a value with its place."""
    i, m = page.identity, page.messages
    groups: dict[Place, list[Read]] = {
        ("identity", "thread"): i.thread,
        ("identity", "shop"): i.shop,
        ("identity", "region"): i.region,
        ("identity", "buyer"): i.buyer,
        ("messages", "text"): m.text,
        ("messages", "time"): m.time,
        ("messages", "key"): m.key,
        ("messages", "order"): m.order,
    }
    for place, group in groups.items():
        for at, read in enumerate(group):
            yield (*place, at), read


def faults(page: ChatPage) -> Iterator[tuple[Place, str]]:
    """Place and sentence of each fault."""
    for place, group in _required(page):
        if not group:
            yield place, "needs at least one entry"
    for place, read in reads(page):
        given = [name for name in _WHERE if getattr(read, name)]
        if len(given) != 1:
            yield place, f"needs exactly one of {', '.join(_WHERE)}, has {', '.join(given) or 'none'}"
        if read.attr and not read.css:
            yield (*place, "attr"), "goes with css only"
        if place[0] == "messages" and not read.css:
            yield place, "a row is read by css"
        yield from _pattern((*place, "pattern"), read.pattern)
    for at, path in enumerate(page.paths):
        yield from _pattern(("paths", at), path)
    if not page.paths:
        yield ("paths",), "needs at least one entry"
    yield from _pattern(("messages", "strip"), page.messages.strip)
    for at, demand in enumerate(page.health):
        if demand.field not in FIELDS:
            yield ("health", at, "field"), f"`{demand.field}` is not a field; known: {', '.join(sorted(FIELDS))}"
        if demand.max and demand.max < demand.min:
            yield ("health", at, "max"), "is below min"


def _required(page: ChatPage) -> Iterator[tuple[Place, object]]:
    yield ("root",), page.root
    yield ("identity", "thread"), page.identity.thread
    yield ("messages", "row"), page.messages.row
    yield ("messages", "buyer"), page.messages.buyer
    yield ("messages", "seller"), page.messages.seller
    yield ("messages", "text"), page.messages.text
    yield ("composer", "field"), page.composer.field
    yield ("placement", "anchor"), page.placement.anchor


def _pattern(place: Place, pattern: str) -> Iterator[tuple[Place, str]]:
    try:
        re.compile(pattern)
    except re.error as exc:
        yield place, f"is not a pattern: {exc}"

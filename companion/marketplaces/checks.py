"""What a page description must keep beyond its types. Pure: takes a description, gives the faults."""

from __future__ import annotations

import re
from collections.abc import Iterator

from companion.protocol.pages import Page, Read

from .lines import Place
from .walk import demandable, entries, groups, patterns

#: Less does not say where something is known from.
SHORTEST_SOURCE = 10
_WHERE = ("css", "query", "hash", "host", "path")


def faults(page: Page) -> Iterator[tuple[Place, str]]:
    """Place and sentence of each fault."""
    for place, needed, group in groups(page):
        if needed and not group:
            yield place, "needs at least one entry"
    for place, kind, entry in entries(page):
        if isinstance(entry, Read):
            yield from _read(place, entry, in_row=kind == "rowRead")
    if page.state != "assumed" and len(page.source.strip()) < SHORTEST_SOURCE:
        yield ("source",), f"is missing; a page without a source is `state: assumed`, not {page.state}"
    if not page.paths:
        yield ("paths",), "needs at least one entry"
    for place, pattern in patterns(page):
        yield from _pattern(place, pattern)
    known = demandable(page)
    for at, demand in enumerate(page.health):
        if demand.field not in known:
            yield ("health", at, "field"), f"`{demand.field}` is not a field; known: {', '.join(sorted(known))}"
        if demand.max and demand.max < demand.min:
            yield ("health", at, "max"), "is below min"
    for at, shape in enumerate(page.shapes):
        if shape.field not in known:
            yield ("shapes", at, "field"), f"`{shape.field}` is not a field; known: {', '.join(sorted(known))}"
    names = [kpi.name for kpi in getattr(page, "kpis", [])]
    for at, kpi in enumerate(getattr(page, "kpis", [])):
        if kpi.name in names[:at]:
            yield ("kpis", at, "name"), f"`{kpi.name}` stands twice"
        if not kpi.row and not kpi.labels:
            yield ("kpis", at), "needs a row or a label"


def _read(place: Place, read: Read, *, in_row: bool) -> Iterator[tuple[Place, str]]:
    given = [name for name in _WHERE if getattr(read, name)]
    if len(given) != 1:
        yield place, f"needs exactly one of {', '.join(_WHERE)}, has {', '.join(given) or 'none'}"
    if read.attr and not read.css:
        yield (*place, "attr"), "goes with css only"
    if read.count and (not in_row or read.attr or read.pattern):
        yield (*place, "count"), "counts what css finds in a row, without attr or pattern"
    if in_row and not read.css:
        yield place, "a row is read by css"
    yield from _pattern((*place, "pattern"), read.pattern)


def _pattern(place: Place, pattern: str) -> Iterator[tuple[Place, str]]:
    try:
        re.compile(pattern)
    except re.error as exc:
        yield place, f"is not a pattern: {exc}"

"""Goes through a page description: every selector and every way to read a value, with its place. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, get_args, get_type_hints

import msgspec

from companion.protocol.pages import Kpi, Page, Read, Select

from .lines import Place

#: Where an entry is tried: on the page, or in each row.
Kind = Literal["select", "rowSelect", "read", "rowRead"]
#: Entries of a section with rows that stand for the page nevertheless.
_OF_THE_PAGE = ("row", "scroller")
_WITH_ROWS = ("messages", "rows", "placement", "attributes")
#: Fields that hold patterns, no entries.
_PATTERNS = ("system_previews", "seller_previews", "system_texts")


def entries(page: Page) -> Iterator[tuple[Place, Kind, Select | Read]]:
    """Every entry of a page in the order of its fields."""
    for name in page.__struct_fields__:
        value = getattr(page, name)
        if isinstance(value, msgspec.Struct):
            for inner in value.__struct_fields__:
                in_row = name in _WITH_ROWS and inner not in _OF_THE_PAGE
                yield from _of_list((name, inner), getattr(value, inner), in_row)
        elif name == "kpis":
            for at, kpi in enumerate(value):
                yield from _of_list((name, at, "row"), kpi.row, False)
        else:
            yield from _of_list((name,), value, False)


@cache
def places(kind: str) -> tuple[tuple[tuple[str, ...], Kind], ...]:
    """Where in a page of a kind entries may stand, and of which kind they are; an entry of a figure is ``kpis.row``."""
    cls = next((one for one in get_args(Page) if one.__struct_config__.tag == kind), None)
    found: list[tuple[tuple[str, ...], Kind]] = []
    for name, hint in get_type_hints(cls).items() if cls is not None else ():
        inner = get_type_hints(hint).items() if isinstance(hint, type) and issubclass(hint, msgspec.Struct) else ()
        for field, of in (((name,), hint), *(((name, key), of) for key, of in inner)):
            entry = next(iter(get_args(of)), None)
            in_row = field[0] in _WITH_ROWS and field[-1] not in _OF_THE_PAGE
            if entry is Select:
                found.append((field, "rowSelect" if in_row else "select"))
            elif entry is Read:
                found.append((field, "rowRead" if in_row else "read"))
            elif entry is Kpi:
                found.append((("kpis", "row"), "select"))
    return tuple(found)


def raw_entries(raw: Any) -> Iterator[tuple[Place, Kind, dict[str, Any]]]:
    """Every entry of a page as it stands in its file, whatever else may be wrong with it."""
    if not isinstance(raw, dict):
        return
    for field, kind in places(str(raw.get("page"))):
        if field == ("kpis", "row"):
            kpis = raw.get("kpis")
            for at, kpi in enumerate(kpis if isinstance(kpis, list) else []):
                yield from _raw(("kpis", at, "row"), kind, kpi.get("row") if isinstance(kpi, dict) else None)
            continue
        value: Any = raw
        for step in field:
            value = value.get(step) if isinstance(value, dict) else None
        yield from _raw(field, kind, value)


def _raw(place: Place, kind: Kind, value: Any) -> Iterator[tuple[Place, Kind, dict[str, Any]]]:
    for at, entry in enumerate(value if isinstance(value, list) else []):
        if isinstance(entry, dict):
            yield (*place, at), kind, entry


def patterns(page: Page) -> Iterator[tuple[Place, str]]:
    """Every pattern of a page that is not part of an entry."""
    for at, path in enumerate(page.paths):
        yield ("paths", at), path
    for at, query in enumerate(page.queries):
        yield ("queries", at), query
    for place, value in _fields(page):
        if place[-1] == "strip":
            yield place, value
        elif place[-1] in _PATTERNS:
            yield from (((*place, at), pattern) for at, pattern in enumerate(value))
        elif place[-1] == "kpis":
            for at, kpi in enumerate(value):
                yield from ((("kpis", at, name), getattr(kpi, name)) for name in ("value", "target"))


def groups(page: Page) -> Iterator[tuple[Place, bool, list[Any]]]:
    """Every list of entries with its place, and whether the description needs it."""
    for place, value in _fields(page):
        if place[-1] in ("root", "kpis"):
            yield place, True, value
        elif (
            isinstance(value, list)
            and place[-1] not in _PATTERNS
            and (place[0] in (*_WITH_ROWS, "identity", "composer", "listing"))
        ):
            yield place, _needed(page, place), value


def demandable(page: Page) -> frozenset[str]:
    """Fields page health may speak of."""
    found = {".".join(map(str, place)) for place, _, _ in groups(page) if place[0] != "attributes"} - {"kpis"}
    return frozenset(found | {f"kpis.{kpi.name}" for kpi in getattr(page, "kpis", [])} | _account(page))


def _account(page: Page) -> set[str]:
    return {"account.shop", "account.region"} if hasattr(page, "account") else set()


def _needed(page: Page, place: Place) -> bool:
    section: type[msgspec.Struct] = type(getattr(page, str(place[0])))
    own = _required(section)
    return own[str(place[1])] and place != ("messages", "scroller") and place != ("identity", "shop")


@cache
def _required(section: type[msgspec.Struct]) -> dict[str, bool]:
    """Which fields of a section must be there. Kept: msgspec resolves all annotations of a class at each question."""
    return {field.name: field.required for field in msgspec.structs.fields(section)}


def _fields(page: Page) -> Iterator[tuple[Place, Any]]:
    for name in page.__struct_fields__:
        value = getattr(page, name)
        if isinstance(value, msgspec.Struct) and not isinstance(value, Kpi):
            yield from (((name, inner), getattr(value, inner)) for inner in value.__struct_fields__)
        else:
            yield (name,), value


def _of_list(place: Place, value: Any, in_row: bool) -> Iterator[tuple[Place, Kind, Select | Read]]:
    for at, entry in enumerate(value if isinstance(value, list) else []):
        if isinstance(entry, Select):
            yield (*place, at), "rowSelect" if in_row else "select", entry
        elif isinstance(entry, Read):
            yield (*place, at), "rowRead" if in_row else "read", entry

"""Goes through a page description: every selector and every way to read a value, with its place. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from companion.protocol.pages import Kpi, Page, Read, Select

from .lines import Place

#: Where an entry is tried: on the page, or in each row.
Kind = Literal["select", "rowSelect", "read", "rowRead"]
#: Entries of a section with rows that stand for the page nevertheless.
_OF_THE_PAGE = ("row", "scroller")
_WITH_ROWS = ("messages", "rows", "placement")


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


def patterns(page: Page) -> Iterator[tuple[Place, str]]:
    """Every pattern of a page that is not part of an entry."""
    for at, path in enumerate(page.paths):
        yield ("paths", at), path
    for place, value in _fields(page):
        if place[-1] == "strip":
            yield place, value
        elif place[-1] in ("system_previews", "seller_previews"):
            yield from (((*place, at), pattern) for at, pattern in enumerate(value))
        elif place[-1] == "kpis":
            for at, kpi in enumerate(value):
                yield from ((("kpis", at, name), getattr(kpi, name)) for name in ("value", "target"))


def groups(page: Page) -> Iterator[tuple[Place, bool, list[Any]]]:
    """Every list of entries with its place, and whether the description needs it."""
    for place, value in _fields(page):
        if place[-1] in ("root", "kpis"):
            yield place, True, value
        elif isinstance(value, list) and (place[0] in (*_WITH_ROWS, "identity", "composer", "listing")):
            yield place, _needed(page, place), value


def demandable(page: Page) -> frozenset[str]:
    """Fields page health may speak of."""
    found = {".".join(map(str, place)) for place, _, _ in groups(page)} - {"kpis"}
    return frozenset(found | {f"kpis.{kpi.name}" for kpi in getattr(page, "kpis", [])} | _account(page))


def _account(page: Page) -> set[str]:
    return {"account.shop", "account.region"} if hasattr(page, "account") else set()


def _needed(page: Page, place: Place) -> bool:
    section = getattr(page, str(place[0]))
    own = {field.name: field.required for field in msgspec.structs.fields(section)}
    return own[str(place[1])] and place != ("messages", "scroller") and place != ("identity", "shop")


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

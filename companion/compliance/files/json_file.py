"""Listings and messages as JSON: one, a list, ``{"listings": […]}``, or one on each line. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from .listing import LONGEST, MOST_LISTINGS, MOST_TEXTS, ListingFields, MessageText, Unusable

_TEXTS = ("marketplace", "region", "category", "brand", "language", "sku")
#: Fields people write beside ``fields`` when they forget it.
_FIELDS = ("title", "subtitle", "bullets", "description", "keywords", "attributes", "image_text")

#: Who wrote a message, in the words exports have for it.
_DIRECTIONS = {
    "seller": ("seller", "out", "outgoing", "outbound", "sent"),
    "buyer": ("buyer", "in", "incoming", "inbound", "received"),
}


def listings_of(content: str) -> list[ListingFields]:
    """Every listing of a file. Raises Unusable."""
    found = [_listing(value, row) for row, value in _values(content)]
    if not found:
        raise Unusable("check_json_empty")
    return found


def listing_of(content: str) -> ListingFields:
    """The one listing of an input. Raises Unusable."""
    return _listing(_parsed(content, 1), 1)


def message_of(content: str) -> MessageText:
    """The one message of an input. Raises Unusable."""
    value = _mapping(_parsed(content, 1), 1)
    about = {name: _text(value, name, 1) for name in ("marketplace", "region", "language")}
    text = value.get("text")
    if not isinstance(text, str):
        raise Unusable("check_json_field", row=1, field="text")
    return MessageText(
        text=_bounded(text, "text", 1),
        direction=_direction(value.get("direction")),
        **about,
    )


def _values(content: str) -> Iterator[tuple[int, Any]]:
    try:
        whole = _parsed(content, 1)
    except Unusable:
        lines = [(row, line) for row, line in enumerate(content.splitlines(), 1) if line.strip()]
        if len(lines) < 2:
            raise
        values = [(row, _parsed(line, row)) for row, line in lines]
    else:
        if isinstance(whole, Mapping) and isinstance(whole.get("listings"), list):
            whole = whole["listings"]
        values = list(enumerate(whole, 1)) if isinstance(whole, list) else [(1, whole)]
    if len(values) > MOST_LISTINGS:
        raise Unusable("check_many", limit=MOST_LISTINGS)
    yield from values


def _parsed(content: str, row: int) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as exc:
        line = row if row > 1 else getattr(exc, "lineno", row)
        raise Unusable("check_json", row=line, reason=str(exc)[:120]) from exc


def _listing(value: Any, row: int) -> ListingFields:
    value = _mapping(value, row)
    about = {name: _text(value, name, row) for name in _TEXTS}
    fields = value.get("fields")
    if fields is None:
        fields = {name: value[name] for name in _FIELDS if name in value}
    if not isinstance(fields, Mapping) or not fields:
        raise Unusable("check_json_field", row=row, field="fields")
    licensed = value.get("licensed") or []
    if not isinstance(licensed, list) or not all(isinstance(name, str) for name in licensed):
        raise Unusable("check_json_list", row=row, field="licensed")
    listing = ListingFields(
        fields={str(name): _field(str(name), each, row) for name, each in fields.items() if each is not None},
        licensed=[name[:200] for name in licensed[:1_000]],
        row=row,
    )
    return msgspec.structs.replace(listing, **about)


def _field(name: str, value: Any, row: int) -> str | list[str] | dict[str, str]:
    if isinstance(value, str):
        return _bounded(value, name, row)
    if isinstance(value, list) and len(value) <= MOST_TEXTS and all(isinstance(each, str) for each in value):
        return [_bounded(each, name, row) for each in value]
    if isinstance(value, Mapping) and len(value) <= MOST_TEXTS:
        texts = {str(key): each if isinstance(each, str) else json.dumps(each) for key, each in value.items()}
        return {key: _bounded(each, name, row) for key, each in texts.items()}
    if isinstance(value, int | float):
        return str(value)
    raise Unusable("check_json_value", row=row, field=f"fields.{name}")


def _bounded(text: str, name: str, row: int) -> str:
    if len(text) > LONGEST:
        raise Unusable("check_long", row=row, field=name, limit=LONGEST)
    return text


def _mapping(value: Any, row: int) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Unusable("check_json_object", row=row)
    return value


def _text(value: Mapping[str, Any], name: str, row: int) -> str:
    found = value.get(name)
    if found is None:
        return ""
    if not isinstance(found, str | int | float) or isinstance(found, bool):
        raise Unusable("check_json_type", row=row, field=name)
    return str(found)[:500]


def _direction(value: Any) -> str:
    """Who wrote it; the seller where nothing is said. Raises Unusable for anything else."""
    if value is None or value == "":
        return "seller"
    said = value.strip().lower() if isinstance(value, str) else ""
    for who, words in _DIRECTIONS.items():
        if said in words:
            return who
    raise Unusable("check_json_direction", value=str(value)[:40])

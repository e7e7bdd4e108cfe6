"""What is known of a listing, how each field is written down, and how long it may be relied on. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from ..conversations.identity import clean

#: In the order in which they are told.
FIELDS = (
    "title", "bullets", "description", "brand", "keywords", "price", "stock", "category", "images", "sku", "item"
)  # fmt: skip
#: What a category asks for besides is a field each: "attributes.material".
ATTRIBUTE = "attributes."
#: Fields of which there are several values.
SEVERAL = frozenset({"bullets", "images"})
#: Each sale changes it: told as it was seen last, and no reason for a new version.
MOVING = frozenset({"stock"})
#: Seconds after the last look at which a field is checked before anybody relies on it.
STALE_AFTER_S = {"stock": 86_400.0, "price": 7 * 86_400.0}
#: A listing's words are edited now and then.
_STALE_AFTER_S = 30 * 86_400.0


def stale(field: str, seen_at: float, now: float) -> bool:
    """Whether a field was seen too long ago to rely on."""
    return now - seen_at > STALE_AFTER_S.get(field, _STALE_AFTER_S)


def told(fields: Iterable[str]) -> list[str]:
    """The fields of a listing in the order in which they are told."""
    known = set(fields)
    return [field for field in FIELDS if field in known] + sorted(one for one in known if one.startswith(ATTRIBUTE))


def values_of(listing: Mapping[str, Any]) -> dict[str, str]:
    """A listing as it was read, field by field as the archive keeps it."""
    values = {field: written(field, listing[field]) for field in FIELDS}
    return values | {f"{ATTRIBUTE}{clean(name)}": value for name, value in listing["attributes"].items()}


def written(field: str, value: str | Sequence[str]) -> str:
    """A value as the archive keeps it; "" for one that was not shown."""
    if field == "images" and not isinstance(value, str):
        value = [address for each in value if (address := lasting(each))]
    if isinstance(value, str):
        return value
    return json.dumps(list(value), ensure_ascii=False) if value else ""


def read(field: str, value: str) -> str | list[str]:
    """The same way back."""
    return [str(each) for each in json.loads(value)] if field in SEVERAL else value


def lasting(address: str) -> str:
    """The address of a picture without what a marketplace signs anew at each look; "" for what is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}{parts.path}" if parts.scheme in {"http", "https"} and parts.netloc else ""

"""Which engine translates a pair: the seller's order, for all pairs or for one. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .codes import primary

#: Offline and therefore private; Argos has more pairs, and is what the buttons install.
DEFAULT = ("argos", "bergamot")
MAX_ENGINES = 12
_PAIR = re.compile(r"^([a-z]{2,3})-([a-z]{2,3})$")
_NAME = re.compile(r"^[a-z][a-z0-9-]{0,30}$")


def pair_key(source: str, target: str) -> str:
    """How a pair is written in the settings."""
    return f"{primary(source)}-{primary(target)}"


@dataclass(frozen=True, slots=True)
class Order:
    """Names of engines, the first tried first. ``pairs`` by "ja-zh"."""

    default: tuple[str, ...] = DEFAULT
    pairs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def names(self, source: str, target: str) -> tuple[str, ...]:
        """The order for a pair."""
        return self.pairs.get(pair_key(source, target), self.default)

    def document(self) -> dict[str, Any]:
        """As it is stored."""
        return {"default": list(self.default), "pairs": {pair: list(names) for pair, names in self.pairs.items()}}


def read_order(document: Mapping[str, Any]) -> Order:
    """The order out of a stored document; what cannot be read (another version, a slip by hand) is passed over."""
    default = _names(document.get("default"))
    told = document.get("pairs")
    pairs = {
        pair: _names(names)
        for pair, names in (told.items() if isinstance(told, dict) else ())
        if isinstance(pair, str) and _PAIR.match(pair) and _names(names)
    }
    return Order(default or DEFAULT, pairs)


def _names(raw: object) -> tuple[str, ...]:
    names = [name for name in raw if isinstance(name, str) and _NAME.match(name)] if isinstance(raw, list) else []
    return tuple(dict.fromkeys(names))[:MAX_ENGINES]


def candidates(order: Order, source: str, target: str, named: str, usable: set[str]) -> list[str]:
    """The engines to try, best first; one the seller named now stands alone.

    ``usable`` are those that are there and have the pair.
    """
    wanted = (named,) if named else order.names(source, target)
    return [name for name in wanted if name in usable]

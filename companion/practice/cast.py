"""Loads the practice accounts and buyers from their YAML files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from .buyer import Ask, Buyer, Order, Past

_UNITS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}


@dataclass(frozen=True, slots=True)
class Account:
    """A shop of the seller on one marketplace host."""

    key: str
    marketplace: str
    host: str
    region: str
    shop_id: str
    shop_name: str
    #: Language of the seller centre when the address does not choose one.
    page_language: str


def seconds(span: str) -> float:
    """ "9d 3h" as seconds. Raises ValueError on anything else."""
    total = 0
    for part in span.split():
        match = re.fullmatch(r"(\d+)([dhms])", part)
        if match is None:
            raise ValueError(f"not a span of time: {span!r}")
        total += int(match[1]) * _UNITS[match[2]]
    return float(total)


def _read(name: str) -> Any:
    import yaml

    return yaml.safe_load(resources.files(__package__).joinpath(name).read_text("utf-8"))


@cache
def accounts() -> dict[str, Account]:
    """All practice accounts by key."""
    return {raw["key"]: Account(**raw) for raw in _read("accounts.yml")}


@cache
def buyers() -> dict[str, Buyer]:
    """All practice buyers by id, in order of arrival."""
    folder = resources.files(__package__).joinpath("buyers")
    found = [_buyer(_read(f"buyers/{entry.name}")) for entry in folder.iterdir() if entry.name.endswith(".yml")]
    return {one.id: one for one in sorted(found, key=lambda one: (one.arrives, one.id))}


def _buyer(raw: dict[str, Any]) -> Buyer:
    order = Order(**raw["order"])

    def fill(text: str) -> str:
        return text.replace("{order}", order.number).replace("{item}", order.item).replace("{price}", order.price)

    def lines(value: list[str]) -> tuple[str, ...]:
        return tuple(fill(line) for line in value)

    asks = tuple(
        Ask(
            topic=ask["topic"],
            say=lines(ask["say"]),
            again=fill(ask["again"]),
            pleased=lines(ask["pleased"]),
            picture=ask.get("picture", ""),
        )
        for ask in raw["asks"]
    )
    history = tuple(_past(line, fill) for line in raw.get("history", []))
    return Buyer(
        id=raw["id"],
        name=raw["name"],
        user=raw["user"],
        conversation=raw["conversation"],
        language=raw["language"],
        account=raw["account"],
        arrives=seconds(raw["arrives"]),
        order=order,
        hello=lines(raw["hello"]),
        asks=asks,
        nudges=lines(raw["nudges"]),
        chinese=fill(raw["chinese"]),
        bye=lines(raw["bye"]),
        history=history,
    )


def _past(raw: dict[str, str], fill: Any) -> Past:
    for by in ("buyer", "seller", "system"):
        if by in raw:
            return Past(ago=seconds(raw["ago"]), by=by, text=fill(raw[by]))
    raise ValueError(f"history line says nothing: {raw!r}")

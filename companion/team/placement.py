"""Whose a document is: the seat's own, or the team's. Pure.

What a buyer sees, or what costs or keeps the shop's things, is the team's. What only the person at this computer sees,
or what means something on this computer alone, stays here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Owner = Literal["seat", "team", "split"]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a collection lies. A document of a "split" one lies in both places, ``team`` names the team's fields."""

    owner: Owner
    because: str
    team: frozenset[str] = frozenset()
    #: Whole documents of a "split" collection that are the team's, by key.
    team_keys: frozenset[str] = frozenset()


PLACES: Mapping[str, Placed] = {
    "pairings": Placed("seat", "a browser is paired with one companion, whose key lies in its keyring"),
    "desk": Placed("seat", "the random name of this data folder"),
    "seat": Placed("seat", "what this seat is called"),
    "engine_keys": Placed("seat", "for which address a key of this keyring was entered"),
    "settings": Placed(
        "split",
        "tone and guard decide what reaches a buyer; languages and what is shown are each person's",
        frozenset({"tone", "thai_particle", "guard_sending"}),
    ),
    "keeping": Placed(
        "split",
        "how long conversations stay is decided once, and applied once; a folder's path means something here only",
        frozenset({"months"}),
        frozenset({"last_sweep"}),
    ),
    "imports": Placed("team", "what of the archive is done is done for all who share it"),
    "erased": Placed("team", "what one seat erased, all must forget"),
    "glossary": Placed("team", "a shop speaks with one voice"),
    "own_words": Placed("team", "what the boss forbids, everybody keeps to"),
    "brands": Placed("team", "marks and authorisations are the shop's"),
    "waivers": Placed("team", "a finding that is none for the shop is none for every seat"),
    "engines": Placed("team", "address, model and price of a service; its key stays in each keyring"),
    "engine_order": Placed("team", "which service sees buyers' texts is decided once"),
    "rules_feed": Placed("team", "whose rules are trusted is decided once; each seat takes them onto its own disk"),
    "engine_usage": Placed("team", "the day's limit is of the shop's account, whoever used it"),
}


def place(collection: str) -> Placed:
    """Raises KeyError for a collection nobody has placed: then it would be anybody's guess who sees it."""
    return PLACES[collection]


def joined(
    own: Mapping[str, Mapping[str, Any]], team: Mapping[str, Mapping[str, Mapping[str, Any]]]
) -> dict[str, dict[str, Any]]:
    """A seat's documents with those of its team, by collection and key, as a seller alone would have them."""
    found = {name: dict(rows) for name, rows in own.items()}
    for name, rows in team.items():
        owner = PLACES[name].owner if name in PLACES else "seat"
        if owner == "team":
            found[name] = dict(rows)
        elif owner == "split":
            mine = found.setdefault(name, {})
            mine |= {key: {**mine.get(key, {}), **value} for key, value in rows.items()}
    return found


def parted(placed: Placed, key: str, value: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A document as (the seat's fields, the team's fields)."""
    if placed.owner == "team" or key in placed.team_keys:
        return {}, dict(value)
    return (
        {name: each for name, each in value.items() if name not in placed.team},
        {name: each for name, each in value.items() if name in placed.team},
    )

"""Where a text stands, and which rules are in force there. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import msgspec

from .folding import folded
from .rule import Direction, Rule, Target, Validity
from .scripts import apart

#: Parts of a listing that are no texts for buyers: rules look at them only when they name them.
NOT_READ = frozenset({"brand", "sku", "item", "price", "image_text", "category", "images"})


class Places(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """``places.yml``: countries of a region, and words by which a category is known."""

    regions: dict[str, list[str]] = {}
    categories: dict[str, list[str]] = {}


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of a text; "" = not known. ``day``: as on that day.

    ``own`` and ``licensed``: marks the shop owns, and may use.
    """

    target: Target
    day: date
    marketplace: str = ""
    region: str = ""
    category: str = ""
    brand: str = ""
    own: tuple[str, ...] = ()
    licensed: tuple[str, ...] = ()
    language: str = ""
    direction: Direction = "seller"

    def where(self) -> Place:
        """What decides which rules are in force, without the rest."""
        return replace(self, brand="", own=(), licensed=(), language="")


def reads(rule: Rule, field: str, target: Target) -> bool:
    """Whether a rule looks at a field."""
    if target == "message":
        return True
    if rule.fields:
        return field in rule.fields
    return field == "image_text" if rule.kind == "image-text" else field not in NOT_READ


def in_force(rule: Rule, place: Place, places: Places) -> bool:
    """Whether a rule counts there on that day."""
    return (
        _concerns(rule, place, places)
        and _on_marketplace(rule, place)
        and (not rule.validity or any(_valid(one, place, places) for one in rule.validity))
    )


def advises(rule: Rule, place: Place, places: Places) -> bool:
    """Whether only general knowledge speaks for a rule there: it is for such texts, but no source names the place."""
    if rule.elsewhere is None or not _concerns(rule, place, places):
        return False
    named = not rule.validity or any(_names(one, place, places) for one in rule.validity)
    return not (named and _on_marketplace(rule, place))


def _concerns(rule: Rule, place: Place, places: Places) -> bool:
    """Whether it is a rule for such a text, whatever the marketplace and the day."""
    if rule.status == "deprecated" or place.target not in rule.applies_to:
        return False
    if place.target == "message" and place.direction not in rule.directions:
        return False
    if not _in_region(rule.regions, place.region, places):
        return False
    if rule.categories or rule.except_categories:
        known = categories_of(place.category, places)
        if (rule.categories and not known & set(rule.categories)) or known & set(rule.except_categories):
            return False
    return True


def categories_of(category: str, places: Places) -> frozenset[str]:
    """Names of the categories a back-end's path of them belongs to."""
    if not category:
        return frozenset()
    path = _bare(category)
    return frozenset(
        name
        for name, words in places.categories.items()
        if name == path or any(_stands_in(_bare(word), path) for word in words)
    )


@lru_cache(2048)
def _bare(word: str) -> str:
    """The words of categories are asked for by every rule that has any."""
    return folded(word)[1]


def _stands_in(word: str, path: str) -> bool:
    at = path.find(word)
    while at >= 0:
        if apart(path, at) and apart(path, at + len(word)):
            return True
        at = path.find(word, at + 1)
    return False


def _on_marketplace(rule: Rule, place: Place) -> bool:
    return "all" in rule.marketplaces or place.marketplace in rule.marketplaces


def _in_region(regions: list[str], region: str, places: Places) -> bool:
    """A rule for a region counts too where nobody knows the region: better once too often than a fine."""
    if not regions or not region or region in regions:
        return True
    return any(region in places.regions.get(each, ()) for each in regions)


def _valid(validity: Validity, place: Place, places: Places) -> bool:
    day = place.day.isoformat()
    if (validity.from_ and day < validity.from_) or (validity.until and day > validity.until):
        return False
    return _names(validity, place, places)


def _names(validity: Validity, place: Place, places: Places) -> bool:
    """Whether the place is one of those it is about, on whatever day."""
    if validity.marketplaces and place.marketplace not in validity.marketplaces:
        return False
    return _in_region(validity.regions, place.region, places)

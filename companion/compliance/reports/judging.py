"""A listing out of a file before the rules of a shop: with its own words, its marks and what it excused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

import msgspec

from companion.protocol.methods.checks import Waiver

from ..check import Checker, listing_texts
from ..checking import Checking
from ..files.listing import ListingFields
from ..finding import Checked, Finding
from ..loader import marketplace_names
from ..own_rules import waiver_of
from ..place import Place
from ..reporting import Locale
from ..rule import Target
from ..where import marketplace_of, region_of
from .row import Row

#: The waiver of a finding on a marketplace, in a listing by its number.
Excuse = Callable[[Finding, str, str], Waiver | None]


def named(listing: ListingFields) -> ListingFields:
    """A listing with marketplace and region as rules name them."""
    return msgspec.structs.replace(
        listing,
        marketplace=marketplace_of(listing.marketplace, marketplace_names()) if listing.marketplace else "",
        region=region_of(listing.region),
    )


def judge(checking: Checking, listing: ListingFields, locale: Locale) -> Checked:
    """What in a listing breaks a rule, by the rules of this shop."""
    place = checking.place("listing", listing.marketplace, listing.region, language=listing.language)
    return judged(checking.checker(), place, listing, locale)


def judged(checker: Checker, place: Place, listing: ListingFields, locale: Locale) -> Checked:
    """The same in a place that is known but for what the listing itself says."""
    brand = listing.fields.get("brand", "")
    place = replace(
        place,
        category=listing.category,
        brand=listing.brand or (brand if isinstance(brand, str) else ""),
        licensed=(*place.licensed, *listing.licensed),
    )
    return checker.check(listing_texts(listing.fields), place, locale)


def excuse_by(waivers: Iterable[Waiver], target: Target) -> Excuse:
    """Gives the waiver of a finding, None where there is none."""
    by_rule: dict[str, list[Waiver]] = defaultdict(list)
    for each in waivers:
        by_rule[each.rule].append(each)

    def excuse(one: Finding, marketplace: str, item: str) -> Waiver | None:
        return waiver_of(by_rule.get(one.rule, ()), one.rule, one.text, target, marketplace, item)

    return excuse


def excusing(waivers: Iterable[Waiver], target: Target = "listing") -> Callable[[Row], Row]:
    """Gives a row with the waiver that excuses it, or with none."""
    excuse = excuse_by(waivers, target)

    def excused(row: Row) -> Row:
        found = excuse(row.finding, row.marketplace, row.sku)
        waiver, reason = (found.id, found.reason) if found else ("", "")
        if (row.waiver, row.reason) == (waiver, reason):
            return row
        return msgspec.structs.replace(row, waiver=waiver, reason=reason)

    return excused

"""One rule, as its file in ``rules/compliance`` says it. What the keys mean to an author stands in rules/README.md."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Kind = Literal[
    "existence", "substitution", "occurrence", "length", "requires", "capitalisation", "repetition", "claim", "numeric",
    "image-text",
]  # fmt: skip
Level = Literal["error", "warning", "suggestion"]
Target = Literal["listing", "message"]
#: What the seller writes, or what the buyer wrote.
Direction = Literal["seller", "buyer"]
Detector = Literal["phone", "email", "link", "handle", "percent", "price", "asin", "year", "emoji", "html"]
Unit = Literal["characters", "words", "bytes", "letters"]
#: Texts by language; "any" holds in all of them.
Words = dict[str, list[str]]

LEVELS: tuple[Level, ...] = ("suggestion", "warning", "error")


class Reference(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Where a rule is known from. ``basis``: O official, R reported, C a checker's list, G general knowledge."""

    source: str
    basis: Literal["O", "R", "C", "G"]
    seen: str
    note: str = ""


class Near(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Words and how far from a hit they count: ``within`` so many words or characters, in its field, in the listing."""

    words: Words
    within: int = 6
    unit: Literal["words", "characters"] = "words"
    side: Literal["before", "after", "both"] = "both"
    where: Literal["near", "field", "listing"] = "near"


class Context(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Every condition of ``only_near`` must hold; one of ``unless_near`` excuses."""

    only_near: list[Near] = []
    unless_near: list[Near] = []


class Limit(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Bounds, inclusive; what they count depends on the kind, "" = what it counts by itself."""

    min: int | None = None
    max: int | None = None
    unit: Unit | Literal[""] = ""


class Validity(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """When a rule is in force: both days inclusive, "" = without a bound; everywhere where no place is named."""

    from_: str = msgspec.field(default="", name="from")
    until: str = ""
    marketplaces: list[str] = []
    regions: list[str] = []


class Said(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A sentence for the seller."""

    zh_CN: str
    en: str


class Case(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A text to try the rule on, in the field and place the rule is for where nothing else is said.

    ``expect``: what the findings point at, in order; empty = any finding will do. Only hits may have it.
    """

    text: str = ""
    fields: dict[str, Any] = {}
    field: str = ""
    marketplace: str = ""
    region: str = ""
    category: str = ""
    brand: str = ""
    licensed: list[str] = []
    language: str = ""
    direction: Direction = "seller"
    date: str = ""
    expect: list[str] = []


class Cases(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Texts the rule must hit, and texts like them that it must not."""

    hit: list[str | Case] = []
    miss: list[str | Case] = []


class Rule(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A file. ``id`` is its folder and name; ``version`` counts up when what it finds or says changes.

    ``elsewhere``: general knowledge that speaks for it on the marketplaces and in the regions no source names.
    """

    id: str
    version: int
    kind: Kind
    level: Level
    applies_to: list[Target]
    message: Said
    fix: Said
    references: list[Reference] = []
    cases: Cases = Cases()
    status: Literal["stable", "experimental", "deprecated"] = "stable"
    fields: list[str] = []
    directions: list[Direction] = msgspec.field(default_factory=lambda: ["seller"])
    marketplaces: list[str] = msgspec.field(default_factory=lambda: ["all"])
    regions: list[str] = []
    categories: list[str] = []
    except_categories: list[str] = []
    terms: Words = {}
    patterns: Words = {}
    exceptions: Words = {}
    signs: str = ""
    substitutions: dict[str, dict[str, str]] = {}
    needs: Words = {}
    needs_patterns: Words = {}
    needs_in: Literal["field", "listing"] = "listing"
    detect: list[Detector] = []
    allow: list[str] = []
    limit: Limit | None = None
    context: Context = Context()
    negation: Literal["excuses", "ignored", ""] = ""
    brands: list[Literal["own", "licensed", "compatible"]] = []
    evasion: bool = False
    own_translations: list[str] = []
    validity: list[Validity] = []
    elsewhere: Reference | None = None
    alternatives: Words = {}
    facts: list[str] = []
    false_positives: list[str] = []

    @property
    def negatable(self) -> bool:
        """Whether "does not …" excuses; of claims it does unless the rule says otherwise."""
        return self.negation == "excuses" or (not self.negation and self.kind == "claim")

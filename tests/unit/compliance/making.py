"""Small rules, and what they find in a text."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from companion.compliance import loader
from companion.compliance.check import Checker, Text, listing_texts
from companion.compliance.finding import Finding
from companion.compliance.pack import Pack
from companion.compliance.place import Place
from companion.compliance.rule import Rule
from companion.protocol.decode import convert

DAY = date(2026, 11, 30)
SAID = {"zh_CN": "这里不能这样写。", "en": "This must not be said."}


@lru_cache
def shared() -> Any:
    """The cues and places we ship, whatever rules there are."""
    return loader.read(loader.shipped())[0]


def rule(**given: Any) -> Rule:
    """A rule with what is given; a claim of listings on all marketplaces where nothing else is."""
    plain = {
        "id": "made/rule", "version": 1, "kind": "existence", "level": "error", "applies_to": ["listing", "message"],
        "message": SAID, "fix": SAID,
        "references": [{"source": "https://example.org", "basis": "O", "seen": "2026-11-01"}],
        **given,
    }  # fmt: skip
    return convert(plain, Rule)


def checker(*rules: Rule) -> Checker:
    """A checker of these rules alone."""
    return Checker(Pack(rules, shared().cues, shared().places))


def place(target: Any = "listing", **known: Any) -> Place:
    """A listing somewhere on 30 November 2026."""
    return Place(target, known.pop("day", DAY), **known)


def findings(
    made: Rule | list[Rule], text: str | dict[str, Any], target: Any = "listing", **known: Any
) -> list[Finding]:
    """What rules find in a title, in the fields of a listing, or in a message."""
    fields = text if isinstance(text, dict) else {"title": text}
    texts = listing_texts(fields) if target == "listing" else [Text("text", None, str(text))]
    return checker(*(made if isinstance(made, list) else [made])).check(texts, place(target, **known)).findings


def found(made: Rule | list[Rule], text: str | dict[str, Any], target: Any = "listing", **known: Any) -> list[str]:
    """The passages found."""
    return [one.text for one in findings(made, text, target, **known)]


def terms(*written: str, language: str = "any", **given: Any) -> Rule:
    """A rule of a few terms."""
    return rule(terms={language: list(written)}, **given)

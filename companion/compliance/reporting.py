"""A hit of a rule as a finding for people. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from .finding import Finding
from .kinds.length import measured
from .own_rules import OWN
from .ready import Ready
from .rule import LEVELS, Level, Reference, Rule
from .scan import Hit, Scan

Locale = Literal["zh_CN", "en"]
_SLOT = re.compile(r"\{([a-z]+)\}")
#: Kinds that find words: a field that is too long takes nothing away from what stands in it.
_WORDS = frozenset({"existence", "substitution", "claim", "image-text", "numeric"})


def finding(
    ready: Ready, hit: Hit, field: str, index: int | str | None, scan: Scan, locale: Locale, language: str
) -> Finding:
    """What is said about a hit in a text of a language ("" = not known). An empty hit is about a field as a whole, and
    stands at its beginning."""
    rule, text = ready.rule, scan.text.text
    start, end = scan.text.span(hit.start, hit.end) if hit.end > hit.start else (0, 0)
    instead = ready.instead.get(hit.bare, "")

    def filled(sentence: str) -> str:
        if "{" not in sentence:
            return sentence
        count = measured(text, rule.limit.unit) if rule.limit else 1
        said = {"text": text[start:end], "instead": instead, "count": count, "limit": _bound(rule)}
        return _SLOT.sub(lambda slot: str(said.get(slot[1], slot[0])), sentence)

    return Finding(
        rule=rule.id,
        level="suggestion" if hit.language in rule.own_translations else rule.level,
        field=field,
        index=index,
        start=start,
        end=end,
        text=text[start:end],
        message=filled(getattr(rule.message, locale)),
        fix=filled(getattr(rule.fix, locale)),
        source=ready.known_from.source,
        as_of=ready.known_from.seen,
        version=rule.version,
        alternatives=_alternatives(rule, hit, instead, language or hit.language),
    )


def advice(found: Finding, known_from: Reference) -> Finding:
    """A finding where only general knowledge speaks for its rule: a suggestion, and from where it is known."""
    return msgspec.structs.replace(found, level="suggestion", source=known_from.source, as_of=known_from.seen)


def of_one_text(found: Sequence[tuple[Rule, Finding]]) -> list[Finding]:
    """The findings of a text in order, without what lies inside a longer finding of words and of at least its level:
    "best" in "best seller" says nothing new."""
    longer = [one for rule, one in found if rule.kind in _WORDS]
    kept = [one for _, one in found if not any(_inside(one, other) for other in longer)]
    return sorted(kept, key=lambda one: (one.start, -_rank(one.level), one.end, one.rule))


def _inside(one: Finding, other: Finding) -> bool:
    longer = other.end - other.start > one.end - one.start
    return longer and other.start <= one.start and one.end <= other.end and _rank(other.level) >= _rank(one.level)


def _rank(level: Level) -> int:
    return LEVELS.index(level)


def _bound(rule: Rule) -> int | str:
    if rule.limit is None:
        return ""
    return rule.limit.max if rule.limit.max is not None else rule.limit.min or 0


def _alternatives(rule: Rule, hit: Hit, instead: str, language: str) -> list[str]:
    """Texts that may take the place of the hit: one click puts them there, so they are of the text's own language."""
    english = language in ("en", "any")
    if instead:
        # what the seller himself wants to read instead is meant for every language
        fits = english or hit.language == language or rule.id.startswith(f"{OWN}/")
        return [instead] if fits else []
    told = rule.alternatives.get(language) or rule.alternatives.get("any")
    return list(told or (rule.alternatives.get("en", []) if english else []))

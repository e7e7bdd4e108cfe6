"""What in a listing or a message breaks a rule. Pure: takes texts and what is known of them, gives findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from .excusing import excused
from .finding import Checked, Finding
from .kinds import FINDERS
from .kinds.length import measured
from .kinds.literal import matches
from .pack import Pack
from .place import NOT_READ, Place
from .rule import LEVELS, Level, Reference, Rule
from .scan import Hit, Scan, scan

#: One field says one thing wrong so often at most.
_MOST_OF_A_RULE = 50
_BASES = "ORCG"
#: Kinds that find words: a field that is too long takes nothing away from what stands in it.
_WORDS = frozenset({"existence", "substitution", "claim", "image-text", "numeric"})

Locale = Literal["zh_CN", "en"]
#: The language of a text, "" where it is not certain.
LanguageOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a field; ``index`` says which one where a field has several."""

    field: str
    index: int | str | None
    text: str


class Checker:
    """Checks against one pack. What was scanned last is kept, so that a keystroke costs one field. Thread-safe."""

    def __init__(self, pack: Pack, language_of: LanguageOf = lambda text: "") -> None:
        self.pack = pack
        self._language_of = lru_cache(256)(language_of)
        self._scan = lru_cache(256)(lambda text: scan(pack, text))

    def check(self, texts: Sequence[Text], place: Place, locale: Locale = "en") -> Checked:
        """Findings of all texts of one listing, or of one message, in the order in which they stand there."""
        scans = [self._scan(each.text) for each in texts]
        found: list[Finding] = []
        for each, scanned in zip(texts, scans, strict=True):
            here = replace(place, language="")
            spoken = place.language or self._language_of(each.text)
            rules = self.pack.in_force(replace(here, brand="", licensed=()))
            of_text = [
                (self.pack.rules[at].rule.kind in _WORDS, self._finding(at, hit, each, scanned, locale))
                for at in self._possible(scanned, rules)
                if _reads(self.pack.rules[at].rule, each.field, place)
                for hit in self._hits(at, scanned, scans, place, spoken)
            ]
            found += _without_contained(of_text)
        found += self._missing_everywhere(texts, scans, place, locale)
        return Checked(found, self.pack.version)

    def _possible(self, scanned: Scan, rules: frozenset[int]) -> Iterator[int]:
        """The rules of which anything could be found in a text."""
        yield from rules & self.pack.everywhere
        seen = {at for at, hits in scanned.hits.items() if hits} | {at for at, _ in scanned.anchors}
        yield from seen & rules - self.pack.everywhere

    def _hits(self, at: int, scanned: Scan, scans: Sequence[Scan], place: Place, language: str) -> Iterator[Hit]:
        ready = self.pack.rules[at]
        rule = ready.rule
        if rule.kind == "requires" and (
            not (rule.terms or rule.patterns) or self._has_needed(at, (scanned,) if rule.needs_in == "field" else scans)
        ):
            return
        count = 0
        for hit in FINDERS[rule.kind](ready, at, scanned, language):
            if count < _MOST_OF_A_RULE and not excused(self.pack, at, hit, scanned, scans, place, language):
                count += 1
                yield hit

    def _has_needed(self, at: int, scans: Sequence[Scan]) -> bool:
        ready = self.pack.rules[at]
        return any(
            scanned.needs.get(at) or any(True for one in ready.needs_patterns for _ in matches(one, scanned, ""))
            for scanned in scans
        )

    def _missing_everywhere(
        self, texts: Sequence[Text], scans: Sequence[Scan], place: Place, locale: Locale
    ) -> Iterator[Finding]:
        """What a listing must say whatever it says: reported at the beginning of the first field the rule reads."""
        for at in sorted(self.pack.in_force(replace(place, language="", brand="", licensed=()))):
            rule = self.pack.rules[at].rule
            if rule.kind != "requires" or rule.terms or rule.patterns:
                continue
            read = [(each, one) for each, one in zip(texts, scans, strict=True) if _reads(rule, each.field, place)]
            if read and not self._has_needed(at, [one for _, one in read] if rule.needs_in == "field" else scans):
                yield self._finding(at, Hit(0, 0), *read[0], locale)

    def _finding(self, at: int, hit: Hit, text: Text, scanned: Scan, locale: Locale) -> Finding:
        ready = self.pack.rules[at]
        rule = ready.rule
        start, end = scanned.text.span(hit.start, hit.end) if hit.end > hit.start else (0, 0)
        written = text.text[start:end]
        instead = ready.instead.get(hit.bare, "")
        said = {
            "text": written,
            "instead": instead,
            "count": str(measured(text.text, rule.limit.unit) if rule.limit else 1),
            "limit": str(_bound(rule)),
        }
        reference = _best(rule.references)
        return Finding(
            rule=rule.id,
            level=_level(rule, hit),
            field=text.field,
            index=text.index,
            start=start,
            end=end,
            text=written,
            message=_filled(getattr(rule.message, locale), said),
            fix=_filled(getattr(rule.fix, locale), said),
            source=reference.source,
            as_of=reference.seen,
            version=rule.version,
            alternatives=[instead] if instead else _alternatives(rule, hit),
        )


def listing_texts(fields: Mapping[str, Any]) -> list[Text]:
    """The texts of a listing's fields: a text, a list of them, or a mapping of attributes. Empty ones are left out."""
    texts: list[Text] = []
    for name, value in fields.items():
        if isinstance(value, str):
            texts.append(Text(name, None, value))
        elif isinstance(value, Mapping):
            texts += [Text(name, str(key), each) for key, each in value.items() if isinstance(each, str)]
        elif isinstance(value, Sequence):
            texts += [Text(name, at, each) for at, each in enumerate(value) if isinstance(each, str)]
    return [each for each in texts if each.text.strip()]


def _reads(rule: Rule, field: str, place: Place) -> bool:
    if place.target == "message":
        return True
    if rule.fields:
        return field in rule.fields
    return field == "image_text" if rule.kind == "image-text" else field not in NOT_READ


def _level(rule: Rule, hit: Hit) -> Level:
    return "suggestion" if hit.language in rule.own_translations else rule.level


def _bound(rule: Rule) -> int | str:
    if rule.limit is None:
        return ""
    return rule.limit.max if rule.limit.max is not None else rule.limit.min or 0


def _best(references: Sequence[Reference]) -> Reference:
    """The most official one, of those the one seen last."""
    newest = sorted(references, key=lambda each: each.seen, reverse=True)
    return min(newest, key=lambda each: _BASES.index(each.basis), default=Reference(source="", basis="G", seen=""))


def _alternatives(rule: Rule, hit: Hit) -> list[str]:
    language = hit.language if hit.language in rule.alternatives else "any"
    return list(rule.alternatives.get(language) or rule.alternatives.get("any") or rule.alternatives.get("en") or [])


def _filled(sentence: str, said: Mapping[str, str]) -> str:
    for name, value in said.items():
        sentence = sentence.replace(f"{{{name}}}", value)
    return sentence


def _without_contained(found: list[tuple[bool, Finding]]) -> list[Finding]:
    """Without what lies inside a longer finding of words and of at least its level: "best" in "best seller" says
    nothing new."""
    kept = [
        one
        for _, one in found
        if not any(
            words and _inside(one, other) and LEVELS.index(other.level) >= LEVELS.index(one.level)
            for words, other in found
        )
    ]
    return sorted(kept, key=lambda one: (one.start, -LEVELS.index(one.level), one.end, one.rule))


def _inside(one: Finding, other: Finding) -> bool:
    return other.start <= one.start and one.end <= other.end and other.end - other.start > one.end - one.start

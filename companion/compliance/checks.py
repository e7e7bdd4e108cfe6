"""What a rule must keep beyond its types. Pure: takes a rule, gives the faults with their places."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

from companion.marketplaces.lines import Place
from companion.pages.pattern import PatternRefused

from .place import Places
from .rule import Rule
from .safe import checked
from .terms import term_of

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2}|any")
_REGION = re.compile(r"[A-Z]{2}")
_ESCAPE = re.compile(r"\\u\{[0-9A-Fa-f]+\}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\.")
_FEWEST_CASES = 2
#: 删掉 is a whole sentence, "ok" is none.
_SHORTEST_SENTENCE = {"zh_CN": 2, "en": 4}
#: More than this is no rule a person can keep; a seller's list of own words may be longer than ours.
_MOST_TERMS = 200_000
_LONGEST_TERM = 300
Fault = tuple[Place, str]


def faults(rule: Rule, marketplaces: Collection[str], places: Places, *, own: bool = False) -> Iterator[Fault]:
    """Place and sentence of each fault.

    ``own``: a seller's own rule needs neither cases nor references, and may be for a marketplace that was taught.
    """
    if not _ID.fullmatch(rule.id):
        yield ("id",), "must be folder/name in small letters, digits and hyphens"
    if rule.version < 1:
        yield ("version",), "counts from 1"
    if not rule.applies_to:
        yield ("applies_to",), "must name listing, message or both"
    if not rule.marketplaces:
        yield ("marketplaces",), "must be [all] or name marketplaces"
    yield from _names(rule, _named(rule) if own else marketplaces, places)
    yield from _kind(rule)
    yield from _texts(rule)
    for name in ("message", "fix"):
        for locale, shortest in _SHORTEST_SENTENCE.items():
            if len(getattr(getattr(rule, name), locale).strip()) < shortest:
                yield (name, locale), f"says nothing (fewer than {shortest} characters)"
    yield from _references(rule, own=own)
    if not own:
        for name in ("hit", "miss"):
            if len(getattr(rule.cases, name)) < _FEWEST_CASES:
                yield ("cases", name), f"needs at least {_FEWEST_CASES} texts"
        for at, case in enumerate(rule.cases.miss):
            if not isinstance(case, str) and case.expect:
                yield ("cases", "miss", at, "expect"), "of a text that must not be hit nothing is expected"


def _named(rule: Rule) -> set[str]:
    """Every marketplace a rule names."""
    return {*rule.marketplaces, *(name for one in rule.validity for name in one.marketplaces)}


def _names(rule: Rule, marketplaces: Collection[str], places: Places) -> Iterator[Fault]:
    for at, name in enumerate(rule.marketplaces):
        if name != "all" and name not in marketplaces:
            yield ("marketplaces", at), f"`{name}` is no folder of rules/marketplaces"
    if "all" in rule.marketplaces and len(rule.marketplaces) > 1:
        yield ("marketplaces",), "all goes with no other"
    for at, region in enumerate(rule.regions):
        if not _REGION.fullmatch(region):
            yield ("regions", at), f"`{region}` is no country code such as DE"
    for key in ("categories", "except_categories"):
        for at, name in enumerate(getattr(rule, key)):
            if name not in places.categories:
                yield (key, at), f"`{name}` is no category of places.yml"
    for at, validity in enumerate(rule.validity):
        for key, day in (("from", validity.from_), ("until", validity.until)):
            if day and not is_day(day):
                yield ("validity", at, key), f"`{day}` is no day such as 2026-11-30"
        if validity.from_ and validity.until and validity.until < validity.from_:
            yield ("validity", at, "until"), "is before from"
        for place, name in enumerate(validity.marketplaces):
            if name not in marketplaces:
                yield ("validity", at, "marketplaces", place), f"`{name}` is no folder of rules/marketplaces"


def _kind(rule: Rule) -> Iterator[Fault]:
    """What each kind needs, and what would never be looked at."""
    limit, literal = rule.limit, bool(rule.terms or rule.patterns)
    if rule.kind in ("existence", "claim", "image-text") and not (literal or rule.signs or rule.substitutions):
        yield ("terms",), f"{rule.kind} needs terms, patterns or signs"
    if rule.kind == "substitution" and not rule.substitutions:
        yield ("substitutions",), "substitution needs them"
    if rule.kind not in ("substitution", "existence", "claim") and rule.substitutions:
        yield ("substitutions",), "go with kinds substitution, existence and claim"
    if rule.kind == "requires" and not (rule.needs or rule.needs_patterns):
        yield ("needs",), "requires needs them, or needs_patterns"
    if rule.kind != "requires" and (rule.needs or rule.needs_patterns):
        yield ("needs",), "go with kind requires"
    if rule.kind == "numeric" and not rule.detect:
        yield ("detect",), "numeric needs to know what"
    if rule.kind != "numeric" and rule.detect:
        yield ("detect",), "goes with kind numeric"
    if rule.kind == "occurrence" and (not literal or limit is None or limit.max is None):
        yield ("limit",), "occurrence needs limit.max and terms or patterns"
    if rule.kind == "length" and (limit is None or (limit.min is None and limit.max is None)):
        yield ("limit",), "length needs limit.min or limit.max"
    if rule.kind in ("length", "capitalisation", "repetition", "numeric") and (literal or rule.signs):
        yield ("terms",), f"{rule.kind} looks at no terms, patterns or signs"
    if limit is not None and limit.min is not None and limit.max is not None and limit.max < limit.min:
        yield ("limit", "max"), "is below min"
    if rule.evasion and not rule.terms:
        yield ("evasion",), "is about terms"


def _texts(rule: Rule) -> Iterator[Fault]:
    words = [(name, getattr(rule, name)) for name in ("terms", "exceptions", "needs")]
    words.append(("substitutions", {language: list(pairs) for language, pairs in rule.substitutions.items()}))
    for key in ("only_near", "unless_near"):
        for at, near in enumerate(getattr(rule.context, key)):
            words.append((f"context.{key}[{at}].words", near.words))
            if near.within < 1:
                yield ("context", key, at, "within"), "counts from 1"
    if sum(len(each) for _, by_language in words for each in by_language.values()) > _MOST_TERMS:
        yield ("terms",), f"more than {_MOST_TERMS} texts"
    for name, by_language in words:
        for language, each in by_language.items():
            if not _LANGUAGE.fullmatch(language):
                yield (name, language), "is no code of a language such as de, and not any"
            for at, written in enumerate(each):
                if len(written) > _LONGEST_TERM or term_of(written, language) is None:
                    yield (name, language, at), f"`{written[:40]}` is no text that could be found"
    for name in ("patterns", "needs_patterns"):
        for language, sources in getattr(rule, name).items():
            if not _LANGUAGE.fullmatch(language):
                yield (name, language), "is no code of a language such as de, and not any"
            for at, source in enumerate(sources):
                if fault := pattern_fault(source):
                    yield (name, language, at), fault
    for at, language in enumerate(rule.own_translations):
        if not _LANGUAGE.fullmatch(language):
            yield ("own_translations", at), "is no code of a language such as de"


def pattern_fault(source: str) -> str:
    """Why a pattern cannot be used, "" when it can."""
    literal = _ESCAPE.sub("", source)
    if literal != literal.lower():
        return f"`{source[:60]}` has capitals, but the text it is tried on has none"
    try:
        checked(source)
    except PatternRefused as exc:
        return f"`{source[:60]}` cannot be used: {exc}"
    return ""


def _references(rule: Rule, *, own: bool) -> Iterator[Fault]:
    if not rule.references and not own:
        yield ("references",), "needs at least one: where is this known from, and since when?"
    for at, reference in enumerate(rule.references):
        if not reference.source.strip():
            yield ("references", at, "source"), "is empty"
        if not is_day(reference.seen):
            yield ("references", at, "seen"), f"`{reference.seen}` is no day such as 2026-11-30"
    yield from _elsewhere(rule)
    if rule.references and rule.level != "suggestion" and all(each.basis == "G" for each in rule.references):
        yield ("level",), "general knowledge (basis G) alone is never above suggestion"


def _elsewhere(rule: Rule) -> Iterator[Fault]:
    if rule.elsewhere is None:
        return
    if not rule.elsewhere.source.strip():
        yield ("elsewhere", "source"), "is empty"
    if rule.elsewhere.basis != "G":
        yield ("elsewhere", "basis"), "is G: what is known better belongs into references, and its place into validity"
    if not is_day(rule.elsewhere.seen):
        yield ("elsewhere", "seen"), f"`{rule.elsewhere.seen}` is no day such as 2026-11-30"
    if "all" in rule.marketplaces and not any(one.marketplaces or one.regions for one in rule.validity):
        yield ("elsewhere",), "goes with a rule that names marketplaces or regions"


def is_day(written: str) -> bool:
    """Whether it is a day as ISO writes it."""
    try:
        return len(written) == 10 and date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False

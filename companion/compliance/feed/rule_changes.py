"""What becomes of the rules for listings and messages. Pure."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ..loader import RuleSet
from ..rule import Rule, Validity, Words
from .change import Change, Detail, became, named

#: Lists by language, and plain lists, whose entries are told one by one.
_WORDS = ("terms", "patterns", "exceptions", "needs", "needs_patterns", "alternatives")
_LISTS = (
    "applies_to", "fields", "directions", "marketplaces", "regions", "categories", "except_categories", "detect",
    "allow", "brands",
)  # fmt: skip
#: What changes nothing that is found or said.
_SILENT = frozenset({"version", "cases", "facts", "false_positives", "references", "own_translations"})
_TOLD = {*_WORDS, *_LISTS, *_SILENT, "id", "level", "status", "signs", "substitutions", "limit", "validity"}


def rule_changes(before: RuleSet, after: RuleSet) -> Iterator[Change]:
    """In order of ids; a rule of which only the cases or sources are others is none."""
    old = {rule.id: rule for rule in before.rules}
    new = {rule.id: rule for rule in after.rules}
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name), new.get(name)
        if was is None and now is not None:
            yield Change("added", "rule", name, _first_day(now.validity), now.level, now.message, _begun(now))
        elif now is None and was is not None:
            yield Change("removed", "rule", name, "", was.level, was.message)
        elif was is not None and now is not None and was != now and (details := list(_details(was, now))):
            yield Change("changed", "rule", name, _new_day(was, now), now.level, now.message, details)
    for words, differ in (("cues", before.cues != after.cues), ("places", before.places != after.places)):
        if differ:
            yield Change("changed", "words", words)


def _begun(rule: Rule) -> list[Detail]:
    """What is worth telling of a rule that was not there: where it holds, and which words it is about."""
    found = [named(name, "", [], getattr(rule, name)) for name in ("marketplaces", "regions")]
    found += [named("terms", "", [], _flat(rule.terms)), named("substitutions", "", [], _pairs(rule))]
    if len(rule.validity) > 1 or any(one.until for one in rule.validity):  # else its first day says it all
        found.append(named("validity", "", [], _spans(rule.validity)))
    return [one for one in found if one is not None and one.added != ["all"]]


def _details(was: Rule, now: Rule) -> Iterator[Detail]:
    single = [became("level", "", was.level, now.level), became("status", "", was.status, now.status)]
    single += [became("limit", name, *_limits(was, now, name)) for name in ("min", "max")]
    lists = [named(name, "", _flat(getattr(was, name)), _flat(getattr(now, name))) for name in _WORDS]
    lists += [named(name, "", list(getattr(was, name)), list(getattr(now, name))) for name in _LISTS]
    lists += [
        named("signs", "", list(was.signs), list(now.signs)),
        named("substitutions", "", _pairs(was), _pairs(now)),
        named("validity", "", _spans(was.validity), _spans(now.validity)),
    ]
    yield from (one for one in (*single, *lists) if one is not None)
    if (was.message, was.fix) != (now.message, now.fix):
        yield Detail("said")
    rest = {field.name for field in msgspec.structs.fields(Rule)} - _TOLD - {"message", "fix"}
    unit = [each.limit.unit if each.limit else "" for each in (was, now)]
    if unit[0] != unit[1] or any(getattr(was, name) != getattr(now, name) for name in rest):
        yield Detail("otherwise")


def _limits(was: Rule, now: Rule, name: str) -> tuple[str, str]:
    bounds = [getattr(each.limit, name) if each.limit else None for each in (was, now)]
    return tuple("" if each is None else str(each) for each in bounds)  # type: ignore[return-value]


def _flat(words: Words) -> list[str]:
    return [word for each in words.values() for word in each]


def _pairs(rule: Rule) -> list[str]:
    return [f"{old} → {new}" for pairs in rule.substitutions.values() for old, new in pairs.items()]


def _spans(validity: list[Validity]) -> list[str]:
    """Days as ISO writes them, and where: ``2026-12-01… amazon DE``."""
    return [" ".join([f"{one.from_}…{one.until}", *one.marketplaces, *one.regions]) for one in validity]


def _first_day(validity: list[Validity]) -> str:
    days = [one.from_ for one in validity]
    return min(days) if days and all(days) else ""


def _new_day(was: Rule, now: Rule) -> str:
    """From when a change holds: the first day of what is newly said of days."""
    return _first_day([one for one in now.validity if one not in was.validity] or now.validity)

"""Tries a rule on the texts in its own file: it must find what it says, and nothing where it must not. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .check import Checker, Text, listing_texts
from .cues import Cues
from .finding import Finding
from .pack import Pack
from .place import Place, Places
from .rule import Case, Rule

#: The fault of a case: "hit" or "miss", its number, and the sentence.
Failure = tuple[str, int, str]


def failures(rule: Rule, cues: Cues, places: Places, today: date) -> Iterator[Failure]:
    """Every case that does not do what it should, each tried as if the rule were the only one."""
    if rule.status == "deprecated":
        return
    checker = Checker(Pack([rule], cues, places))
    for at, case in enumerate(rule.cases.hit):
        found = tried(checker, rule, _case(case), places, today)
        expected = _case(case).expect
        if not found:
            yield "hit", at, "nothing is found"
        elif expected and [one.text for one in found] != expected:
            yield "hit", at, f"finds {[one.text for one in found]}, not {expected}"
    for at, case in enumerate(rule.cases.miss):
        for one in tried(checker, rule, _case(case), places, today):
            yield "miss", at, f"finds `{one.text}`"


def tried(checker: Checker, rule: Rule, case: Case, places: Places, today: date) -> list[Finding]:
    """What a rule finds in a case, in the place the case names or else in one the rule is for."""
    target = rule.applies_to[0] if not case.fields and not case.field else "listing"
    marketplace = rule.marketplaces[0] if rule.marketplaces[0] != "all" else ""
    region = rule.regions[0] if rule.regions else ""
    category = rule.categories[0] if rule.categories else ""
    place = Place(
        target=target,
        day=date.fromisoformat(case.date) if case.date else _day_in_force(rule, today),
        marketplace=case.marketplace or marketplace,
        region=case.region or next(iter(places.regions.get(region, ())), region),
        category=case.category or category,
        brand=case.brand,
        licensed=tuple(case.licensed),
        language=case.language,
        direction=case.direction if case.direction in rule.directions or case.text else rule.directions[0],
    )
    return checker.check(_texts(rule, case, target), place).findings


def _texts(rule: Rule, case: Case, target: str) -> list[Text]:
    if case.fields:
        return listing_texts(case.fields)
    if target == "message":
        return [Text("text", None, case.text)]
    default = "image_text" if rule.kind == "image-text" else "title"
    return [Text(case.field or (rule.fields[0] if rule.fields else default), None, case.text)]


def _day_in_force(rule: Rule, today: date) -> date:
    """Today, or the first day of a rule that is not in force yet, or the last of one that no longer is."""
    day = today.isoformat()
    if not rule.validity or any(
        (not v.from_ or v.from_ <= day) and (not v.until or day <= v.until) for v in rule.validity
    ):
        return today
    first = rule.validity[0]
    return date.fromisoformat(first.from_ if first.from_ > day else first.until or day)


def _case(case: str | Case) -> Case:
    return Case(text=case) if isinstance(case, str) else case

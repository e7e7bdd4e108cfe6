"""The seller's own words as rules, his marks and waivers as what excuses. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from companion.protocol.methods.checks import Brand, OwnWord, Waiver

from .folding import folded
from .rule import Reference, Rule, Said, Target

#: The folder of rules that come from own words.
OWN = "own"
#: What is told of them as where they are known from.
SOURCE = "seller"
_MESSAGE = Said(zh_CN="本店规定不使用“{text}”。", en="Your shop does not use “{text}”.")
_REMOVE = Said(zh_CN="删掉或换一种说法。", en="Take it out, or say it another way.")
_INSTEAD = Said(zh_CN="改写为“{instead}”。", en="Write “{instead}” instead.")


def rules_of(words: Iterable[OwnWord]) -> list[Rule]:
    """A rule for each entry."""
    return [_rule(one) for one in words]


def _rule(one: OwnWord) -> Rule:
    day = _day(one.at).isoformat()
    # as the seller said it: braces of his are no blanks to fill in
    why = one.why.strip().replace("{", "｛").replace("}", "｝")
    return Rule(
        id=f"{OWN}/{one.id.lower()}",
        version=max(one.version, 1),
        kind="substitution" if one.instead else "existence",
        level=one.level,
        applies_to=list(dict.fromkeys(one.applies_to)),
        message=Said(zh_CN=why, en=why) if why else _MESSAGE,
        fix=_INSTEAD if one.instead else _REMOVE,
        references=[Reference(source=SOURCE, basis="R", seen=day)],
        marketplaces=one.marketplaces or ["all"],
        terms={} if one.instead else {"any": one.words},
        substitutions={"any": dict.fromkeys(one.words, one.instead)} if one.instead else {},
    )


def _day(at: float) -> date:
    return date(1970, 1, 1) + timedelta(days=int(at // 86_400))


def lapsed(brand: Brand, today: date) -> bool:
    """Whether the last day of a mark is past."""
    return bool(brand.until) and brand.until < today.isoformat()


def marks(brands: Sequence[Brand], marketplace: str, today: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the marks that count there and then: the seller's own, and those he may use."""
    known = [
        one
        for one in brands
        if not lapsed(one, today) and (not one.marketplaces or not marketplace or marketplace in one.marketplaces)
    ]
    own = tuple(one.name for one in known if one.kind == "own")
    return own, tuple(one.name for one in known if one.kind == "licensed")


def waiver_of(
    waivers: Iterable[Waiver], rule: str, text: str, target: Target, marketplace: str, item: str
) -> Waiver | None:
    """The one that excuses a finding."""
    bare = folded(text)[1].strip()
    for one in waivers:
        if one.rule != rule or one.target != target:
            continue
        if one.text and folded(one.text)[1].strip() != bare:
            continue
        if one.marketplace in ("", marketplace) and one.item in ("", item):
            return one
    return None

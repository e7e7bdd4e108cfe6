"""The rules that a check on the command line goes by: those of this computer, with what the seller decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import NoReturn, cast

from ..compliance.check import Checker, Text
from ..compliance.files.listing import ListingFields, MessageText
from ..compliance.finding import Excused, Finding, excused
from ..compliance.loader import marketplace_names
from ..compliance.pack import Pack
from ..compliance.place import Place
from ..compliance.reporting import Locale
from ..compliance.reports.judging import Excuse, excuse_by, judged, named
from ..compliance.rule import Direction, Target
from ..compliance.where import language_of, marketplace_of, region_of
from ..opening import checking_of, documents_of
from ..runtime.paths import Paths
from ..spoken import surely
from .rules import rule_set


@dataclass(frozen=True, slots=True)
class Judged:
    """``findings`` that stand, those that the seller ``excused``, and the version of the rules."""

    findings: list[Finding]
    excused: list[Excused]
    pack: str


@dataclass(frozen=True, slots=True)
class Shop:
    """``place_of`` a marketplace, a region and a language; ``excuse``: the waiver of a finding, if there is one."""

    checker: Checker
    place_of: Callable[[Target, str, str, str], Place]
    excuse: Callable[[Target], Excuse]

    def listing(self, listing: ListingFields, locale: str) -> Judged:
        """What in a listing breaks a rule."""
        told = named(listing)
        place = self.place_of("listing", told.marketplace, told.region, told.language)
        found = judged(self.checker, place, told, cast(Locale, locale))
        return self._apart(found.findings, "listing", told.marketplace, told.sku)

    def message(self, message: MessageText, locale: str) -> Judged:
        """What in a message breaks a rule."""
        place = self.place_of("message", message.marketplace, message.region, message.language)
        place = replace(place, direction=cast(Direction, message.direction))
        found = self.checker.check([Text("text", None, message.text)], place, cast(Locale, locale))
        return self._apart(found.findings, "message", place.marketplace, "")

    def _apart(self, findings: list[Finding], target: Target, marketplace: str, item: str) -> Judged:
        excuse = self.excuse(target)
        told = [(one, excuse(one, marketplace, item)) for one in findings]
        return Judged(
            [one for one, waiver in told if waiver is None],
            [excused(one, waiver.id, waiver.reason) for one, waiver in told if waiver is not None],
            self.checker.pack.version,
        )


@contextmanager
def shop_of(paths: Paths, day: date, *, own: bool) -> Iterator[Shop]:
    """The rules as on a day; ``own`` False leaves out own words, marks and waivers. Raises as ``documents_of``."""
    if not own:
        rules = rule_set(paths)
        checker = Checker(Pack(rules.rules, rules.cues, rules.places), surely)
        yield Shop(checker, lambda *about: _place(day, *about), lambda target: excuse_by((), target))
        return
    with documents_of(paths) as documents:
        checking = checking_of(paths, documents, _nothing_is_kept)
        waivers = checking.waivers.all()
        yield Shop(
            checking.checker(),
            lambda target, marketplace, region, language: checking.place(
                target, marketplace, region, language=language, day=day
            ),
            lambda target: excuse_by(waivers, target),
        )


def _place(day: date, target: Target, marketplace: str, region: str, language: str) -> Place:
    return Place(
        target=target,
        day=day,
        marketplace=marketplace_of(marketplace, marketplace_names()),
        region=region_of(region),
        language=language_of(language),
    )


def _nothing_is_kept() -> NoReturn:
    raise AssertionError("a check on the command line is not written down")

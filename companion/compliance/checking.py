"""The checks of one shop: its rules, what it decided itself, and a record of what was checked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

import msgspec

from companion.conversations.checked import Found, digest_of
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.catalogue import ListingSeenParams
from companion.protocol.methods.checks import (
    CheckFinding,
    CheckResult,
    CheckText,
    ListingCheckParams,
    MessageCheckParams,
    MessageSendingParams,
    Waiver,
)
from companion.protocol.values import ThreadRef
from companion.runtime.documents import Documents

from .check import Checker, LanguageOf, Text
from .finding import Finding
from .loader import RuleSet, marketplace_names
from .own import brands_of, waivers_of, words_of
from .own_rules import marks, rules_of, waiver_of
from .pack import Pack
from .place import Place
from .reporting import Locale
from .rule import Target
from .where import language_of, marketplace_of, region_of

#: Longest words of a finding that a waiver may name; longer ones are excused by their rule alone.
LONGEST_WAIVED = 300


_LOCALES: dict[str, Locale] = {"zh_CN": "zh_CN", "en": "en"}


class ChecksApi(Protocol):
    """The record in the archive."""

    def listing(
        self,
        marketplace: str,
        region: str,
        shop: str,
        ref: str,
        digest: str,
        pack: str,
        findings: Sequence[Found],
        now: float,
        /,
    ) -> None: ...
    def message(
        self,
        ref: ThreadRef,
        digest: str,
        pack: str,
        findings: Sequence[Found],
        anyway: bool,
        at: float,
        now: float,
        /,
    ) -> None: ...


class Checking:
    """Thread-safe. The rules are made ready at the first check, and again when any of them changed."""

    def __init__(
        self,
        documents: Documents,
        rule_set: Callable[[], RuleSet],
        record: Callable[[], ChecksApi],
        spoken: LanguageOf = lambda text: "",
        *,
        today: Callable[[], date] = date.today,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.words = words_of(documents)
        self.brands = brands_of(documents)
        self.waivers = waivers_of(documents)
        self._rule_set = rule_set
        self._record = record
        self._spoken = spoken
        self._today = today
        self._now = now
        self._lock = threading.Lock()
        self._made: tuple[int, Checker] | None = None
        self._versions: dict[str, int] = {}

    def checker(self) -> Checker:
        """The rules of this shop, ready."""
        made, revision = self._made, self.words.revision
        if made is None or made[0] != revision:
            with self._lock:
                made = self._made
                if made is None or made[0] != revision:
                    known = self._rule_set()
                    rules = [*known.rules, *rules_of(self.words.all())]
                    made = revision, Checker(Pack(rules, known.cues, known.places), self._spoken)
                    self._versions = {rule.id: rule.version for rule in rules}
                    self._made = made
        return made[1]

    @property
    def ready(self) -> bool:
        """Whether the next check need not read the rules first."""
        return self._made is not None and self._made[0] == self.words.revision

    def rules_changed(self) -> None:
        """The files of the rules are others than before."""
        with self._lock:
            self._made = None

    def listing(self, asked: ListingCheckParams, locale: str) -> CheckResult:
        """What in a listing breaks a rule. Of ``settled`` texts of a known listing it is written down."""
        place = self.place("listing", asked.marketplace, asked.region, language=asked.language)
        place = replace(place, category=asked.category, brand=asked.brand or _brand(asked))
        texts = [Text(one.field, at, one.text) for at, one in enumerate(asked.texts)]
        found = self._check(texts, place, asked.marketplace, asked.item, locale)
        if asked.settled and asked.item:
            self._record().listing(
                asked.marketplace, asked.region, asked.shop, asked.item,
                digest_of([one.text for one in asked.texts]), found.pack,
                _kept(found, [one.field for one in asked.texts]), self._now(),
            )  # fmt: skip
        return found

    def seen(self, listing: ListingSeenParams, locale: str) -> CheckResult:
        """The check of a listing that an editor showed as it is on sale, written down."""
        fields = listing.listing
        named = {"title": fields.title, "description": fields.description, "keywords": fields.keywords}
        texts = [CheckText(field=name, text=text) for name, text in named.items() if text.strip()]
        texts += [CheckText(field="bullets", index=at, text=one) for at, one in enumerate(fields.bullets)]
        texts += [CheckText(field="attributes", name=name, text=text) for name, text in fields.attributes.items()]
        asked = ListingCheckParams(
            marketplace=listing.marketplace,
            region=listing.region,
            shop=listing.shop,
            item=fields.sku or fields.item,
            category=fields.category,
            brand=fields.brand,
            texts=texts,
            settled=True,
        )
        return self.listing(asked, locale)

    def message(self, asked: MessageCheckParams, locale: str) -> CheckResult:
        """What in a message to a buyer breaks a rule; also of one that an engine or a model wrote."""
        ref = asked.thread
        place = self.place("message", ref.marketplace, ref.region, language=asked.language)
        return self._check([Text("text", 0, asked.text)], place, ref.marketplace, "", locale)

    def sending(self, asked: MessageSendingParams, locale: str) -> bool:
        """Write down what a message that leaves was checked for; whether it was."""
        if not asked.text.strip():
            return False
        same = MessageCheckParams(thread=asked.thread, text=asked.text, language=asked.language)
        found = self.message(same, locale)
        now = self._now()
        self._record().message(
            asked.thread, digest_of([asked.text]), found.pack, _kept(found, ["text"]), asked.anyway,
            min(asked.at, now), now,
        )  # fmt: skip
        return True

    def waive(self, waiver: Waiver) -> Waiver:
        """Excuse a finding from now on. Raises ``bad_params`` for a rule there is none of, and as ``put`` does."""
        pack = self.checker().pack.version
        version = self._versions.get(waiver.rule)
        if version is None:
            raise SeabridgeError(ErrorCode.BAD_PARAMS, method="waivers.put", problem="rule")
        text = waiver.text if len(waiver.text) < LONGEST_WAIVED else ""
        return self.waivers.put(
            msgspec.structs.replace(waiver, text=text, version=version, pack=pack, reason=waiver.reason.strip()),
            self._now(),
        )

    def outdated(self) -> list[str]:
        """Ids of waivers whose rule has changed since, or is gone."""
        self.checker()
        return [one.id for one in self.waivers.all() if self._versions.get(one.rule, 0) != one.version]

    def place(
        self, target: Target, marketplace: str, region: str, *, language: str = "", day: date | None = None
    ) -> Place:
        """Where a text stands today or on another day, with the shop's marks of that day."""
        today = day or self._today()
        name = marketplace_of(marketplace, marketplace_names()) if marketplace else ""
        own, licensed = marks(self.brands.all(), name, today)
        return Place(
            target=target,
            day=today,
            marketplace=name,
            region=region_of(region),
            own=own,
            licensed=licensed,
            language=language_of(language),
        )

    def _check(self, texts: list[Text], place: Place, marketplace: str, item: str, locale: str) -> CheckResult:
        found = self.checker().check(texts, place, _LOCALES.get(locale, "en"))
        waivers = self.waivers.all()
        return CheckResult(
            findings=[
                _said(one, waiver_of(waivers, one.rule, one.text, place.target, marketplace, item))
                for one in found.findings
            ],
            pack=found.pack,
        )


def _said(one: Finding, waiver: Waiver | None) -> CheckFinding:
    return CheckFinding(
        # each text is numbered by its place among those asked about
        part=one.index if isinstance(one.index, int) else 0,
        rule=one.rule,
        version=one.version,
        level=one.level,
        start=one.start,
        end=one.end,
        text=one.text,
        message=one.message,
        fix=one.fix,
        source=one.source,
        as_of=one.as_of,
        alternatives=list(one.alternatives),
        waiver=waiver.id if waiver else "",
        reason=waiver.reason if waiver else "",
    )


def _kept(found: CheckResult, fields: Sequence[str]) -> list[Found]:
    return [
        Found(one.rule, one.version, one.level, fields[one.part], one.text, bool(one.waiver)) for one in found.findings
    ]


def _brand(asked: ListingCheckParams) -> str:
    return next((one.text for one in asked.texts if one.field == "brand"), "")

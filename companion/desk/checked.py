"""What listings were checked for, and which messages left over a finding, for the dashboard."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from ..compliance.finding import Finding
from ..compliance.reports.row import Row, around
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.archive import ThreadMessagesParams
from ..protocol.methods.checks import CheckFinding, CheckText, ListingCheckParams
from ..protocol.values import ArchivedMessage
from .bulk_check import Locale
from .catalogue import ListingAsked, ThreadAsked
from .desk import Desk

if TYPE_CHECKING:
    from ..catalogue.versions import Listing

#: Fields of the catalogue that hold no words a rule could be about.
_NO_WORDS = frozenset({"price", "stock", "images", "sku", "item", "category"})

#: Of a conversation so much is looked through.
_PAGE, _MOST_PAGES = 200, 25


class CheckNow(ListingAsked):
    """``locale``: what the findings are said in."""

    locale: Locale


class LastCheck(msgspec.Struct):
    """``findings`` and how many of them are ``excused``; ``old``: the listing or the rules changed since."""

    at: float
    pack: str
    findings: int
    excused: int
    old: bool


class CheckedNow(msgspec.Struct):
    """The check that was just written down, and what it found."""

    last: LastCheck
    rows: list[Row]


class Overruled(msgspec.Struct):
    """A message that left over a finding, and the rules it broke."""

    message_id: int
    rules: list[str]


def last(desk: Desk, asked: ListingAsked) -> LastCheck | None:
    """The last check of a listing, None where it has none. Raises ``not_found``."""
    one = _listing(desk, asked)
    record = desk.room.archive.checks
    numbers = dict.fromkeys(number for number in (one.sku, one.item, one.key) if number)
    known = [check for number in numbers for check in record.of_listing(one.marketplace, one.shop, number, 1)]
    if not known:
        return None
    check = max(known, key=lambda each: each.last_at)
    changed = one.versions[0].since > check.last_at
    return LastCheck(
        check.last_at,
        check.pack,
        len(check.findings),
        sum(each.waived for each in check.findings),
        changed or check.pack != desk.room.checking.checker().pack.version,
    )


def now(desk: Desk, asked: CheckNow) -> CheckedNow:
    """Check a listing as it was seen last, and write it down. Raises ``not_found``."""
    one = _listing(desk, asked)
    texts = list(texts_of(one))
    found = desk.room.checking.listing(
        ListingCheckParams(
            marketplace=one.marketplace, region=one.region, shop=one.shop, item=one.sku or one.item, texts=texts,
            category=_said(one, "category"), brand=_said(one, "brand"), settled=True,
        ),
        asked.locale,
    )  # fmt: skip
    rows = [_row(one, texts[each.part], each) for each in found.findings]
    excused = sum(bool(each.waiver) for each in rows)
    return CheckedNow(LastCheck(time.time(), found.pack, len(rows), excused, False), rows)


def sent_anyway(desk: Desk, asked: ThreadAsked) -> list[Overruled]:
    """Messages of a conversation that were sent anyway."""
    from ..conversations.overruled import CLOCKS_S, overruled

    known = [one for one in desk.room.archive.checks.of_thread(asked.thread_id) if one.anyway]
    if not known:
        return []
    since = min(one.at for one in known) - CLOCKS_S
    found = overruled(known, _messages(desk, asked.thread_id, since))
    return [
        Overruled(message, list(dict.fromkeys(each.rule for each in check.findings if not each.waived)))
        for message, check in found.items()
    ]


def _messages(desk: Desk, thread: int, since: float) -> list[ArchivedMessage]:
    """Messages seen since then, in order of time."""
    found: list[ArchivedMessage] = []
    before = 0
    for _ in range(_MOST_PAGES):
        page = desk.room.archive.messages(
            ThreadMessagesParams(thread_id=thread, limit=_PAGE, before=before), desk.room.seller_language
        )
        found = [*page.messages, *found]
        if not page.earlier or not page.messages or page.messages[0].observed_at < since:
            break
        before = page.messages[0].id
    return found


def _listing(desk: Desk, asked: ListingAsked) -> Listing:
    from ..catalogue.listings import one

    found = one(desk.room.archive, time.time(), asked.marketplace, asked.shop, asked.key)
    if found is None:
        raise SeabridgeError(ErrorCode.NOT_FOUND)
    return found


def texts_of(one: Listing) -> Iterator[CheckText]:
    """The words of a listing; ``attributes.Material`` is the attribute that the editor calls Material."""
    for known, fact in one.facts.items():
        field, _, name = known.partition(".")
        if field in _NO_WORDS:
            continue
        if isinstance(fact.value, str):
            yield CheckText(field=field, name=name, text=fact.value)
        else:
            for at, text in enumerate(fact.value):
                yield CheckText(field=field, name=name, index=at, text=text)


def _said(one: Listing, field: str) -> str:
    value = one.facts[field].value if field in one.facts else ""
    return value if isinstance(value, str) else ""


def _row(one: Listing, text: CheckText, found: CheckFinding) -> Row:
    before, after = around(text.text, found.start, found.end)
    index = text.name or (text.index if text.index >= 0 else None)
    finding = Finding(
        rule=found.rule, level=found.level, field=text.field, index=index,
        start=found.start, end=found.end, text=found.text, message=found.message, fix=found.fix, source=found.source,
        as_of=found.as_of, version=found.version, alternatives=found.alternatives,
    )  # fmt: skip
    return Row(
        file="", row=0, sku=one.sku or one.item, title=one.title, marketplace=one.marketplace, region=one.region,
        finding=finding, before=before, after=after, waiver=found.waiver, reason=found.reason,
    )  # fmt: skip

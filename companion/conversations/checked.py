"""What listings and messages were checked for, and with what: for an appeal that asks whether anybody had looked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, Select, insert, select, update

from ..protocol.values import ThreadRef
from . import log, threads
from .database import Database
from .identity import clean
from .schema import checks

#: Findings of one check that are written down, and characters of the words found.
_MOST, _LONGEST = 100, 200
#: Rules named in the log of a conversation.
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as it is kept: ``version`` of its rule; ``field`` it stood in; ``waived``: the seller excused it."""

    rule: str
    version: int
    level: str
    field: str
    text: str
    waived: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """A check of the same texts with the same rules, first done ``at`` and last ``last_at`` (Unix times).

    ``digest``: of the texts (``digest_of``); ``pack``: the version of all rules together; ``anyway``: a message that
    the seller sent over a blocking finding.
    """

    id: int
    digest: str
    pack: str
    findings: Sequence[Found]
    anyway: bool
    at: float
    last_at: float


def digest_of(texts: Sequence[str]) -> str:
    """SHA-256 of texts, in order."""
    return sha256(json.dumps([clean(text) for text in texts], ensure_ascii=False).encode()).hexdigest()


class Checks:
    """Part of ``Archive`` (``archive.checks``); thread-safe, with its errors."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_listing(self, marketplace: str, shop: str, ref: str, limit: int = 20) -> list[Check]:
        """Checks of a listing by its number, the last one first."""
        asked = select(checks).where(
            checks.c.target == "listing",
            checks.c.marketplace == marketplace,
            checks.c.shop == shop,
            checks.c.ref == clean(ref),
        )
        return self._read(asked, limit)

    def of_thread(self, thread_id: int, limit: int = 200) -> list[Check]:
        """Checks of messages that left in a conversation, the last one first."""
        return self._read(select(checks).where(checks.c.thread_id == thread_id), limit)

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
    ) -> None:
        """Write down the check of a listing. The same texts with the same rules again are the same check."""
        ref = clean(ref)
        with self._database.write() as connection:
            last = connection.execute(
                select(checks)
                .where(checks.c.target == "listing", checks.c.marketplace == marketplace)
                .where(checks.c.shop == shop, checks.c.ref == ref)
                .order_by(checks.c.id.desc())
                .limit(1)
            ).first()
            said = _written(findings)
            if last is not None and (last.digest, last.pack, last.findings) == (digest, pack, said):
                connection.execute(update(checks).where(checks.c.id == last.id).values(last_at=max(now, last.last_at)))
                return
            connection.execute(
                insert(checks).values(
                    target="listing", marketplace=marketplace, region=region, shop=shop, ref=ref, thread_id=None,
                    digest=digest, pack=pack, findings=said, anyway=0, at=now, last_at=now,
                )
            )  # fmt: skip

    def message(
        self, ref: ThreadRef, digest: str, pack: str, findings: Sequence[Found], anyway: bool, at: float, now: float
    ) -> None:
        """Write down the check of a message that leaves; that it left over a finding goes into the log as well.

        The same message told twice (the same instant) is written down once.
        """
        with self._database.write() as connection:
            thread = threads.ensure(connection, ref, now)
            known = select(checks.c.id).where(
                checks.c.thread_id == thread.id, checks.c.digest == digest, checks.c.at == at
            )
            if connection.execute(known).first() is not None:
                return
            connection.execute(
                insert(checks).values(
                    target="message", marketplace=ref.marketplace, region=ref.region, shop=ref.shop, ref="",
                    thread_id=thread.id, digest=digest, pack=pack, findings=_written(findings), anyway=int(anyway),
                    at=at, last_at=at,
                )
            )  # fmt: skip
            if anyway:
                rules = list(dict.fromkeys(f"{one.rule} {one.version}" for one in findings if not one.waived))
                detail = {"pack": pack, "rules": rules[:_MOST_NAMED]}
                log.append(connection, thread.id, [log.Entry("overruled", detail=detail)], now)

    def _read(self, asked: Select[Any], limit: int) -> list[Check]:
        with self._database.read() as connection:
            return [_check(row) for row in connection.execute(asked.order_by(checks.c.id.desc()).limit(limit))]


def _written(findings: Sequence[Found]) -> str:
    rows = [
        [one.rule, one.version, one.level, one.field, clean(one.text)[:_LONGEST], int(one.waived)]
        for one in findings[:_MOST]
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _check(row: Row[Any]) -> Check:
    findings = [
        Found(rule, version, level, field, text, bool(waived))
        for rule, version, level, field, text, waived in json.loads(row.findings)
    ]
    return Check(row.id, row.digest, row.pack, findings, bool(row.anyway), row.at, row.last_at)

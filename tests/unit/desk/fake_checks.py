"""Checks by two small rules, and a record that is a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from companion.compliance.checking import Checking
from companion.compliance.loader import RuleSet
from companion.conversations.checked import Checks
from companion.runtime.documents import Documents
from tests.unit.compliance.making import rule, shared

#: A blocking one for messages and listings, and a mark whose owner may be named.
CONTACT = rule(id="made/contact", terms={"any": ["whatsapp", "微信"]})
MARK = rule(
    id="made/mark", version=3, level="warning", applies_to=["listing"], kind="substitution",
    substitutions={"any": {"velcro": "hook and loop"}}, brands=["own", "licensed"],
)  # fmt: skip


class FakeChecks:
    """What was to be written down."""

    def __init__(self) -> None:
        self.listings: list[tuple[Any, ...]] = []
        self.messages: list[tuple[Any, ...]] = []
        self.of_messages: list[Any] = []

    def listing(self, *told: Any) -> None:
        self.listings.append(told)

    def message(self, *told: Any) -> None:
        self.messages.append(told)

    def of_listing(self, *asked: Any) -> list[Any]:
        return []

    def of_thread(self, *asked: Any) -> list[Any]:
        return self.of_messages


def fake_checking(
    documents: Documents, record: FakeChecks | Checks | None = None, rules: Sequence[Any] = (CONTACT, MARK)
) -> Checking:
    """Checks on 30 November 2026."""
    known = RuleSet(tuple(rules), shared().cues, shared().places)
    written = record if record is not None else FakeChecks()
    return Checking(
        documents, lambda: known, lambda: written, today=lambda: date(2026, 11, 30), now=lambda: 1_796_000_000.0
    )

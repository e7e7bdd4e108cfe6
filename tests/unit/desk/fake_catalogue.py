"""One listing with two versions and one manual, for desks that only show them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from companion.conversations.facts import Said, Subject
from companion.conversations.looks import Look
from companion.conversations.manuals import Manual, NewManual, Passage, Piece
from companion.conversations.observed import Span
from companion.conversations.words import index_text
from companion.protocol.errors import ErrorCode, SeabridgeError

LONG = "Foldable laundry basket with handles, 72 litres, grey, space-saving, for dormitories and small bathrooms"
POINTS = json.dumps(["Folds to 8 cm", "Donaudampfschifffahrtsgesellschaftskapitänsmützenaufbewahrungskorb"])


def subject(marketplace: str = "tiktok", shop: str = "7490001") -> Subject:
    """Its title and a bullet point changed; its stock is old."""
    fields = {
        "title": [Span(1, "Laundry basket", 1.0, 2.0), Span(2, LONG, 3.0, 4.0)],
        "bullets": [Span(3, json.dumps(["Folds to 8 cm"]), 1.0, 2.0), Span(4, POINTS, 3.0, 4.0)],
        "description": [Span(5, "Wipe clean.\nMade of polyester.", 1.0, 4.0)],
        "attributes.Material der Außenseite, des Innenfutters und der Tragegriffe (laut Etikett)": [
            Span(7, "Polyester 600D", 1.0, 4.0)
        ],
        "images": [Span(6, json.dumps(["https://p16-im.example.invalid/1.jpg"]), 1.0, 4.0)],
        "price": [Span(7, "24.99", 1.0, 4.0)],
        "stock": [Span(8, "310", 1.0, 4.0)],
        "sku": [Span(9, "LB-72-GRY", 1.0, 4.0)],
        "item": [Span(10, "1729400000000000001", 1.0, 4.0)],
    }
    return Subject("listing", marketplace, "US", shop, "US/1729400000000000001", 1.0, 4.0, fields)


class FakeFacts:
    """Notes what it is given, and knows the listing. ``archive``: whose ``fail`` is raised."""

    def __init__(self, archive: Any) -> None:
        self._archive = archive
        self.noted: list[tuple[str, Look]] = []

    def note(self, kind: str, seen: Sequence[Look], at: float) -> None:
        if self._archive.fail is not None:
            raise self._archive.fail
        self.noted += [(kind, look) for look in seen]

    def named(self, kind: str, ref: str) -> list[Subject]:
        return [subject()] if kind == "listing" else []

    def newest(self, kind: str, limit: int) -> list[Subject]:
        return self.named(kind, "")

    def some(self, ids: Sequence[int]) -> list[Subject]:
        return [subject() for _ in ids]

    def said(self, kind: str, fields: Sequence[str], marketplace: str = "") -> list[Said]:
        return [Said(1, "tiktok", "7490001", {"title": "Laundry basket"})]

    def naming(self, marketplace: str, words: Sequence[str]) -> list[Subject]:
        return []

    def bought(self, buyer: str) -> list[Subject]:
        return []


class FakeLinked:
    """Every conversation is about the listing, and the listing about the one there is."""

    def __init__(self, summary: Callable[[], Any]) -> None:
        self._summary = summary

    def refs(self, thread_id: int, kind: str) -> list[str]:
        return ["1729400000000000001"]

    def threads(self, kind: str, marketplace: str, shop: str, refs: Sequence[str]) -> list[int]:
        return [1]

    def orders(self, thread_id: int) -> list[str]:
        return []

    def about_order(self, marketplace: str, order: str) -> list[int]:
        return []

    def summaries(self, thread_ids: Sequence[int], language: str = "") -> list[Any]:
        return [self._summary()] if 1 in thread_ids else []


class FakeManuals:
    """Kept in memory."""

    def __init__(self) -> None:
        self.kept: dict[int, tuple[Manual, list[Piece]]] = {}

    def put(self, new: NewManual, now: float) -> tuple[int, float | None]:
        number = len(self.kept) + 1
        kept = Manual(
            number, new.name, new.type, new.language, "", len(new.data), now, tuple(new.skus), len(new.pieces)
        )
        self.kept[number] = kept, list(new.pieces)
        return number, None

    def one(self, number: int) -> Manual:
        if number not in self.kept:
            raise SeabridgeError(ErrorCode.NOT_FOUND)
        return self.kept[number][0]

    def all(self, skus: Sequence[str] = ()) -> list[Manual]:
        return [manual for manual, _ in self.kept.values()]

    def remove(self, number: int) -> bool:
        return self.kept.pop(number, None) is not None

    def holding(self, words: Sequence[str], skus: Sequence[str] = ()) -> list[Passage]:
        return [
            Passage(at, manual, at, piece.page, piece.heading, piece.text, f" {index_text(piece.heading, piece.text)}")
            for manual, pieces in self.kept.values()
            for at, piece in enumerate(pieces)
        ]
